"""Tell what words may stand between a number and a document, or between two numbers.

All patterns run on text lowered by `parsing.citations.lower_in_place`, in which every blank is a
space.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.parsing.citations import lower_in_place
from qmstool.parsing.markdown.headings import nesting
from qmstool.parsing.number_lists import alternation
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.parsing.markdown.headings import NamedHeading
    from qmstool.parsing.markdown.page import Page

OPEN, CLOSE = "«“\"'‘(", "»”\"'’)"
QUOTED = r"(?: *(?:«[^»]{1,120}»|“[^”]{1,120}”|\"[^\"]{1,120}\"|\([^()]{1,120}\)))?"
HEAD = regex(rf" *\)?{QUOTED} *(?P<sep>[,(–—-])? *")
"""What may stand between a number and what follows it: a quoted title, and a sign."""
_QUOTES = regex(f"[{OPEN}{CLOSE}]")


class JoiningWords:
    """The words of a manual that join numbers and documents, compiled."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        self._possessive = frozenset(" ".join(word.lower().split()) for word in words["part_of"])
        of = alternation((*words["part_of"], *words.get("within", ())))
        self._of = regex(rf"(?<!\w)(?:{of})(?!\w)")
        self._joins = alternation((*words["joined"], *words["range_to"]))
        self._lead = alternation((*words.get("plural", ()), *words.get("range_from", ())))
        self._parts = alternation(words.get("part", ()))
        self._here = alternation(words.get("here", ()))
        self._articles = alternation(words.get("articles", ()))
        self._history = alternation(words.get("history_titles", ()))

    def match_of(self, low: str, at: int) -> re.Match[str] | None:
        """Match a word such as «của» at a place of a text."""
        return self._of.match(low, at)

    @cached_property
    def _before(self) -> re.Pattern[str]:
        return regex(
            rf"(?::\d{{4}})?{QUOTED}[{CLOSE} ]*[,:({OPEN}–—-]? *(?:(?:{self._lead})(?!\w) *)*\Z"
        )

    def joins_before(self, between: str) -> bool:
        """Whether so much may stand between a document and its number."""
        return self._before.match(between) is not None

    def joins_loosely(self, between: str) -> bool:
        """Whether so much may stand between a document and a number that is perhaps its.

        «QT BIS 01 tại mục 5.2», «QT BIS 01; mục 5.2».
        """
        bare = between.lstrip(f"{CLOSE}{OPEN} ,;:–—-")
        of = self._of.match(bare)
        return self.joins_before(bare[of.end() :] if of else bare)

    def without_of(self, before: str) -> str:
        """Return lowered words without «in» or its like at their end; "" where none is there."""
        found = self._ends_in_of.search(before)
        return before[: found.start()] if found else ""

    @cached_property
    def _ends_in_of(self) -> re.Pattern[str]:
        return regex(rf" +(?:{self._of.pattern}) *\Z")

    @cached_property
    def _series(self) -> re.Pattern[str]:
        item = r"[ \x01]*\([^()\x00]{1,120}\)"
        more = rf"(?:{item}[ \x01]*(?:,|(?:{self._joins})(?!\w))[ \x01]*\d[\d.]*)+(?:{item})?"
        words = rf"(?: [^\W\d_]+){{1,3}}(?= (?:{self._of.pattern}))"
        return regex(rf"{more}(?:,?[ \x01]*(?:{self._joins})(?!\w){words})?")

    def series_length(self, after: str) -> int:
        """Return how long the rest of a series with brackets is: «11 (…), 12 (…) and the annex»."""
        found = self._series.match(after)
        return found.end() if found else 0

    @cached_property
    def _chain(self) -> re.Pattern[str]:
        return regex(rf"(?: *(?:[,;/&–—-]|(?:{self._joins})(?!\w)))* *(?:(?:{self._lead}) +)*\Z")

    def chains(self, between: str) -> bool:
        """Whether so much joins two lists of numbers: «mục 1 và mục 2»."""
        return self._chain.match(between) is not None

    def nests(self, between: str) -> bool:
        """Whether so much joins a part to a greater one: «mục 2 Phụ lục I».

        A part between them may have a number that is no citation: «of chapter II of».
        """
        bare = between.strip(" ,")
        return not bare or self._nested.fullmatch(bare) is not None

    @cached_property
    def _nested(self) -> re.Pattern[str]:
        of = rf"(?:{self._of.pattern}[ ,]*(?:(?:{self._articles})(?!\w)[ ,]*)?)?"
        part = rf"(?:{self._parts})(?!\w) *(?:[ivxlc]+|\d+|[a-z])(?!\w)[ ,]*"
        return regex(rf"{of}(?:{part}{of})*")

    @cached_property
    def _pointing_here(self) -> re.Pattern[str]:
        return regex(rf"[ ,({OPEN}]*(?:{self._here})(?!\w)")

    def points_here(self, after: str) -> bool:
        """Whether words after a number say that it is of this very text: «section 5 below»."""
        return self._pointing_here.match(after) is not None

    def tells_history(self, heading: str) -> bool:
        """Whether a lowered heading announces what was changed when: «Revision history»."""
        return re.search(rf"(?<!\w)(?:{self._history})(?!\w)", heading) is not None

    def is_possessive(self, of: str) -> bool:
        """Whether a document has to follow a word such as «của», and not a place as after «tại»."""
        return " ".join(of.split()) in self._possessive

    @cached_property
    def _joining(self) -> re.Pattern[str]:
        return regex(rf"(?<!\w)(?:{self._joins})(?!\w)")

    def holds_joint(self, words: str) -> bool:
        """Whether a word that joins stands among some."""
        return self._of.search(words) is not None or self._joining.search(words) is not None

    def split_title(self, words: str) -> tuple[str, str, str]:
        """Split «Cách làm của quy trình» where it joins a section's title to a document.

        Into the title, the word that joins, and what calls the document; three times "" without.
        """
        last = max(self._of.finditer(words), key=lambda match: match.start(), default=None)
        if last is None:
            return "", "", ""
        title = unquoted(words[: last.start()]).strip(" :–—-")
        return title, last[0], words[last.end() :]


def unquoted(words: str) -> str:
    """Return words without quotes and brackets, blanks made one."""
    return " ".join(_QUOTES.sub(" ", words).split())


class HeadingsAbove:
    """The headings of a page, asked which of them stand above a place."""

    def __init__(self, page: Page, joining: JoiningWords) -> None:
        self._page = page
        self._joining = joining
        self._headings = page.headings
        self._told: dict[int, bool] = {}

    @cached_property
    def _parents(self) -> list[int]:
        """Of each heading, the index of the one that it stands below; -1 for none."""
        return nesting(self._headings)[0]

    def _above(self, at: int) -> Iterator[int]:
        index = bisect_left(self._headings, at, key=_start) - 1
        while index >= 0:
            yield index
            index = self._parents[index]

    def spans(self, at: int) -> Iterator[tuple[int, int]]:
        """Yield where the titles above a place stand, the nearest first."""
        for index in self._above(at):
            yield self._headings[index].start, self._headings[index].end

    def tell_history(self, at: int) -> bool:
        """Whether a place stands below a heading such as «Revision history»."""
        return any(map(self._tells, self._above(at)))

    def _tells(self, index: int) -> bool:
        if index not in self._told:
            heading = self._headings[index]
            words = lower_in_place(self._page.prose[heading.start : heading.end])
            self._told[index] = self._joining.tells_history(words)
        return self._told[index]


def _start(heading: NamedHeading) -> int:
    return heading.start
