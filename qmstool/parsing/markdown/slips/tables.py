"""Find rows that do not fit their table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.parsing.markdown.slips.slip import Slip
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.containers import Row, TableBlock

_RULE = regex(r"\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+(?:[ \t]*:?-{2,}:?)?[ \t]*\Z")


def table_slips(source: str, table: TableBlock) -> Iterator[Slip]:
    """Yield `swallowed` for a sentence right under a table that became a row of it.

    Yield `cells-lost` and `cells-missing` once a table, for the first row of more or fewer cells
    than the head in which words are lost or may stand in a wrong column, and `rule-row` for a
    second line of hyphens, which is shown.
    """
    width = len(table.head.cells)
    told: set[str] = set()
    for row in table.rows:
        if _RULE.match(source, row.start, row.end):
            yield Slip(row.start, row.end, "rule-row", {})
            continue
        typed = _typed(row)
        if typed == 1 and width > 1 and "|" not in source[row.start : row.end]:
            yield Slip(row.start, row.end, "swallowed", {})
        elif typed != width:
            cause = "cells-lost" if typed > width else "cells-missing"
            if cause not in told and not _ends_empty(source, row, typed - width):
                told.add(cause)
                yield Slip(row.start, row.end, cause, {"said": str(typed), "head": str(width)})


def _ends_empty(source: str, row: Row, too_many: int) -> bool:
    """Whether what is too much in a row is empty cells, or a row too short ends in one."""
    ending = source[row.start : row.end].rstrip().removesuffix("|").rsplit("|", max(too_many, 1))
    return len(ending) > 1 and not "".join(ending[1:]).strip()


def _typed(row: Row) -> int:
    """Return how many cells were typed in a row."""
    typed = len(row.cells) + len(row.lost_cells)
    if row.cells and row.cells[-1].filled:
        typed -= sum(cell.filled for cell in row.cells)
    return typed
