"""Define what goes round among people: opinions, signatures, copies, reviews, readings, keys.

A day or a mark is None, and a word "", where nothing is said.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qmstool.manual.evidence import Evidence
    from qmstool.manual.values import Day, LocatedDay
    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.nodes import LocatedText

OPINIONS_FOLDER = "releases/opinions/"
COPIES_FILE = "releases/copies.yml"
REVIEWS_FILE = "releases/reviews.yml"
READINGS_FILE = "releases/readings.yml"
REVOKED_FILE = "releases/revoked.yml"


@dataclass(frozen=True, slots=True)
class OpinionRequest:
    """A unit that was asked for its opinion on a candidate.

    `documents`: keys, none for all of them, written as `codes`; `answer`: agrees, comments or
    no-comment, "" while there is none; `response`: what was made of the comment.
    """

    unit: LocatedText
    codes: tuple[LocatedText, ...]
    documents: frozenset[str]
    sent: LocatedDay | None
    sender: str
    reference: str
    due: LocatedDay | None
    answered: LocatedDay | None
    answer: str
    person: str
    comment: str
    response: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody who signed as author or reviewer of a candidate's documents.

    `documents`: keys, none for all of them, written as `codes`.
    """

    capacity: str
    codes: tuple[LocatedText, ...]
    documents: frozenset[str]
    person: str
    role: str
    unit: LocatedText | None
    date: LocatedDay | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Opinions:
    """What was asked and signed before a candidate went to the signer.

    `candidate`: its key, which is the stem of the file's name.
    """

    candidate: str
    requests: tuple[OpinionRequest, ...]
    signatures: tuple[Signature, ...]
    source: SourceFile

    @cached_property
    def _signed(self) -> Mapping[tuple[str, str], list[int]]:
        """Which of the signatures stand below each document, by capacity and key, "" for all."""
        signed: dict[tuple[str, str], list[int]] = {}
        for place, signature in enumerate(self.signatures):
            for key in signature.documents or ("",):
                signed.setdefault((signature.capacity, key), []).append(place)
        return signed

    def signed_as(self, capacity: str, key: str) -> tuple[Signature, ...]:
        """Return who signed a document in a capacity, in the order of the record."""
        own, of_all = self._signed.get((capacity, key), ()), self._signed.get((capacity, ""), ())
        return tuple(self.signatures[place] for place in sorted((*own, *of_all)))


@dataclass(frozen=True, slots=True)
class ControlledCopy:
    """Copies of a released text in the hands of a unit.

    `count`: how many of them this record stands for; `number`: as stamped on the paper;
    `release_mark`: where the number of its release is written.
    """

    key: str
    document: LocatedText
    release: int
    release_mark: LocatedText | None
    unit: LocatedText
    number: str
    medium: str
    count: int
    handed_out: LocatedDay
    recipient: str
    received: LocatedDay | None
    recalled: LocatedDay | None
    destroyed: LocatedDay | None
    lost: LocatedDay | None
    note: str
    evidence: tuple[Evidence, ...]

    def is_out_of_use(self, day: date) -> bool:
        """Whether it is no longer in use on a day: given back, destroyed or lost.

        The very day need not be known.
        """
        ends = (self.recalled, self.destroyed, self.lost)
        return any(end is not None and end.may_have_come(day) for end in ends)

    def was_handed_out(self, day: date) -> bool:
        """Whether it had been handed out by a day."""
        return self.handed_out.may_have_come(day)

    def is_in_use(self, day: date) -> bool:
        """Whether it is in somebody's hands on a day."""
        return self.was_handed_out(day) and not self.is_out_of_use(day)


@dataclass(frozen=True, slots=True)
class TextKey:
    """Which text a record is about: a document's key, with issue, revision and check code."""

    key: str
    issue: str
    revision: str
    check_code: str


@dataclass(frozen=True, slots=True)
class DocumentReview:
    """A periodic review of a text in force, outside the chain of releases.

    `outcome`: `stands` for «stands as it is», `returned` for «returned with comments».
    """

    document: LocatedText
    text: TextKey
    date: LocatedDay | None
    outcome: str
    person: str
    comment: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody who read and understood a text; `unit`: where the record names it."""

    document: LocatedText
    text: TextKey
    person: str
    unit: LocatedText | None
    date: LocatedDay | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class RevokedKey:
    """A key whose seals count no longer from a day on (`since`), or never (unknown)."""

    key: str
    since: Day
    reason: str
    evidence: tuple[Evidence, ...]
    mark: LocatedText
