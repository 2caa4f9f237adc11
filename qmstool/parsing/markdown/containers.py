"""Hold the blocks that have blocks in them; the others are taken in from `leaves`.

Every block begins with its place, `start` and `end`, in code points of the text that was read. It
ends with the last of its words or marks: line ends and empty lines after it are outside. A block
starts at its own mark (`>`, `-`, `#`), behind the marks of the blocks around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.frozen import NamedTuple
from qmstool.parsing.markdown.leaves import (
    AbbreviationDefinition,
    Alignment,
    Cell,
    CodeBlock,
    Heading,
    HtmlBlock,
    Paragraph,
    Row,
    TableBlock,
    Term,
    ThematicBreak,
)

if TYPE_CHECKING:
    from qmstool.parsing.markdown.inlines import Inlines

AlertKind = Literal["note", "tip", "important", "warning", "caution"]


class Item(NamedTuple):
    """An item of a list, with its mark as typed (`-`, `3)`)."""

    start: int
    end: int
    children: tuple[Block, ...]
    marker: str

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


Block = (
    Paragraph
    | Heading
    | List
    | Item
    | TableBlock
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
    | AbbreviationDefinition
)


OLD = (Admonition, AbbreviationDefinition)
"""Blocks that only the old dialect knows."""

__all__ = [
    "OLD",
    "AbbreviationDefinition",
    "Admonition",
    "Alert",
    "AlertKind",
    "Alignment",
    "Block",
    "Cell",
    "CodeBlock",
    "Definition",
    "DefinitionList",
    "FootnoteDefinition",
    "Heading",
    "HtmlBlock",
    "Item",
    "List",
    "Paragraph",
    "Quote",
    "Row",
    "TableBlock",
    "Term",
    "ThematicBreak",
]
