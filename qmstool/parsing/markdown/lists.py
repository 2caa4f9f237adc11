"""Rules for lists of all kinds, and for what is indented below their items."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.parsing.markdown.tree import CELL, INDENT, Node

if TYPE_CHECKING:
    from qmstool.parsing.markdown.blocks import BlockReader, Rest
    from qmstool.parsing.markdown.tree import Block, Lines

_MARKERS = {"ol": re.compile(r" {0,3}\d+\. +"), "ul": re.compile(r" {0,3}[*+-] +")}
_NESTED = re.compile(r" {4,7}(?:\d+\.|[*+-]) ")
_COLON = re.compile(r" {0,3}: {1,3}")
_LAZY = re.compile(r" {0,3}(?:[^ :]|$)")
_BLANKS = re.compile(r" *")

_LISTS = {"ul", "ol"}, {"ul", "ol", "dl"}
_ITEMS = {"li"}, {"li", "dd"}


def indented(reader: BlockReader, parent: Node, block: Block, _rest: Rest) -> bool:
    """Take an indented block that belongs to the last item of a list."""
    if not reader.indented(block.lines[block.first]) or reader.state == "detabbed":
        return False
    last = parent.last
    for lists, items in zip(_LISTS, _ITEMS, strict=True):
        if parent.tag in items or (last and last.tag in lists):
            level, holder = _holder(reader, parent, block, lists | items, lists)
            lines = reader.loosely_dedented(block.left(), level * INDENT)
            outer, reader.state = reader.state, "detabbed"
            _into_item(reader, parent, holder, lines, lists, items)
            reader.state = outer
            return True
    return False


def _holder(
    reader: BlockReader, parent: Node, block: Block, tags: set[str], lists: set[str]
) -> tuple[int, Node]:
    """Return how many levels deep the block belongs, and the list or item found there."""
    start, end = block.lines[block.first]
    blanks = _BLANKS.match(reader.text, start, end)
    wanted = (blanks.end() - start if blanks else 0) // INDENT
    level = 1 if reader.state == "list" else 0
    while wanted > level and parent.last and parent.last.tag in tags:
        parent = parent.last
        level += parent.tag in lists
    return level, parent


def _into_item(
    reader: BlockReader, parent: Node, holder: Node, lines: Lines, lists: set[str], items: set[str]
) -> None:
    """Read lines as part of an item."""
    if parent.tag in items:
        reader.parse(parent.last if parent.last and parent.last.tag in lists else parent, [lines])
    elif holder.tag in items:
        reader.parse(holder, [lines])
    elif holder.last and holder.last.tag in items:
        holder.last.wrap_text(0)
        reader.chunk(holder.last, lines)
    else:
        item = Node("li" if lists is _LISTS[0] else "dd")
        holder.kids.append(item)
        reader.parse(item, [lines])


def ordered_list(reader: BlockReader, parent: Node, block: Block, _rest: Rest) -> bool:
    """Take items with numbers."""
    return _list(reader, parent, block, "ol")


def bulleted_list(reader: BlockReader, parent: Node, block: Block, _rest: Rest) -> bool:
    """Take items with bullets."""
    return _list(reader, parent, block, "ul")


def _list(reader: BlockReader, parent: Node, block: Block, tag: str) -> bool:
    if not _MARKERS[tag].match(reader.text, *block.lines[block.first]):
        return False
    items = _items(reader, block, tag)
    last = parent.last
    if last and last.tag == tag:
        if last.last:
            last.last.wrap_text(0)
            _wrap_tail(last.last)
        _item(reader, last, items.pop(0), "looselist")
        target = last
    elif parent.tag in _LISTS[0]:
        target = parent
    else:
        target = Node(tag)
        parent.kids.append(target)
    for lines in items:
        if target.last and reader.indented(lines[0]):
            reader.parse_in("list", target.last, lines)
        else:
            _item(reader, target, lines, "list")
    return True


def _items(reader: BlockReader, block: Block, tag: str) -> list[Lines]:
    """Divide a block into items; an indented marker begins a nested one."""
    items: list[Lines] = []
    for line in block.left():
        if marker := _MARKERS[tag].match(reader.text, *line):
            items.append([(marker.end(), line[1])])
        elif _NESTED.match(reader.text, *line) and not reader.indented(items[-1][0]):
            items.append([line])
        else:
            items[-1].append(line)
    return items


def _item(reader: BlockReader, parent: Node, lines: Lines, state: str) -> None:
    item = Node("li")
    parent.kids.append(item)
    reader.parse_in(state, item, lines)


def _wrap_tail(item: Node) -> None:
    """Give text that follows a child, such as a heading, a paragraph of its own."""
    if item.last and item.last.tail:
        paragraph = Node("p", item.last.tail)
        item.last.tail = None
        item.kids.append(paragraph)


def definition_list(reader: BlockReader, parent: Node, block: Block, rest: Rest) -> bool:
    """Take terms, in this block or in the paragraph before, and a definition after a colon."""
    at = block.find(":")
    marker = _COLON.match(reader.text, *block.lines[at]) if at >= 0 else None
    terms = [reader.stripped(line) for line in block.lines[block.first : at]] if marker else []
    terms = [term for term in terms if term[0] < term[1]]
    last = parent.last
    if marker is None or not (terms or last):
        return False
    state = "list"
    if not terms and last and last.tag == "p":
        terms = _terms_of(reader, parent)
        last = parent.last
        state = "looselist"
    lines = _definition(reader, block, at, marker.end(), rest)
    if last and last.tag == "dl":
        if not terms and last.last and last.last.tag == "dd" and last.last.kids:
            state = "looselist"
        target = last
    else:
        target = Node("dl")
        parent.kids.append(target)
    target.kids += [Node("dt", reader.unit(CELL, [term])) for term in terms]
    item = Node("dd")
    target.kids.append(item)
    reader.parse_in(state, item, lines)
    return True


def _terms_of(reader: BlockReader, parent: Node) -> Lines:
    """Take the last paragraph away and return its lines."""
    unit = parent.kids.pop().text
    if unit is None:
        return []
    terms = [line for span in unit.lines for line in reader.split([span])]
    unit.lines = []
    return terms


def _definition(reader: BlockReader, block: Block, at: int, start: int, rest: Rest) -> Lines:
    """Return the lines of a definition, and leave those after it to be read next."""
    lines = [(start, block.lines[at][1])]
    if at + 1 < len(block.lines) and _LAZY.match(reader.text, *block.lines[at + 1]):
        return lines + block.lines[at + 1 :]
    inner = reader.dedented(block.left(at + 1), INDENT)
    reader.push(rest, block, at + 1 + len(inner))
    return lines + inner
