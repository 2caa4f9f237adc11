"""Tell how a list of numbers goes on in running text, and where it ends: «1, 2 và 7».

The one place that says so. Whether a whole number still belongs to a list is decided by what stands
after it: «mục 1, 2» ends well, «mục 1, 2 người» does not.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

# How far back, in characters, a word before a list is looked for.
BACK = 24
# How far back the bracket that a closing one belongs to is looked for.
NEARBY_BRACKET = 80
_CAPITALS = regex(r" *[^\W\d_a-z]{2,}(?![a-z])")
_END = regex(r" *(?:[^\w )%]|\Z)")


class NumberLists:
    """The words that join the numbers of a list or follow its last one, compiled.

    `range_to` join the ends of a range, `joined` those of a list; `after_numbers` may follow the
    last number.
    """

    def __init__(
        self, range_to: tuple[str, ...], joined: tuple[str, ...], after_numbers: tuple[str, ...]
    ) -> None:
        joins = alternation((*range_to, *joined))
        self._join = regex(rf" *(?:[,;](?: +|(?=\d+\.))|[/&÷~–—−‑-] *)?(?:(?:{joins}) +)*")
        self._last = (*after_numbers, *range_to, *joined)

    def joined(self, low: str, at: int) -> re.Match[str] | None:
        """Match what joins a number to the next one: a sign, words or both."""
        join = self._join.match(low, at)
        return join if join and join[0].strip() else None

    @cached_property
    def _after(self) -> re.Pattern[str]:
        return regex(rf" *(?:{alternation(self._last)})(?!\w)")

    def stops(self, prose: str, low: str, at: int) -> bool:
        """Whether a sign or a known word says that a number ends here, and counts nothing.

        A closing bracket does where its list stands within it: not «2)», which numbers an item.
        """
        if _END.match(low, at) or self._after.match(low, at):
            return True
        if low[at : at + 1] == ")":
            reach = max(0, at - NEARBY_BRACKET)
            return prose.rfind("(", reach, at) > prose.rfind(")", reach, at)
        return False

    def ends_well(self, prose: str, low: str, at: int, *, plural: bool) -> bool:
        """Whether a whole number of a list may end here, and counts no things («2 người»).

        `plural`: more than one number was announced.
        """
        return self.stops(prose, low, at) or (
            low[at : at + 1] != ")" and (plural or _CAPITALS.match(prose, at) is not None)
        )


def words_before(low: str, at: int) -> list[str]:
    """Return the last words before a place of a lowered text."""
    return low[max(0, at - BACK) : at].replace("\0", " ").split()


def alternation(words: Iterable[str]) -> str:
    """Return a pattern for any of some phrases in lowered text, the longest first.

    Without phrases it matches nothing.
    """
    phrases = dict.fromkeys(" ".join(word.lower().split()) for word in words)
    longest = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(word).replace("\\ ", " +") for word in longest) or "(?!)"
