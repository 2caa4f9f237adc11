"""Tell whether two records rest on one signed paper, however its number is spelt in each.

What goes in: the number, kind and day of a paper as records give them, and the words that announce
numbers in any language. What comes out: whether two of them are one.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.manual.loading.wordlists import packaged_lists
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import known_day
from qmstool.manual.wordlists import FOLDER
from qmstool.parsing.figures import plain_figures
from qmstool.parsing.looking_alike import fold_looks
from qmstool.patterns import regex
from qmstool.storage import resources

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.manual.releases import IssuingInstrument
    from qmstool.manual.values import Day
    from qmstool.manual.wordlists import WordLists

_DIGITS_OR_WORD = regex(r"\d+|[^\W\d_]+")
# What may stand before the number of a paper and is no part of it: «Quyết định số 4/QĐ-VD».
_ANNOUNCING = ("numbered", "document_words", "outside_words", "articles")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """The paper of one release.

    `ahead`: the words before its first digit; `number`: the rest, as whoever reads it aloud hears
    it: letters that look alike, accents, signs between them and zeros in front make no other paper.
    """

    kind: str
    day: Day
    ahead: Words
    number: Words

    @property
    def is_in_a_series(self) -> bool:
        """Whether letters tell of what kind its number is: then it is given once in a year.

        One letter behind the figures tells of no kind. Records offices put it there to keep apart
        what they had to number in between, so «12a/QĐ» is given once, as «12/QĐ» is.
        """
        return any(len(part) > 1 and not part.isdigit() for part in self.number)


def paper_of(instrument: IssuingInstrument | None) -> SignedPaper | None:
    """Return the paper that a record names; None where it names none by a number."""
    if instrument is None or instrument.number in {"", UNKNOWN}:
        return None
    parts = _parts(instrument.number)
    figures = [index for index, part in enumerate(parts) if part.isdigit()]
    start = figures[0] if figures else 0
    number = _joined(parts[start:])
    return SignedPaper(instrument.kind, instrument.date, tuple(parts[:start]), number)


def is_same_paper(one: SignedPaper, other: SignedPaper, lists: Mapping[str, WordLists]) -> bool:
    """Whether two papers are one. `lists`: the manual's own words, by language."""
    if one.number != other.number or not _is_of_one_time(one, other):
        return False
    if _joined(one.ahead) == _joined(other.ahead):
        return True
    known = announcing_words(lists.values())
    return _bare(one.ahead, known) == _bare(other.ahead, known)


def _is_of_one_time(one: SignedPaper, other: SignedPaper) -> bool:
    """Whether two equal numbers are of one day; of one year where letters tell their series."""
    if one.is_in_a_series:
        return _year(one.day) == _year(other.day)
    return one.kind == other.kind and one.day == other.day


def _year(day: Day) -> int:
    """The year of a day; 0 where nobody knows it."""
    known = known_day(day)
    return known.year if known else 0


def _parts(number: str) -> Words:
    """Return the figures and words of a number, all of one spelling."""
    seen = fold_looks(number)
    found = _DIGITS_OR_WORD.findall(seen) or [unicodedata.normalize("NFKD", number).casefold()]
    return tuple(plain_figures(part) if part.isdecimal() else part for part in found)


def _joined(parts: Iterable[str]) -> Words:
    """Return words that follow each other as one: «Q.Đ-VD» is read as «QĐ-VD» is."""
    joined: list[str] = []
    for part in parts:
        if joined and not part.isdigit() and not joined[-1].isdigit():
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(joined)


def _bare(ahead: Words, known: frozenset[Words]) -> Words:
    """Return the words before a number without those that only announce it, the longest first."""
    left = ahead
    while left:
        size = next((n for n in range(len(left), 0, -1) if left[:n] in known), 0)
        if not size:
            break
        left = left[size:]
    return _joined(left)


def announcing_words(lists: Iterable[WordLists]) -> frozenset[Words]:
    """Return what may announce a number, in every language that the package or a manual knows."""
    words = set(_packaged_words())
    for known in lists:
        words |= _announcing(known)
    return frozenset(words)


@cache
def _packaged_words() -> frozenset[Words]:
    words: set[Words] = set()
    for name in resources.list_names(FOLDER, None):
        if "/" not in name and name.endswith(".yml"):
            words |= _announcing(packaged_lists(name.removesuffix(".yml")))
    return frozenset(words)


def _announcing(known: WordLists) -> set[Words]:
    return {_parts(word) for name in _ANNOUNCING for word in known[name]}
