"""What a rule declares and what it is given."""

from __future__ import annotations

import posixpath
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from qmstool.frozen import dataclass, field
from qmstool.manual.loading.loader import local_path
from qmstool.manual.loading.releases import RELEASE
from qmstool.parsing.codes import key as fold_code
from qmstool.parsing.office_headers import Unread, headers
from qmstool.register.status import Register, register
from qmstool.releases.record import digest_document
from qmstool.rules.base.adjacent_titles import Pairs
from qmstool.rules.base.cascades import Lost
from qmstool.rules.base.missing_headings import PlainHeading, plain_headings
from qmstool.rules.base.misspelled_codes import Codes
from qmstool.rules.base.name_uses import Kind, known, named
from qmstool.rules.base.prose_text import Prose
from qmstool.rules.base.suppressions import Allowed, allowances, slug_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from qmstool.findings import Fault, Severity, Unasked
    from qmstool.i18n import Text
    from qmstool.manual.model import Document, Manual, Release
    from qmstool.parsing.yaml.nodes import Mark
    from qmstool.references.model import Reference, References
    from qmstool.rules.base.names import Names
    from qmstool.verify.discrepancies import Discrepancy

Need = Literal["day", "history", "others", "releases"]
Check: TypeAlias = "Callable[[Facts], Iterator[Fault | Unasked]]"


@dataclass(frozen=True)
class Facts:
    """Everything a rule may look at.

    `day`: today in the manual's time zone; `read`: the bytes of a file of the tree; `doubts`: what
    a verification with history says against the releases. Each is None where nobody gave it. `ids`:
    every rule's slug by its id. `idle`: allowances with a reason that silenced nothing; only a rule
    that needs the others is told.
    """

    manual: Manual
    references: References
    day: date | None = None
    ids: Mapping[str, str] = field(default_factory=dict)
    read: Callable[[str], bytes] | None = None
    doubts: tuple[Discrepancy, ...] | None = None
    idle: tuple[Allowed, ...] = ()

    @cached_property
    def digests(self) -> Mapping[str, str] | None:
        """The digest of every document that a release knows, by key; None where no bytes can be read."""
        if self.read is None:
            return None
        released = {item.key for release in self.manual.releases for item in release.items}
        return {
            key: digest_document(document, self.read)
            for key, document in self.manual.documents.items()
            if key in released
        }

    @cached_property
    def headers(self) -> Mapping[str, str | Unread]:
        """What the page headers of the file say that a document is filled in by, or why that is not known; by its key."""
        found = {}
        for key, document in self.manual.documents.items():
            mark = document.entry.get("file")
            path = (
                local_path(posixpath.dirname(document.path), mark.text) if mark is not None else ""
            )
            if self.read and path in self.manual.paths:
                found[key] = headers(self.read(path), path)
        return found

    @cached_property
    def register(self) -> Register | None:
        """How every document stands today; None where nobody said what day it is, or a release is broken."""
        if self.day is None or self.releases is None:
            return None
        return register(self.manual, self.releases, self.day, digests=self.digests)

    @cached_property
    def releases(self) -> tuple[Release, ...] | None:
        """The releases, where all of them could be read; else what follows from them is not told."""
        return (
            None
            if any(RELEASE.fullmatch(path) for path in self.lost.broken)
            else self.manual.releases
        )

    @cached_property
    def lost(self) -> Lost:
        """Names that are missing only because a file is broken."""
        return Lost(self.manual)

    @cached_property
    def plain_headings(self) -> Mapping[tuple[str, str], PlainHeading]:
        """Lines that bear the number of a section that is looked for, and are no headings; by document and number."""
        return plain_headings(self.manual, self.faulty.get("unknown-section", ()))

    @cached_property
    def allowances(self) -> tuple[Allowed, ...]:
        """Every place where the text beside it silences a rule."""
        return tuple(allowances(self.manual, self.ids))

    @cached_property
    def off(self) -> frozenset[str]:
        """The slugs of the rules that the manifest switches off."""
        return frozenset(slug_of(mark.text, self.ids) for mark in self.manual.config.off)

    @cached_property
    def named(self) -> Mapping[Kind, tuple[Mark, ...]]:
        """Every place of the data that names something, by what it names; `unknown` left out."""
        return named(self.manual)

    @cached_property
    def known(self) -> Mapping[Kind, Names]:
        """What data may name, by kind."""
        return known(self.manual)

    @cached_property
    def prose(self) -> Prose:
        """The author's own words of every text, and the word lists of its language."""
        return Prose(self.manual)

    @cached_property
    def replaced(self) -> Mapping[str, tuple[Document, ...]]:
        """Keys that no document bears any more, each with the documents that say they stand in its place."""
        found: dict[str, list[Document]] = {}
        for document in self.manual.documents.values():
            for mark in document.entry.list("replaces"):
                if self.manual.document(mark.text) is None:
                    found.setdefault(fold_code(mark.text), []).append(document)
        return {key: tuple(documents) for key, documents in found.items()}

    @cached_property
    def beside(self) -> Pairs:
        """The titles of documents that stand right beside a code."""
        return Pairs(self.manual, self.references, self.prose.lists)

    @cached_property
    def miswritten(self) -> Codes:
        """The codes that stand in the texts so miswritten that they cite nothing."""
        return Codes(self.manual, self.references)

    @cached_property
    def faulty(self) -> Mapping[str, tuple[Reference, ...]]:
        """References of the texts that lead nowhere or doubtfully, by the slug of their fault."""
        groups: dict[str, list[Reference]] = {}
        for reference in self.references.all:
            if reference.fault is not None:
                groups.setdefault(reference.fault, []).append(reference)
        return {slug: tuple(group) for slug, group in groups.items()}


@dataclass(frozen=True, slots=True)
class Rule:
    """A check: its id, the slug that names the fault, how much it weighs, and its words; `check` yields places and values.

    `needs`: what it cannot be asked without; one that needs the «others» is asked when all those have been. `unseen`: what it
    could not look at although it was asked, and why.
    """

    id: str
    slug: str
    severity: Severity
    title: Text
    message: Text
    check: Check
    needs: tuple[Need, ...] = field(default=())
    unseen: Callable[[Facts], Iterator[Text]] | None = None


def rule(
    rule_id: str,
    slug: str,
    severity: Severity,
    title: Text,
    message: Text,
    *,
    needs: tuple[Need, ...] = (),
    unseen: Callable[[Facts], Iterator[Text]] | None = None,
) -> Callable[[Check], Rule]:
    """Declare a rule above the function that checks it; the function's name then stands for the `Rule`."""

    def declare(check: Check) -> Rule:
        return Rule(rule_id, slug, severity, title, message, check, needs, unseen)

    return declare
