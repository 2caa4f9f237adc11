"""Look up sections, annexes and clauses by their numbers, and the numbers that are nearest."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.parsing.codes import phrase
from qmstool.parsing.markdown.headings import nesting
from qmstool.parsing.similar import nearest_name
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.text_files import Section, TextFile
    from qmstool.parsing.markdown.inlines import Span

# More digits than any number of a section has.
MOST_DIGITS = 6


def section_named(manual: Manual, name: str) -> Section | None:
    """Return the manual's section named by the mapping: its number, or number#anchor."""
    main = manual.main
    if main is None:
        return None
    number, _, anchor = name.partition("#")
    numbered = main.by_number.get(number)
    if numbered is None or not anchor:
        return numbered
    return main.by_place.get((numbered.file.path, anchor))


class KnownNumbers:
    """Numbers of sections or clauses, asked which is nearest to one that is not among them."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self._known = tuple(numbers)
        self._all = frozenset(self._known)

    @cached_property
    def _siblings(self) -> dict[str, tuple[list[int], dict[int, str]]]:
        """The numbers right under each heading by their last part, and these parts in order."""
        named: dict[str, dict[int, str]] = {}
        for number in self._known:
            parent, _, last = number.rpartition(".")
            if last.isdecimal():
                named.setdefault(parent, {})[int(last[:MOST_DIGITS])] = number
        return {parent: (sorted(own), own) for parent, own in named.items()}

    def nearest(self, number: str) -> str | None:
        """Return the number probably meant by one that is not there.

        One beside it under the same heading, of two as near the greater; else one spelt like it.
        """
        above, dot, own = number.strip(" .").rpartition(".")
        if above + dot + own in self._all:
            return above + dot + own
        if above not in self._siblings or not own.isdecimal():
            return nearest_name(number, self._known)
        wanted = int(own[:MOST_DIGITS])
        parts, siblings = self._siblings[above]
        following = bisect_left(parts, wanted)
        around = parts[max(0, following - 1) : following + 1]
        return siblings[min(around, key=lambda last: (abs(last - wanted), -last))]


def depth(number: str) -> int:
    """Return how many parts a section's number has: 2 of «5.4»."""
    return number.strip(".").count(".") + 1


def deepest_number(document: Document) -> int:
    """Return how many parts the longest number of a document's sections has.

    -1 for a document that numbers none: not even a number of one part is near to that.
    """
    return max(map(depth, document.all_by_number), default=-1)


def annex_number(number: str) -> str:
    """Return the number of an annex as it is compared: «01» and «1» are one annex."""
    return number.lstrip("0") or number


def annexes_by_number(document: Document, manual: Manual) -> dict[str, tuple[Section, ...]]:
    """Return the annexes of a document by number: headings that open with an annex word."""
    words = manual.config.all_words.annex
    if not words:
        return {}
    any_word = "|".join(phrase(word) for word in words)
    opening = regex(rf"(?:{any_word})\s+(\d+|[A-Z]|[IVX]+)(?!\w|\.\d)", re.IGNORECASE)
    annexes: dict[str, list[Section]] = {}
    for section in document.sections:
        match = opening.match(section.heading.text)
        if match:
            annexes.setdefault(annex_number(match[1]), []).append(section)
    return {number: tuple(sections) for number, sections in annexes.items()}


class Namesakes:
    """A file's sections of one number, of which a citation in it means the nearest."""

    def __init__(self, file: TextFile) -> None:
        self._file = file
        self._headings = file.page.headings
        self._starts = [heading.start for heading in self._headings]
        # By the identity of the sections they were taken from, which are held to keep it.
        self._own: dict[int, tuple[Sequence[Section], list[Section]]] = {}

    def own_first(self, sections: Sequence[Section], at: int) -> Sequence[Section]:
        """Return which sections of one number a citation in the file may mean.

        The file's own, if it has any; of several the only one under the nearest heading above the
        citation that has any, unless the citation stands in it.
        """
        own = self._of_file(sections)
        if len(own) > 1:
            for start, end in self._stretches_around(at):
                first = bisect_right(own, start, key=_heading_start)
                count = bisect_left(own, end, key=_heading_start) - first
                if count == 1 and not own[first].start <= at < own[first].end:
                    return own[first : first + 1]
                if count:
                    break
        return own or sections

    def _of_file(self, sections: Sequence[Section]) -> list[Section]:
        if id(sections) not in self._own:
            own = [section for section in sections if section.file is self._file]
            self._own[id(sections)] = sections, own
        return self._own[id(sections)][1]

    @cached_property
    def _nesting(self) -> tuple[list[int], list[int]]:
        """Of each heading, the one that it stands below (-1 for none), and where its text ends."""
        above, ended_by = nesting(self._headings)
        starts = [*self._starts, len(self._file.source.text) + 1]
        return above, [starts[end] for end in ended_by]

    def _stretches_around(self, at: int) -> Iterator[Span]:
        """Yield the stretches under the headings that a place stands under, the innermost first."""
        parents, ends = self._nesting
        index = bisect_left(self._starts, at) - 1
        while index >= 0:
            yield self._starts[index], ends[index]
            index = parents[index]


def _heading_start(section: Section) -> int:
    return section.heading.start
