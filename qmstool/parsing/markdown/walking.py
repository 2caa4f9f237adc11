"""Go through blocks in order, without recursion, each with what it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from qmstool.frozen import NamedTuple
from qmstool.parsing.markdown import containers as tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.parsing.markdown.containers import Block
    from qmstool.parsing.markdown.inlines import Inlines

_new = tuple.__new__  # a named tuple's own costs twice as much, and every block has one
Lines: TypeAlias = "tuple[Inlines, Block, Context]"
WITH_LINES = (tree.Cell, tree.Paragraph, tree.Heading, tree.Term)
"""Blocks whose children are what stands in a line."""


class Context(NamedTuple):
    """What a block stands in: how deep in lists, and whether in a quotation, note or footnote.

    `note` is said of alerts and of the old admonitions, `footnote` is the label of the one around.
    """

    parent: Block | None = None
    lists: int = 0
    quote: bool = False
    note: bool = False
    footnote: str = ""


def walked(children: Sequence[Block]) -> tuple[list[tuple[Block, Context]], list[Lines]]:
    """Return blocks that stand in nothing, and those within them, each after the one it is in.

    Beside them what stands in the lines of each block that has words: nothing in raw HTML's.
    """
    blocks: list[tuple[Block, Context]] = []
    lines: list[Lines] = []
    top = Context()
    waiting = [(block, top) for block in reversed(children)]
    while waiting:
        pair = waiting.pop()
        blocks.append(pair)
        block, context = pair
        kind = block.__class__
        if kind in _LEAVES:
            inlines = block.children if isinstance(block, WITH_LINES) else ()
            if inlines or kind is tree.HtmlBlock:
                lines.append((inlines, block, context))
            continue
        if kind is tree.Admonition and (inlines := lines_of(block)):
            lines.append((inlines, block, context))
        inner = children_of(block)
        if inner:
            context = _inner(block, context)
            waiting += [(child, context) for child in reversed(inner)]
    return blocks, lines


def within(children: Sequence[Block]) -> list[tuple[Block, Context]]:
    """Return blocks that stand in nothing, and those within them, each after the one it is in."""
    return walked(children)[0]


def lines_of(block: Block) -> Inlines:
    """Return what stands in the lines of a block itself."""
    if isinstance(block, WITH_LINES):
        return block.children
    return (block.title or ()) if isinstance(block, tree.Admonition) else ()


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
    if block.__class__ in _PLAIN_HOLDERS:
        return _new(Context, (block, *context[1:]))
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


_LEAVES = frozenset({*WITH_LINES, tree.CodeBlock, tree.HtmlBlock})
_PLAIN_HOLDERS = frozenset({tree.Item, tree.Row, tree.TableBlock})
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
