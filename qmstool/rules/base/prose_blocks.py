"""A Markdown text → its passages (headings, paragraphs, items, cells), and which stretches are a keeper's notes."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.manual.documents import Document
    from qmstool.parsing.markdown.scanner import ParsedMarkdown

_NOTE = re.compile(r"^(?P<lead>[ \t>]*)(?:!!!|\?\?\?\+?)[ \t]", re.MULTILINE)
_ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)])[ \t]+\Z")
_CODE = re.compile(r"`[^`\n]+`")
_TAB = 4


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading, paragraph, item or cell; `row` is where its line begins, the same for the cells of one row."""

    kind: Literal["heading", "paragraph", "item", "cell"]
    start: int
    end: int
    row: int
    note: bool


Span = tuple[int, int]


def written_out(document: Document) -> bool:
    """Whether a document's file holds its text, whatever its data say: a stub has no heading below the title."""
    return any(section.heading.level > 1 for section in document.sections)


def inside(spans: Sequence[Span], at: int) -> bool:
    """Whether an offset lies in one of some stretches, which are in order and do not overlap."""
    index = bisect_right(spans, at, key=_start) - 1
    return index >= 0 and at < spans[index][1]


def _start(span: Span) -> int:
    return span[0]


def passages(text: str, page: ParsedMarkdown, notes: Sequence[Span]) -> tuple[Passage, ...]:
    """Every heading, paragraph, item and cell of a text, those of notes among them."""
    headings = {heading.start for heading in page.headings}
    return tuple(_passage(text, start, end, start in headings, notes) for start, end in page.blocks)


def _passage(text: str, start: int, end: int, heading: bool, notes: Sequence[Span]) -> Passage:
    row = text.rfind("\n", 0, start) + 1
    note = inside(notes, start)
    if heading:
        return Passage("heading", start, end, row, note)
    if text[row:start].rstrip(" \t").endswith("|") or text[end : end + 80].lstrip(" \t").startswith(
        "|"
    ):
        return Passage("cell", start, end, row, note)
    return Passage("item" if _ITEM.match(text, row, start) else "paragraph", start, end, row, note)


def code_spans(text: str, prose: str, body: int) -> tuple[Span, ...]:
    """Where pieces of code stand in running text, their backticks with them."""
    found = _CODE.finditer(text, body) if "`" in text else ()
    return tuple(
        code.span() for code in found if prose[code.start()] == prose[code.end() - 1] == "\x01"
    )


def notes(text: str, body: int) -> tuple[Span, ...]:
    """Where the notes of a text stand: an admonition's line and what is indented under it."""
    if "!!!" not in text and "???" not in text:
        return ()
    found: list[Span] = []
    for opening in _NOTE.finditer(text, body):
        if not found or opening.start() >= found[-1][1]:
            found.append((opening.start(), _note_end(text, opening)))
    return tuple(found)


def _note_end(text: str, opening: re.Match[str]) -> int:
    """Where the lines indented under an admonition end."""
    indent = opening.end("lead") - opening.start("lead") + _TAB
    at = text.find("\n", opening.end())
    end = at if at >= 0 else len(text)
    while at >= 0:
        stop = text.find("\n", at + 1)
        line = text[at + 1 : stop if stop >= 0 else len(text)]
        wide = line.expandtabs(_TAB)
        bare = wide.lstrip(" >")
        if bare and len(wide) - len(bare) < indent:
            return end
        end = at + 1 + len(line) if bare else end
        at = stop
    return end
