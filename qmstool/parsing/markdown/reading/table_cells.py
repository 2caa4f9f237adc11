"""Place the cells of a table's row: what of it is words, and which cells no page shows."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from qmstool.patterns import regex

if TYPE_CHECKING:
    from qmstool.parsing.markdown.inlines import Span

_BAR = regex(r"(?<!\\)\|")
_BLANK = " \t\r\n"


def cell_span(source: str, start: int, end: int) -> Span:
    """Return the place of a cell between two bars, less the blanks at both ends."""
    while start < end and source[start] in _BLANK:
        start += 1
    while end > start and source[end - 1] in _BLANK:
        end -= 1
    return start, end


def lost_cells(source: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the places of the cells behind the last that is shown, which ends at `start`."""
    if source.find("|", start, end) in {-1, end - 1}:  # no bar, or the one that ends the row
        return ()
    bars = [bar.start() for bar in _BAR.finditer(source, start, end)]
    if bars and bars[-1] < end - 1:
        bars.append(end)
    return tuple([cell_span(source, left + 1, right) for left, right in pairwise(bars)])
