"""Cut a document into what a comparison lays side by side, so that no typed word is left out.

Words that belong to no block (the definition of a link, `[!NOTE]`, the opening of an old note) are
paragraphs of their own at the place where they are typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.frozen import NamedTuple
from qmstool.parsing.markdown import containers as tree
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.parsing.markdown.containers import Block
    from qmstool.parsing.markdown.document import MarkdownDocument
    from qmstool.parsing.markdown.walking import Context

Form = Literal["paragraph", "item", "row", "line"]
STEP = 4
"""How many blanks a list stands in from the one around it."""

_LINE_END = regex(r"[ \t]*(?:\r\n?|\n)[ \t>]*")
_MARKS_ALONE = regex(r"[\s>|:=_#`~*+-]*\Z")
_WORDS_FIRST = (tree.Item, tree.Definition, tree.FootnoteDefinition)
"""Blocks whose own mark is compared with the words that it stands before."""


class ComparisonBlock(NamedTuple):
    """The smallest stretch that is compared as one, its markup as typed.

    A paragraph that is wrapped otherwise is the same, so its line ends are blanks. `indent` counts
    the blanks before an item: so many for each list that it stands in besides its own.
    """

    start: int
    end: int
    form: Form
    text: str
    indent: int = 0


def compared_blocks(document: MarkdownDocument) -> tuple[ComparisonBlock, ...]:
    """Return the compared blocks of a document in order; its headings are not among them."""
    blocks: list[ComparisonBlock] = []
    done = document.start
    for block, context in document.blocks:
        if isinstance(block, tree.Heading):
            blocks += _between(document.text, done, block.start)
            done = max(done, block.end)
            continue
        for compared in _of_block(document.text, block, context):
            blocks += _between(document.text, done, compared.start)
            blocks.append(compared)
            done = max(done, compared.end)
    blocks += _between(document.text, done, len(document.text))
    return tuple(blocks)


def _between(source: str, start: int, end: int) -> Iterator[ComparisonBlock]:
    """Yield the lines with words in them between two blocks, where no block has them."""
    at = start
    for line in source[start:end].splitlines(keepends=True):
        if not _MARKS_ALONE.match(line):
            yield ComparisonBlock(at, at + len(line), "paragraph", line.strip(" \t\r\n>"))
        at += len(line)


def _of_block(source: str, block: Block, context: Context) -> Sequence[ComparisonBlock]:
    """Return what a block itself adds."""
    if isinstance(block, tree.Paragraph):
        return (_paragraph(source, block, context),)
    if isinstance(block, tree.Row):
        return (ComparisonBlock(*block[:2], "row", source[block.start : block.end].strip()),)
    if isinstance(block, tree.CodeBlock):
        return tuple(_code_lines(source, block))
    if isinstance(block, tree.Term | tree.HtmlBlock | tree.ThematicBreak):
        return (_words(source, block.start, block.end),)
    return ()


def _paragraph(source: str, block: tree.Paragraph, context: Context) -> ComparisonBlock:
    """Return a paragraph, with the mark of the block that begins with it."""
    around = context.parent
    if not isinstance(around, _WORDS_FIRST) or around.children[0] is not block:
        return _words(source, block.start, block.end)
    words = _words(source, around.start, block.end)
    if not isinstance(around, tree.Item):
        return words
    return words._replace(form="item", indent=STEP * (context.lists - 1))


def _words(source: str, start: int, end: int) -> ComparisonBlock:
    return ComparisonBlock(start, end, "paragraph", _LINE_END.sub(" ", source[start:end]).strip())


def _code_lines(source: str, block: tree.CodeBlock) -> Iterator[ComparisonBlock]:
    """Yield the lines of code, without the marks of blocks around it, and those of its fence."""
    lines = block.text.removesuffix("\n").split("\n")
    if block.info is not None:
        typed = source[block.start : block.end].splitlines()
        closed = len(typed) > 1 and not typed[-1].strip(" \t>`~")
        content = lines if block.text else []
        lines = [typed[0], *content, *([typed[-1].strip(" \t>")] if closed else [])]
    for line in lines:
        yield ComparisonBlock(block.start, block.end, "line", line.rstrip("\r"))
