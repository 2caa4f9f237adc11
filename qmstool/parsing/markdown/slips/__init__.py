"""Find what a writer of Markdown typed and a reader sees otherwise. Facts only; rules word them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.parsing.markdown import containers as tree
from qmstool.parsing.markdown.links import lines_of
from qmstool.parsing.markdown.slips.alerts import alert_slips, empty_alert
from qmstool.parsing.markdown.slips.code import code_slips, open_fence
from qmstool.parsing.markdown.slips.headings import heading_slips, repeated_ids
from qmstool.parsing.markdown.slips.html import html_slips, tag_slips
from qmstool.parsing.markdown.slips.labels import label_slips
from qmstool.parsing.markdown.slips.lines import line_slips
from qmstool.parsing.markdown.slips.lists import list_slips, sibling_slips
from qmstool.parsing.markdown.slips.signs import brace_slips, shapes_in, sign_slips
from qmstool.parsing.markdown.slips.slip import Slip
from qmstool.parsing.markdown.slips.tables import table_slips
from qmstool.parsing.markdown.slips.words import paragraph_slips, term_slips, text_slips
from qmstool.parsing.markdown.walking import children_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.parsing.markdown.containers import Block
    from qmstool.parsing.markdown.document import MarkdownDocument
    from qmstool.parsing.markdown.walking import Context


def slips(document: MarkdownDocument) -> tuple[Slip, ...]:
    """Return the slips of a document, in order."""
    found = sorted(_slips(document), key=_place)
    return tuple(_without_followers(found))


_EXPLAINED = {"cells-lost": "tick", "stars-blank": "stars"}
"""Slips that explain others within them: a bar parts two backticks, a blank two pairs of stars."""


def _place(slip: Slip) -> tuple[int, bool, int, str]:
    """Return the order of a slip: one that explains others comes before them."""
    return slip.start, slip.cause not in _EXPLAINED, slip.end, slip.cause


def _without_followers(found: Sequence[Slip]) -> Iterator[Slip]:
    """Yield slips in order, less those that follow from one that they stand in."""
    ends: dict[str, int] = {}
    for slip in found:
        if slip.start >= ends.get(slip.cause, 0):
            yield slip
        if slip.cause in _EXPLAINED:
            ends[_EXPLAINED[slip.cause]] = slip.end


_WITHOUT_SIBLINGS = (tree.Paragraph, tree.Cell, tree.List, tree.TableBlock, tree.Row, tree.Heading)


def _slips(document: MarkdownDocument) -> Iterator[Slip]:
    source = document.text
    shapes = shapes_in(document)
    html = source.find("<", document.start) >= 0
    yield from label_slips(document)
    yield from repeated_ids(document)
    yield from open_fence(document)
    yield from sibling_slips(source, document.children)
    for block, context in document.blocks:
        yield from _of_block(source, block, context)
        inlines = lines_of(block)
        if inlines:
            yield from text_slips(source, inlines)
            if shapes is not None:
                yield from sign_slips(source, inlines, shapes)
            if isinstance(block, tree.Paragraph):
                yield from brace_slips(source, inlines)
            if html:
                yield from tag_slips(inlines)
        if not isinstance(block, _WITHOUT_SIBLINGS):
            yield from sibling_slips(source, children_of(block))


def _of_block(source: str, block: Block, context: Context) -> Iterator[Slip]:
    """Yield the slips of a block itself."""
    if isinstance(block, tree.Paragraph):
        item = isinstance(context.parent, tree.Item) and context.parent.children[0] is block
        yield from line_slips(source, block, item=item)
        yield from paragraph_slips(source, block)
        yield from alert_slips(source, block, context.parent)
    elif isinstance(block, tree.Heading):
        yield from heading_slips(source, block)
    elif isinstance(block, tree.List):
        yield from list_slips(source, block)
    elif isinstance(block, tree.TableBlock):
        yield from table_slips(source, block)
    elif isinstance(block, tree.Alert):
        yield from empty_alert(block)
    elif isinstance(block, tree.CodeBlock):
        yield from code_slips(source, block)
    elif isinstance(block, tree.HtmlBlock):
        yield from html_slips(block)
    elif isinstance(block, tree.Term):
        yield from term_slips(source, block)


__all__ = ["Slip", "slips"]
