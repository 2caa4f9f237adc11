"""Tell what a Word file brought back: as lines for a terminal, and as a page to print. Pure."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from qmstool.diff.format import runs_html
from qmstool.diff.words import compare_words
from qmstool.i18n import Text
from qmstool.importing.report import begin_page
from qmstool.terminal import escape_lines, escape_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.i18n import Lang
    from qmstool.importing.returning.merging import Stretch
    from qmstool.importing.returning.result import ReturnedChange
    from qmstool.importing.returning.word_file import ReturnedFile

AROUND = 40  # letters shown before and behind a change
KINDS = {
    "changed": Text("sửa", "changed"),
    "added": Text("thêm", "added"),
    "removed": Text("bỏ", "removed"),
    "moved": Text("chuyển chỗ", "moved"),
    "look": Text("chỉ đổi kiểu chữ", "only its look"),
}
HEAD = Text("{name} ({path}) từ «{file}»: {counts}.", "{name} ({path}) from «{file}»: {counts}.")
NOTHING = Text("không có gì thay đổi", "nothing changed")
NOT_TAKEN = Text("chưa lấy {count}", "{count} not taken")
EDITOR = Text(
    "Người sửa theo dấu Track Changes: {name}, {count} dấu, {days}.",
    "Tracked changes by {name}: {count} marks, {days}.",
)
NO_DAY = Text("không ghi ngày", "no day said")
NOBODY = Text("không ghi tên", "no name said")
SAVED = Text(
    "Tệp ghi người lưu cuối: {name}, ngày {day}.", "Last saved, so the file says, by {name}, {day}."
)
COMMENT = Text("Lời bình của {name}: {words}", "Comment by {name}: {words}")
TITLE = Text("Từ Word về: {name}", "Back from Word: {name}")
CHANGES = Text("Thay đổi", "Changes")
CHANGE_HEADS = Text("Việc|Mục|Trước và sau|Chỗ trong tệp", "What|Section|Before and after|Place")
CLASHES = Text(
    "Xung đột: bản nháp và bản Word cùng sửa một chỗ", "Conflicts: draft and Word changed one place"
)
CLASH_HEADS = Text(
    "Lúc xuất ra Word|Bản nháp bây giờ|Bản Word gửi về", "As exported|The draft now|Back from Word"
)
_STYLE = (
    "table{table-layout:fixed}td,th{white-space:pre-wrap}del{color:#a00}ins{color:#060}"
    ".changes th:nth-child(1){width:12%}.changes th:nth-child(2){width:18%}"
    ".changes th:nth-child(4){width:22%}"
)


def counts(changes: Sequence[ReturnedChange], lang: Lang) -> str:
    """Return how many changes of each kind there are, and how many were not taken."""
    parts = []
    for kind, text in KINDS.items():
        number = sum(change.kind == kind for change in changes)
        if number:
            parts.append(f"{text.get(lang)} {number}")
    left = sum(not change.taken for change in changes if change.kind != "look")
    if left:
        parts.append(NOT_TAKEN.fill({"count": str(left)}).get(lang))
    return ", ".join(parts) or NOTHING.get(lang)


def people_lines(file: ReturnedFile, lang: Lang) -> Iterator[str]:
    """Give who changed a file and when, as it says itself, and what was remarked in it."""
    for editor in file.editors:
        values = {
            "name": editor.name or NOBODY.get(lang),
            "count": str(editor.count),
            "days": span_of(editor.days) or NO_DAY.get(lang),
        }
        yield EDITOR.fill(values).get(lang)
    if not file.editors and file.saved_by:
        yield SAVED.fill({"name": file.saved_by, "day": file.saved_on or "?"}).get(lang)
    for name, words in file.comments:
        yield COMMENT.fill({"name": name or NOBODY.get(lang), "words": words}).get(lang)


def span_of(days: Sequence[str]) -> str:
    """Return the first day, and the last where it is another."""
    return "–".join(dict.fromkeys((*days[:1], *days[-1:])))


def change_lines(changes: Sequence[ReturnedChange], lang: Lang) -> Iterator[str]:
    """Give a line for each change: what, where, the words that went and came."""
    for change in changes:
        where = f"{change.path}:{change.line}" if change.taken else "–"
        section = f" [{change.section}]" if change.section else ""
        yield f"  {KINDS[change.kind].get(lang)}  {where}{section}"
        yield f"      {escape_lines(_shown(change))}"
        if change.note is not None:
            yield f"      ({change.note.get(lang)})"


def _shown(change: ReturnedChange) -> str:
    if change.kind in {"moved", "look"}:
        return _short(change.after, AROUND * 2)
    texts = []
    for run in compare_words(change.before, change.after):
        if run.kind == "same":
            texts.append(_short(run.text, AROUND * 2, middle=True))
        else:
            signs = ("[-", "-]") if run.kind == "old" else ("{+", "+}")
            texts.append(signs[0] + run.text + signs[1])
    return " ".join("".join(texts).split("\n"))


def _short(text: str, most: int, *, middle: bool = False) -> str:
    if len(text) <= most:
        return text
    if not middle:
        return f"{text[:most]}…"
    return f"{text[: most // 2]} … {text[-most // 2 :]}"


def returned_page(
    name: str,
    file: ReturnedFile,
    changes: Sequence[ReturnedChange],
    stretches: Sequence[tuple[str, Stretch]],
    lang: Lang,
) -> str:
    """Return a page to print: who, what changed, and conflicts side by side.

    `stretches`: path and stretch of each conflict.
    """
    title = TITLE.fill({"name": name}).get(lang)
    people = "".join(f"<p>{escape(line)}</p>" for line in people_lines(file, lang))
    parts = [begin_page(title, lang, _STYLE), people]
    if stretches:
        parts.append(f"<h2>{escape(CLASHES.get(lang))}</h2>")
        rows = [_clash_row(path, stretch) for path, stretch in stretches]
        parts.append(_table(CLASH_HEADS.get(lang), rows, "clashes"))
    parts.append(f"<h2>{escape(CHANGES.get(lang))}</h2>")
    rows = [_change_row(change, lang) for change in changes]
    parts.append(_table(CHANGE_HEADS.get(lang), rows, "changes"))
    return escape_sheet("\n".join(parts) + "</html>\n")


def _clash_row(path: str, stretch: Stretch) -> list[str]:
    base = "".join(stretch.base)
    cells = [f"<small>{escape(path)}</small>\n{escape(base)}"]
    sides = ("".join(side) for side in (stretch.draft, stretch.word))
    return cells + [runs_html(compare_words(base, side)) for side in sides]


def _change_row(change: ReturnedChange, lang: Lang) -> list[str]:
    where = f"{change.path}:{change.line}" if change.taken else "–"
    note = f"\n{change.note.get(lang)}" if change.note is not None else ""
    if change.kind in {"moved", "look"}:
        words = escape(change.after)
    else:
        words = runs_html(compare_words(change.before, change.after))
    return [KINDS[change.kind].get(lang), escape(change.section), words, escape(where + note)]


def _table(heads: str, rows: Sequence[Sequence[str]], name: str) -> str:
    head = "".join(f"<th>{escape(text)}</th>" for text in heads.split("|"))
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table class="{name}"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>'
