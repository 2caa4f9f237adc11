"""Read a table of Word: rows and cells as they stand in the grid, merged ones once.

What goes in: a `w:tbl` without wrappers. What comes out: rows of cells with their column, width and
height. Rows are walked, never counted: a missing cell must not shift what follows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import replace
from qmstool.importing.blocks import SourceCell, SourceRow, SourceTable
from qmstool.importing.word.xml import W, number, value

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmstool.i18n import Text
    from qmstool.importing.blocks import Block
    from qmstool.importing.word.xml import Element

MOST_COLUMNS = 63  # Word's own limit


def read_table(
    element: Element, place: Text, read_blocks: Callable[[Element], tuple[Block, ...]]
) -> SourceTable:
    """Return a table; `read_blocks` reads the inside of a cell.

    What stands beyond the last column that a table may have is joined to the last cell before it.
    """
    rows: list[list[tuple[int, SourceCell]]] = []
    open_cells: dict[int, tuple[int, int]] = {}  # column → row and place of the cell that goes on
    width = 0
    for line in element.findall(W + "tr"):
        row: list[tuple[int, SourceCell]] = []
        column = _skipped(line, "gridBefore")
        beyond: list[Block] = []
        for cell in line.findall(W + "tc"):
            columns = _columns(cell, column)
            blocks = read_blocks(cell)
            if column >= MOST_COLUMNS:
                beyond += blocks
                continue
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merge is not None and value(merge) != "restart"
            if goes_on and column in open_cells:
                _grow(rows, open_cells[column], blocks)
            else:
                row.append((column, SourceCell(blocks, columns)))
                open_cells.pop(column, None)
                if merge is not None:
                    open_cells[column] = len(rows), len(row) - 1
            column += columns
        if beyond:
            place_of_last, last = row.pop() if row else (MOST_COLUMNS - 1, SourceCell(()))
            row.append((place_of_last, replace(last, blocks=(*last.blocks, *beyond))))
        rows.append(row)
        width = max(width, column + _skipped(line, "gridAfter"))
    return SourceTable(
        tuple(SourceRow(tuple(row)) for row in rows), min(width, MOST_COLUMNS), place
    )


def _grow(
    rows: list[list[tuple[int, SourceCell]]],
    place: tuple[int, int],
    blocks: tuple[Block, ...],
) -> None:
    """Let a cell go on into the next row; words that hide in the lower part are kept."""
    column, cell = rows[place[0]][place[1]]
    height = len(rows) - place[0] + 1
    hidden = tuple(block for block in blocks if block.text)
    grown = replace(cell, rows=height, blocks=cell.blocks + hidden)
    rows[place[0]][place[1]] = column, grown


def _skipped(line: Element, name: str) -> int:
    """Return how many places of the grid a row leaves empty before or after its cells."""
    properties = line.find(W + "trPr")
    skipped = None if properties is None else properties.find(W + name)
    return min(max(number(skipped), 0), MOST_COLUMNS - 1)


def _columns(cell: Element, column: int) -> int:
    span = number(cell.find(f"{W}tcPr/{W}gridSpan"), default=1)
    return max(1, min(span, MOST_COLUMNS - column))
