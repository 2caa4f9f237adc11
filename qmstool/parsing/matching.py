"""Match two sequences as `difflib` does, with an end to the work that odd ones cost.

In: two sequences of values that have a hash. Out: what `SequenceMatcher` says of them. Its work
grows with the cube where few values repeat: four kilobytes of three words took half a minute.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from difflib import Match, SequenceMatcher
from functools import cached_property
from itertools import accumulate
from typing import Generic, TypeVar

Value = TypeVar("Value", bound=Hashable)
# Steps of the innermost loop, a second or two; a paragraph of a thousand words with forty changes
# takes half of them.
MOST_STEPS = 20_000_000


class BoundedMatcher(SequenceMatcher[Value], Generic[Value]):
    """A matcher that compares, once its steps are spent, only how what is left begins and ends.

    What it returns leads from one sequence to the other all the same.
    """

    a: Sequence[Value]
    b: Sequence[Value]
    b2j: dict[Value, list[int]]

    def __init__(self, old: Sequence[Value], new: Sequence[Value]) -> None:
        super().__init__(None, old, new, autojunk=False)
        self._left = MOST_STEPS

    @cached_property
    def _steps(self) -> Sequence[int]:
        """How many steps all values before each of the old ones take."""
        places = self.b2j
        return [0, *accumulate(1 + len(places.get(value, ())) for value in self.a)]

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """Return the longest stretch that both have, `difflib` says which of several."""
        ahi = len(self.a) if ahi is None else ahi
        bhi = len(self.b) if bhi is None else bhi
        self._left -= self._steps[ahi] - self._steps[alo]
        if self._left >= 0:
            return super().find_longest_match(alo, ahi, blo, bhi)
        most = min(ahi - alo, bhi - blo)
        size = _common(self.a[alo : alo + most], self.b[blo : blo + most])
        if size:
            return Match(alo, blo, size)
        size = _common(self.a[ahi - most : ahi][::-1], self.b[bhi - most : bhi][::-1])
        return Match(ahi - size, bhi - size, size)


def _common(one: Sequence[Value], other: Sequence[Value]) -> int:
    """Return how many values two sequences have in common from the beginning."""
    pairs = enumerate(zip(one, other, strict=True))
    return next((at for at, (left, right) in pairs if left != right), len(one))
