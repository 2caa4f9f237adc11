"""Hold what a file says as blocks: paragraphs with their labels, tables, pictures, notes.

One form for every kind of file that is read; each block knows where it stood in its source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection

    from qmstool.i18n import Text


@dataclass(frozen=True, slots=True)
class Span:
    r"""A piece of a paragraph: text, or a line break («\n»), a note's mark, a picture.

    `link`: an address; `note`: key of a footnote; `picture`: path inside the file, with `text` as
    what it shows. `raised`: "sup", "sub" or "".
    """

    text: str = ""
    bold: bool = False
    italic: bool = False
    struck: bool = False
    raised: str = ""
    link: str = ""
    note: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class SourceParagraph:
    """A paragraph. `label`: the number printed before it, with the gap behind it.

    `level`: 1 to 9 for a heading, 0 for text; `bullet`: depth in a list without numbers, `depth` in
    one with numbers, -1 for none; `place`: where it stood, in words; `title`: whether it is styled
    as the title; `markdown`: how it is written, where its source is Markdown already, "" to write
    it from its spans.
    """

    spans: tuple[Span, ...]
    place: Text
    label: str = ""
    level: int = 0
    bullet: int = -1
    depth: int = -1
    title: bool = False
    markdown: str = ""

    @property
    def words(self) -> str:
        """The text without its label; a line break is a blank."""
        return "".join(span.text for span in self.spans if not span.picture).replace("\n", " ")

    @property
    def text(self) -> str:
        """The text as it is printed, label first."""
        return (self.label + self.words).strip()


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell: blocks, and over how many columns and rows it goes."""

    blocks: tuple[Block, ...]
    columns: int = 1
    rows: int = 1

    @property
    def text(self) -> str:
        """All its words, a blank between paragraphs."""
        return " ".join(filter(None, (block.text for block in self.blocks)))


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row: cells that begin in it, each with the column it stands in."""

    cells: tuple[tuple[int, SourceCell], ...]


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table of `width` columns."""

    rows: tuple[SourceRow, ...]
    width: int
    place: Text

    @property
    def is_empty(self) -> bool:
        """Whether it has no cell at all: a page shows nothing of it."""
        return not self.rows or not self.width

    @property
    def text(self) -> str:
        """All its words, row by row."""
        return " ".join(filter(None, (cell.text for row in self.rows for _, cell in row.cells)))

    def grid(self) -> list[list[str]]:
        """Return the text of each place: a cell over many rows is in all, one over columns once."""
        lines = [[""] * self.width for _ in self.rows]
        for number, row in enumerate(self.rows):
            for column, cell in row.cells:
                text = cell.text
                for line in lines[number : number + cell.rows]:
                    line[column] = text
        return lines


Block: TypeAlias = "SourceParagraph | SourceTable"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that are in no file, and why."""

    text: str
    reason: Text
    place: Text


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a person has to look at: where it is in the source, what was done.

    `weight`: 0 something may be lost, 1 something was guessed, 2 something to know.
    """

    message: Text
    place: Text
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read, whole.

    `headers`: blocks of its page headers and footers, by part; `says`: what it says of itself
    outside its text: what, as written, where; `notes`: key → paragraphs of a footnote; `pictures`:
    path → bytes; `raw`: part → its words as the file itself holds them; `plain`: whether it is text
    without type; `converted`: texts that read otherwise than they are kept, as kept and as read.
    """

    name: str
    blocks: tuple[Block, ...]
    headers: tuple[tuple[str, tuple[Block, ...]], ...] = ()
    says: tuple[tuple[str, str, Text], ...] = ()
    notes: tuple[tuple[str, tuple[Block, ...]], ...] = ()
    pictures: tuple[tuple[str, bytes], ...] = ()
    raw: tuple[tuple[str, str], ...] = ()
    plain: bool = False
    converted: tuple[tuple[str, str], ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def some_of(texts: Collection[str], most: int) -> str:
    """Return the first of some texts on one line, with a sign behind them where there are more."""
    shown = [*texts][:most]
    if len(texts) > most:
        shown.append("…")
    return ", ".join(shown)
