"""Pair the sections of two versions, find those that moved, put both in one order. Pure."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from qmstool.diff.words import likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from qmstool.diff.blocks import Part

SECTION_LIKENESS = 0.6  # share of words in common from which two sections count as one
# By what a section is found again, the surest first. Title before key: where a section is put in,
# the numbers after it move on.
_NAMES: tuple[Callable[[Part], object], ...] = (
    lambda part: (part.key, part.title),
    lambda part: (part.key.partition("#")[0], part.level, part.name),
    lambda part: part.key,
    lambda part: (part.level, part.name),
)


def pair_sections(before: Sequence[Part], after: Sequence[Part]) -> dict[int, int]:
    """Return index in `after` → index in `before` of the same section."""
    pairs: dict[int, int] = {}
    left = dict(enumerate(before))
    for name in _NAMES:
        waiting: dict[object, list[int]] = {}
        for index, part in left.items():
            waiting.setdefault(name(part), []).append(index)
        for index, part in enumerate(after):
            same = waiting.get(name(part)) if index not in pairs else None
            if same:
                pairs[index] = same.pop(0)
                del left[pairs[index]]
    for index, part in enumerate(after):
        if index not in pairs and left and part.text.strip():
            likest = _likest(left, part)
            if likeness(left[likest].text, part.text) >= SECTION_LIKENESS:
                pairs[index] = likest
                del left[likest]
    return pairs


def _likest(parts: Mapping[int, Part], wanted: Part) -> int:
    """The index of the part whose words are most like another's."""
    return max(parts, key=lambda index: likeness(parts[index].text, wanted.text))


def moved_sections(pairs: dict[int, int]) -> frozenset[int]:
    """Return the new indices outside the longest run of sections that kept their order."""
    order = [pairs[index] for index in sorted(pairs)]
    ends: list[int] = []
    ranks = []
    for old in order:
        rank = bisect_left(ends, old)
        ends[rank : rank + 1] = [old]
        ranks.append(rank)
    kept = set()
    wanted = len(ends) - 1
    for index, rank in reversed(list(zip(sorted(pairs), ranks, strict=True))):
        if rank == wanted:
            kept.add(index)
            wanted -= 1
    return frozenset(pairs) - kept


def merge_in_order(
    before: Sequence[Part], after: Sequence[Part], pairs: dict[int, int]
) -> Iterator[tuple[int, Part | None, Part | None]]:
    """Yield new index, old and new part, in the new order.

    What was removed follows what it stood after, with -1 for an index.
    """
    kept = set(pairs.values())
    followers: dict[int, list[Part]] = {}
    last = -1
    for index, part in enumerate(before):
        if index in kept:
            last = index
        else:
            followers.setdefault(last, []).append(part)
    for removed in followers.get(-1, ()):
        yield -1, removed, None
    for index, part in enumerate(after):
        if index not in pairs:
            yield index, None, part
            continue
        yield index, before[pairs[index]], part
        for removed in followers.get(pairs[index], ()):
            yield -1, removed, None
