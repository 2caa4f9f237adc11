"""Find slips in codes that are one word in capitals, such as STCL: no shape would know them.

In: codes, and the abbreviations that are no slips. A section cited just after such a slip is looked
for in the wrong document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

# Opens with a letter, not with what stands before it: to such the engine skips.
CAPITALS = regex(r"[A-ZĐ](?<!\w.)[A-ZĐ]{3,}(?!\w)")
# How far before a number, in characters, the code may stand that it is a section of.
REACH = 40
_SENTENCE_END = regex(r"\.\s|\x00")


class OneWordCodes:
    """The codes of a manual that are one word in capitals: no shape would know a slip in them."""

    def __init__(self, codes: Iterable[str], abbreviations: Container[str]) -> None:
        self.plain = tuple(code for code in codes if CAPITALS.fullmatch(code))
        self._abbreviations = abbreviations

    def slip(self, word: str) -> str | None:
        """Return the one-word code in capitals that a word differs from in one letter.

        None for an abbreviation, and where several codes are as close.
        """
        if word in self.plain or word in self._abbreviations:
            return None
        close = [code for code in self.plain if _differs_in_one(code, word)]
        return close[0] if len(close) == 1 else None

    def after_slip(self, prose: str, start: int) -> bool:
        """Whether a number is looked for in the wrong document: the code before it has a slip."""
        before = prose[max(0, start - REACH) : start]
        sentence = _SENTENCE_END.split(before)[-1]
        return any(self.slip(word[0]) for word in CAPITALS.finditer(sentence))


def _differs_in_one(code: str, word: str) -> bool:
    """Whether two words of one length differ in exactly one letter."""
    if len(code) != len(word):
        return False
    return sum(one != other for one, other in zip(code, word, strict=True)) == 1
