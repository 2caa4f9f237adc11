"""Hold what the pages of a version know besides its own files: log, findings, verification."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.dossier.content import DossierContent
    from qmstool.git.history import History
    from qmstool.i18n import Text
    from qmstool.manual.candidates import Candidate
    from qmstool.manual.model import Manual
    from qmstool.register.copies import OutstandingCopy
    from qmstool.site.edition.versions import InForcePeriod
    from qmstool.tables.trail import Event
    from qmstool.verify.documents import DocumentAnswer
    from qmstool.verify.verification import Verification


@dataclass(frozen=True, slots=True)
class FindingCount:
    """How often one rule found something: its severity as a word, its id, what it looks for."""

    severity: str
    rule: str
    title: Text
    count: int


@dataclass(frozen=True)
class PageContext:
    """Facts from outside the version's files; what nobody gathered is empty or None.

    `blobs`: texts of recorded versions by git blob; `trail`: what was done to documents, newest
    first; `tip`: the manual that holds the records of opinions and copies; `to_recall`: recorded
    copies that are to come back, None where copies are not recorded; `drafts`: code and title of
    documents that only the draft has; `versions`: folders of the site's other versions that these
    pages may lead to; `periods`: which of them is the manual of which days; `history`: the whole
    log, None where it is not here; `pins`: the blobs of the version's texts by path, None where
    they are those in the working tree.
    """

    blobs: Mapping[str, bytes] = field(default_factory=dict)
    trail: tuple[Event, ...] = ()
    findings: tuple[FindingCount, ...] | None = None
    verification: Verification | None = None
    tip: Manual | None = None
    to_recall: tuple[OutstandingCopy, ...] | None = None
    candidates: tuple[Candidate, ...] = ()
    dossiers: tuple[DossierContent, ...] = ()
    drafts: tuple[tuple[str, str], ...] = ()
    versions: frozenset[str] = frozenset()
    periods: tuple[InForcePeriod, ...] = ()
    history: History | None = None
    pins: Mapping[str, str] | None = None

    @cached_property
    def proven(self) -> Mapping[str, DocumentAnswer]:
        """How far the record of each document in force is proved, by its key."""
        if self.verification is None:
            return {}
        return {answer.key: answer for answer in self.verification.documents}

    @cached_property
    def events(self) -> Mapping[str, tuple[Event, ...]]:
        """What was done to each document, newest first, by its key."""
        grouped: dict[str, list[Event]] = {}
        for event in self.trail:
            for key in event.documents:
                grouped.setdefault(key, []).append(event)
        return {key: tuple(events) for key, events in grouped.items()}
