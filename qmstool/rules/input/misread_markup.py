"""Find what looks like markup in a text and is shown as words, or hides them.

`page.slips` tells what the parser knows; the finders here look at words that make no markup at all.
Each takes one file and yields what it found: the cause, a key of `rendering.WHY`, where it stands,
and the values of the text that explains it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from qmstool.manual.documents import TextFile
    from qmstool.parsing.markdown.slips import Slip


class Misread(NamedTuple):
    """A stretch of a text that the page shows otherwise than it was typed, and why."""

    cause: str
    start: int
    end: int
    values: Mapping[str, str] = {}


_BULLETS = "•▪●○◦■□➢❖✓·"
# A line within a passage that opens like an item.
_ITEM_LINE = re.compile(r"\n[ \t\x01]*(?:[-+*–—]|\d{1,2}[.)][ \t]|[a-zđ]\)[ \t])")
_BULLET = re.compile(rf"(?:(?<=[\0\n])|\A)[ \t]*([{_BULLETS}])(?=[ \t\u00a0]*\S)")
_DASHES = re.compile(
    r"(?:(?<=\0)|\A)(?:[^\0]*?\n)??([-–—])[ \t\u00a0]?(?=[^\W\d_])[^\n\0]*"
    r"\n\1[ \t\u00a0]?(?=[^\W\d_])"
)
# Only a list that begins with 1 needs no empty line above.
_LIST = re.compile(r"[:;][ \t\x01]*\n[ \t]*(?P<sign>\d{1,2}[.)])[ \t]+(?=\S)")
_LETTERS = re.compile(r"(?:(?<=[\0\n])|\A)[ \t]*([a-zđ]\))[ \t]+\S[^\n\0]*\n[ \t]*[a-zđ]\)[ \t]")
_TABS = re.compile(r"(?:(?<=[\0\n])|\A)([^\n\0\t]*\w[^\n\0\t]*\t[^\n\0]*)\n[^\n\0\t]+\t")
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
_FLUSH = re.compile(r"(?:(?<=[\0\n])|\A)(#(?=[^\W\d_a-z])|#{2,6}(?=[^\W_a-z]))")
_SENTENCE_ENDS = (".", ":", ";", ",")
_OFFICE = re.compile(r"</?[ovw]:\w+|\bclass=[\"']?Mso\w*|\bstyle=[\"'][^\"'\n]*mso-")
# Slips that rules of their own tell, and `underlined`, which is asked of headings here.
TOLD_ELSEWHERE = frozenset(
    {"underlined", "id-twice", "footnote-missing", "footnote-twice", "footnote-unused"}
)
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
    for hit in _LIST.finditer(prose):
        yield "list", hit.start("sign"), hit["sign"]
    for hit in _LETTERS.finditer(prose):
        yield "letters", hit.start(1), hit[1]


def _find_tables(file: TextFile) -> Iterator[Misread]:
    """Find lines between tabs, which were a table in the program they came from."""
    prose = file.page.prose
    last = -1
    for hit in _TABS.finditer(prose) if "\t" in prose else ():
        paragraph = prose.rfind("\0", 0, hit.start(1))
        if paragraph != last:
            last = paragraph
            yield Misread("tabs", hit.start(1), hit.end(1))


def _find_office_tags(file: TextFile) -> Iterator[Misread]:
    """Find the first tag of a text processor."""
    text = file.source.text
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


def _find_slips(file: TextFile) -> Iterator[Misread]:
    """Find what the parser reads otherwise than was meant, less what rules of its own tell."""
    for slip in file.page.slips:
        if slip.cause not in TOLD_ELSEWHERE:
            yield Misread(_cause(file, slip), *slip[:2], slip.values)


def _cause(file: TextFile, slip: Slip) -> str:
    """Return the cause of a slip, told apart by what stands around it."""
    text = file.source.text
    if slip.cause == "link-open":
        if text[slip.end - 2] in " \t":
            return "link-blank"
        return "link-spaces" if ")" in text[slip.end : _line_end(text, slip.end)] else slip.cause
    if slip.cause == "comment-open" and file.page.prose[slip.start] == "\0":
        return "comment-hides"
    return slip.cause


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return end if end >= 0 else len(text)


def _find_underlined(file: TextFile) -> Iterator[Misread]:
    """Find sentences that a line of hyphens below makes headings of."""
    text = file.source.text
    for heading in file.page.headings:
        if text.find("\n", heading.start, heading.line_end - 1) < 0 or "<<<<<<<" in text:
            continue
        words = text[heading.start : heading.end]
        if "\n" in words or words.endswith(_SENTENCE_ENDS):
            yield Misread("underlined", heading.start, heading.end)


def _find_flush_headings(file: TextFile) -> Iterator[Misread]:
    """Find # signs without the blank that a heading takes behind them."""
    prose = file.page.prose
    for hit in _FLUSH.finditer(prose) if "#" in prose else ():
        yield Misread("heading-blank", *hit.span(1))


FINDERS: tuple[Callable[[TextFile], Iterator[Misread]], ...] = (
    _find_slips,
    _find_underlined,
    _find_flush_headings,
    _find_lists,
    _find_tables,
    _find_office_tags,
    _find_notes,
    _find_indented,
)
