"""Hold the blocks that have no blocks in them: paragraphs, headings, tables, code, HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.frozen import NamedTuple

if TYPE_CHECKING:
    from qmstool.parsing.markdown.inlines import Inlines, Span, TextRun

Alignment = Literal["", "left", "center", "right"]
ReferenceKind = Literal["reference", "collapsed", "shortcut"]


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
    lost_cells: tuple[Span, ...] = ()


class TableBlock(NamedTuple):
    """A table: its head, its rows and how its columns are set."""

    start: int
    end: int
    alignments: tuple[Alignment, ...]
    head: Row
    rows: tuple[Row, ...]


class CodeBlock(NamedTuple):
    """A block of code: its pieces in order, and the words behind its fence, None where indented."""

    start: int
    end: int
    pieces: tuple[TextRun, ...]
    info: str | None

    @property
    def text(self) -> str:
        """Return the code."""
        return "".join([piece.text for piece in self.pieces])


class HtmlBlock(NamedTuple):
    """A block of HTML, in which no Markdown is read."""

    start: int
    end: int
    pieces: tuple[TextRun, ...]

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


class AbbreviationDefinition(NamedTuple):
    """A line of the old dialect that says what an abbreviation means: `*[QT]: quy trình`."""

    start: int
    end: int
    label: str
    meaning: str


class UnresolvedLabel(NamedTuple):
    """A reference whose label nothing defines."""

    start: int
    end: int
    label: str
    kind: ReferenceKind
