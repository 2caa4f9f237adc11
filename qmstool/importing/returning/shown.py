"""Read what a Word text shows, as it is compared: lines, and tables of lines.

What goes in: the blocks of a file that was read. What comes out: nodes whose words can be held
against those of another saving of the same text, whatever program wrote it. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass
from qmstool.importing.blocks import SourceParagraph, SourceTable
from qmstool.unseen import COMPARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qmstool.importing.blocks import Block, SourceCell, Span

Kind = Literal["heading", "item", "numbered", "text"]
PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
NOTE = "\N{BLACK SMALL SQUARE}\N{BLACK SMALL SQUARE}"
"""What stands in a line for a picture, and for the mark of one of Word's own notes."""

_BLANKS = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A paragraph: its words, a heading's number with them; breaks of its lines are line ends.

    `level`: that of a heading, or the depth of an item, -1 where Word does not say; `label`: the
    number that Word prints before it.
    """

    words: str
    kind: Kind
    level: int
    label: str
    paragraph: SourceParagraph


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table: the words of each cell of each row, and the cells themselves."""

    rows: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[SourceCell, ...], ...]
    table: SourceTable

    @property
    def words(self) -> str:
        """All its words, a line for each row."""
        return "\n".join(" | ".join(row) for row in self.rows)


Shown = ShownLine | ShownTable


def shown_nodes(blocks: Iterable[Block]) -> list[Shown]:
    """Return what blocks show: nothing where there are no words, pictures or cells."""
    made: list[Shown] = []
    for block in blocks:
        if isinstance(block, SourceTable):
            if not block.is_empty:
                made.append(_table(block))
        elif squeeze(words_of(block)):
            made.append(_line(block))
    return made


def squeeze(words: str) -> str:
    """Return words without blanks: programs differ in those."""
    return "".join(words.translate(COMPARED).split())


def is_solid(letter: str) -> bool:
    """Whether a letter is one that `squeeze` keeps."""
    return bool(squeeze(letter))


def words_of(paragraph: SourceParagraph) -> str:
    """Return the words of a paragraph as they are compared."""
    text = "".join(_text_of(span) for span in paragraph.spans)
    lines = _BLANKS.sub(" ", text).split("\n")
    return "\n".join(line.strip() for line in lines).strip()


def _text_of(span: Span) -> str:
    """Return the text of a span; a picture and the call of a note have a sign for it."""
    if span.picture:
        return PICTURE
    if span.note:
        return NOTE
    return span.text


def size_of(span: Span) -> int:
    """Return how many letters a span has without its blanks; a picture and a note are one."""
    if span.picture or span.note:
        return 1
    return len("".join(span.text.split()))


def _line(block: SourceParagraph) -> ShownLine:
    words = words_of(block)
    if block.level:
        return ShownLine(f"{block.label}{words}", "heading", block.level, block.label, block)
    if block.bullet >= 0:
        return ShownLine(words, "item", block.bullet, "", block)
    kind: Kind = "numbered" if block.label else "text"
    return ShownLine(words, kind, block.depth, block.label, block)


def _table(table: SourceTable) -> ShownTable:
    rows, cells = [], []
    for row in table.rows:
        cells.append(tuple(cell for _, cell in row.cells))
        rows.append(tuple(cell_words(cell.blocks) for _, cell in row.cells))
    return ShownTable(tuple(rows), tuple(cells), table)


def cell_words(blocks: Sequence[Block]) -> str:
    """Return the words of a cell, a line for each paragraph, what Word counts before it."""
    lines = []
    for block in blocks:
        if isinstance(block, SourceTable):
            lines.append(_table(block).words)
            continue
        words = words_of(block)
        if squeeze(words):
            lines.append(f"{block.label}{words}")
    return "\n".join(lines)
