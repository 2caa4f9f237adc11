"""Look up clause numbers in the standards that a manual follows: in one, in several, in none.

A number that nothing binds to a standard is one of every standard followed. Where several have it,
the harmonized structure says whether they mean the same; a section that is mapped to one standard
only is read as that one's.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.references.sections import section_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.standards import Catalogue
    from qmstool.manual.text_files import Section, TextFile


class FoundClauses(NamedTuple):
    """The catalogues that have a number; not `alike`: its meaning differs in them."""

    catalogues: tuple[Catalogue, ...]
    alike: bool = True


class ClauseFinder:
    """Finds clauses by number in the standards of one manual."""

    def __init__(self, manual: Manual) -> None:
        self.manual = manual
        self._letters = {
            number[0] for catalogue in manual.followed_catalogues for number in catalogue.clauses
        }.difference("0123456789")
        self._stretches: dict[str, tuple[list[int], list[frozenset[str]]]] = {}

    def find_bare(self, number: str, file: TextFile, document: Document, at: int) -> FoundClauses:
        """Return which standards followed have a number that stands at an offset of a file."""
        having = [each for each in self.manual.followed_catalogues if number in each.clauses]
        if not having[1:]:
            return FoundClauses(tuple(having))
        mapped = self._mapped_to(document, file, at)
        if len(mapped) == 1:
            own = [catalogue for catalogue in having if catalogue.key in mapped]
            if own:
                return FoundClauses(tuple(own))
        meanings = {self.manual.harmonized.meaning(each.key, number) for each in having}
        return FoundClauses(tuple(having), alike=len(meanings) == 1 and "" not in meanings)

    def find_named(self, key: str, standard: str, number: str) -> Catalogue | None:
        """Return the catalogue to look a number up in, of a standard that a text names.

        `standard`: its name where no year stands beside it; another edition that is followed may
        then have the number.
        """
        catalogue = self.manual.catalogues.get(key)
        if catalogue is None or not standard or number in catalogue.clauses:
            return catalogue
        for other in self.manual.followed_catalogues:
            if other.standard == standard and number in other.clauses:
                return other
        return catalogue

    def numbers_controls(self, number: str) -> bool:
        """Whether a standard followed has numbers that open with the letter of this one."""
        return number[:1] in self._letters

    def _mapped_to(self, document: Document, file: TextFile, at: int) -> frozenset[str]:
        """Return the catalogues whose mapping names a place: its section, or those above it."""
        if document is not self.manual.main:
            return self._by_document.get(document.key, frozenset())
        if file.source.path not in self._stretches:
            self._stretches[file.source.path] = self._stretches_of(file)
        starts, named = self._stretches[file.source.path]
        return named[bisect_right(starts, at) - 1]

    def _stretches_of(self, file: TextFile) -> tuple[list[int], list[frozenset[str]]]:
        """Where stretches of a file begin, and the catalogues that each of them is mapped to."""
        starts, named = [0], [frozenset[str]()]
        around: list[tuple[int, frozenset[str]]] = []

        def leave(end: int) -> None:
            while around and around[-1][0] <= end:
                starts.append(around.pop()[0])
                named.append(around[-1][1] if around else frozenset())

        for section in sorted(file.sections, key=_begin):
            leave(section.start)
            own = self._by_section.get((section.file.path, section.heading.start))
            above = around[-1][1] if around else frozenset()
            around.append((section.end, own or above))
            starts.append(section.start)
            named.append(own or above)
        leave(sys.maxsize)
        return starts, named

    @cached_property
    def _by_section(self) -> Mapping[tuple[str, int], frozenset[str]]:
        """The catalogues whose mapping names a section, by its file and where its heading is."""
        named: dict[tuple[str, int], frozenset[str]] = {}
        for key, coverage in self.manual.coverage.items():
            for row in coverage.rows.values():
                section = section_named(self.manual, row.section.text) if row.section else None
                if section is not None:
                    place = section.file.path, section.heading.start
                    named[place] = named.get(place, frozenset()) | {key}
        return named

    @cached_property
    def _by_document(self) -> Mapping[str, frozenset[str]]:
        """The catalogues whose mapping names a document, by its key."""
        named: dict[str, frozenset[str]] = {}
        for key, coverage in self.manual.coverage.items():
            for row in coverage.rows.values():
                for mark in row.documents:
                    document = self.manual.document(mark.text)
                    if document is not None:
                        named[document.key] = named.get(document.key, frozenset()) | {key}
        return named


def _begin(section: Section) -> int:
    return section.start
