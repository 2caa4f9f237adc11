"""Read what a block of HTML shows, as far as its tags tell: lines, and tables with their rows.

What goes in: a block of HTML in a Markdown text. What comes out: nodes with their places. Pure.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from qmstool.importing.returning.shown import squeeze
from qmstool.importing.returning.typed import TypedLine, TypedRow, TypedTable
from qmstool.parsing.markdown.inlines import TextRun
from qmstool.parsing.markdown.mapped_text import MappedText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.importing.returning.typed import Typed, TypedFile
    from qmstool.parsing.markdown.containers import Block, HtmlBlock

_TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][\w-]*)(?:\"[^\"]*\"|'[^']*'|[^<>])*>", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")
_WITHIN_LINES = {
    "a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "s", "samp",
    "small", "span", "strong", "sub", "sup", "u", "var",
}  # fmt: skip
_KIND_OF = {"td": "cell", "th": "cell"}


def html_nodes(file: TypedFile, block: HtmlBlock, around: tuple[Block, ...]) -> Iterator[Typed]:
    """Yield the lines of a block of HTML and its tables, in order."""
    return _HtmlReader(file, block, around).nodes()


class _HtmlReader:
    """Goes through the tags of one block."""

    def __init__(self, file: TypedFile, block: HtmlBlock, around: tuple[Block, ...]) -> None:
        self._file = file
        self._block = block
        self._around = around
        self._pieces: list[TextRun] = []
        self._cells: list[TypedLine] = []
        self._rows: list[TypedRow] = []
        self._opened = {"table": -1, "tr": -1, "cell": -1}

    def nodes(self) -> Iterator[Typed]:
        """Yield the nodes; a table within a cell is part of its words."""
        source, at = self._file.text, self._block.start
        for tag in _TAG.finditer(source, at, self._block.end):
            self._pieces += _html_pieces(source, at, tag.start())
            at = tag.end()
            name = (tag[2] or "").lower()
            if name == "br":
                self._pieces.append(TextRun(tag.start(), tag.end(), "\n"))
            elif name and name not in _WITHIN_LINES:
                yield from self._at_tag(tag, _KIND_OF.get(name, name))
        self._pieces += _html_pieces(source, at, self._block.end)
        yield from self._loose_line()

    def _at_tag(self, tag: re.Match[str], name: str) -> Iterator[Typed]:
        closes = bool(tag[1])
        if self._opened["cell"] >= 0:
            if closes and name == "cell":
                self._cells.append(self._line(self._opened["cell"], tag.start()))
                self._opened["cell"] = -1
            return
        yield from self._loose_line()
        if name not in self._opened:
            return
        start = self._opened[name]
        if not closes:
            self._opened[name] = tag.end() if name == "cell" else tag.start()
        elif name == "tr" and start >= 0:
            self._rows.append(TypedRow(start, tag.end(), tuple(self._cells)))
            self._opened["tr"], self._cells = -1, []
        elif name == "table" and start >= 0:
            rows = tuple(self._rows)
            yield TypedTable(self._file, "html", start, tag.end(), rows, self._around, self._block)
            self._opened["table"], self._rows = -1, []

    def _loose_line(self) -> Iterator[TypedLine]:
        """Yield the words that stand in no cell, if there are any."""
        if squeeze("".join(piece.text for piece in self._pieces)):
            yield self._line(self._pieces[0].start, self._pieces[-1].end)
        self._pieces = []

    def _line(self, start: int, end: int) -> TypedLine:
        words = MappedText(self._pieces or [TextRun(start, start, "")])
        self._pieces = []
        return TypedLine(self._file, "html", start, end, words, (), self._around, self._block)


def _html_pieces(source: str, start: int, end: int) -> Iterator[TextRun]:
    """Yield the words between two tags; line ends and the blanks beside them are one blank."""
    at = start
    for found in re.finditer(rf"{_ENTITY.pattern}|\s*\n\s*", source[start:end]):
        place = start + found.start()
        if place > at:
            yield TextRun(at, place, source[at:place])
        text = html.unescape(found[0]) if found[0].startswith("&") else " "
        at = start + found.end()
        yield TextRun(place, at, text)
    if at < end:
        yield TextRun(at, end, source[at:end])
