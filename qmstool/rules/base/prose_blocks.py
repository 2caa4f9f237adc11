"""Split a Markdown text into headings, paragraphs, items and cells, and find a keeper's notes."""

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
class ProseBlock:
    """A heading, paragraph, item or cell, by offsets of its text.

    `row` is where its line begins, the same for all cells of a row. `note` says whether it stands
    in a keeper's note.
    """

    kind: Literal["heading", "paragraph", "item", "cell"]
    start: int
    end: int
    row: int
    note: bool


Span = tuple[int, int]


def has_own_text(document: Document) -> bool:
    """Whether a document's file holds its text, whatever its data say.

    A stub has no heading below the title.
    """
    return any(section.heading.level > 1 for section in document.sections)


def lies_inside(spans: Sequence[Span], offset: int) -> bool:
    """Whether an offset lies in one of some stretches, which are in order and do not overlap."""
    index = bisect_right(spans, offset, key=_begin) - 1
    return index >= 0 and offset < spans[index][1]


def _begin(span: Span) -> int:
    return span[0]


def find_blocks(
    text: str, page: ParsedMarkdown, note_spans: Sequence[Span]
) -> tuple[ProseBlock, ...]:
    """Return every heading, paragraph, item and cell of a text, those of notes among them."""
    headings = {heading.start for heading in page.headings}
    blocks = []
    for start, end in page.blocks:
        row = text.rfind("\n", 0, start) + 1
        kind = "heading" if start in headings else _kind(text, row, start, end)
        blocks.append(ProseBlock(kind, start, end, row, lies_inside(note_spans, start)))
    return tuple(blocks)


def _kind(text: str, row: int, start: int, end: int) -> Literal["paragraph", "item", "cell"]:
    """Tell a cell and an item by the signs around them; `row` is where the line begins."""
    if text[row:start].rstrip(" \t").endswith("|"):
        return "cell"
    if text[end : end + 80].lstrip(" \t").startswith("|"):
        return "cell"
    return "item" if _ITEM.match(text, row, start) else "paragraph"


def find_code_spans(text: str, prose: str, body: int) -> tuple[Span, ...]:
    """Return where pieces of code stand in running text, their backticks with them."""
    if "`" not in text:
        return ()
    spans = [code.span() for code in _CODE.finditer(text, body)]
    return tuple(span for span in spans if prose[span[0]] == prose[span[1] - 1] == "\x01")


def find_notes(text: str, body: int) -> tuple[Span, ...]:
    """Return where notes stand: the line of an admonition, and what is indented under it."""
    if "!!!" not in text and "???" not in text:
        return ()
    spans: list[Span] = []
    for opening in _NOTE.finditer(text, body):
        if not spans or opening.start() >= spans[-1][1]:
            spans.append((opening.start(), _note_end(text, opening)))
    return tuple(spans)


def _note_end(text: str, opening: re.Match[str]) -> int:
    """Return where the lines indented under an admonition end."""
    indent = opening.end("lead") - opening.start("lead") + _TAB
    line_end = text.find("\n", opening.end())
    end = line_end if line_end >= 0 else len(text)
    while line_end >= 0:
        start = line_end + 1
        line_end = text.find("\n", start)
        line = text[start : line_end if line_end >= 0 else len(text)]
        wide = line.expandtabs(_TAB)
        bare = wide.lstrip(" >")
        if not bare:
            continue
        if len(wide) - len(bare) < indent:
            return end
        end = start + len(line)
    return end
