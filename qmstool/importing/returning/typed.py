"""Read what a Markdown text shows, in the order of its pages, and where each piece is typed.

What goes in: the files of a document, and the words that its exported form shows. What comes out:
nodes that pair with those of the exported form; each knows its block, the blocks around it, and the
place of every letter. Pure.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass
from qmstool.importing.returning.shown import PICTURE, squeeze
from qmstool.parsing.markdown import containers as tree
from qmstool.parsing.markdown.inlines import (
    Code,
    Emphasis,
    FootnoteReference,
    HardBreak,
    Image,
    InlineHtml,
    Link,
    SoftBreak,
    Strike,
    Strong,
    TaskBox,
    TextRun,
)
from qmstool.parsing.markdown.links import lines_of
from qmstool.parsing.markdown.mapped_text import MappedText
from qmstool.parsing.markdown.plain import alternative, code_content, walk
from qmstool.parsing.markdown.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qmstool.parsing.markdown.containers import Block
    from qmstool.parsing.markdown.document import MarkdownDocument
    from qmstool.parsing.markdown.inlines import Inline, Inlines

Form = Literal["text", "heading", "cell", "code", "html"]
Holder = Emphasis | Strong | Strike | Link
HOLDERS = (Emphasis, Strong, Strike, Link)
_TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][\w-]*)(?:\"[^\"]*\"|'[^']*'|[^<>])*>", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")
_WITHIN_LINES = {
    "a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "s", "samp",
    "small", "span", "strong", "sub", "sup", "u", "var",
}  # fmt: skip


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


def read_files(texts: Mapping[str, tuple[str, int]]) -> list[TypedFile]:
    """Return the files of a document; `texts`: path → text, and where its body begins."""
    files = []
    for number, (path, (text, body)) in enumerate(texts.items()):
        document = read(text, body)
        files.append(TypedFile(number, path, document.text, document))
    return files


def typed_nodes(file: TypedFile, shown: frozenset[str]) -> list[Typed]:
    """Return what a file shows, its footnotes at the end.

    `shown`: what the lines of its exported form say, squeezed; where a line can be shown in two
    ways (a picture, or the words for it), it tells which.
    """
    return _FileReader(file, shown).nodes()


def key_of(node: Typed) -> str:
    """Return by what a node is found again."""
    if isinstance(node, TypedLine):
        return squeeze(node.words.text)
    return squeeze("".join(cell.words.text for row in node.rows for cell in row.cells))


class _FileReader:
    def __init__(self, file: TypedFile, shown: frozenset[str]) -> None:
        self._file = file
        self._shown = shown
        self._around: dict[int, tuple[Block, ...]] = {}
        self._numbers = _note_numbers(file.document)

    def nodes(self) -> list[Typed]:
        """Return the nodes in the order of the page."""
        text: list[Typed] = []
        notes: dict[str, list[Typed]] = {}
        for block, context in self._file.document.blocks:
            parent = context.parent
            around = () if parent is None else (*self._around.get(id(parent), ()), parent)
            self._around[id(block)] = around
            made = list(self._of_block(block, around))
            if context.footnote:
                notes.setdefault(context.footnote.casefold(), []).extend(made)
            else:
                text += made
        for label in self._numbers:
            text += notes.get(label, [])
        return text

    def _of_block(self, block: Block, around: tuple[Block, ...]) -> Iterator[Typed]:
        if isinstance(block, tree.Paragraph | tree.Term):
            yield self._line(block, "text", around)
        elif isinstance(block, tree.Heading):
            yield self._line(block, "heading", around)
        elif isinstance(block, tree.TableBlock):
            yield self._table(block, around)
        elif isinstance(block, tree.CodeBlock):
            words = MappedText([*block.pieces] or [TextRun(block.start, block.end, "")])
            yield TypedLine(
                self._file, "code", block.start, block.end, words, (), around, block
            )
        elif isinstance(block, tree.HtmlBlock):
            yield from self._of_html(block, around)
        elif isinstance(block, tree.Admonition) and block.title:
            words = self._words(block.title, pictures=True)
            start, end = block.title[0].start, block.title[-1].end
            yield TypedLine(
                self._file, "heading", start, end, words, block.title, around, block
            )

    def _line(
        self, block: tree.Paragraph | tree.Term | tree.Heading | tree.Cell, form: Form,
        around: tuple[Block, ...],
    ) -> TypedLine:  # fmt: skip
        words = self._words(block.children, pictures=True)
        if squeeze(words.text) not in self._shown and PICTURE in words.text:
            words = self._words(block.children, pictures=False)
        return TypedLine(
            self._file, form, block.start, block.end, words, block.children, around, block
        )

    def _words(self, inlines: Inlines, *, pictures: bool) -> MappedText:
        pieces = [
            piece
            for node in walk(inlines)
            if (piece := self._piece(node, pictures=pictures)) is not None
        ]
        return MappedText(pieces)

    def _piece(self, node: Inline, *, pictures: bool) -> TextRun | None:
        if isinstance(node, TextRun):
            return node
        if isinstance(node, Code):
            return code_content(self._file.text, node)
        words = ""
        if isinstance(node, SoftBreak):
            words = " "
        elif isinstance(node, HardBreak) or (isinstance(node, InlineHtml) and node.line_break):
            words = "\n"
        elif isinstance(node, FootnoteReference):
            words = str(self._numbers.get(node.label.casefold(), ""))
        elif isinstance(node, TaskBox):
            words = "☑ " if node.checked else "☐ "
        elif isinstance(node, Image):
            words = PICTURE if pictures else f"[{alternative(node)}]"
        return TextRun(node.start, node.end, words) if words else None

    def _table(self, block: tree.TableBlock, around: tuple[Block, ...]) -> TypedTable:
        rows = []
        for row in (block.head, *block.rows):
            cells = [self._line(cell, "cell", (*around, block, row)) for cell in row.cells]
            rows.append(TypedRow(row.start, row.end, tuple(cells)))
        return TypedTable(
            self._file, "cell", block.start, block.end, tuple(rows), around, block
        )

    def _of_html(self, block: tree.HtmlBlock, around: tuple[Block, ...]) -> Iterator[Typed]:
        """Yield the lines of a block of HTML, and its tables, as far as its tags tell them."""
        source = self._file.text
        at = block.start
        pieces: list[TextRun] = []
        rows: list[TypedRow] = []
        cells: list[TypedLine] = []
        opened = {"table": -1, "tr": -1, "td": -1}

        def line(start: int, end: int) -> TypedLine:
            words = MappedText(pieces or [TextRun(start, start, "")])
            return TypedLine(self._file, "html", start, end, words, (), around, block)

        for tag in [*_TAG.finditer(source, block.start, block.end), None]:
            end = block.end if tag is None else tag.start()
            pieces = [*pieces, *_html_pieces(source, at, end)]
            at = block.end if tag is None else tag.end()
            name = "" if tag is None else (tag[2] or "").lower()
            if tag is not None and (not name or name in _WITHIN_LINES):
                continue
            if tag is not None and name == "br":
                pieces.append(TextRun(tag.start(), tag.end(), "\n"))
                continue
            name = "td" if name == "th" else name
            closes = tag is not None and bool(tag[1])
            if opened["td"] >= 0:
                if closes and name == "td":
                    cells.append(line(opened["td"], end))
                    opened["td"], pieces = -1, []
                continue
            if squeeze("".join(piece.text for piece in pieces)):
                yield line(pieces[0].start, pieces[-1].end)
            pieces = []
            if tag is None or name not in opened:
                continue
            if not closes:
                opened[name] = tag.end() if name == "td" else tag.start()
            elif name == "tr" and opened["tr"] >= 0:
                rows.append(TypedRow(opened["tr"], tag.end(), tuple(cells)))
                opened["tr"], cells = -1, []
            elif name == "table" and opened["table"] >= 0:
                start, ends = opened["table"], tag.end()
                yield TypedTable(self._file, "html", start, ends, tuple(rows), around, block)
                opened["table"], rows = -1, []


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


def _note_numbers(document: MarkdownDocument) -> dict[str, int]:
    """Return label → number of the footnotes that are called, in the order of the page."""
    if "[^" not in document.text:
        return {}
    called: dict[str, None] = {}
    within: dict[str, list[str]] = {}
    for block, context in document.blocks:
        for node in walk(lines_of(block)):
            if isinstance(node, FootnoteReference):
                label = node.label.casefold()
                if context.footnote:
                    within.setdefault(context.footnote.casefold(), []).append(label)
                else:
                    called[label] = None
    waiting = list(called)
    for label in waiting:
        waiting += [other for other in within.get(label, ()) if other not in waiting]
    return {label: number for number, label in enumerate(waiting, 1)}


def holders_of(inlines: Sequence[Inline]) -> Iterator[Holder]:
    """Yield the nodes of a line that hold others, the outer ones first."""
    for node in walk(tuple(inlines)):
        if isinstance(node, HOLDERS):
            yield node
