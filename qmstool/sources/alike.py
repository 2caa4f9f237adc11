"""Of many names, the few worth comparing with a mistyped one: those that share its rarest pairs of letters."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FEW = 300
"""So many names are compared one by one, which takes milliseconds; more of them by their shortlist."""

_KEPT = 60
_LOOKED_AT = 3000


def shortlist(word: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names most like a word. What it costs does not grow with their number, once they are indexed."""
    index = _by_pair(names)
    shared: Counter[int] = Counter()
    looked = 0
    for places in sorted([index[pair] for pair in sorted(_pairs(word)) if pair in index], key=len):
        looked += len(places)
        if shared and looked > _LOOKED_AT:
            break
        shared.update(places)
    best = sorted(shared, key=lambda at: (-shared[at], names[at]))
    return tuple([names[at] for at in best[:_KEPT]])


@lru_cache(maxsize=8)
def _by_pair(names: tuple[str, ...]) -> Mapping[str, list[int]]:
    """Where the names are in which a pair of letters stands."""
    index: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        for pair in _pairs(name):
            index.setdefault(pair, []).append(at)
    return index


def _pairs(name: str) -> set[str]:
    folded = f" {name.casefold()} "
    return {folded[at : at + 2] for at in range(len(folded) - 1)}
