"""What data may name, of one kind: each name with what people call the thing, and which name a word was perhaps meant for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.parsing.markdown.scanner import slugify
from qmstool.parsing.similar import nearest_name
from qmstool.parsing.yaml.suggestions import UNKNOWN, says_unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

# As many names as a message can list and still be read.
FEW = 12
# Long names that begin alike («phieu-chuyen», «phieu-khac-phuc») are not mistaken for each other.
LONGEST = 100
LONG, ALIKE, SHORT_ALIKE = 10, 0.75, 0.6


class Names:
    """Names of one kind. `titles`: what people call each thing, the first way before others."""

    def __init__(self, titles: Mapping[str, tuple[str, ...]]) -> None:
        self.titles = titles

    def __contains__(self, name: str) -> bool:
        return name in self.titles

    @cached_property
    def listed(self) -> str:
        """All of them with their titles, where there are few; else nothing."""
        if len(self.titles) > FEW:
            return ""
        return ", ".join(
            f"{name} ({titles[0]})" if titles[0] else name for name, titles in self.titles.items()
        )

    def meant(self, word: str) -> str | None:
        """Return what is called just so, accents typed or not; else what is spelt like it; else what is called like it."""
        exact = self._called.get(slugify(word), ())
        if len(exact) == 1:
            return exact[0]
        if says_unknown(word):
            return UNKNOWN
        if several := self._several(word):
            return several
        alike = ALIKE if len(word) >= LONG else SHORT_ALIKE
        spelt = nearest_name(word, self.titles, alike)
        if spelt is not None:
            return spelt
        like = nearest_name(slugify(word), self._called, alike)
        return self._called[like][0] if like is not None else None

    def _several(self, word: str) -> str | None:
        """Names with the comma between them forgotten: «QT A 01 QT A 02» → «QT A 01, QT A 02»."""
        for blank in range(1, min(len(word), LONGEST)):
            if (
                word[blank] == " "
                and word[:blank] in self.titles
                and word[blank + 1 :] in self.titles
            ):
                return f"{word[:blank]}, {word[blank + 1 :]}"
        return None

    @cached_property
    def _called(self) -> Mapping[str, list[str]]:
        """The names by what they are called, without accents."""
        called: dict[str, list[str]] = {}
        for name, titles in self.titles.items():
            for title in dict.fromkeys(slugify(each) for each in (name, *titles) if each):
                called.setdefault(title, []).append(name)
        return called
