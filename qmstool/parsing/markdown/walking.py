"""Go through blocks in order, without recursion, each with what it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qmstool.parsing.markdown import containers as tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.parsing.markdown.containers import Block


class Context(NamedTuple):
    """What a block stands in: how deep in lists, and whether in a quotation, note or footnote.

    `note` is said of alerts and of the old admonitions, `footnote` is the label of the one around.
    """

    parent: Block | None = None
    lists: int = 0
    quote: bool = False
    note: bool = False
    footnote: str = ""


def within(children: Sequence[Block]) -> list[tuple[Block, Context]]:
    """Return blocks that stand in nothing, and those within them, each after the one it is in."""
    walked: list[tuple[Block, Context]] = []
    top = Context()
    waiting = [(block, top) for block in reversed(children)]
    while waiting:
        pair = waiting.pop()
        walked.append(pair)
        inner = children_of(pair[0])
        if inner:
            context = _inner(*pair)
            waiting += [(child, context) for child in reversed(inner)]
    return walked


def children_of(block: Block) -> Sequence[Block]:
    """Return the blocks that stand in a block."""
    if isinstance(block, _HOLDERS):
        return block.children
    if isinstance(block, tree.Row):
        return block.cells
    if isinstance(block, tree.TableBlock):
        return (block.head, *block.rows)
    return ()


def _inner(block: Block, context: Context) -> Context:
    """Return what stands around the blocks within a block."""
    _, lists, quote, note, footnote = context
    if isinstance(block, tree.List):
        lists += 1
    elif isinstance(block, tree.Quote):
        quote = True
    elif isinstance(block, _NOTES):
        note = True
    elif isinstance(block, tree.FootnoteDefinition):
        footnote = block.label
    return Context(block, lists, quote, note, footnote)


_NOTES = (tree.Alert, tree.Admonition)
_HOLDERS = (
    tree.Item,
    tree.List,
    tree.Quote,
    tree.Alert,
    tree.Admonition,
    tree.Definition,
    tree.DefinitionList,
    tree.FootnoteDefinition,
)
