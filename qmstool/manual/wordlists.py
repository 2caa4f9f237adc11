"""Define the word lists that prose rules and citations go by, one set for each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = "templates/words"


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A stretch of time and the ways to name it; `days` is 0 where they cannot be counted."""

    names: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists of one language.

    `plain`: the words of each list, by its name; `slips`, `old_words`: what is written, and what
    should be; `variants`, `tones`: spellings of one word.
    """

    plain: Mapping[str, tuple[str, ...]]
    slips: tuple[tuple[str, str], ...]
    old_words: tuple[tuple[str, str], ...]
    variants: tuple[tuple[str, ...], ...]
    tones: tuple[tuple[str, ...], ...]
    periods: tuple[NamedPeriod, ...]
    units: tuple[NamedPeriod, ...]

    @property
    def hold_prose(self) -> bool:
        """Whether they say how texts of this language are written, not only how they cite."""
        return bool(self.slips or self.old_words or self.periods or self["weak"])

    def __getitem__(self, name: str) -> tuple[str, ...]:
        """Return the words of a plain list. Raises KeyError where no list has that name."""
        return self.plain[name]

    def __add__(self, more: WordLists) -> WordLists:
        """Return both lists together, these first."""
        return WordLists(
            {name: (*words, *more.plain[name]) for name, words in self.plain.items()},
            (*self.slips, *more.slips),
            (*self.old_words, *more.old_words),
            (*self.variants, *more.variants),
            (*self.tones, *more.tones),
            (*self.periods, *more.periods),
            (*self.units, *more.units),
        )
