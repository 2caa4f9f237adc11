"""Find slips in codes that are one word in capitals, such as STCL: no shape would know them.

In: a manual. A section cited just after such a slip is looked for in the wrong document.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qmstool.manual.model import Manual

CAPITALS = re.compile(r"(?<!\w)[A-ZĐ]{4,}(?!\w)")
# How far before a number, in characters, the code may stand that it is a section of.
REACH = 40
_SENTENCE_END = re.compile(r"\.\s|\x00")


class OneWordCodes:
    """The codes of a manual that are one word in capitals."""

    def __init__(self, manual: Manual) -> None:
        self.manual = manual

    def slip(self, word: str) -> str | None:
        """Return the one-word code in capitals that a word differs from in one letter.

        None for an abbreviation, and where several codes are as close.
        """
        if word in self._plain or word in self.manual.abbreviations:
            return None
        close = [code for code in self._plain if _differs_in_one(code, word)]
        return close[0] if len(close) == 1 else None

    def after_slip(self, prose: str, start: int) -> bool:
        """Whether a number is looked for in the wrong document: the code before it has a slip."""
        before = prose[max(0, start - REACH) : start]
        sentence = _SENTENCE_END.split(before)[-1]
        return any(self.slip(word[0]) for word in CAPITALS.finditer(sentence))

    @cached_property
    def _plain(self) -> tuple[str, ...]:
        """Codes that are one word in capitals: no shape would know a slip in them."""
        codes = [document.code for document in self.manual.documents.values()]
        return tuple(code for code in codes if CAPITALS.fullmatch(code))


def _differs_in_one(code: str, word: str) -> bool:
    """Whether two words of one length differ in exactly one letter."""
    if len(code) != len(word):
        return False
    return sum(one != other for one, other in zip(code, word, strict=True)) == 1
