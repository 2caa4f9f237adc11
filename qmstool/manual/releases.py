"""Define releases as they were recorded: what put which texts of documents in force.

Each value gives what its record says, as the loader read it. The marks beside are the places of
these words: of the value, else of its key, else of the whole entry that lacks it.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, field
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.manual.evidence import Evidence
    from qmstool.manual.values import Count, Day, LocatedCount
    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.nodes import LocatedText

# Figures of other scripts are no number here: of two files of one number one would be hidden.
RELEASE_PATH = regex(r"releases/(?P<number>(?!0000)[0-9]{4})\.yml")


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """A file of a release: path, git blob, SHA-256 ("" where it is not written)."""

    path: str
    blob: str
    digest: str
    blob_mark: LocatedText
    digest_mark: LocatedText


@dataclass(frozen=True, slots=True)
class ItemMarks:
    """Where the words of an item stand."""

    code: LocatedText
    act: LocatedText
    issue: LocatedText
    revision: LocatedText
    digest: LocatedText


@dataclass(frozen=True, slots=True)
class Claim:
    """What a text taken over says of itself: issue, revision, date, effective or signer.

    `stated_in`: where it says so, "" where that is not recorded.
    """

    what: str
    value: str
    stated_in: str


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A text taken over as it was signed on paper; `level`: what its approval is evidenced by."""

    level: str
    claims: tuple[Claim, ...]

    def claimed_value(self, what: str) -> str:
        """Return what the text claims; "" where it claims nothing of that."""
        return next((claim.value for claim in self.claims if claim.what == what), "")

    @property
    def effective(self) -> date | None:
        """The day from which the text says that it is in force; None where it does not."""
        try:
            return date.fromisoformat(self.claimed_value("effective"))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class ReleaseItem:
    """What a release does to one document.

    `follows`: number of the release whose text it was compared with, 0 where nothing was in force,
    None where its record does not say. `taken_over`: None for what a release issues. `keys`: those
    of its entry whose value fits; issue and revision are "unknown" where they are not among them,
    every other word is "".
    """

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
    follows: Count | None
    taken_over: TakenOver | None
    keys: frozenset[str]
    marks: ItemMarks

    @property
    def mark(self) -> LocatedText:
        """Where its code is written."""
        return self.marks.code


@dataclass(frozen=True, slots=True)
class IssuingInstrument:
    """The paper that put a release in force («văn bản ban hành»).

    `kind`: decision, cover, notice or unknown; `number`: "unknown" where nobody knows it; `date`:
    the day of signing.
    """

    kind: str
    number: str
    date: Day


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed a release: a key of `qms.yml` or a name, role and capacity, each or "unknown"."""

    person: str
    role: str
    capacity: str
    person_mark: LocatedText
    role_mark: LocatedText


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved a release before its signer put it in force.

    `person`: a key of `qms.yml` or a name; `role`, `capacity`: "unknown" where not said. The marks
    are None before it is written.
    """

    person: str
    role: str
    capacity: str
    date: Day
    person_mark: LocatedText | None = field(default=None)
    role_mark: LocatedText | None = field(default=None)


@dataclass(frozen=True, slots=True)
class ReleaseMarks:
    """Where the words of a release stand; `number` is under the key `release`."""

    number: LocatedText
    imported: LocatedText
    effective: LocatedText
    recorded: LocatedText
    previous: LocatedText
    basis: LocatedText
    items: LocatedText


@dataclass(frozen=True)
class Release:
    """A record of what put documents in force.

    `instrument`, `signer`: None where the record has none that can be read. `approvals`: who
    approved before the signer, in their order. `mends`: the records
    that this one puts right; `cancels`: scheduled ones that it knowingly takes the place of.
    `replaces`: the record whose mistaken take-over of the same documents this one replaces, because
    of `reason`.
    `as_signed`: the signer saw another version before the new text than the one in force on its
    day; `without_evidence`: recorded in the knowledge that nothing proves the approval yet.
    `previous`: digest of the record before it, `none` for the first.
    """

    number: int
    imported: bool
    title: str
    instrument: IssuingInstrument | None
    signer: Signer | None
    approvals: tuple[Approval, ...]
    effective: Day
    evidence: tuple[Evidence, ...]
    recorder: str
    recorded: Day
    mends: tuple[LocatedCount, ...]
    cancels: tuple[LocatedCount, ...]
    replaces: LocatedCount | None
    reason: str
    as_signed: bool
    without_evidence: bool
    previous: str
    basis: tuple[PinnedFile, ...]
    items: tuple[ReleaseItem, ...]
    marks: ReleaseMarks
    source: SourceFile

    @cached_property
    def items_of(self) -> Mapping[str, tuple[ReleaseItem, ...]]:
        """What it says of each document, by key."""
        said: dict[str, list[ReleaseItem]] = {}
        for item in self.items:
            said.setdefault(item.key, []).append(item)
        return {key: tuple(items) for key, items in said.items()}

    @property
    def is_taken_over(self) -> bool:
        """Whether it is a baseline, or a later record that only takes over."""
        return self.imported or self.takes_over

    @property
    def takes_over(self) -> bool:
        """Whether it issues nothing, and only takes over what was signed before."""
        return bool(self.items) and all(item.taken_over is not None for item in self.items)
