"""Pair what is alike in two stretches that differ, in order. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
MOST_PAIRS = 40_000  # in one stretch: beyond, pairing by likeness takes too long


def pair_alike(
    before: Sequence[T],
    after: Sequence[T],
    likeness: Callable[[T, T], float],
    most_pairs: int = MOST_PAIRS,
) -> list[tuple[int, int]]:
    """Return the pairs of indices, rising on both sides, whose likeness adds up to most.

    `likeness` gives 0 for two that are not to be paired at all. Nothing is paired where there are
    more than `most_pairs` to look at.
    """
    if not before or not after or len(before) * len(after) > most_pairs:
        return []
    like = [[likeness(old, new) for new in after] for old in before]
    best = _best_sums(like)
    pairs = []
    old = new = 0
    while old < len(before) and new < len(after):
        paired = best[old + 1][new + 1] + like[old][new]
        if like[old][new] and best[old][new] == paired:
            pairs.append((old, new))
            old, new = old + 1, new + 1
        elif best[old][new] == best[old + 1][new]:
            old += 1
        else:
            new += 1
    return pairs


def _best_sums(like: Sequence[Sequence[float]]) -> list[list[float]]:
    """The most that likeness can add up to from each pair of indices on."""
    height, width = len(like), len(like[0])
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for old in reversed(range(height)):
        for new in reversed(range(width)):
            skipped = max(best[old + 1][new], best[old][new + 1])
            alike = like[old][new]
            best[old][new] = max(skipped, best[old + 1][new + 1] + alike) if alike else skipped
    return best
