"""Find rows of Markdown tables with more or fewer cells than the row of titles.

The renderer cuts such rows or fills them up, and says nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIVIDER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*")
# Where two cells of a line of hyphens meet, as they are written: rare, and soon found.
_SEAMS = ("-|", "- |", "-:", "-\t|")
_CODE = re.compile(r"(`+)[^`]*\1")
_BAR = re.compile(r"(?<!\\)\|")


class UnevenRow(NamedTuple):
    """A row that does not fit its table: where it stands, its cells, and those of the titles."""

    start: int
    end: int
    cells: int
    titles: int


def uneven_rows(text: str, prose: str, body: int) -> Iterator[UnevenRow]:
    """Yield the rows of a text's tables, from `body` on, that do not fit the row of titles.

    `prose` is the running text of the page, at the same offsets, without tables.
    """
    first_bar = text.find("|", body)
    if first_bar < 0:
        return
    rest = text[text.rfind("\n", 0, first_bar) + 1 :]
    if _plainly_even([line for line in rest.split("\n") if "|" in line]):
        return
    last_divider = -1
    for seam in _seams(text, first_bar):
        start, end = text.rfind("\n", 0, seam) + 1, _line_end(text, seam)
        if start > last_divider and _DIVIDER.fullmatch(text, start, end):
            last_divider = start
            yield from _uneven_in_table(text, prose, start, end)


def _uneven_in_table(text: str, prose: str, start: int, end: int) -> Iterator[UnevenRow]:
    """Yield the rows that do not fit the table whose line of hyphens is `text[start:end]`."""
    above = text.rfind("\n", 0, max(start - 1, 0)) + 1
    titles = text[above:start].rstrip("\n")
    shown = prose[above:start]
    # A table that the renderer makes none of shows its bars; one in fenced code shows nothing.
    if "|" not in titles or not shown.strip("\0 \t\n\x01") or "|" in shown:
        return
    below = text.find("\n\n", end)
    table = text[above : below if below >= 0 else len(text)]
    if _plainly_even(table.rstrip("\n").split("\n")):
        return
    title_cells = _count_cells(titles)
    row_start = end + 1
    while True:
        end = _line_end(text, row_start)
        row = text[row_start:end]
        if not row.strip():
            return
        cells = _count_cells(row)
        if cells != title_cells:
            indent = len(row) - len(row.lstrip())
            yield UnevenRow(row_start + indent, row_start + len(row.rstrip()), cells, title_cells)
        row_start = end + 1


def _plainly_even(rows: list[str]) -> bool:
    """Whether rows have as many cells each, told by their bars alone.

    So it is of most tables: bars at both ends of each row, and nothing that hides one.
    """
    for row in rows:
        if row[:1] != "|" or row[-1:] != "|" or "`" in row or "\\" in row:
            return False
    return len({row.count("|") for row in rows}) == 1


def _seams(text: str, first_bar: int) -> list[int]:
    """Return the offsets of what may be in a line of hyphens, in order."""
    seams = []
    for seam in _SEAMS:
        start = text.find(seam, max(0, first_bar - len(seam)))
        while start >= 0:
            seams.append(start)
            start = text.find(seam, _line_end(text, start))
    return sorted(seams)


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return end if end >= 0 else len(text)


def _count_cells(row: str) -> int:
    """Count the cells of a row: bars within code or behind a backslash divide none."""
    bare = row.strip()
    if "`" in bare:
        bare = _CODE.sub(lambda code: "x" * len(code[0]), bare)
    bare = bare.removeprefix("|")
    if bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
    bars = len(_BAR.findall(bare)) if "\\" in bare else bare.count("|")
    return bars + 1
