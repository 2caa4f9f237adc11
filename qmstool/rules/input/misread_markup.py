"""Find markup in a text that the renderer reads otherwise than its writer meant it.

Each finder takes one file and yields what it found: the cause, a key of `rendering.WHY`, where it
stands, and the values of the text that explains it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qmstool.rules.input.tables import uneven_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from qmstool.manual.documents import TextFile


class Misread(NamedTuple):
    """A stretch of a text that the page shows otherwise than it was typed, and why."""

    cause: str
    start: int
    end: int
    values: Mapping[str, str] = {}


_BULLETS = "•▪●○◦■□➢❖✓·"
# A line within a passage that opens like an item.
_ITEM_LINE = re.compile(r"\n[ \t]*(?:[-+*–—]|\d{1,2}[.)][ \t]|[a-zđ]\)[ \t])")
_BULLET = re.compile(rf"(?:(?<=[\0\n])|\A)[ \t]*([{_BULLETS}])(?=[ \t\u00a0]*\S)")
_DASHES = re.compile(
    r"(?:(?<=\0)|\A)(?:[^\0]*?\n)??([-–—])[ \t\u00a0]?(?=[^\W\d_])[^\n\0]*"
    r"\n\1[ \t\u00a0]?(?=[^\W\d_])"
)
_LIST = re.compile(r"(?P<before>[:;])[ \t\x01]*\n[ \t]*(?P<sign>[-+*]|\d{1,2}\.)[ \t]+(?=\S)")
_LIST_TWICE = re.compile(r"\n[ \t]*(?P<sign>[-+*])[ \t]+\S[^\n\0]*\n[ \t]*(?P=sign)[ \t]+(?=\S)")
_LETTERS = re.compile(
    r"(?:(?<=[\0\n])|\A)[ \t]*((?:[a-zđ]|\d{1,2})\))[ \t]+\S[^\n\0]*"
    r"\n[ \t]*(?:[a-zđ]|\d{1,2})\)[ \t]"
)
_TABLE = re.compile(r"(?:(?<=[\0\n])|\A)[ \t]*(\|[^\n\0]*\|)")
_TABS = re.compile(r"(?:(?<=[\0\n])|\A)([^\n\0\t]*\w[^\n\0\t]*\t[^\n\0]*)\n[^\n\0\t]+\t")
_BOLD = re.compile(r"(?<![\\(*\w])\*\*(?=\w)|(?<=\w)\*\*(?![)*\w])")
_LINK_BLANK = re.compile(r"\][ \t]+\((?=[^\s()\0]{1,200}[./][^\s()\0]{0,200}\))")
_LINK_OPEN = re.compile(r"\]\((?=[^)\n\0]{0,300}(?:[\n\0]|\Z))")
_NOTE_TITLE = re.compile(r"(?:(?<=[\0\n])|\A)[ \t]*((?:!!!|\?\?\?\+?)[ \t]+\w[^\n\0]*)")
# What begins with a line's end is found several times faster than what begins with ^.
_NOTE = re.compile(
    r"\n(?P<lead>[ \t]*)(?:!!!|\?\?\?\+?)[ \t]+\w[^\n]*\n(?:[ \t]*\n)*"
    r"(?P<indent>[ \t]*)(?P<words>[^\s][^\n]*)"
)
_CODE = re.compile(r"\n[ \t]*\n(?P<indent>\t| {4,7})(?P<words>[^\s][^\n]*)")
_SENTENCE = re.compile(r"\b[^\W\d_]+(?:[,;:]?[ \u00a0]+[^\W\d_]+){4,}")
_MACHINE = re.compile(r"[{}=<>|\\$`]|::|^[-+*] |^\d+\. ")
_FENCE = re.compile(r"\n[ \t]*(?:```|~~~)")
_NUMBERED_ITEM = re.compile(r"\n(?P<lead>[ \t]*)(?P<number>\d{1,3})\.[ \t]+\S")
_OFFICE = re.compile(r"</?[ovw]:\w+|\bclass=[\"']?Mso\w*|\bstyle=[\"'][^\"'\n]*mso-")
# As many columns as a tab stands for, and as the text of a note is indented.
INDENT = 4


def _find_lists(file: TextFile) -> Iterator[Misread]:
    """Find lines that look like a list and make none, once for each paragraph."""
    reported: set[int] = set()
    for cause, start, sign in _list_signs(file):
        paragraph = file.page.prose.rfind("\0", 0, start)
        if paragraph not in reported:
            reported.add(paragraph)
            yield Misread(cause, start, start + len(sign), {"sign": sign})


def _list_signs(file: TextFile) -> Iterator[tuple[str, int, str]]:
    """Yield the signs that were to open items: the cause, where the sign stands, and the sign."""
    prose = file.page.prose
    if file.source.rare_bytes and any(sign in prose for sign in _BULLETS):
        for hit in _BULLET.finditer(prose):
            yield "bullet", hit.start(1), hit[1]
    if not _ITEM_LINE.search(prose):
        return
    for hit in _DASHES.finditer(prose):
        if hit[1] != "-" or not prose.startswith("- ", hit.start(1)):
            yield "bullet", hit.start(1), hit[1]
    for pattern in (_LIST, _LIST_TWICE):
        for hit in pattern.finditer(prose):
            yield "list", hit.start("sign"), hit["sign"]
    for hit in _LETTERS.finditer(prose):
        yield "letters", hit.start(1), hit[1]


def _find_tables(file: TextFile) -> Iterator[Misread]:
    """Find lines that look like a table and make none, and rows that do not fit their table."""
    prose, text = file.page.prose, file.source.text
    last = -1
    for cause, pattern, sign in (("table", _TABLE, "|"), ("tabs", _TABS, "\t")):
        for hit in pattern.finditer(prose) if sign in prose else ():
            paragraph = prose.rfind("\0", 0, hit.start(1))
            if paragraph != last:
                last = paragraph
                yield Misread(cause, hit.start(1), hit.end(1))
    for row in uneven_rows(text, prose, file.body):
        cause = "more" if row.cells > row.titles else "fewer"
        values = {"said": str(row.cells), "head": str(row.titles)}
        yield Misread(cause, row.start, row.end, values)


def _find_inline_signs(file: TextFile) -> Iterator[Misread]:
    """Find bold, links and comments not closed, which are shown as they are, and Word's tags."""
    prose, text = file.page.prose, file.source.text
    for cause, sign, pattern in (
        ("bold", "*", _BOLD),
        ("link-blank", "]", _LINK_BLANK),
        ("link-open", "]", _LINK_OPEN),
    ):
        if sign in prose:
            for hit in pattern.finditer(prose):
                yield Misread(cause, *hit.span())
    comment = prose.find("<!--") if "<" in prose else -1
    if comment >= 0:
        yield Misread("comment", comment, comment + 4)
    if "<" in text and ("Mso" in text or "<o:" in text or "mso-" in text):
        tag = _OFFICE.search(text, file.body)
        if tag is not None:
            yield Misread("office", *tag.span())


def _find_notes(file: TextFile) -> Iterator[Misread]:
    """Find notes whose first line is not in shape, or whose words are not indented under it."""
    prose, text = file.page.prose, file.source.text
    # A single sign is found ten times sooner than three.
    openings = [text.find(sign * 3) for sign in "!?" if sign in text]
    openings = [opening for opening in openings if opening >= 0]
    if not openings:
        return
    if "!" in prose or "?" in prose:
        for hit in _NOTE_TITLE.finditer(prose):
            yield Misread("note-title", *hit.span(1))
    line = text.rfind("\n", 0, min(openings))
    for hit in _NOTE.finditer(text, max(file.body, line)):
        needed = len(hit["lead"].expandtabs(INDENT)) + INDENT
        if len(hit["indent"].expandtabs(INDENT)) >= needed or hit["words"][0] == "#":
            continue
        if not prose[hit.start() : hit.start() + 6].strip("\0 \t\n"):
            yield Misread("note-flat", *hit.span("words"))


def _find_indented(file: TextFile) -> Iterator[Misread]:
    """Find sentences that an indent makes code of."""
    prose, text = file.page.prose, file.source.text
    indents = [text.find("\n    ", file.body)]
    if "\t" in text:
        indents.append(text.find("\n\t", file.body))
    indents = [indent for indent in indents if indent >= 0]
    if not indents:
        return
    line_above = text.rfind("\n", 0, min(indents))
    for hit in _CODE.finditer(text, max(file.body, line_above)):
        start, end = hit.span("words")
        if prose[start:end].strip("\0"):
            continue
        is_sentence = _SENTENCE.search(hit["words"]) and not _MACHINE.search(hit["words"])
        if is_sentence and not _fenced_or_comment(file, start):
            yield Misread("code", start, end)


def _fenced_or_comment(file: TextFile, offset: int) -> bool:
    """Whether an offset lies in fenced code or in a comment."""
    text = file.source.text
    fences = len(_FENCE.findall(text, max(0, file.body - 1), offset))
    return fences % 2 == 1 or text.rfind("<!--", 0, offset) > text.rfind("-->", 0, offset)


def _find_underlined(file: TextFile) -> Iterator[Misread]:
    """Find paragraphs that a line of hyphens below makes headings of."""
    text = file.source.text
    for heading in file.page.headings:
        if text.find("\n", heading.start, heading.line_end - 1) < 0:
            continue
        if "\n" in text[heading.start : heading.line_end].rstrip("\n") and "<<<<<<<" not in text:
            yield Misread("rule", heading.start, heading.end)


def _find_numbers(file: TextFile) -> Iterator[Misread]:
    """Find items of a list whose number is not the one that is shown."""
    prose, text = file.page.prose, file.source.text
    # Of each list that is open, by its indent: its first number, and the last one shown.
    lists: dict[str, tuple[int, int]] = {}
    end, may_be_fenced = 0, "`" in text or "~" in text
    for hit in _NUMBERED_ITEM.finditer(text, file.body):
        if prose[hit.start("number")] != "\0":
            continue
        if may_be_fenced and _FENCE.search(text, end, hit.start()):
            continue
        if lists and _ends_list(text[end : hit.start()]):
            lists.clear()
        indent, number = hit["lead"], int(hit["number"])
        first, last = lists.get(indent, (number, number - 1))
        lists[indent] = (first, last + 1)
        if number not in {first, last + 1}:
            values = {"said": str(number), "shown": str(last + 1)}
            yield Misread("number", *hit.span("number"), values)
        end = hit.end()


def _ends_list(between: str) -> bool:
    """Whether what stands between two items ends the list: a line that is not indented."""
    lines = between.split("\n")[1:]
    return any(line.strip() and not line.startswith((" ", "\t")) for line in lines)


FINDERS: tuple[Callable[[TextFile], Iterator[Misread]], ...] = (
    _find_lists,
    _find_tables,
    _find_inline_signs,
    _find_notes,
    _find_indented,
    _find_underlined,
    _find_numbers,
)
