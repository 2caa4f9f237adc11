"""Define a whole manual as one frozen value with ready indexes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, field
from qmstool.manual.candidates import CANDIDATES_FOLDER
from qmstool.manual.documents import MAIN_FILE
from qmstool.manual.standards import Harmonized
from qmstool.parsing.codes import fold_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.findings import LoadError, Location
    from qmstool.i18n import Lang
    from qmstool.manual.candidates import Candidate
    from qmstool.manual.circulation import (
        ControlledCopy,
        DocumentReview,
        Opinions,
        Reading,
        RevokedKey,
    )
    from qmstool.manual.config import Config
    from qmstool.manual.documents import Document
    from qmstool.manual.process_map import ProcessMap
    from qmstool.manual.registers import Abbreviation, ExternalDocument, RetainedRecord
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.manual.standards import Catalogue, Coverage, Transition
    from qmstool.manual.wordlists import WordLists
    from qmstool.parsing.source import SourceFile
    from qmstool.storage.beside import Beside

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Manual:
    """Everything a tree holds, read once.

    Nothing here reads a file or knows an organisation. A `LocatedText` is kept wherever a finding
    may have to point. `word_lists`: those of each language that the manual is written or cites in.
    `candidates`: by path. `problems`: what could not be read. `doubled_documents`: documents with a
    code that another bears already: their words are checked like all others, nothing else counts.
    `filled`: records that were filled in and lie here; each has the code of its form.
    `page_language`: that of pages and papers, with its words.
    `beside`: what lies beside the folders of the manual, is not read, and may belong into one.
    """

    config: Config
    manifest: SourceFile
    catalogues: Mapping[str, Catalogue]
    transitions: Mapping[str, Transition]
    coverage: Mapping[str, Coverage]
    documents: Mapping[str, Document]
    externals: Mapping[str, ExternalDocument]
    records: Mapping[str, RetainedRecord]
    process_map: ProcessMap | None
    abbreviations: Mapping[str, Abbreviation]
    releases: tuple[Release, ...]
    paths: frozenset[str]
    sources: Mapping[str, SourceFile]
    problems: tuple[LoadError, ...]
    word_lists: Mapping[str, WordLists]
    candidates: Mapping[str, Candidate]
    opinions: Mapping[str, Opinions] = field(default_factory=dict)
    copies: tuple[ControlledCopy, ...] = ()
    reviews: tuple[DocumentReview, ...] = ()
    readings: tuple[Reading, ...] = ()
    revoked_keys: tuple[RevokedKey, ...] = ()
    harmonized: Harmonized = field(default_factory=Harmonized)
    doubled_documents: tuple[Document, ...] = ()
    filled: tuple[Document, ...] = ()
    page_language: Lang = "vi"
    beside: tuple[Beside, ...] = ()

    @cached_property
    def externals_by_number(self) -> Mapping[str, ExternalDocument]:
        """External documents by number, as numbers are compared; the first of a doubled one."""
        numbered = [each for each in self.externals.values() if each.number != UNKNOWN]
        return {fold_code(each.number): each for each in reversed(numbered)}

    @cached_property
    def mapped_externals(self) -> Mapping[str, list[Location]]:
        """Where the mapping names each external document, by its key."""
        places: dict[str, list[Location]] = {}
        for coverage in self.coverage.values():
            for row in coverage.rows.values():
                for mark in row.external:
                    places.setdefault(mark.text, []).append(mark.location)
        return places

    @cached_property
    def issued_items(self) -> Mapping[tuple[int, str], ReleaseItem]:
        """What each release puts in force, by its number and the document's key; the first said."""
        issued: dict[tuple[int, str], ReleaseItem] = {}
        for release in self.releases:
            for item in release.items:
                if item.act != "withdraw":
                    issued.setdefault((release.number, item.key), item)
        return issued

    @cached_property
    def recorded_candidates(self) -> Mapping[str, Release]:
        """The release that each recorded candidate became, by the candidate's key."""
        became = {}
        for release in self.releases:
            for proof in release.evidence:
                if proof.file.startswith(CANDIDATES_FOLDER):
                    key = proof.file.removeprefix(CANDIDATES_FOLDER).removesuffix(".yml")
                    became[key] = release
        return became

    @cached_property
    def candidates_of_releases(self) -> Mapping[int, tuple[str, ...]]:
        """The candidates that became a release, by its number."""
        keys: dict[int, list[str]] = {}
        for key, release in self.recorded_candidates.items():
            keys.setdefault(release.number, []).append(key)
        return {number: tuple(found) for number, found in keys.items()}

    @cached_property
    def written_documents(self) -> tuple[Document, ...]:
        """Every document with a text to check."""
        return (*self.documents.values(), *self.doubled_documents)

    @cached_property
    def main(self) -> Document | None:
        """The manual itself: the controlled document whose files lie under `manual/`."""
        for document in self.documents.values():
            if document.path == MAIN_FILE:
                return document
        return None

    @cached_property
    def followed_catalogues(self) -> tuple[Catalogue, ...]:
        """The catalogues of the standards followed, in the manifest's order."""
        keys = dict.fromkeys(standard.catalogue.text for standard in self.config.standards)
        return tuple(self.catalogues[key] for key in keys if key in self.catalogues)

    @cached_property
    def catalogue(self) -> Catalogue | None:
        """The catalogue of the first standard followed, which orders the manual."""
        return self.followed_catalogues[0] if self.followed_catalogues else None

    def catalogue_with(self, number: str) -> Catalogue | None:
        """The first standard followed that has a clause; the first of all where none has it."""
        having = [each for each in self.followed_catalogues if number in each.clauses]
        return having[0] if having else self.catalogue

    def document(self, code: str) -> Document | None:
        """Return the document of a code or key, in whatever spelling."""
        return self.documents.get(fold_code(code))
