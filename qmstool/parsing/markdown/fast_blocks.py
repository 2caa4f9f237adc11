"""Blocks that are plainly one thing, told by one pattern: a title, a flat list, an even table, a paragraph.

Most blocks of most manuals are; whatever is not goes through the rules, which would say the same of these, only later.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.parsing.markdown.tree import CELL, TEXT, Node, Unit

if TYPE_CHECKING:
    from qmstool.parsing.markdown.blocks import BlockReader
    from qmstool.parsing.markdown.source_map import Span

# What may begin something else than a paragraph: as the first words of a block or of an item, and
# of any later line.
_SIGN = r"[#>:=|+\x02-]|\[[^\]\n]*\]:|!!!|\?\?\?|\*(?:[ \[]|\*(?:\W|\Z))|_[ _]"
_FIRST = rf"[ ]*(?:{_SIGN}|\d+\.)|[ ]{{4}}"
_NEXT = rf"[ ]*(?:{_SIGN})"
_SIMPLE = re.compile(
    rf"""(?:
      (?P<title>\#{{1,6}})(?!\#)[ ]*(?P<words>[^\\\s\#](?:[^\\\n]*[^\\\s\#])?)[ ]*
    | (?P<ul>(?:[*+-][ ]++(?!{_FIRST}|\s)[^\n]++(?:\n|\Z))++)
    | (?P<ol>(?:\d+\.[ ]++(?!{_FIRST}|\s)[^\n]++(?:\n|\Z))++)
    | (?P<table>\|[^\\`\n]*\|\n(?:\|[ ]*:?-+:?[ ]*)++\|(?:\n\|[^\\`\n]*\|)*+)
    | (?P<lines>(?!{_FIRST})[^\n]*+(?:\n(?!{_NEXT})[^\n]*+)*+)
    )\Z""",
    re.VERBOSE,
)
_ITEM = re.compile(r"(?:[*+-]|\d+\.) +([^\n]+)")
_CELL = re.compile(r"\| *([^| \n](?:[^|\n]*[^| \n])?)")


def simple(reader: BlockReader, parent: Node, start: int, end: int) -> bool:
    """Take a block if it is a simple one, and tell whether it is."""
    found = _SIMPLE.match(reader.text, start, end)
    kind = found.lastgroup if found else None
    if found is None or kind is None:
        return False
    if kind == "lines":
        reader.running(parent, [(start, end)])
        return True
    if kind == "words":
        level = len(found["title"])
        title = Unit(level, [found.span("words")], (start, end))
        reader.units.append(title)
        parent.kids.append(Node(f"h{level}", title))
        return True
    return (
        _table(reader, parent, start, end)
        if kind == "table"
        else _list(reader, parent, kind, (start, end))
    )


def _list(reader: BlockReader, parent: Node, tag: str, block: Span) -> bool:
    """Take a flat list, unless it goes on with one just before.

    Later blocks ask for its last item only.
    """
    last = parent.last
    if parent.tag in {"ul", "ol"} or (last and last.tag == tag):
        return False
    items = [Unit(TEXT, [item.span(1)]) for item in _ITEM.finditer(reader.text, *block)]
    reader.units += items
    node = Node(tag)
    node.kids.append(Node("li", items[-1]))
    parent.kids.append(node)
    return True


def _table(reader: BlockReader, parent: Node, start: int, end: int) -> bool:
    """Take a table, if all its rows have as many cells."""
    text = reader.text
    rows = text[start:end].split("\n")
    if len({row.count("|") for row in rows}) > 1:
        return False
    head = start + len(rows[0])
    body = head + 1 + len(rows[1])
    for part in ((start, head), (body, end)):
        reader.units += [Unit(CELL, [cell.span(1)]) for cell in _CELL.finditer(text, *part)]
    parent.kids.append(Node("table"))
    return True
