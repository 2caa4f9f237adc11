"""Cut a stretch of a document into what a comparison lays side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from qmstool.parsing.markdown import containers as tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.containers import Block
    from qmstool.parsing.markdown.document import MarkdownDocument
    from qmstool.parsing.markdown.walking import Context

_LINE_END = re.compile(r"[ \t]*\n[ \t>]*")
Form = Literal["paragraph", "item", "row", "line"]


class ComparisonBlock(NamedTuple):
    """The smallest stretch that is compared as one, its markup as typed.

    A paragraph that is wrapped otherwise is the same, so that its line ends are blanks. `indent`
    says how many lists an item stands in besides its own.
    """

    start: int
    end: int
    form: Form
    text: str
    indent: int = 0


def compared_blocks(document: MarkdownDocument) -> tuple[ComparisonBlock, ...]:
    """Return the compared blocks of a document in order; its headings are not among them."""
    return tuple(
        [
            compared
            for block, context in document.blocks
            for compared in _of_block(document.text, block, context)
        ]
    )


def _of_block(source: str, block: Block, context: Context) -> Iterator[ComparisonBlock]:
    """Yield what a block itself adds."""
    if isinstance(block, tree.Paragraph):
        yield _paragraph(source, block, context)
    elif isinstance(block, tree.Term):
        yield _words(source, block.start, block.end)
    elif isinstance(block, tree.Row):
        yield ComparisonBlock(*block[:2], "row", source[block.start : block.end].strip())
    elif isinstance(block, tree.HtmlBlock):
        yield _words(source, block.start, block.end)
    elif isinstance(block, tree.CodeBlock):
        yield from _lines(source, block)
    elif isinstance(block, tree.Admonition):
        line_end = source.find("\n", block.start, block.end)
        yield _words(source, block.start, line_end if line_end >= 0 else block.end)
    elif isinstance(block, tree.AbbreviationDefinition | tree.ThematicBreak):
        yield _words(source, block.start, block.end)


def _paragraph(source: str, block: tree.Paragraph, context: Context) -> ComparisonBlock:
    """Return a paragraph, or the item that begins with it."""
    item = context.parent
    if isinstance(item, tree.Item) and item.children[0] is block:
        words = _words(source, item.start, block.end)
        return words._replace(form="item", indent=context.lists - 1)
    return _words(source, block.start, block.end)


def _words(source: str, start: int, end: int) -> ComparisonBlock:
    return ComparisonBlock(start, end, "paragraph", _LINE_END.sub(" ", source[start:end]).strip())


def _lines(source: str, block: tree.CodeBlock) -> Iterator[ComparisonBlock]:
    """Yield the lines of code, those of its fence among them."""
    at = block.start
    for line in source[block.start : block.end].split("\n"):
        yield ComparisonBlock(at, at + len(line), "line", line)
        at += len(line) + 1
