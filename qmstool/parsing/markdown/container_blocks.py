"""Rules for blocks that hold others: admonitions, details, quotes, HTML elements with Markdown in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.parsing.markdown.tree import INDENT, TEXT, Node

if TYPE_CHECKING:
    from qmstool.parsing.markdown.blocks import BlockReader, Rest
    from qmstool.parsing.markdown.html_blocks import Element
    from qmstool.parsing.markdown.tree import Block, Lines

_NOTE = re.compile(r'!!! ?[\w-]+(?: +[\w-]+)*(?: +"(.*?)")? *$')
_DETAILS = re.compile(r'\?\?\?\+? ?(?:(?:[\w-]+(?: +[\w-]+)*?)? +"(.*?)"|[\w-]+(?: +[\w-]+)*?) *$')
_HASHES = re.compile(r"#{1,6}")
_PLACEHOLDER = re.compile("\x02(\\d*)\x03")
_QUOTE = re.compile(r" {0,3}> ?")
_LISTS = {"ul", "ol", "dl"}


def admonition(reader: BlockReader, parent: Node, block: Block, rest: Rest) -> bool:
    """Take `!!! type "Title"` with its content, or more content of the admonition just before."""
    at = block.find("!")
    if at < 0:
        return _continued(reader, parent, block, rest, "admonition")
    reader.parse_before(parent, block, at)
    note = Node("admonition")
    parent.kids.append(note)
    title = _NOTE.match(reader.text, *block.lines[at])
    if title and title[1] != "":
        note.kids.append(Node("p", reader.unit(TEXT, [title.span(1)]) if title[1] else None))
    _content(reader, note, block, at + 1, rest)
    return True


def details(reader: BlockReader, parent: Node, block: Block, rest: Rest) -> bool:
    """Take `??? type "Title"` with its content, or more content of the details just before."""
    at = block.find("?")
    if at < 0:
        return _continued(reader, parent, block, rest, "details")
    reader.parse_before(parent, block, at)
    node = Node("details")
    parent.kids.append(node)
    title = _DETAILS.match(reader.text, *block.lines[at])
    summary = Node("summary")
    if title and title[1]:
        summary.text = reader.unit(TEXT, [title.span(1)])
    node.kids.append(summary)
    _content(reader, node, block, at + 1, rest)
    return True


def _content(
    reader: BlockReader, node: Node, block: Block, first: int, rest: Rest, width: int = INDENT
) -> None:
    """Read the indented lines from there on into a node, and leave the rest."""
    inner = reader.dedented(block.left(first), width)
    reader.push(rest, block, first + len(inner))
    reader.chunk(node, inner)


def _continued(reader: BlockReader, parent: Node, block: Block, rest: Rest, tag: str) -> bool:
    """Read an indented block into the container just before, or into the lists that end it, as deep as its indentation goes."""
    node = parent.last
    line = block.lines[block.first]
    if node is None or node.tag != tag or not reader.indented(line):
        return False
    width = INDENT
    while (
        node.last
        and node.last.tag in _LISTS
        and node.last.last
        and reader.indented(line, width + INDENT)
    ):
        node = node.last.last
        width += INDENT
    if node.tag in {"li", "dd"}:
        node.wrap_text()
    _content(reader, node, block, block.first, rest, width)
    return True


def quote(reader: BlockReader, parent: Node, block: Block, _rest: Rest) -> bool:
    """Take the block from the first line that begins with `>`; later lines need no marker."""
    at = block.find(">")
    if at < 0:
        return False
    lines: Lines = []
    for start, end in block.left(at):
        marker = _QUOTE.match(reader.text, start, end)
        bare = reader.text[start:end].strip() == ">"
        lines.append((end, end) if bare else (marker.end() if marker else start, end))
    reader.parse_before(parent, block, at)
    if parent.last is None or parent.last.tag != "blockquote":
        parent.kids.append(Node("blockquote"))
    outer, reader.state = reader.state, "blockquote"
    reader.chunk(parent.kids[-1], lines)
    reader.state = outer
    return True


def element(reader: BlockReader, parent: Node, block: Block, rest: Rest) -> bool:
    """Take an HTML element whose content is Markdown."""
    start, end = block.lines[block.first]
    placeholder = _PLACEHOLDER.match(reader.text, start, end)
    if placeholder is None or not placeholder[1]:
        return False
    _element(reader, parent, reader.elements[int(placeholder[1])])
    block.lines[block.first] = (placeholder.end(), end)
    reader.push(rest, block, block.first)
    return True


def _element(reader: BlockReader, parent: Node, found: Element) -> None:
    node = Node(found.tag)
    parent.kids.append(node)
    if found.state == "block":
        reader.parse(node, reader.blocks(found.start, found.end))
    if found.state != "span":
        return
    start, end = reader.stripped((found.start, found.end))
    if start < end:
        node.text = reader.unit(TEXT, [(start, end)])
    for placeholder in _PLACEHOLDER.finditer(reader.text, start, end):
        if placeholder[1]:
            _element(reader, node, reader.elements[int(placeholder[1])])
