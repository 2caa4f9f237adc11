"""Index the names that data may use of one kind, and find which one a wrong word was meant for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.parsing.markdown.headings import fold
from qmstool.parsing.similar import nearest_name
from qmstool.parsing.yaml.suggestions import UNKNOWN, says_unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

# The longest word, in characters, in which a forgotten comma is looked for.
LONGEST = 100
# How like a name a word has to be, 1 being the same: long names that begin alike
# («phieu-chuyen», «phieu-khac-phuc») are not mistaken for each other.
LONG, LONG_ALIKE, SHORT_ALIKE = 10, 0.75, 0.6

# As many names as a message can list and still be read.
FEW = 12


class NameIndex:
    """The names of one kind; `titles` maps each to what people call it, the first way first."""

    def __init__(self, titles: Mapping[str, tuple[str, ...]]) -> None:
        self.titles = titles

    def __contains__(self, name: str) -> bool:
        return name in self.titles

    @cached_property
    def listed(self) -> str:
        """All names with their titles, for a message; "" where there are too many."""
        if len(self.titles) > FEW:
            return ""
        shown = []
        for name, titles in self.titles.items():
            shown.append(f"{name} ({titles[0]})" if titles[0] else name)
        return ", ".join(shown)

    def meant(self, word: str) -> str | None:
        """Return the name that a wrong word was probably meant for.

        In this order: what is called just so, accents typed or not; «unknown»; several names
        without their comma; what is spelt like the word; what is called like it.
        """
        exact = self._called.get(fold(word), ())
        if len(exact) == 1:
            return exact[0]
        if says_unknown(word):
            return UNKNOWN
        two_names = self._with_comma(word)
        if two_names is not None:
            return two_names
        alike = LONG_ALIKE if len(word) >= LONG else SHORT_ALIKE
        spelt_like = nearest_name(word, self.titles, alike)
        if spelt_like is not None:
            return spelt_like
        called_like = nearest_name(fold(word), self._called, alike)
        return self._called[called_like][0] if called_like is not None else None

    def _with_comma(self, word: str) -> str | None:
        """Return two names with the comma that was forgotten between them.

        «QT A 01 QT A 02» was to be «QT A 01, QT A 02».
        """
        for blank in range(1, min(len(word), LONGEST)):
            if word[blank] != " ":
                continue
            first, second = word[:blank], word[blank + 1 :]
            if first in self.titles and second in self.titles:
                return f"{first}, {second}"
        return None

    @cached_property
    def _called(self) -> Mapping[str, list[str]]:
        """The names by what they are called, without accents."""
        called: dict[str, list[str]] = {}
        for name, titles in self.titles.items():
            folded = [fold(title) for title in (name, *titles) if title]
            for title in dict.fromkeys(folded):
                called.setdefault(title, []).append(name)
        return called
