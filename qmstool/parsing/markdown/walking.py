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
    kind = block.__class__
    if kind in _HOLDERS:
        return block.children  # type: ignore[union-attr, return-value]
    if kind is tree.Row:
        return block.cells  # type: ignore[union-attr]
    if kind is tree.Table:
        return (block.head, *block.rows)  # type: ignore[union-attr]
    return ()


def _inner(block: Block, context: Context) -> Context:
    """Return what stands around the blocks within a block."""
    _, lists, quote, note, footnote = context
    kind = block.__class__
    if kind is tree.List:
        lists += 1
    elif kind is tree.Quote:
        quote = True
    elif kind is tree.Alert or kind is tree.Admonition:
        note = True
    elif kind is tree.FootnoteDefinition:
        footnote = block.label  # type: ignore[union-attr]
    return Context(block, lists, quote, note, footnote)


_HOLDERS = frozenset(
    {
        tree.List,
        tree.Item,
        tree.Quote,
        tree.Alert,
        tree.Admonition,
        tree.DefinitionList,
        tree.Definition,
        tree.FootnoteDefinition,
    }
)
