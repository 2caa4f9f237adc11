"""Find what a mistyped name or number was probably meant to be, among those that are known."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from qmstool.i18n import QmsError, Text
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FEW_NAMES = 300
"""So many names are compared one by one, which takes milliseconds; of more a shortlist."""

_FIGURES = regex("[0-9]+")
# How alike, from 0 to 1, the letters of two numbers with the same figures must be.
_LETTERS_SIMILARITY = 0.6
# How many names a shortlist has at most, and how many places of pairs are counted for it.
_SHORTLISTED = 60
_COUNTED_PLACES = 3000


def nearest_name(word: str, names: Iterable[str], alike: float = 0.6) -> str | None:
    """Return the name closest to a word, or None where none is close.

    `alike`: how close it must be, from 0 (no letter in common) to 1 (the same letters).
    """
    names = tuple(names)
    if len(names) > FEW_NAMES:
        names = shortlist(word, names)
    by_folded = {name.casefold(): name for name in names}
    from difflib import get_close_matches  # noqa: PLC0415 - most runs have no slip to guess at

    close = get_close_matches(word.casefold(), by_folded, n=1, cutoff=alike)
    return by_folded[close[0]] if close else None


def not_found_error(word: str, kind: Text, names: Iterable[str]) -> QmsError:
    """Return the error that says there is no such thing, and what was perhaps meant."""
    close = nearest_name(word, names)
    vi, en = (f" Có phải là «{close}»?", f" Did you mean «{close}»?") if close else ("", "")
    return QmsError(
        Text(f"Không có {kind.vi} «{word}».{vi}", f"There is no {kind.en} «{word}».{en}")
    )


def shortlist(word: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the few names worth comparing with a word: those that share its rarest letter pairs.

    What it costs does not grow with their number, once they are indexed.
    """
    index = _index_by_pair(names)
    pairs = [pair for pair in sorted(_letter_pairs(word)) if pair in index]
    shared: Counter[int] = Counter()
    counted = 0
    for places in sorted([index[pair] for pair in pairs], key=len):
        counted += len(places)
        if shared and counted > _COUNTED_PLACES:
            break
        shared.update(places)
    best = sorted(shared, key=lambda place: (-shared[place], names[place]))
    return tuple([names[place] for place in best[:_SHORTLISTED]])


def nearest_number(number: str, numbers: Iterable[str]) -> str | None:
    """Return the only number of an outside document that is one slip from a number.

    It has the same figures, or the same letters and one figure wrong. «30/2021/NĐ-CP» is nearly
    «30/2020/NĐ-CP»; «83/2006/NĐ-CP» has nothing to do with it, alike as the two look.
    """
    from difflib import SequenceMatcher  # noqa: PLC0415

    figures, letters = _parts(number)
    same_figures, one_figure_wrong = [], []
    for known in dict.fromkeys(numbers):
        its_figures, its_letters = _parts(known)
        if its_figures == figures:
            if SequenceMatcher(None, its_letters, letters).ratio() >= _LETTERS_SIMILARITY:
                same_figures.append(known)
        elif its_letters == letters and _one_slip(figures, its_figures):
            one_figure_wrong.append(known)
    close = same_figures or one_figure_wrong
    return close[0] if len(close) == 1 else None


def _parts(number: str) -> tuple[tuple[str, ...], str]:
    """Return the runs of figures of a number, and its letters."""
    letters = "".join(filter(str.isalpha, number.casefold()))
    return tuple(_FIGURES.findall(number)), letters


def _one_slip(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether runs of figures differ in one run, and there by one slip.

    Another figure, one more, one less, or two neighbours or others changed about.
    """
    if len(one) != len(other):
        return False
    different = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if len(different) != 1:
        return False
    short, long = sorted(different[0], key=len)
    if len(short) < len(long):
        return any(long[:skip] + long[skip + 1 :] == short for skip in range(len(long)))
    places = [place for place in range(len(short)) if short[place] != long[place]]
    if len(places) == 1:
        return True
    if len(places) != len("ab"):
        return False
    first, second = places
    return short[first] == long[second] and short[second] == long[first]


@lru_cache(maxsize=8)
def _index_by_pair(names: tuple[str, ...]) -> Mapping[str, list[int]]:
    """Return the places of the names in which each pair of letters stands."""
    index: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        for pair in _letter_pairs(name):
            index.setdefault(pair, []).append(place)
    return index


def _letter_pairs(name: str) -> set[str]:
    folded = f" {name.casefold()} "
    return {folded[start : start + 2] for start in range(len(folded) - 1)}
