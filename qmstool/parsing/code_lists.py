"""Find the codes that a list names by their ends alone: «QT VP 01, 09 và 12».

What stands behind a whole code is read as the end of another where it has such an end's form: its
numbers, or letters and numbers («QT VP 01, BIS 09»). Of numbers that may as well count things or
tell a revision («QT VP 01/02», «QT VP 01, 09 người») nothing is certain: a code that none bears is
no broken citation there.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.parsing.codes import fits_shape
from qmstool.parsing.number_lists import NumberLists, alternation, words_before
from qmstool.parsing.scripts import LETTER, WORD_END, compiled
from qmstool.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Sequence

    from qmstool.parsing.citation_numbers import NumberWords

    Span = tuple[int, int]

# The end of a code: no share, date, time, decimal or part of another number.
_MORE = (
    rf"(?:(?P<letters>{LETTER}{{1,12}})[ \t\n\u00a0\u202f.\-_\x01]{{1,4}})?"
    r"(?P<numbers>[0-9]{1,4}(?:[.\-_][0-9]{1,4})*)(?![%/]|[.:-]\w)" + WORD_END
)
# What may stand right behind a code for a list to go on, and be looked at more closely.
_OPENS = regex(r"[ \t\n\u00a0\u202f\x01]*(?:[,;&/+÷~→–—−\-\u2010\u2011]|\w)")
_DOUBTFUL_SIGNS = frozenset("/+÷~→–—−-\u2010\u2011")
_NUMBER = regex("[0-9]+")
_END_OF_CODE = (
    rf"(?:(?P<letters>{LETTER}+)[\s.\-\u2010\u2011_]+)?"
    r"(?P<numbers>[0-9]+(?:[\s.\-\u2010\u2011_]+[0-9]+)*)\Z"
)
# A longer number that is none of the width before it is a year or an amount.
_LONGEST = 3


class ListedCode(NamedTuple):
    """A code that a list names by its end.

    `start`, `end`: the place of what is written of it; `code`: the whole of it. `sure`: whether it
    cannot well be anything else.
    """

    start: int
    end: int
    code: str
    sure: bool


class CodeLists:
    """Finds what goes on behind a code; `shapes` are those of codes, `words` the language's."""

    def __init__(self, shapes: Iterable[str], words: NumberWords) -> None:
        self._shapes = [shape for shape in shapes if shape.endswith(("n}", "{yyyy}"))]
        announcing = (*words.clause, *words.section, *words.part, *words.annex, *words.control)
        self._announcing = frozenset(word.lower() for word in announcing)
        self._lists = NumberLists(words.range_to, words.joined, (*words.after_numbers, *announcing))
        joins = alternation((*words.range_to, *words.joined))
        self._join = regex(rf" *(?:[,;&/+÷~→–—−\-\u2010\u2011] *)?(?:(?:{joins})(?!\w) *)*")
        self._plural = frozenset(word.lower() for word in words.plural)

    def further(
        self,
        prose: str,
        low: str,
        span: Span,
        code: str,
        links: Sequence[Span] = (),
        *,
        plain: bool = False,
    ) -> list[ListedCode]:
        """Return the codes that a list names behind one that stands whole at `span`.

        `low`: the text lowered; `links`: the places of its links, whose addresses part no list;
        `plain`: whether it is (`scripts.is_plain`).
        """
        found = list(self._ends(prose, low, span[1], code, links, plain=plain))
        if not found or self._lists.stops(prose, low, found[-1].end):
            return found
        # «QT VP 01, 09 người» counts; «QT VP 01, 09 và 12 do …», «các QT VP 01 và 09 do …» do not.
        closed = len(found) > 1 and _holds_word(low[found[-2].end : found[-1].start])
        if not closed and not self._is_plural(low, span[0]):
            found.pop()
        return [listed._replace(sure=False) for listed in found]

    def _ends(
        self, prose: str, low: str, at: int, code: str, links: Sequence[Span], *, plain: bool
    ) -> Iterator[ListedCode]:
        """Yield what has the form of a code's end, one joined to the other."""
        while True:
            at = _behind_link(prose, at, links)
            join = self._join.match(low, at) if _OPENS.match(prose, at) else None
            if join is None or not join[0].strip():
                return
            more = compiled(_MORE, plain=plain).match(prose, join.end())
            if more is None or not self._may_be_letters(more["letters"]):
                return
            whole = _completed(code, more)
            if whole is None:
                return
            sure = not _DOUBTFUL_SIGNS.intersection(join[0]) and self._is_one(code, whole, more)
            yield ListedCode(*more.span(), whole, sure)
            code, at = whole, more.end()

    def _may_be_letters(self, letters: str | None) -> bool:
        """Whether letters before a number may be a code's, not «mục» or «ngày»."""
        return letters is None or (letters.isupper() and letters.lower() not in self._announcing)

    def _is_one(self, code: str, whole: str, more: re.Match[str]) -> bool:
        """Whether a completed code has a shape, and the one that the code before it has."""
        if more["letters"]:
            return False
        if len(more["numbers"]) > _LONGEST and len(whole) != len(code):
            return False
        return any(fits_shape(code, shape) and fits_shape(whole, shape) for shape in self._shapes)

    def _is_plural(self, low: str, start: int) -> bool:
        """Whether a word before a code announces several: «các quy trình QT VP 01 và 09»."""
        return not self._plural.isdisjoint(words_before(low, start))


def _holds_word(join: str) -> bool:
    """Whether a word joins the last of a list, and not a sign alone."""
    return any(char.isalpha() for char in join)


def _behind_link(prose: str, at: int, links: Sequence[Span]) -> int:
    """Return where the text goes on behind the address of the link that ends here, else `at`."""
    if prose[at : at + 1] not in {"\0", "\1"} or not links:
        return at
    before = bisect_right(links, at, key=lambda link: link[0]) - 1
    end = links[before][1] if before >= 0 else at
    return end if end > at and not prose[at:end].strip("\0\1") else at


def _completed(code: str, more: re.Match[str]) -> str | None:
    """Return the whole code that the end of one names after another; None where it is no end.

    «QT VP 01» and «09» are «QT VP 09», «BM VP 01.01» and «02.03» are «BM VP 02.03».
    """
    end = compiled(_END_OF_CODE, plain=code.isascii()).search(code)
    if end is None:
        return None
    own = list(_NUMBER.finditer(code, end.start("numbers")))
    numbers = _NUMBER.findall(more["numbers"])
    if len(numbers) > len(own):
        return None
    whole = code
    for place, number in zip(reversed(own), reversed(numbers), strict=False):
        whole = whole[: place.start()] + number + whole[place.end() :]
    if not more["letters"]:
        return whole
    if not end["letters"] or not end.start("letters") or len(numbers) != len(own):
        return None
    return whole[: end.start("letters")] + more["letters"] + whole[end.end("letters") :]
