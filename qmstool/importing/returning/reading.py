"""Read what a Markdown text shows, in the order of its pages, and where each piece is typed.

What goes in: the files of a document, and the words that its exported form shows. What comes out:
nodes that pair with those of the exported form. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.importing.returning.html_text import html_nodes
from qmstool.importing.returning.shown import PICTURE, squeeze
from qmstool.importing.returning.typed import TypedFile, TypedLine, TypedRow, TypedTable
from qmstool.parsing.markdown import containers as tree
from qmstool.parsing.markdown.inlines import (
    Code,
    FootnoteReference,
    HardBreak,
    Image,
    InlineHtml,
    SoftBreak,
    TaskBox,
    TextRun,
)
from qmstool.parsing.markdown.mapped_text import MappedText
from qmstool.parsing.markdown.plain import alternative, code_content, walk
from qmstool.parsing.markdown.reader import read
from qmstool.parsing.markdown.walking import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.importing.returning.typed import Form, Typed
    from qmstool.parsing.markdown.containers import Block
    from qmstool.parsing.markdown.document import MarkdownDocument
    from qmstool.parsing.markdown.inlines import Inline, Inlines


def read_files(texts: Mapping[str, tuple[str, int]]) -> list[TypedFile]:
    """Return the files of a document; `texts`: path → text, and where its body begins."""
    files = []
    for number, (path, (text, body)) in enumerate(texts.items()):
        document = read(text, body)
        files.append(TypedFile(number, path, document.text, document))
    return files


def typed_nodes(file: TypedFile, shown: frozenset[str], unnumbered: str = "") -> list[Typed]:
    """Return what a file shows, its footnotes at the end.

    `shown`: what the lines of its exported form say, squeezed; where a line can be shown in two
    ways (a picture, or the words for it), it tells which. `unnumbered`: the label of a footnote
    that is read as if it was not there.
    """
    return _FileReader(file, shown, unnumbered).nodes()


class _FileReader:
    def __init__(self, file: TypedFile, shown: frozenset[str], unnumbered: str) -> None:
        self._file = file
        self._shown = shown
        self._around: dict[int, tuple[Block, ...]] = {}
        self._numbers = _note_numbers(file.document, unnumbered)

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
            yield TypedLine(self._file, "code", block.start, block.end, words, (), around, block)
        elif isinstance(block, tree.HtmlBlock):
            yield from html_nodes(self._file, block, around)
        elif isinstance(block, tree.Admonition) and block.title:
            words = self._words(block.title, pictures=True)
            start, end = block.title[0].start, block.title[-1].end
            yield TypedLine(self._file, "heading", start, end, words, block.title, around, block)

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
        return TypedTable(self._file, "cell", block.start, block.end, tuple(rows), around, block)


def _note_numbers(document: MarkdownDocument, unnumbered: str) -> dict[str, int]:
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
    waiting = [label for label in called if label != unnumbered]
    known = {*waiting, unnumbered}
    for label in waiting:
        more = dict.fromkeys(other for other in within.get(label, ()) if other not in known)
        known.update(more)
        waiting += more
    return {label: number for number, label in enumerate(waiting, 1)}
