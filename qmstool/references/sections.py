"""Look up sections, annexes and clauses by their numbers, and the numbers that are nearest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.parsing.codes import phrase
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
# The lowest level of a heading.
DEEPEST = 6


def section_named(manual: Manual, name: str) -> Section | None:
    """Return the manual's section named by the mapping: its number, or number#anchor."""
    main = manual.main
    if main is None:
        return None
    number, _, anchor = name.partition("#")
    numbered = main.by_number.get(number)
    if numbered is None or not anchor:
        return numbered
    for section in main.sections:
        if section.file is numbered.file and section.anchor == anchor:
            return section
    return None


def nearest_section_number(number: str, numbers: Iterable[str]) -> str | None:
    """Return the number probably meant by one that is not there.

    One beside it under the same heading; else one spelt like it.
    """
    known = tuple(numbers)
    above, dot, own = number.strip(" .").rpartition(".")
    if above + dot + own in known:
        return above + dot + own
    siblings = {}
    for other in known:
        parent, _, last = other.rpartition(".")
        if parent == above and last.isdigit():
            siblings[int(last)] = other
    if siblings and own.isdigit():
        wanted = int(own[:MOST_DIGITS])
        return siblings[min(siblings, key=lambda last: (abs(last - wanted), -last))]
    return nearest_name(number, known)


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


def own_first(sections: Sequence[Section], file: TextFile, at: int) -> Sequence[Section]:
    """Return which sections of one number a citation in a file may mean.

    The file's own, if it has any; of several the only one under the nearest heading above the
    citation that has any, unless the citation stands in it.
    """
    own = [section for section in sections if section.file is file]
    if len(own) > 1:
        for start, end in _stretches_around(file, at):
            near = [section for section in own if start < section.heading.start < end]
            if len(near) == 1 and not near[0].start <= at < near[0].end:
                return near
            if near:
                break
    return own or sections


def _stretches_around(file: TextFile, at: int) -> Iterator[Span]:
    """Yield the stretches under the headings that a place stands under, the innermost first."""
    headings = file.page.headings
    level = DEEPEST + 1
    for index in reversed(range(len(headings))):
        heading = headings[index]
        if heading.start < at and heading.level < level:
            level = heading.level
            ends = (each.start for each in headings[index + 1 :] if each.level <= level)
            yield heading.start, next(ends, len(file.source.text) + 1)
