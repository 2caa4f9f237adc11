"""Find what a writer of Markdown typed and a reader sees otherwise. Facts only; rules word them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.parsing.markdown import containers as tree
from qmstool.parsing.markdown.links import lines_of
from qmstool.parsing.markdown.slips.headings import heading_slips, repeated_ids
from qmstool.parsing.markdown.slips.html import html_slips
from qmstool.parsing.markdown.slips.labels import label_slips
from qmstool.parsing.markdown.slips.lists import list_slips, sibling_slips
from qmstool.parsing.markdown.slips.slip import Slip
from qmstool.parsing.markdown.slips.tables import table_slips
from qmstool.parsing.markdown.slips.words import paragraph_slips, term_slips, text_slips
from qmstool.parsing.markdown.walking import children_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.containers import Block
    from qmstool.parsing.markdown.document import MarkdownDocument


def slips(document: MarkdownDocument) -> tuple[Slip, ...]:
    """Return the slips of a document, in order."""
    return tuple(sorted(_slips(document), key=lambda slip: slip[:3]))


_WITHOUT_SIBLINGS = (tree.Paragraph, tree.Cell, tree.List, tree.TableBlock, tree.Row, tree.Heading)


def _slips(document: MarkdownDocument) -> Iterator[Slip]:
    source = document.text
    yield from label_slips(document)
    yield from repeated_ids(document)
    yield from sibling_slips(source, document.children)
    for block, _ in document.blocks:
        yield from _of_block(source, block)
        inlines = lines_of(block)
        if inlines:
            yield from text_slips(source, inlines)
        if not isinstance(block, _WITHOUT_SIBLINGS):
            yield from sibling_slips(source, children_of(block))


def _of_block(source: str, block: Block) -> Iterator[Slip]:
    """Yield the slips of a block itself."""
    if isinstance(block, tree.Paragraph):
        yield from paragraph_slips(source, block)
    elif isinstance(block, tree.Heading):
        yield from heading_slips(source, block)
    elif isinstance(block, tree.List):
        yield from list_slips(source, block)
    elif isinstance(block, tree.TableBlock):
        yield from table_slips(source, block)
    elif isinstance(block, tree.HtmlBlock):
        yield from html_slips(block)
    elif isinstance(block, tree.Term):
        yield from term_slips(source, block)


__all__ = ["Slip", "slips"]
