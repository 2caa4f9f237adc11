"""The rule for tables: a block whose second line divides a head from a body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.parsing.markdown.tree import CELL, Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.blocks import BlockReader, Rest
    from qmstool.parsing.markdown.source_map import Span
    from qmstool.parsing.markdown.tree import Block

_SEPARATOR = re.compile(r"[ |:-]+$")
_MARK = re.compile(r"\\\\|\\(`+)|(`+)|\\\||(\|)")


def table(reader: BlockReader, parent: Node, block: Block, _rest: Rest) -> bool:
    """Take a table, which is a whole block."""
    text = reader.text
    at = block.first
    if at + 1 >= len(block.lines) or not _SEPARATOR.match(text, *block.lines[at + 1]):
        return False
    head, divider = (_unpadded(text, *row) for row in block.lines[at : at + 2])
    bordered = text.startswith("|", *head) or _ends_in_pipe(text[slice(*head)])
    columns = _cells(text, head, bordered=bordered)
    if len(_cells(text, divider, bordered=bordered)) != len(columns):
        return False
    if len(columns) == 1 and not (bordered and _has_border(text[slice(*divider)])):
        return False
    # Only now the rows below: a block of many underlined headings comes by here once for each.
    body = [_unpadded(text, *row) for row in block.lines[at + 2 :]]
    if len(columns) == 1 and not all(_has_border(text[slice(*row)]) for row in body):
        return False
    parent.kids.append(Node("table"))
    for row in [columns] + [_cells(text, row, bordered=bordered) for row in body]:
        for cell in row[: len(columns)]:
            if cell[0] < cell[1]:
                reader.unit(CELL, [cell])
    return True


def _unpadded(text: str, start: int, end: int) -> Span:
    """Return a place without the blanks around it."""
    piece = text[start:end]
    bare = piece.lstrip(" ")
    start += len(piece) - len(bare)
    return start, start + len(bare.rstrip(" "))


def _has_border(row: str) -> bool:
    return row.startswith("|") or _ends_in_pipe(row)


def _ends_in_pipe(row: str) -> bool:
    """Tell whether a row ends in a pipe that is not escaped."""
    return row.endswith("|") and (len(row) - 1 - len(row[:-1].rstrip("\\"))) % 2 == 0


def _cells(text: str, row: Span, *, bordered: bool) -> list[Span]:
    """Split a row at its pipes and return the places of its cells without blanks."""
    line = text[slice(*row)]
    cells = []
    at = row[0]
    for part in _split(line) if "`" in line or "\\" in line else line.split("|"):
        bare = part.strip(" ")
        start = at + part.index(bare)
        cells.append((start, start + len(bare)))
        at += len(part) + 1
    if bordered:
        first = 1 if line.startswith("|") else 0
        last = len(cells) - 1 if _ends_in_pipe(line) else len(cells)
        cells = cells[first : max(first + 1, last)] or [(row[1], row[1])]
    return cells


def _split(line: str) -> list[str]:
    """Split a line at its pipes, except escaped ones and those within code."""
    parts = []
    at = 0
    for pipe in _pipes(line):
        parts.append(line[at:pipe])
        at = pipe + 1
    return [*parts, line[at:]]


def _pipes(line: str) -> Iterator[int]:
    """Yield the places of pipes that are neither escaped nor within code."""
    marks = list(_MARK.finditer(line))
    codes = iter(_codes([mark for mark in marks if mark[1] or mark[2]]))
    code = next(codes, None)
    for mark in marks:
        if mark[3]:
            while code and code[1] <= mark.start():
                code = next(codes, None)
            if not code or mark.start() < code[0]:
                yield mark.start()


def _codes(ticks: list[re.Match[str]]) -> list[Span]:
    """Pair runs of backticks; an escaped run opens with one tick less than it could close."""
    sizes = [len(tick[1] or tick[2]) for tick in ticks]
    codes = []
    at = 0
    while at < len(ticks):
        size = sizes[at] - 1 if ticks[at][1] else sizes[at]
        try:
            close = sizes.index(size, at + 1) if size else -1
        except ValueError:
            close = -1
        if close > 0:
            codes.append((ticks[at].start(), ticks[close].end()))
        at = max(at, close) + 1
    return codes
