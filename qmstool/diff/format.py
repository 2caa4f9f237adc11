"""Show a redline: as text for a terminal, as HTML, and as rows for a comparison in columns.

Everything that goes into HTML is escaped. Pure.
"""

from __future__ import annotations

import posixpath
from html import escape
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from qmstool.diff.blocks import FRONT_MATTER, OPENING
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.parsing.markdown.comparison import STEP
from qmstool.terminal import escape_controls, escape_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.diff.document import AttachmentChange, BlockChange, Redline, SectionChange
    from qmstool.diff.words import Run
    from qmstool.i18n import Lang

CONTROL_BLOCK = Text("Thông tin kiểm soát", "Control block")
OPENING_TEXT = Text("Lời mở đầu", "Opening")
AT_HAND = Text("bản đang soạn", "the text at hand")
OF_RELEASE = Text("đợt {number}", "release {number}")
NO_CHANGE = Text("Hai bản như nhau.", "The two versions are the same.")
KINDS = {
    "changed": Text("sửa đổi", "changed"),
    "added": Text("thêm mới", "added"),
    "removed": Text("bỏ", "removed"),
    "same": Text("giữ nguyên", "unchanged"),
}
MOVED = Text("chuyển chỗ", "moved")
FILE = Text("tệp {name} ({what})", "file {name} ({what})")
# Style sheets know so many depths of lists.
DEEPEST = 4
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
    if not section.moved:
        return KINDS[section.kind].get(lang)
    words = [MOVED] if section.kind == "same" else [KINDS[section.kind], MOVED]
    return ", ".join(text.get(lang) for text in words)


def attachment_text(change: AttachmentChange, lang: Lang) -> str:
    """Return what became of a file beside the text: «tệp so-do.png (sửa đổi)»."""
    name = posixpath.basename(change.path)
    return FILE.fill({"name": name, "what": KINDS[change.kind]}).get(lang)


def _is_retitled(section: SectionChange) -> bool:
    both = section.old_title and section.new_title
    return bool(both) and section.old_title != section.new_title


# --- as text for a terminal


def to_text(redline: Redline, lang: Lang, *, colour: bool = False) -> str:
    """Return the changed sections for a terminal.

    What stayed, except the heads of tables, gives way to an ellipsis.
    """
    if not (redline.changed or redline.attachments):
        return NO_CHANGE.get(lang) + "\n"
    marks = _COLOURED if colour else _PLAIN
    lines: list[str] = []
    for section in redline.changed:
        title = escape_controls(section_title(section, lang))
        lines.append(f"── {title} ({change_text(section, lang)})")
        if _is_retitled(section):
            old = marks["old"].format(escape_controls(section.old_title))
            new = marks["new"].format(escape_controls(section.new_title))
            lines.append(f"   {old} {new}")
        for is_shown, group in groupby(_with_shown(section.blocks), key=itemgetter(0)):
            if is_shown:
                lines += [_line(block, marks) for _, block in group]
            else:
                lines.append("   …")
        lines.append("")
    lines += [f"── {escape_controls(attachment_text(each, lang))}" for each in redline.attachments]
    return "\n".join([*lines, ""] if redline.attachments else lines)


def _with_shown(blocks: Iterable[BlockChange]) -> Iterator[tuple[bool, BlockChange]]:
    """Each block after whether it is shown: those that changed, and the heads of their tables."""
    for form, neighbours in groupby(blocks, key=attrgetter("form")):
        group = list(neighbours)
        touched = any(block.kind != "same" for block in group)
        for index, block in enumerate(group):
            is_head = form == "row" and touched and index == 0
            yield block.kind != "same" or is_head, block


def _line(block: BlockChange, marks: dict[str, str]) -> str:
    texts = [_marked(cell, marks) for cell in block.cells]
    text = f"| {' | '.join(texts)} |" if block.form == "row" else texts[0]
    return "   " + " " * block.indent + text


def _marked(runs: Iterable[Run], marks: dict[str, str]) -> str:
    return "".join(marks.get(run.kind, "{}").format(escape_lines(run.text)) for run in runs)


# --- as HTML


def to_html(redline: Redline, lang: Lang) -> str:
    """Return the changed sections as HTML: `<del>` went, `<ins>` came.

    Tables stay tables, lists lists; the headings of sections are of the second level.
    """
    if not (redline.changed or redline.attachments):
        return f"<p>{escape(NO_CHANGE.get(lang))}</p>\n"
    files = [f"<p>{escape(attachment_text(each, lang))}</p>\n" for each in redline.attachments]
    return "".join([*(_section_html(section, lang) for section in redline.changed), *files])


def _section_html(section: SectionChange, lang: Lang) -> str:
    name = escape(section_title(section, lang))
    if _is_retitled(section):
        name = f"<del>{escape(section.old_title)}</del> <ins>{escape(section.new_title)}</ins>"
    change = f'<span class="redline-kind">{escape(change_text(section, lang))}</span>'
    return (
        f'<section class="redline redline-{section.kind}">\n'
        f"<h2>{name} {change}</h2>\n"
        f"{blocks_html(section.blocks)}</section>\n"
    )


def blocks_html(blocks: Iterable[BlockChange]) -> str:
    """Return blocks as HTML, neighbours of one form in one table, list or block of lines."""
    groups = groupby(blocks, key=attrgetter("form"))
    return "".join(_group_html(form, group) for form, group in groups)


def _group_html(form: str, group: Iterable[BlockChange]) -> str:
    match form:
        case "row":
            return f"<table>\n{''.join(map(_row_html, group))}</table>\n"
        case "item":
            return f'<ul class="redline-items">\n{"".join(map(_item_html, group))}</ul>\n'
        case "line":
            return f"<pre>{''.join(map(_line_html, group))}</pre>\n"
        case _:
            return "".join(map(_paragraph_html, group))


def _row_html(block: BlockChange) -> str:
    cells = "".join(f"<td>{runs_html(cell)}</td>" for cell in block.cells)
    return f'<tr class="{block.kind}">{cells}</tr>\n'


def _item_html(block: BlockChange) -> str:
    depth = min(DEEPEST, block.indent // STEP)
    return f'<li class="{block.kind} in-{depth}">{runs_html(block.cells[0])}</li>\n'


def _line_html(block: BlockChange) -> str:
    return f'<span class="{block.kind}">{runs_html(block.cells[0])}</span>\n'


def _paragraph_html(block: BlockChange) -> str:
    return f'<p class="{block.kind}">{runs_html(block.cells[0])}</p>\n'


def runs_html(runs: Iterable[Run]) -> str:
    """Return words with their marks."""
    return "".join(map(_run_html, runs))


def _run_html(run: Run) -> str:
    text = escape(run.text)
    tag = _TAGS.get(run.kind)
    return f"<{tag}>{text}</{tag}>" if tag else text


# --- as rows of a comparison in columns


def comparison_columns(redline: Redline, lang: Lang) -> Iterator[tuple[str, str, str]]:
    """Yield section, old content and new content as HTML for each changed section.

    That is the comparison that goes before the signer.
    """
    for section in redline.changed:
        old = blocks_html(_side(section.blocks, without="new"))
        new = blocks_html(_side(section.blocks, without="old"))
        yield escape(section_title(section, lang)), old, new


def _side(blocks: Iterable[BlockChange], *, without: str) -> Iterator[BlockChange]:
    """The changed blocks as one side has them: the other side's words left out."""
    for block in blocks:
        cells = tuple(_without_kind(runs, without) for runs in block.cells)
        if block.kind != "same" and any(cells):
            yield replace(block, cells=cells)


def _without_kind(runs: Iterable[Run], kind: str) -> tuple[Run, ...]:
    return tuple(run for run in runs if run.kind != kind)
