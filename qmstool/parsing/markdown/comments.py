"""Find the comments of a document, such as speak to the checker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.parsing.markdown import containers as tree
from qmstool.parsing.markdown.inlines import InlineHtml
from qmstool.parsing.markdown.mapped_text import MappedText
from qmstool.parsing.markdown.plain import walk
from qmstool.parsing.markdown.raw_html import tags
from qmstool.parsing.markdown.walking import lines_of
from qmstool.parsing.signs import holds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.document import MarkdownDocument
    from qmstool.parsing.markdown.inlines import Span

_OPENING, _CLOSING = "<!--", "-->"


def comments(document: MarkdownDocument) -> tuple[Span, ...]:
    """Return where the closed comments of a document stand, in order, their marks with them."""
    if not holds(document.text, _OPENING, document.start):
        return ()
    return tuple(sorted(_comments(document)))


def _comments(document: MarkdownDocument) -> Iterator[Span]:
    for block, _ in document.blocks:
        if isinstance(block, tree.HtmlBlock):
            html = MappedText(block.pieces)
            for tag in tags(html.text):
                if tag.name == "!--" and html.text.endswith(_CLOSING, tag.start, tag.end):
                    yield html.span(tag.start, tag.end)
        for node in walk(lines_of(block)):
            if isinstance(node, InlineHtml) and node.text.startswith(_OPENING):
                yield node.start, node.end
