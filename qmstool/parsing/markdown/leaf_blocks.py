"""Rules for blocks that hold no others: code, headings, thematic breaks, definitions, paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.parsing.markdown.tree import INDENT, Definition, Node

if TYPE_CHECKING:
    from qmstool.parsing.markdown.blocks import BlockReader, Rest
    from qmstool.parsing.markdown.source_map import Span
    from qmstool.parsing.markdown.tree import Block, Lines

_HASHES = re.compile(r"(#{1,6})((?:[^\\#]++|\\.|#++(?!$))*+)")
_UNDERLINE = re.compile(r"(?:(=+)|-+) *$")
_FOOTNOTE = re.compile(r" {0,3}\[\^([^\]]*)\]: *")
_ABBREVIATION = re.compile(
    r"\*\[([^\\]*?)\] ?: *(?:\n *)?(.*)"
)  # even over several lines, and whatever brackets are in it
_REFERENCE = re.compile(
    r"""\ {0,3}\[([^\[\]\n]*)\]:\ *(?:\n\ *)?<*(\S+?)>*(?!\S)\ *(?:\n\ *)?(?:(["']).*\3\ *|\(.*\)\ *)?$""",
    re.VERBOSE | re.MULTILINE,
)
_REFERENCE_LINES = 3
_ABBREVIATION_LINES = 20


def code(reader: BlockReader, parent: Node, block: Block, rest: Rest) -> bool:
    """Take indented lines for code."""
    if not reader.indented(block.lines[block.first]):
        return False
    inner = reader.dedented(block.left(), INDENT)
    if parent.last is None or parent.last.tag != "pre":
        parent.kids.append(Node("pre"))
    reader.push(rest, block, block.first + len(inner))
    return True


def hash_heading(reader: BlockReader, parent: Node, block: Block, rest: Rest) -> bool:
    """Take `## Title`, wherever in the block it stands."""
    at = block.find("#")
    match = _HASHES.match(reader.text, *block.lines[at]) if at >= 0 else None
    if match is None:
        return False
    reader.parse_before(parent, block, at)
    _heading(reader, parent, len(match[1]), match.span(2), block.lines[at])
    if reader.state == "looselist" and at + 1 < len(block.lines):
        rest.append(reader.loosely_dedented(block.lines[at + 1 :], INDENT))
    else:
        reader.push(rest, block, at + 1)
    return True


def underlined_heading(reader: BlockReader, parent: Node, block: Block, rest: Rest) -> bool:
    """Take a first line that is underlined."""
    at = block.first
    underline = (
        _UNDERLINE.match(reader.text, *block.lines[at + 1]) if at + 1 < len(block.lines) else None
    )
    if underline is None:
        return False
    line = block.lines[at]
    _heading(reader, parent, 1 if underline[1] else 2, line, (line[0], underline.end()))
    reader.push(rest, block, at + 2)
    return True


def _heading(reader: BlockReader, parent: Node, level: int, title: Span, construct: Span) -> None:
    parent.kids.append(Node(f"h{level}", reader.unit(level, [reader.stripped(title)], construct)))


def thematic_break(reader: BlockReader, parent: Node, block: Block, rest: Rest) -> bool:
    """Take `---`, wherever in the block it stands."""
    at = block.find("h")
    if at < 0:
        return False
    reader.parse_before(parent, block, at)
    parent.kids.append(Node("hr"))
    reader.push(rest, block, at + 1)
    return True


def footnote(reader: BlockReader, _parent: Node, block: Block, rest: Rest) -> bool:
    """Take the definition of a footnote, with the indented blocks after it."""
    at = block.find("^")
    match = _FOOTNOTE.match(reader.text, *block.lines[at]) if at >= 0 else None
    if match is None:
        return False
    before = block.lines[block.first : at]
    block.first = at + 1
    following = block.find("^")
    stop = following if following >= 0 else len(block.lines)
    own = reader.loosely_dedented(block.lines[at + 1 : stop], INDENT)
    blocks: list[Lines] = [[(match.end(), block.lines[at][1]), *own]]
    reader.push(rest, block, stop)
    if following < 0:
        blocks += _footnote_blocks(reader, rest)
    reader.footnotes[match[1]] = blocks
    reader.notes.append((match[1], (match.start(1) - len("[^"), match.end(1) + len("]"))))
    if before:
        rest.append(before)
    return True


def _footnote_blocks(reader: BlockReader, rest: Rest) -> list[Lines]:
    """Take the indented blocks that follow; each must come after exactly one empty line."""
    blocks: list[Lines] = []
    while rest and (lines := rest[-1]) and isinstance(lines, list) and reader.indented(lines[0]):
        rest.pop()
        lines = reader.split(lines)
        stop = next(
            (index for index, line in enumerate(lines) if _FOOTNOTE.match(reader.text, *line)),
            len(lines),
        )
        blocks.append(reader.loosely_dedented(lines[:stop], INDENT))
        if stop < len(lines):
            rest.append(lines[stop:])
            break
    return blocks


def abbreviation(reader: BlockReader, _parent: Node, block: Block, rest: Rest) -> bool:
    """Take the definition of an abbreviation."""
    while (at := block.find("a")) >= 0:
        excerpt = _excerpt(reader, block, at, _ABBREVIATION_LINES)
        match = _ABBREVIATION.match(excerpt)
        if match is None:
            block.forget("a", at)
            continue
        if not match[1].strip() or not match[2].strip():
            return False
        before = block.lines[block.first : at]
        reader.push(rest, block, at + 1 + excerpt.count("\n", 0, match.end()))
        if before:
            rest.append(before)
        return True
    return False


def reference(reader: BlockReader, _parent: Node, block: Block, rest: Rest) -> bool:
    """Take the definition of a link's target."""
    while (at := block.find("[")) >= 0:
        excerpt = _excerpt(reader, block, at, _REFERENCE_LINES)
        match = _REFERENCE.match(excerpt)
        if match is None:
            block.forget("[", at)
            continue
        before = block.lines[block.first : at]
        row = excerpt.count("\n", 0, match.start(2))
        place = (
            block.lines[at + row][0] + match.start(2) - (excerpt.rfind("\n", 0, match.start(2)) + 1)
        )
        reader.references[match[1].strip().lower()] = Definition(place, place + len(match[2]))
        reader.push(rest, block, at + 1 + excerpt.count("\n", 0, match.end()))
        if before:
            rest.append(before)
        return True
    return False


def _excerpt(reader: BlockReader, block: Block, first: int, count: int) -> str:
    return "\n".join([reader.text[start:end] for start, end in block.lines[first : first + count]])


def paragraph(reader: BlockReader, parent: Node, block: Block, _rest: Rest) -> bool:
    """Take whatever is left."""
    reader.running(parent, list(block.left()))
    return True
