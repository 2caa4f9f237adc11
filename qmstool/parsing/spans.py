"""Tell whether a place lies in one of many stretches of a text, without looking at each of them.

In: stretches by their offsets, in any order, overlapping or not. Out: answers, each found by
halving: a text may have as many places as stretches.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Spans:
    """Stretches of one text, each from its first character to the one behind its last."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        # How far those reach that start no later than each: they may hold one another.
        self._reaches = list(accumulate((end for _, end in ordered), max))

    def holds(self, at: int) -> bool:
        """Whether a character is in one of them."""
        before = bisect_right(self._starts, at)
        return before > 0 and at < self._reaches[before - 1]

    def meets(self, start: int, end: int) -> bool:
        """Whether a stretch overlaps one of them."""
        before = bisect_left(self._starts, end)
        return before > 0 and start < self._reaches[before - 1]
