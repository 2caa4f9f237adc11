"""Hold what the package says, in Vietnamese and English, and the error that tells a user of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

Lang = Literal["vi", "en"]


class QmsError(Exception):
    """The work cannot go on at all; holds what to tell the user, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence of the package in Vietnamese and English; `{name}` marks a value to fill in."""

    vi: str
    en: str

    def get(self, lang: Lang) -> str:
        """Return the sentence in one language."""
        return self.vi if lang == "vi" else self.en

    def fill(self, values: Mapping[str, str]) -> Text:
        """Put the values into both sentences; a value is never itself read as a pattern."""
        return Text(_fill(self.vi, values), _fill(self.en, values))


def _fill(pattern: str, values: Mapping[str, str]) -> str:
    return pattern.format_map(values) if "{" in pattern else pattern
