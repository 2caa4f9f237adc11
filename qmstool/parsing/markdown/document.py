"""Hold the blocks of a Markdown text and the document they make up.

Every block begins with its place, `start` and `end`, in code points of the text that was read. It
ends with the last of its words or marks: line ends and empty lines after it are outside. A block
starts at its own mark (`>`, `-`, `#`), behind the marks of the blocks around it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from qmstool.parsing.markdown.inlines import Inlines, Span, TaskBox, Text

Alignment = Literal["", "left", "center", "right"]
AlertKind = Literal["note", "tip", "important", "warning", "caution"]


class Paragraph(NamedTuple):
    """A paragraph; `tight` where it is the bare text of an item or definition."""

    start: int
    end: int
    children: Inlines
    tight: bool = False


class Heading(NamedTuple):
    """A heading with the id, classes and attributes typed behind it in braces."""

    start: int
    end: int
    level: int
    children: Inlines
    id: str | None
    classes: tuple[str, ...]
    attributes: tuple[tuple[str, str | None], ...]


class Item(NamedTuple):
    """An item of a list: its mark as typed (`-`, `3)`) and the box of its task, if it is one."""

    start: int
    end: int
    children: tuple[Block, ...]
    marker: str
    task: TaskBox | None

    @property
    def typed(self) -> int | None:
        """Return the number typed at the item's head, None for a bullet."""
        return int(self.marker[:-1]) if self.marker[:-1] else None


class List(NamedTuple):
    """A list; `first` is the number it begins with, None for bullets; `delimiter` as typed."""

    start: int
    end: int
    children: tuple[Item, ...]
    first: int | None
    delimiter: str
    tight: bool


class Cell(NamedTuple):
    """A cell of a table, blanks at both ends left out; one that was `filled` up is not typed."""

    start: int
    end: int
    children: Inlines
    filled: bool = False


class Row(NamedTuple):
    """A row of a table, and the cells too many in it, which no page shows."""

    start: int
    end: int
    cells: tuple[Cell, ...]
    lost: tuple[Span, ...] = ()


class Table(NamedTuple):
    """A table: its head, its rows and how its columns are set."""

    start: int
    end: int
    alignments: tuple[Alignment, ...]
    head: Row
    rows: tuple[Row, ...]


class Quote(NamedTuple):
    """A quotation."""

    start: int
    end: int
    children: tuple[Block, ...]


class Alert(NamedTuple):
    """A quotation whose first line is `[!NOTE]` or one of its kin."""

    start: int
    end: int
    children: tuple[Block, ...]
    kind: AlertKind


class CodeBlock(NamedTuple):
    """A block of code: its pieces in order, and the words behind its fence, None where indented."""

    start: int
    end: int
    pieces: tuple[Text, ...]
    info: str | None

    @property
    def text(self) -> str:
        """Return the code."""
        return "".join([piece.text for piece in self.pieces])


class HtmlBlock(NamedTuple):
    """A block of HTML, in which no Markdown is read."""

    start: int
    end: int
    pieces: tuple[Text, ...]

    @property
    def text(self) -> str:
        """Return the HTML, without the marks of the blocks around it."""
        return "".join([piece.text for piece in self.pieces])


class ThematicBreak(NamedTuple):
    """A line across the page."""

    start: int
    end: int


class Term(NamedTuple):
    """A term of a definition list."""

    start: int
    end: int
    children: Inlines


class Definition(NamedTuple):
    """What a term means."""

    start: int
    end: int
    children: tuple[Block, ...]


class DefinitionList(NamedTuple):
    """Terms, each followed by its definitions."""

    start: int
    end: int
    children: tuple[Term | Definition, ...]


class FootnoteDefinition(NamedTuple):
    """The text of a footnote."""

    start: int
    end: int
    label: str
    children: tuple[Block, ...]


class Admonition(NamedTuple):
    """A block of the old dialect: `!!! kind "title"`, or `??? kind` for one that folds.

    `title` is None where none was typed, which is not the same as an empty one.
    """

    start: int
    end: int
    children: tuple[Block, ...]
    kind: str
    title: Inlines | None
    folds: bool
    opened: bool


class Abbreviation(NamedTuple):
    """A line of the old dialect that says what an abbreviation means: `*[QT]: quy trình`."""

    start: int
    end: int
    label: str
    meaning: str


Block = (
    Paragraph
    | Heading
    | List
    | Item
    | Table
    | Row
    | Cell
    | Quote
    | Alert
    | CodeBlock
    | HtmlBlock
    | ThematicBreak
    | DefinitionList
    | Term
    | Definition
    | FootnoteDefinition
    | Admonition
    | Abbreviation
)


class MissingReference(NamedTuple):
    """A reference whose label nothing defines."""

    start: int
    end: int
    label: str
    kind: LinkKindMissing


LinkKindMissing = Literal["reference", "collapsed", "shortcut"]


class Document(NamedTuple):
    """A text that was read, its blocks, and the references that lead nowhere."""

    text: str
    start: int
    children: tuple[Block, ...]
    missing: tuple[MissingReference, ...]


OLD = (Admonition, Abbreviation)
"""Blocks that only the old dialect knows."""
