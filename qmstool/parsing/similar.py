"""Find what a mistyped name or number was probably meant to be, among those that are known."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from qmstool.i18n import QmsError, Text
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FEW_NAMES = 300
"""So many names are compared one by one, which takes milliseconds; of more a shortlist."""

_FIGURES = regex("[0-9]+")
_ALL_FIGURES = "0123456789"
# A number of a law has a few runs of few figures; of others nobody guesses at a slip.
_MOST_RUNS, _LONGEST_RUN = 6, 12
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
    folded = word.casefold()
    by_folded = {name.casefold(): name for name in names}
    possible = _may_be_alike(folded, by_folded, alike)
    if not possible:
        return None
    from difflib import get_close_matches  # noqa: PLC0415 - most runs have no slip to guess at

    close = get_close_matches(folded, possible, n=1, cutoff=alike)
    return by_folded[close[0]] if close else None


def _may_be_alike(word: str, names: Iterable[str], alike: float) -> list[str]:
    """Return the names that have letters enough in common with a word, wherever these stand.

    Reckoned as `difflib` does: none that it would find is left out.
    """
    length = len(word)
    counts = [(letter, word.count(letter)) for letter in set(word)]
    possible = []
    for name in names:
        both = length + len(name)
        if both and 2.0 * min(length, len(name)) / both < alike:
            continue
        shared = [min(count, name.count(letter)) for letter, count in counts]
        if not both or 2.0 * sum(shared) / both >= alike:
            possible.append(name)
    return possible


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


class OutsideNumbers:
    """The numbers of outside documents, asked for the only one that is one slip from another.

    It has the same figures, or the same letters and one figure wrong. «30/2021/NĐ-CP» is nearly
    «30/2020/NĐ-CP»; «83/2006/NĐ-CP» has nothing to do with it, alike as the two look.
    """

    def __init__(self, numbers: Iterable[str]) -> None:
        # By figures, then by letters: a register has thousands of numbers, a text as many others.
        self._by_figures: dict[tuple[str, ...], dict[str, list[str]]] = {}
        for known in dict.fromkeys(numbers):
            figures, letters = _parts(known)
            self._by_figures.setdefault(figures, {}).setdefault(letters, []).append(known)

    def nearest(self, number: str) -> str | None:
        """Return the number probably meant by one that is not among them."""
        figures, letters = _parts(number)
        close = self._same_figures(figures, letters) or self._one_figure_wrong(figures, letters)
        return close[0] if len(close) == 1 else None

    def _same_figures(self, figures: tuple[str, ...], letters: str) -> list[str]:
        from difflib import SequenceMatcher  # noqa: PLC0415 - most runs have no slip to guess at

        close: list[str] = []
        for its_letters, numbers in islice(self._by_figures.get(figures, {}).items(), FEW_NAMES):
            if SequenceMatcher(None, its_letters, letters).ratio() >= _LETTERS_SIMILARITY:
                close += numbers
        return close

    def _one_figure_wrong(self, figures: tuple[str, ...], letters: str) -> list[str]:
        close: list[str] = []
        for at, run in enumerate(figures[:_MOST_RUNS]):
            for other in _one_slip(run):
                numbers = self._by_figures.get((*figures[:at], other, *figures[at + 1 :]), {})
                close += numbers.get(letters, ())
        return close


def _parts(number: str) -> tuple[tuple[str, ...], str]:
    """Return the runs of figures of a number, and its letters."""
    letters = "".join(filter(str.isalpha, number.casefold()))
    return tuple(_FIGURES.findall(number)), letters


def _one_slip(run: str) -> set[str]:
    """Return the runs of figures that are one slip from one.

    Another figure, one more, one less, or two neighbours or others changed about.
    """
    if len(run) > _LONGEST_RUN:
        return set()
    found = set()
    for at in range(len(run) + 1):
        before, after = run[:at], run[at:]
        found.add(before + after[1:])
        found |= {before + figure + after for figure in _ALL_FIGURES}
        found |= {before + figure + after[1:] for figure in _ALL_FIGURES if after}
        for other in range(1, len(after)):
            found.add(before + after[other] + after[1:other] + after[0] + after[other + 1 :])
    return found - {run, ""}


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
