"""Find what a writer of Markdown typed and a reader sees otherwise. Facts only; rules word them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmstool.parsing.markdown import containers as tree
from qmstool.parsing.markdown.slips.alerts import alert_slips, drawn_nowhere
from qmstool.parsing.markdown.slips.code import code_slips, open_fence
from qmstool.parsing.markdown.slips.flanks import flank_slips, may_be_plain_on_github
from qmstool.parsing.markdown.slips.headings import heading_slips, repeated_ids
from qmstool.parsing.markdown.slips.html import html_slips, tag_slips
from qmstool.parsing.markdown.slips.labels import label_slips
from qmstool.parsing.markdown.slips.lines import line_slips, opens_oddly
from qmstool.parsing.markdown.slips.lists import list_slips, sibling_slips
from qmstool.parsing.markdown.slips.lost import lost_more, lost_sign_slips, may_lose_signs
from qmstool.parsing.markdown.slips.signs import brace_slips, shapes_in, sign_slips
from qmstool.parsing.markdown.slips.slip import Slip
from qmstool.parsing.markdown.slips.tables import table_slips
from qmstool.parsing.markdown.slips.tildes import tilde_slips
from qmstool.parsing.markdown.slips.words import has_signs, paragraph_slips, term_slips, text_slips
from qmstool.parsing.markdown.walking import children_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qmstool.parsing.markdown.containers import Block
    from qmstool.parsing.markdown.document import MarkdownDocument
    from qmstool.parsing.markdown.inlines import Inlines


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


def _slips(document: MarkdownDocument) -> Iterator[Slip]:
    source = document.text
    yield from label_slips(document)
    yield from repeated_ids(document)
    yield from open_fence(document)
    yield from sibling_slips(source, document.children)
    # Where a text has a sign nowhere, no paragraph has it.
    tab, bang, angle = (source.find(sign, document.start) >= 0 for sign in "\t!<")
    for block, context in document.blocks:
        if isinstance(block, tree.Paragraph):
            if opens_oddly(source, block, tabs=tab, angles=angle):
                yield from _of_heads(source, block, context.parent)
            if bang and source.find("!", block.start, block.end) >= 0:
                yield from alert_slips(source, block, context.parent)
        elif isinstance(block, tree.Item):
            if len(block.children) > 1:
                yield from sibling_slips(source, block.children)
        elif block.__class__ not in _SILENT:
            if isinstance(block, tree.Alert):
                yield from drawn_nowhere(source, block, context.parent)
            elif isinstance(block, tree.Quote):
                yield from lost_more(source, block, context.parent)
            yield from _of_block(source, block)
    yield from _of_lines(document)


def _of_lines(document: MarkdownDocument) -> Iterator[Slip]:
    """Yield the slips of what stands in lines, of the kinds that the text as a whole may have."""
    source = document.text
    shapes = shapes_in(document)
    signs = has_signs(document)
    braces = "{" in document.words
    html = source.find("<", document.start) >= 0
    lost = may_lose_signs(document)
    github = "~" in document.words or may_be_plain_on_github(document)
    if not (signs or braces or html or lost or github or shapes is not None):
        return
    for inlines, block, _ in document.lines:
        if not inlines:
            continue
        if signs:
            yield from text_slips(source, inlines)
        if shapes is not None:
            yield from sign_slips(source, inlines, shapes)
        if braces and isinstance(block, tree.Paragraph):
            yield from brace_slips(source, inlines)
        if html:
            yield from tag_slips(inlines)
        if lost:
            yield from lost_sign_slips(source, inlines)
        if github:
            yield from _on_github(source, inlines)


def _on_github(source: str, inlines: Inlines) -> Iterator[Slip]:
    """Yield the slips of what GitHub's own renderer shows otherwise than this one."""
    yield from tilde_slips(source, inlines)
    yield from flank_slips(source, inlines)


def _of_block(source: str, block: Block) -> Iterator[Slip]:
    """Yield the slips of a block itself, and those between the blocks that stand in it."""
    of_kind = _OF_KIND.get(block.__class__)
    if of_kind is not None:
        yield from of_kind(source, block)
        return
    children = children_of(block)
    if len(children) > 1:
        yield from sibling_slips(source, children)


def _of_heads(source: str, block: tree.Paragraph, parent: Block | None) -> Iterator[Slip]:
    """Yield the slips at the heads of a paragraph's lines."""
    item = isinstance(parent, tree.Item) and parent.children[0] is block
    yield from line_slips(source, block, item=item)
    yield from paragraph_slips(source, block)


_OF_KIND: dict[type, Callable[[str, Any], Iterator[Slip]]] = {
    tree.Heading: heading_slips,
    tree.List: list_slips,
    tree.TableBlock: table_slips,
    tree.CodeBlock: code_slips,
    tree.Term: term_slips,
    tree.HtmlBlock: lambda _, block: html_slips(block),
}
_SILENT = frozenset({tree.Cell, tree.Row, tree.ThematicBreak})


__all__ = ["Slip", "slips"]
