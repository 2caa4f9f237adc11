"""Tell how far each record is proved: its seal, its day, its place in the chain, and no further.

What goes in: releases, the evidence collected for them, the first signers or a witness where
somebody gave them. What comes out: one `RecordStanding` a release, in order. A record hands trust
on to the signers that it names only where it is itself proved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass, replace
from qmstool.manual.values import known_day
from qmstool.releases import seal
from qmstool.releases.record import ALLOWED_SIGNERS, release_path, sha256
from qmstool.releases.seal import seal_path
from qmstool.verify.revocations import find_revocation
from qmstool.verify.texts import pinned_data
from qmstool.verify.witness import witnessed_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qmstool.manual.circulation import RevokedKey
    from qmstool.manual.releases import Release
    from qmstool.verify.evidence import CollectedEvidence

SealState = Literal[
    "good", "bad", "unknown-key", "unjudged", "own-list", "unlisted", "missing", "none"
]
# What these seals are by, or that they are gone, speaks against their record.
DISCREDITED = frozenset({"bad", "unknown-key", "missing"})


@dataclass(frozen=True, slots=True)
class RecordStanding:
    """How far one record is proved.

    `seal`: `unjudged` where its day or the record before it is unknown, `unlisted` where nothing
    says who might seal it, `own-list` where only the record itself does, `none` before any seal was
    asked for; `revocation`: by which its key was lost by then; `day`: by which it is judged, None
    where nobody knows; `allowed_by`: the release whose list alone allows its key, though it is not
    proved itself, 0 for none; `seen_late`: the day on which git first saw it, where its key no
    longer counted by then, though it did on the earlier day that the record names; `covered`:
    whether a witness, or a later record that is proved, bears out its bytes; `proved`: whether it
    may hand on trust.
    """

    release: Release
    seal: SealState
    revocation: RevokedKey | None
    day: date | None
    allowed_by: int
    seen_late: date | None
    covered: bool
    proved: bool

    @property
    def discredited(self) -> bool:
        """Whether its seal speaks against it."""
        return self.revocation is not None or self.seal in DISCREDITED


class _RecordJudge:
    """Goes through the records in order, with what is known of the signers.

    `proven`: those that a proved record, or the user, names; None where nobody does. `latest`:
    those that the last record which names any names, proved or not; `source`: the number of that
    record, 0 for the user.
    """

    def __init__(
        self,
        evidence: CollectedEvidence,
        revoked: Sequence[RevokedKey],
        today: date,
        trust: bytes | None,
    ) -> None:
        self.evidence = evidence
        self.revoked = revoked
        self.today = today
        self.proven = self.latest = trust
        self.source = 0
        self.number_before = 0
        self.is_sealing = False

    def judge(self, release: Release, *, covered: bool) -> RecordStanding:
        """Judge the next record, and take over the signers that it names."""
        signature = self.evidence.files.get(seal_path(release.number))
        day = self._day(release)
        allowed_by = 0
        state: SealState = "missing" if self.is_sealing else "none"
        if signature is not None:
            self.is_sealing = True
            state, allowed_by = self._judge_seal(release, signature, day)
        recorded = known_day(release.recorded)
        revocation = find_revocation(recorded, signature or b"", self.revoked)
        seen_late = None
        if state == "good" and revocation is None:
            seen_late = self._seen_late(release, signature or b"")
        is_trusted = revocation is None and seen_late is None
        is_borne_out = state == "good" and not allowed_by and is_trusted
        is_known = state not in DISCREDITED and state != "unlisted"
        proved = is_borne_out or (covered and is_known)
        self._take_over(release, proved=proved)
        return RecordStanding(
            release, state, revocation, day, allowed_by, seen_late, covered, proved
        )

    def _day(self, release: Release) -> date | None:
        """The day of a record: its own, else git's first sight of it, never one to come."""
        day = known_day(release.recorded)
        if day is None:
            day = self.evidence.first_seen.get(release_path(release.number))
        if day is None and self.evidence.extent == "whole":
            return self.today
        return min(day, self.today) if day else None

    def _seen_late(self, release: Release, signature: bytes) -> date | None:
        """The day of git's first sight, where the key of a good seal no longer counted by then.

        Whoever holds a key can write a day on which it was still good; git's first sight is the
        latest day, and no earlier one is proved.
        """
        named = known_day(release.recorded)
        seen = self.evidence.first_seen.get(release_path(release.number))
        if named is None or seen is None or seen <= named:
            return None
        day = min(seen, self.today)
        is_revoked = find_revocation(day, signature, self.revoked) is not None
        is_good = not is_revoked and self._judge_seal(release, signature, day)[0] == "good"
        return None if is_good else day

    def _judge_seal(
        self, release: Release, signature: bytes, day: date | None
    ) -> tuple[SealState, int]:
        """What a seal is worth; and whose list alone allows its key, where that is not proved."""
        data = self.evidence.files.get(release_path(release.number), b"")
        if not seal.is_intact(data, signature):
            return "bad", 0
        if day is None:
            return "unjudged", 0
        if self.proven is not None and _is_good(data, signature, self.proven, day):
            return "good", 0
        if self.number_before != release.number - 1:
            return "unjudged", 0
        if self.latest is not None:
            is_good = _is_good(data, signature, self.latest, day)
            return ("good", self.source) if is_good else ("unknown-key", 0)
        own = pinned_data(release, ALLOWED_SIGNERS, self.evidence)
        is_own = own is not None and _is_good(data, signature, own, day)
        return ("own-list" if is_own else "unlisted"), 0

    def _take_over(self, release: Release, *, proved: bool) -> None:
        self.number_before = release.number
        signers = pinned_data(release, ALLOWED_SIGNERS, self.evidence)
        if signers is None:
            return
        self.latest, self.source = signers, release.number
        if proved:
            self.proven = signers


def _is_good(data: bytes, signature: bytes, signers: bytes, day: date) -> bool:
    return seal.check(data, signature, signers, day) == "good"


def judge_records(
    releases: Sequence[Release],
    evidence: CollectedEvidence,
    today: date,
    *,
    witness: str | None = None,
    trust: bytes | None = None,
    revoked: Sequence[RevokedKey] = (),
) -> tuple[RecordStanding, ...]:
    """Return how far each record is proved, in the order of their numbers.

    `witness`: a digest kept outside; `trust`: the signers of the first seal; `revoked`: today's
    list of lost keys.
    """
    judge = _RecordJudge(evidence, revoked, today, trust)
    whole = witnessed_number(releases, evidence, witness) if witness is not None else 0
    covered = _chained_to(releases, evidence, whole)
    standings = [judge.judge(release, covered=release.number in covered) for release in releases]
    proved = max((standing.release.number for standing in standings if standing.proved), default=0)
    covered |= _chained_to(releases, evidence, proved)
    return tuple(
        replace(standing, covered=standing.release.number in covered) for standing in standings
    )


def _chained_to(releases: Sequence[Release], evidence: CollectedEvidence, number: int) -> set[int]:
    """The numbers of a record and of those that its chain bears out, back to the first break."""
    covered: set[int] = set()
    previous = ""
    for release in reversed(releases):
        if release.number > number:
            continue
        data = evidence.files.get(release_path(release.number), b"")
        if covered and (release.number + 1 not in covered or previous != sha256(data)):
            break
        covered.add(release.number)
        previous = release.previous
    return covered
