"""Define what goes round among people: opinions asked for, signatures, controlled copies, keys.

Days are as written: YYYY-MM-DD, `unknown`, or "" where nothing was written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.parsing.yaml.records import Record

OPINIONS_FOLDER = "releases/opinions/"
COPIES_FILE = "releases/copies.yml"
REVOKED_FILE = "releases/revoked.yml"


@dataclass(frozen=True, slots=True)
class OpinionRequest:
    """A unit that was asked for its opinion on a candidate.

    `documents`: keys, none for all of them; `answer`: agrees, comments or no-comment, "" while
    there is none.
    """

    unit: LocatedText
    documents: frozenset[str]
    sent: str
    by: str
    due: str
    answered: str
    answer: str
    person: str
    record: Record

    def concerns(self, key: str) -> bool:
        """Whether the unit was asked about a document."""
        return not self.documents or key in self.documents


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody who signed as author or reviewer of a candidate's documents.

    `documents`: keys, none for all of them.
    """

    capacity: str
    documents: frozenset[str]
    person: str
    role: str
    unit: str
    date: str
    record: Record

    def concerns(self, key: str) -> bool:
        """Whether a document was signed."""
        return not self.documents or key in self.documents


@dataclass(frozen=True, slots=True)
class Opinions:
    """What was asked and signed before a candidate went to the signer.

    `candidate`: its key, which is the stem of the file's name.
    """

    candidate: str
    asked: tuple[OpinionRequest, ...]
    signed: tuple[Signature, ...]
    source: SourceFile


@dataclass(frozen=True, slots=True)
class ControlledCopy:
    """Copies of a released text in the hands of a unit.

    `count`: how many of them this record stands for; `number`: as stamped on the paper.
    """

    key: str
    document: LocatedText
    release: int
    unit: LocatedText
    number: str
    medium: str
    count: int
    handed_out: str
    to: str
    received: str
    recalled: str
    destroyed: str
    lost: str
    record: Record

    def is_out_of_use(self, day: str) -> bool:
        """Whether it is no longer in use on a day: given back, destroyed or lost.

        The very day need not be known.
        """
        ends = (self.recalled, self.destroyed, self.lost)
        return any(end and (end == "unknown" or end <= day) for end in ends)

    def was_handed_out(self, day: str) -> bool:
        """Whether it had been handed out by a day."""
        return self.handed_out == "unknown" or self.handed_out <= day

    def out(self, day: str) -> bool:
        """Whether it is in somebody's hands on a day."""
        return self.was_handed_out(day) and not self.is_out_of_use(day)


@dataclass(frozen=True, slots=True)
class RevokedKey:
    """A key whose seals count no longer from a day on (`since`), or never (`unknown`)."""

    key: str
    since: str
    reason: str
    record: Record
