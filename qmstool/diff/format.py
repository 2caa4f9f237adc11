"""A redline → terminal text, HTML, and rows for a comparison in columns.

Pure; everything that goes into HTML is escaped.
"""

from __future__ import annotations

from html import escape
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from qmstool.diff.blocks import FRONT_MATTER, OPENING
from qmstool.i18n import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.diff.document import BlockChange, Redline, SectionChange
    from qmstool.diff.words import Run
    from qmstool.i18n import Lang

CONTROL_BLOCK = Text("Thông tin kiểm soát", "Control block")
OPENING_TEXT = Text("Lời mở đầu", "Opening")
NO_CHANGE = Text("Hai bản như nhau.", "The two versions are the same.")
KINDS = {
    "changed": Text("sửa đổi", "changed"),
    "added": Text("thêm mới", "added"),
    "removed": Text("bỏ", "removed"),
    "same": Text("giữ nguyên", "unchanged"),
}
MOVED = Text("chuyển chỗ", "moved")
# A list inside a list stands four columns in; style sheets know so many of them.
STEP, DEEPEST = 4, 4
_TAGS = {"old": "del", "new": "ins"}
_PLAIN = {"old": "[-{}-]", "new": "{{+{}+}}"}
_COLOURED = {"old": "\x1b[31;9m{}\x1b[0m", "new": "\x1b[32;4m{}\x1b[0m"}


def section_title(section: SectionChange, lang: Lang) -> str:
    """Return how a section is called, the parts without a heading included."""
    if section.key.endswith(FRONT_MATTER):
        return CONTROL_BLOCK.get(lang)
    if section.key.endswith(OPENING) and not section.title:
        return OPENING_TEXT.get(lang)
    return section.title


def change_text(section: SectionChange, lang: Lang) -> str:
    """Return what became of a section: «sửa đổi, chuyển chỗ»."""
    words = [KINDS[section.kind]] if section.kind != "same" or not section.moved else []
    return ", ".join(text.get(lang) for text in (*words, *([MOVED] if section.moved else [])))


# --- terminal
# ------------------------------------------------------------------------------------------------------------


def to_text(redline: Redline, lang: Lang, *, colour: bool = False) -> str:
    """Return the changed sections for a terminal; what stayed, but the heads of tables, gives way to an ellipsis."""
    if not redline.changed:
        return NO_CHANGE.get(lang) + "\n"
    marks = _COLOURED if colour else _PLAIN
    lines: list[str] = []
    for section in redline.changed:
        lines += [f"── {section_title(section, lang)} ({change_text(section, lang)})"]
        if section.old_title and section.new_title and section.old_title != section.new_title:
            lines += [
                f"   {marks['old'].format(section.old_title)} {marks['new'].format(section.new_title)}"
            ]
        for told, group in groupby(_told(section.blocks), key=itemgetter(0)):
            lines += [_line(block, marks) for _, block in group] if told else ["   …"]
        lines.append("")
    return "\n".join(lines)


def _told(blocks: Iterable[BlockChange]) -> Iterator[tuple[bool, BlockChange]]:
    """Each block with whether it is shown: those that changed, and the head of a table in which something did."""
    for form, group in groupby(blocks, key=lambda block: block.form):
        run = list(group)
        touched = any(block.kind != "same" for block in run)
        yield from (
            (block.kind != "same" or (form == "row" and touched and at == 0), block)
            for at, block in enumerate(run)
        )


def _line(block: BlockChange, marks: dict[str, str]) -> str:
    texts = [
        "".join(marks.get(run.kind, "{}").format(_shown(run.text)) for run in cell)
        for cell in block.cells
    ]
    return (
        "   "
        + " " * block.indent
        + (f"| {' | '.join(texts)} |" if block.form == "row" else texts[0])
    )


def _shown(text: str) -> str:
    """A text cannot steer the terminal: control characters are shown, not sent."""
    return "".join(
        char if char.isprintable() or char in "\t\u00a0" else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )


# --- HTML
# ----------------------------------------------------------------------------------------------------------------


def to_html(redline: Redline, lang: Lang, *, level: int = 3) -> str:
    """Return the changed sections as HTML: `<del>` went, `<ins>` came; tables stay tables, lists lists."""
    if not redline.changed:
        return f"<p>{escape(NO_CHANGE.get(lang))}</p>\n"
    return "".join(_section_html(section, lang, level) for section in redline.changed)


def _section_html(section: SectionChange, lang: Lang, level: int) -> str:
    name = escape(section_title(section, lang))
    if section.old_title and section.new_title and section.old_title != section.new_title:
        name = f"<del>{escape(section.old_title)}</del> <ins>{escape(section.new_title)}</ins>"
    head = (
        f"<h{level}>{name} <span "
        f'class="redline-kind">{escape(change_text(section, lang))}</span></h{level}>\n'
    )
    return (
        f'<section class="redline redline-{section.kind}">\n'
        f"{head}{blocks_html(section.blocks)}</section>\n"
    )


def blocks_html(blocks: Iterable[BlockChange]) -> str:
    """Return blocks as HTML, neighbours of one form in one table, list or block of lines."""
    return "".join(
        _group_html(form, list(group))
        for form, group in groupby(blocks, key=lambda block: block.form)
    )


def _group_html(form: str, group: list[BlockChange]) -> str:
    inner = [[runs_html(cell) for cell in block.cells] for block in group]
    kinds = [block.kind for block in group]
    match form:
        case "row":
            rows = (
                f'<tr class="{kind}">' + "".join(f"<td>{cell}</td>" for cell in row)
                for kind, row in zip(kinds, inner, strict=True)
            )
            return "<table>\n" + "".join(f"{row}</tr>\n" for row in rows) + "</table>\n"
        case "item":
            items = zip(group, inner, strict=True)
            lines = (
                (
                    f'<li class="{block.kind} '
                    f'in-{min(DEEPEST, -(-block.indent // STEP))}">{cell[0]}</li>\n'
                )
                for block, cell in items
            )
            return '<ul class="redline-items">\n' + "".join(lines) + "</ul>\n"
        case "line":
            lines = (
                f'<span class="{kind}">{cell[0]}</span>\n'
                for kind, cell in zip(kinds, inner, strict=True)
            )
            return "<pre>" + "".join(lines) + "</pre>\n"
        case _:
            return "".join(
                f'<p class="{kind}">{cell[0]}</p>\n'
                for kind, cell in zip(kinds, inner, strict=True)
            )


def runs_html(runs: Iterable[Run]) -> str:
    """Return words with their marks."""
    return "".join(
        f"<{tag}>{escape(run.text)}</{tag}>" if (tag := _TAGS.get(run.kind)) else escape(run.text)
        for run in runs
    )


# --- columns
# -------------------------------------------------------------------------------------------------------------


def comparison_columns(redline: Redline, lang: Lang) -> Iterator[tuple[str, str, str]]:
    """Yield section, old content, new content as HTML for each changed section: the comparison that goes before the signer."""
    for section in redline.changed:
        sides = (blocks_html(_side(section.blocks, kind)) for kind in ("new", "old"))
        old, new = sides
        yield escape(section_title(section, lang)), old, new


def _side(blocks: Iterable[BlockChange], without: str) -> Iterator[BlockChange]:
    """The changed blocks as one side has them: the other side's words left out."""
    for block in blocks:
        cells = tuple(tuple(run for run in cell if run.kind != without) for cell in block.cells)
        if block.kind != "same" and any(cells):
            yield type(block)(block.kind, block.form, block.indent, cells)
