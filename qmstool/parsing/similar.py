"""Of names, the few worth comparing with a mistyped one, those that share its rarest pairs of letters; of numbers, the nearest."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FEW_NAMES = 300
"""So many names are compared one by one, which takes milliseconds; more of them by their shortlist."""

_FIGURES = re.compile("[0-9]+")
_LETTERS = 0.6
_KEPT = 60
_LOOKED_AT = 3000


def shortlist(word: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names most like a word.

    What it costs does not grow with their number, once they are indexed.
    """
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


def nearest_number(number: str, numbers: Iterable[str]) -> str | None:
    """Return the only outside number that is one slip from a number: the same figures, or the same letters and one figure wrong.

    «30/2021/NĐ-CP» is nearly «30/2020/NĐ-CP»; «83/2006/NĐ-CP» has nothing to do with it, alike as the two look.
    """
    figures, letters = _figures(number)
    others = [(each, *_figures(each)) for each in dict.fromkeys(numbers)]
    close = [
        each
        for each, theirs, signs in others
        if theirs == figures and SequenceMatcher(None, signs, letters).ratio() >= _LETTERS
    ]
    close = close or [
        each for each, theirs, signs in others if signs == letters and _one_slip(figures, theirs)
    ]
    return close[0] if len(close) == 1 else None


def _figures(number: str) -> tuple[tuple[str, ...], str]:
    """The runs of figures of a number, and its letters."""
    return tuple(_FIGURES.findall(number)), "".join(filter(str.isalpha, number.casefold()))


def _one_slip(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether runs of figures differ in one run, there by one figure: another, one more, one less, or two changed about."""
    wrong = (
        [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        if len(one) == len(other)
        else []
    )
    if len(wrong) != 1:
        return False
    short, long = sorted(wrong[0], key=len)
    if len(short) < len(long):
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    places = [at for at in range(len(short)) if short[at] != long[at]]
    swapped = (
        len(places) == len("ab")
        and short[places[0]] == long[places[1]]
        and short[places[1]] == long[places[0]]
    )
    return len(places) == 1 or swapped


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
