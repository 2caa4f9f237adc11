"""Remember what a word alone says: texts say the same few thousand words again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

# So many different words are remembered: of texts without end, all are forgotten at times.
MOST_KNOWN_WORDS = 100_000
Said = TypeVar("Said")


class KnownWords(dict[str, Said]):
    """What `say` says of each word that was asked for."""

    def __init__(self, say: Callable[[str], Said]) -> None:
        super().__init__()
        self._say = say

    def __missing__(self, word: str) -> Said:
        if len(self) >= MOST_KNOWN_WORDS:
            self.clear()
        said = self[word] = self._say(word)
        return said
