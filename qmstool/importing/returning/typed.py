"""Hold what a Markdown text shows and where each piece of it is typed: lines, and tables of lines.

Each node knows its block, the blocks around it, and the place of every letter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass
from qmstool.importing.returning.shown import squeeze
from qmstool.parsing.markdown.inlines import Emphasis, Link, Strike, Strong
from qmstool.parsing.markdown.plain import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.parsing.markdown.containers import Block
    from qmstool.parsing.markdown.document import MarkdownDocument
    from qmstool.parsing.markdown.inlines import Inline, Inlines
    from qmstool.parsing.markdown.mapped_text import MappedText

Form = Literal["text", "heading", "cell", "code", "html"]
Holder = Emphasis | Strong | Strike | Link
HOLDERS = (Emphasis, Strong, Strike, Link)


@dataclass(frozen=True, slots=True)
class TypedFile:
    """A file of a document: the text that was read, and its tree."""

    number: int
    path: str
    text: str
    document: MarkdownDocument


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A line as it is shown and where it is typed.

    `start`, `end`: the place of its block, or of the stretch of HTML that it is; `around`: the
    blocks around it, the outermost first; `inlines`: its nodes, () for code and HTML.
    """

    file: TypedFile
    form: Form
    start: int
    end: int
    words: MappedText
    inlines: Inlines
    around: tuple[Block, ...]
    block: Block


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row of a table: its place, and its cells."""

    start: int
    end: int
    cells: tuple[TypedLine, ...]


@dataclass(frozen=True, slots=True)
class TypedTable:
    """A table; `form`: "cell" for one of Markdown, "html" for one of HTML."""

    file: TypedFile
    form: Form
    start: int
    end: int
    rows: tuple[TypedRow, ...]
    around: tuple[Block, ...]
    block: Block


Typed = TypedLine | TypedTable


def key_of(node: Typed) -> str:
    """Return by what a node is found again."""
    if isinstance(node, TypedLine):
        return squeeze(node.words.text)
    return squeeze("".join(cell.words.text for row in node.rows for cell in row.cells))


def holders_of(inlines: Sequence[Inline]) -> Iterator[Holder]:
    """Yield the nodes of a line that hold others, the outer ones first."""
    for node in walk(tuple(inlines)):
        if isinstance(node, HOLDERS):
            yield node
