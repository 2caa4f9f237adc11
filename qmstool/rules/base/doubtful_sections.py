"""Tell which sections nobody can rely on: a heading is missing, or an anchor stands twice.

In: a manual. A section that is not there follows from another finding where

- an anchor of its document's files stands twice (`duplicate-anchor`);
- the manual's file named after it opens with no heading or with the number of another section
  (`section-without-heading`, `duplicate-section`).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.parsing.markdown.headings import fold, number_of
from qmstool.rules.base.clause_numbers import number_in_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.text_files import TextFile
    from qmstool.parsing.markdown.headings import NamedHeading


class DoubtfulSections:
    """The sections of a manual's documents that may be other ones than they seem."""

    def __init__(self, manual: Manual) -> None:
        self.manual = manual

    def are_doubtful(self, document: Document, name: str) -> bool:
        """Whether the section of a number or anchor may be another, as its anchor stands twice.

        So may one that is missing between the two: copied with its anchor, it lost its number.
        And an anchor made of the title of one of them, which bears that of the other instead.
        """
        pairs = [
            pair for file in document.files for pair in self.doubled_anchors.get(file.path, ())
        ]
        if not pairs:
            return False
        number, _, anchor = name.partition("#")
        section = document.by_number.get(number)
        doubled = {heading.anchor for heading, _ in pairs}
        anchors = {name, anchor}
        if section:
            anchors.add(section.anchor)
        if not doubled.isdisjoint(anchors):
            return True
        if any(_lies_between(number, earlier, later) for later, earlier in pairs):
            return True
        titles = {fold(number_of(heading.text)[1]) for pair in pairs for heading in pair}
        return (anchor or name) in titles

    def lacks_heading(self, number: str) -> bool:
        """Whether a section is missing because its file opens without its number."""
        return number in self._unheaded

    @cached_property
    def _unheaded(self) -> frozenset[str]:
        """The numbers of files that open with no heading, or with another section's number."""
        main = self.manual.main
        if main is None:
            return frozenset()
        numbers = set()
        for file in main.files[1:]:
            heading = next(iter(file.page.headings), None)
            if heading is not None and heading.level == 1:
                same_number = main.by_number.get(heading.number) if heading.number else None
                if same_number is None or same_number.file is file:
                    continue
            numbers.add(number_in_name(file))
        return frozenset(numbers - {""})

    @cached_property
    def doubled_anchors(self) -> Mapping[str, tuple[tuple[NamedHeading, NamedHeading], ...]]:
        """Headings whose anchor an earlier one of the same file has, each with it; by path."""
        doubled = {}
        for document in self.manual.documents.values():
            for file in document.files:
                pairs = _doubled_anchors(file)
                if pairs:
                    doubled[file.path] = pairs
        return doubled


def _lies_between(number: str, earlier: NamedHeading, later: NamedHeading) -> bool:
    """Whether a number lies between those of two headings, all under one heading."""
    parents, lasts = [], []
    for each in (earlier.number or "", number, later.number or ""):
        above, _, last = each.rpartition(".")
        if not last.isdigit():
            return False
        parents.append(above)
        lasts.append(int(last))
    return len(set(parents)) == 1 and 0 < lasts[0] < lasts[1] < lasts[2]


def _doubled_anchors(file: TextFile) -> tuple[tuple[NamedHeading, NamedHeading], ...]:
    anchors = file.page.packed_headings.anchors
    if len(set(anchors)) == len(anchors):
        return ()
    headings = file.page.headings
    first: dict[str, NamedHeading] = {}
    doubled = []
    for heading in headings:
        earlier = first.setdefault(heading.anchor, heading)
        if heading.anchor and earlier is not heading:
            doubled.append((heading, earlier))
    return tuple(doubled)
