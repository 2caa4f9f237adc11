"""Pair the sections of two versions, find those that moved, put both in one order. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, deque
from typing import TYPE_CHECKING

from qmstool.diff.words import likeness_of_counts, word_counts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from qmstool.diff.blocks import Part

SECTION_LIKENESS = 0.6  # share of words in common from which two sections count as one
# So many sections are compared one by one; of more, as many that share rare words, which are
# counted at so many places.
FEW_SECTIONS, MOST_COUNTED = 60, 600
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
        waiting: dict[object, deque[int]] = {}
        for index, part in left.items():
            waiting.setdefault(name(part), deque()).append(index)
        for index, part in enumerate(after):
            same = waiting.get(name(part)) if index not in pairs else None
            if same:
                pairs[index] = same.popleft()
                del left[pairs[index]]
    remaining = _Remaining(left)
    for index, part in enumerate(after):
        if index not in pairs and part.text.strip():
            likest, alike = remaining.likest(part.text)
            if alike >= SECTION_LIKENESS:
                pairs[index] = likest
                remaining.take(likest)
    return pairs


class _Remaining:
    """The old sections that no name finds again, asked for the one whose words are most alike."""

    def __init__(self, parts: Mapping[int, Part]) -> None:
        self._counts = {index: word_counts(part.text) for index, part in parts.items()}
        self._places: dict[str, list[int]] = {}
        if len(parts) > FEW_SECTIONS:
            for index, counts in self._counts.items():
                for word in counts:
                    self._places.setdefault(word, []).append(index)

    def take(self, index: int) -> None:
        """Leave out a section: it is another one's."""
        del self._counts[index]

    def likest(self, text: str) -> tuple[int, float]:
        """Return the section most like a text, the first of several, and how like it is."""
        wanted, likest, most = word_counts(text), -1, 0.0
        for index in self._shortlist(wanted):
            alike = likeness_of_counts(self._counts[index], wanted)
            if alike > most:
                likest, most = index, alike
        return likest, most

    def _shortlist(self, wanted: Counter[str]) -> Iterable[int]:
        """Return the sections worth comparing: all of a few, else those that share rare words."""
        if not self._places:
            return self._counts
        shared: Counter[int] = Counter()
        counted = 0
        for places in sorted((self._places.get(word, []) for word in wanted), key=len):
            counted += len(places)
            if shared and counted > MOST_COUNTED:
                break
            shared.update(index for index in places[:MOST_COUNTED] if index in self._counts)
        return sorted(index for index, _ in shared.most_common(FEW_SECTIONS))


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
