"""Match two sequences as `difflib` does, with an end to the work that odd ones cost.

In: two sequences of values that have a hash. Out: what `SequenceMatcher` says of them. Its work
grows with the cube where few values repeat: four kilobytes of three words took half a minute.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from difflib import Match, SequenceMatcher
from functools import cached_property
from itertools import accumulate
from typing import Generic, TypeVar

Value = TypeVar("Value", bound=Hashable)
# Steps of the innermost loop, a second or two; a paragraph of a thousand words with forty changes
# takes half of them.
MOST_STEPS = 20_000_000
# What all matchers of one document may take together, and what each may take in any case.
MOST_STEPS_TOGETHER = 40_000_000
LEAST_STEPS = 50_000


class SharedSteps:
    """The steps that the matchers of one document have left: it has thousands of paragraphs."""

    def __init__(self) -> None:
        self.left = MOST_STEPS_TOGETHER


class BoundedMatcher(SequenceMatcher[Value], Generic[Value]):
    """A matcher that compares, once its steps are spent, only how what is left begins and ends.

    What it returns leads from one sequence to the other all the same.
    """

    a: Sequence[Value]
    b: Sequence[Value]
    b2j: dict[Value, list[int]]

    def __init__(
        self, old: Sequence[Value], new: Sequence[Value], shared: SharedSteps | None = None
    ) -> None:
        super().__init__(None, old, new, autojunk=False)
        self._shared = shared
        lent = MOST_STEPS if shared is None else max(LEAST_STEPS, shared.left)
        self._left = min(MOST_STEPS, lent)

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
        steps = self._steps[ahi] - self._steps[alo]
        self._left -= steps
        if self._left >= 0:
            if self._shared is not None:
                self._shared.left -= steps
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


def unified_lines(
    before: Sequence[str], after: Sequence[str], names: tuple[str, str], context: int
) -> Iterator[str]:
    """Yield the lines of a unified diff as `difflib` does, `context` of them around each change.

    A last line without its end is marked, as `git apply` takes it.
    """
    groups = BoundedMatcher(before, after).get_grouped_opcodes(context)
    for number, group in enumerate(groups):
        if number == 0:
            yield f"--- {names[0]}\n"
            yield f"+++ {names[1]}\n"
        old = _stretch(group[0][1], group[-1][2])
        new = _stretch(group[0][3], group[-1][4])
        yield f"@@ -{old} +{new} @@\n"
        for tag, old_start, old_end, new_start, new_end in group:
            if tag == "equal":
                yield from (_ended(f" {line}") for line in before[old_start:old_end])
                continue
            yield from (_ended(f"-{line}") for line in before[old_start:old_end])
            yield from (_ended(f"+{line}") for line in after[new_start:new_end])


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _stretch(start: int, end: int) -> str:
    """Return how a unified diff says which lines it speaks of: an empty stretch by those before."""
    count = end - start
    if count == 1:
        return str(start + 1)
    return f"{start + 1 if count else start},{count}"
