"""Write a document as HTML.

What is written is what the parser's own renderer writes, but for what `HtmlOptions` asks for, the
numbers of items, footnotes, and blocks that the renderer does not know. Raw HTML passes through as
it is: whoever shows the page cuts it. There is no recursion: what is still to be written waits in a
stack, so that no text can be nested too deep.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmstool.parsing.markdown.html.context import LINE, Abbreviations, HtmlContext, HtmlOptions
from qmstool.parsing.markdown.html.footnotes import NumberedNotes, numbered_notes
from qmstool.parsing.markdown.html.nodes import WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qmstool.parsing.markdown.containers import Block
    from qmstool.parsing.markdown.document import MarkdownDocument
    from qmstool.parsing.markdown.inlines import Inlines


def html(document: MarkdownDocument, options: HtmlOptions | None = None) -> str:
    """Return the HTML of a document."""
    return blocks_html(document, document.children, options)


def blocks_html(
    document: MarkdownDocument, children: Sequence[Block], options: HtmlOptions | None = None
) -> str:
    """Return the HTML of some blocks of a document, with the footnotes that they call."""
    return BlocksWriter(document, options).html(children)


class BlocksWriter:
    """Writes blocks of a document, some now and some then; what all of them need is made once."""

    def __init__(self, document: MarkdownDocument, options: HtmlOptions | None = None) -> None:
        self._document = document
        self._options = options or HtmlOptions()
        self._abbreviations = Abbreviations({**self._options.abbreviations, **document.meanings})

    def html(self, children: Sequence[Block]) -> str:
        """Return the HTML of some blocks, with the footnotes that they call."""
        options = self._options
        notes = numbered_notes(self._document, children, options.note_prefix)
        writer = _HtmlWriter(HtmlContext(options, notes, self._abbreviations))
        writer.write(children)
        writer.write(notes.parts())
        return writer.written()


def inlines_html(inlines: Inlines) -> str:
    """Return the HTML of what stands in a line."""
    writer = _HtmlWriter(HtmlContext(HtmlOptions(), NumberedNotes([], ""), Abbreviations({})))
    writer.write(inlines)
    return writer.written()


class _HtmlWriter:
    """Writes nodes and pieces of HTML one after another."""

    def __init__(self, context: HtmlContext) -> None:
        self._context = context
        self._written: list[str] = []
        self._at_line_start = True

    def write(self, parts: Iterable[Any]) -> None:
        """Write nodes, strings, and, for `LINE`, the end of a line unless one was just written."""
        waiting = list(parts)
        waiting.reverse()
        while waiting:
            part = waiting.pop()
            if part.__class__ is str:
                if part:
                    self._written.append(part)
                    self._at_line_start = part.endswith("\n")
            elif part is LINE:
                if not self._at_line_start:
                    self._written.append("\n")
                    self._at_line_start = True
            else:
                waiting.extend(reversed(WRITERS[part.__class__](self._context, part)))

    def written(self) -> str:
        """Return what was written."""
        return "".join(self._written)
