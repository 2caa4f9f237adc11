"""What a manual is, as frozen values with ready indexes.

Nothing here reads a file or knows an organisation.

A `Mark` is a word of a file with its place; wherever a finding may point, the model keeps the mark.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, field
from qmstool.parsing.codes import fold_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.findings import LoadError, Location
    from qmstool.i18n import Text
    from qmstool.manual.circulation import ControlledCopy, Opinions, RevokedKey
    from qmstool.manual.config import Config
    from qmstool.manual.wordlists import WordLists
    from qmstool.parsing.markdown.scanner import Heading, ParsedMarkdown
    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.parsing.yaml.records import Record

UNKNOWN = "unknown"


# --- the standard
# --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered node of a catalogue.

    `maintain`, `retain`: "", "always" or "conditional"; `unverified`: languages.
    """

    number: str
    parent: str
    title: Text | None
    maintain: str
    retain: str
    comment: Text | None
    unverified: tuple[str, ...]
    mark: LocatedText

    @property
    def level(self) -> int:
        """1 for a chapter."""
        return self.number.count(".") + 1


@dataclass(frozen=True)
class Catalogue:
    """One standard and edition, or an amendment of one (`amends`, with its `changes`: clause → kind and comment).

    `asks`: clause → what a manual cannot prove of it, to be asked of people.
    """

    key: str
    standard: str
    edition: str
    title: Text
    cited_as: tuple[str, ...]
    note: Text | None
    unverified: bool
    clauses: Mapping[str, Clause]
    amends: str | None = None
    changes: Mapping[str, tuple[str, Text | None]] = field(default_factory=dict)
    asks: Mapping[str, Text] = field(default_factory=dict)

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """Clause number → numbers of the next level; "" → the chapters."""
        below: dict[str, list[str]] = {}
        for clause in self.clauses.values():
            below.setdefault(clause.parent, []).append(clause.number)
        return {number: tuple(numbers) for number, numbers in below.items()}

    def below(self, number: str) -> tuple[str, ...]:
        """Every clause under a clause, at any depth."""
        return tuple(each for each in self.clauses if each.startswith(number + "."))


@dataclass(frozen=True, slots=True)
class TransitionLine:
    """What becomes of clauses from one edition to the next."""

    kind: str
    old: tuple[LocatedText, ...]
    new: tuple[LocatedText, ...]
    comment: Text | None
    unverified: bool


@dataclass(frozen=True, slots=True)
class Transition:
    """One edition to the next."""

    key: str
    old: str
    new: str
    unverified: bool
    note: Text | None
    lines: tuple[TransitionLine, ...]


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """This manual's answer to one clause.

    `excluded` is None where it applies; its `text` is the reason ("" if none).
    """

    clause: LocatedText
    section: LocatedText | None
    documents: tuple[LocatedText, ...]
    external: tuple[LocatedText, ...]
    records: tuple[LocatedText, ...]
    role: LocatedText | None
    covers: tuple[LocatedText, ...]
    excluded: LocatedText | None
    note: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The mapping of one catalogue: its rows by clause."""

    catalogue: LocatedText
    rows: Mapping[str, CoverageRow]
    source: SourceFile

    def answer(self, number: str) -> CoverageRow | None:
        """The row that answers a clause: its own, one above that covers it, or one above that is excluded."""
        if number in self.rows:
            return self.rows[number]
        above = number
        while "." in above:
            above = above.rpartition(".")[0]
            row = self.rows.get(above)
            if row and (row.excluded or number in {mark.text for mark in row.covers}):
                return row
        return None


# --- documents
# -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TextFile:
    """A Markdown file, scanned. `body` is the offset at which it begins after the front matter."""

    source: SourceFile
    page: ParsedMarkdown
    body: int

    @property
    def path(self) -> str:
        """Path in the tree."""
        return self.source.path


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a document and the text under it, down to the next heading of its level or above."""

    document: str
    file: TextFile
    heading: Heading
    anchor: str
    number: str
    title: str
    start: int
    end: int

    @property
    def location(self) -> Location:
        """The place of its title."""
        return self.file.source.locate(self.heading.start, self.heading.end)


@dataclass(frozen=True)
class Document:
    """A controlled document.

    `key` is its identity; `code` is "" while unknown; `entry` is its front matter, placed.
    """

    key: str
    code: str
    type: str
    title: str
    names: tuple[LocatedText, ...]
    held: bool
    record: Record
    mark: LocatedText
    files: tuple[TextFile, ...]
    sections: tuple[Section, ...]
    attachments: tuple[str, ...]

    @property
    def path(self) -> str:
        """The file that bears its front matter."""
        return self.files[0].path

    @property
    def name(self) -> str:
        """Code where there is one, else title: how lists call it."""
        return self.code or self.title

    @cached_property
    def by_anchor(self) -> Mapping[str, Section]:
        """Sections by anchor; the first of a doubled one."""
        return {section.anchor: section for section in reversed(self.sections) if section.anchor}

    @cached_property
    def by_path(self) -> Mapping[str, tuple[Section, ...]]:
        """Sections by the file they stand in, in the order of its text."""
        found: dict[str, list[Section]] = {}
        for section in self.sections:
            found.setdefault(section.file.path, []).append(section)
        return {path: tuple(sections) for path, sections in found.items()}

    @cached_property
    def by_number(self) -> Mapping[str, Section]:
        """Sections by number; the first of a doubled one."""
        return {section.number: section for section in reversed(self.sections) if section.number}


@dataclass(frozen=True, slots=True)
class ExternalDocument:
    """A document of somebody else's: law, decree, standard."""

    key: str
    number: str
    type: str
    issuer: str
    title: str
    status: str
    names: tuple[LocatedText, ...]
    amended_by: tuple[LocatedText, ...]
    superseded_by: tuple[LocatedText, ...]
    record: Record
    mark: LocatedText


@dataclass(frozen=True, slots=True)
class RetainedRecord:
    """A kind of record that the organisation keeps."""

    key: str
    title: str
    record: Record
    mark: LocatedText


# --- map and words
# -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Process:
    """A process of the map."""

    key: str
    title: Text
    group: LocatedText
    owner: LocatedText | None
    procedure: LocatedText | None
    inputs: tuple[LocatedText, ...]
    outputs: tuple[LocatedText, ...]
    clauses: tuple[LocatedText, ...]
    note: str
    mark: LocatedText


@dataclass(frozen=True, slots=True)
class OutsideParty:
    """Somebody outside, at the edge of the map."""

    key: str
    name: Text
    side: str
    mark: LocatedText


@dataclass(frozen=True, slots=True)
class Flow:
    """What one node of the map hands to another."""

    source: LocatedText
    target: LocatedText
    item: Text | None


@dataclass(frozen=True, slots=True)
class ProcessMap:
    """The process map as data."""

    title: Text
    note: str
    groups: Mapping[str, tuple[Text, LocatedText]]
    parties: Mapping[str, OutsideParty]
    processes: Mapping[str, Process]
    flows: tuple[Flow, ...]
    source: SourceFile


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and what it stands for."""

    short: str
    expansion: str
    inferred: bool
    note: str
    mark: LocatedText


# --- releases as written
# -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """A file of a release: path, git blob, SHA-256 (where written)."""

    path: str
    blob: str
    digest: str
    record: Record

    def place(self, name: str) -> Location:
        """Return the place of one of its words, or of the whole where that is not written."""
        return (self.record.get(name) or self.record.mark).location


@dataclass(frozen=True, slots=True)
class ReleaseItem:
    """What a release does to one document."""

    key: str
    code: str
    act: str
    title: str
    issue: str
    revision: str
    digest: str
    files: tuple[PinnedFile, ...]
    summary: str
    reason: str
    record: Record
    mark: LocatedText


@dataclass(frozen=True, slots=True)
class Release:
    """A record of what put documents in force. Dates as written: YYYY-MM-DD or unknown."""

    number: int
    imported: bool
    title: str
    effective: str
    recorded: str
    previous: str
    basis: tuple[PinnedFile, ...]
    items: tuple[ReleaseItem, ...]
    record: Record
    source: SourceFile


# --- the whole
# -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Manual:
    """Everything a tree holds, read once.

    `problems` is what could not be read, told instead of raised.
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
    words: Mapping[str, WordLists] = field(default_factory=dict)
    opinions: Mapping[str, Opinions] = field(default_factory=dict)
    copies: tuple[ControlledCopy, ...] = ()
    revoked: tuple[RevokedKey, ...] = ()

    @cached_property
    def main(self) -> Document | None:
        """The manual itself: the controlled document whose files lie under `manual/`."""
        return next(
            (
                document
                for document in self.documents.values()
                if document.path == "manual/index.md"
            ),
            None,
        )

    @cached_property
    def catalogue(self) -> Catalogue | None:
        """The catalogue of the first standard followed, which orders the manual."""
        return next(
            (
                self.catalogues[each.catalogue.text]
                for each in self.config.standards
                if each.catalogue.text in self.catalogues
            ),
            None,
        )

    def document(self, code: str) -> Document | None:
        """The document of a code or key, in whatever spelling."""
        return self.documents.get(fold_code(code))
