"""The sections of two versions → which is which, which changed places, and both in one order.

Pure.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from qmstool.diff.words import likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qmstool.diff.blocks import Part

SECTION_LIKENESS = 0.6
# By what a section is found again, the surest first. Title before key: where a section is put in,
# the numbers after it move on.
_NAMES: tuple[Callable[[Part], object], ...] = (
    lambda part: (part.key, part.title),
    lambda part: (part.key.partition("#")[0], part.level, part.name),
    lambda part: part.key,
    lambda part: (part.level, part.name),
)


def pair_sections(before: Sequence[Part], after: Sequence[Part]) -> dict[int, int]:
    """Index in `after` → index in `before` of the same section."""
    pairs: dict[int, int] = {}
    left = dict(enumerate(before))
    for name in _NAMES:
        waiting: dict[object, list[int]] = {}
        for index, part in left.items():
            waiting.setdefault(name(part), []).append(index)
        for at, part in enumerate(after):
            if at not in pairs and (found := waiting.get(name(part))):
                pairs[at] = found.pop(0)
                del left[pairs[at]]
    for at, part in enumerate(after):
        if at not in pairs and left and part.text.strip():
            likest = max(left, key=lambda index: likeness(left[index].text, part.text))
            if likeness(left[likest].text, part.text) >= SECTION_LIKENESS:
                pairs[at] = likest
                del left[likest]
    return pairs


def moved_sections(pairs: dict[int, int]) -> frozenset[int]:
    """New indices outside the longest run of sections that kept their order."""
    order = [pairs[at] for at in sorted(pairs)]
    ends: list[int] = []
    ranks = []
    for index in order:
        rank = bisect_left(ends, index)
        ends[rank : rank + 1] = [index]
        ranks.append(rank)
    kept, rank = set(), len(ends) - 1
    for at, each in reversed(list(zip(sorted(pairs), ranks, strict=True))):
        if each == rank:
            kept.add(at)
            rank -= 1
    return frozenset(pairs) - kept


def merge_in_order(
    before: Sequence[Part], after: Sequence[Part], pairs: dict[int, int]
) -> Iterator[tuple[int, Part | None, Part | None]]:
    """Old and new side by side in the new order; what was removed follows what it stood after."""
    kept = set(pairs.values())
    followers: dict[int, list[Part]] = {}
    last = -1
    for index, part in enumerate(before):
        if index in kept:
            last = index
        else:
            followers.setdefault(last, []).append(part)
    yield from ((-1, part, None) for part in followers.get(-1, ()))
    for at, part in enumerate(after):
        if at not in pairs:
            yield at, None, part
            continue
        yield at, before[pairs[at]], part
        yield from ((-1, gone, None) for gone in followers.get(pairs[at], ()))
