"""Go through the blocks of a document in order, without recursion, each with what it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qmstool.parsing.markdown import document as doc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.document import Block, Document


class Context(NamedTuple):
    """What a block stands in: how deep in lists, and whether in a quotation, note or footnote.

    `note` is said of alerts and of the old admonitions; `item` of all that belongs to an item, and
    `item_start` is where the innermost one begins.
    """

    lists: int = 0
    item_start: int = -1
    quote: bool = False
    note: bool = False
    footnote: str = ""
    parent: Block | None = None


def blocks(document: Document) -> Iterator[tuple[Block, Context]]:
    """Yield every block of a document in the order of the text, those within others after them."""
    return within(document.children)


def within(children: tuple[Block, ...]) -> Iterator[tuple[Block, Context]]:
    """Yield blocks that stand in nothing, and those within them."""
    top = Context()
    waiting = [(block, top) for block in reversed(children)]
    while waiting:
        block, context = waiting.pop()
        yield block, context
        children = children_of(block)
        if children:
            inner = _inner(block, context)
            waiting.extend([(child, inner) for child in reversed(children)])


def children_of(block: Block) -> tuple[Block, ...]:
    """Return the blocks that stand in a block."""
    if isinstance(block, _HOLDERS):
        return block.children
    if isinstance(block, doc.Table):
        return (block.head, *block.rows)
    if isinstance(block, doc.Row):
        return block.cells
    return ()


def _inner(block: Block, context: Context) -> Context:
    """Return what stands around the blocks within a block."""
    context = context._replace(parent=block)
    if isinstance(block, doc.List):
        return context._replace(lists=context.lists + 1)
    if isinstance(block, doc.Item):
        return context._replace(item_start=block.start)
    if isinstance(block, doc.Quote):
        return context._replace(quote=True)
    if isinstance(block, doc.Alert | doc.Admonition):
        return context._replace(note=True)
    if isinstance(block, doc.FootnoteDefinition):
        return context._replace(footnote=block.label)
    return context


_HOLDERS = (
    doc.List,
    doc.Item,
    doc.Quote,
    doc.Alert,
    doc.Admonition,
    doc.DefinitionList,
    doc.Definition,
    doc.FootnoteDefinition,
)
