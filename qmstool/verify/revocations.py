"""Tell which keys were lost, from which day on, and whether a revocation was taken back.

What goes in: releases and today's list of revoked keys. What comes out: the revocation of a seal's
key, and discrepancies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Location
from qmstool.i18n import Text
from qmstool.manual.circulation import REVOKED_FILE
from qmstool.manual.loading.circulation import parse_revoked
from qmstool.manual.values import Unknown, known_day
from qmstool.parsing.public_keys import fingerprint, short_key
from qmstool.releases.record import release_path
from qmstool.releases.seal import keys_behind, seal_path
from qmstool.verify.discrepancies import Discrepancy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from qmstool.manual.circulation import RevokedKey
    from qmstool.manual.releases import Release
    from qmstool.manual.values import Day
    from qmstool.verify.evidence import CollectedEvidence

GONE = Text(
    (
        "Khi ghi nhận đợt {number}, khóa …{key} đã được ghi là không còn tin cậy; nay điều ấy bị "
        "bỏ đi hoặc bị lùi ngày."
    ),
    (
        "When release {number} was recorded, the key …{key} was revoked; that is now gone, or "
        "counts from a later day."
    ),
)

GONE_FROM_TIP = Text(
    "Kho đã từng ghi khóa …{key} là không còn tin cậy; nay điều ấy bị bỏ đi hoặc bị lùi ngày. Xem: "
    "git log --full-history -- releases/revoked.yml",
    "The key …{key} was once revoked here; that is now gone, or counts from a later day. See: git "
    "log --full-history -- releases/revoked.yml",
)

UNREAD = Text(
    "«{key}» không phải một khóa công khai đầy đủ, nên không biết khóa nào không còn tin cậy. Hãy "
    "chép lại cả khóa (tệp .pub, hoặc dòng cũ trong releases/allowed_signers), hoặc dấu SHA256:… "
    "mà ssh-keygen -l cho biết.",
    "«{key}» is no whole public key, so nobody knows which key is no longer trusted. Copy all of "
    "it (from its .pub file, or its old line in releases/allowed_signers), or its SHA256:… as "
    "ssh-keygen -l shows it.",
)


def find_revocation(
    recorded: date | None, signature: bytes, revoked: Iterable[RevokedKey]
) -> RevokedKey | None:
    """Return the revocation by which a seal no longer proves anything; None where there is none.

    `recorded`: the day of its record. A seal by a revoked key proves nothing from the day on that
    the revocation names, and nothing at all where either day is unknown.
    """
    keys = set(map(fingerprint, keys_behind(signature))) - {""}
    for revocation in revoked:
        if fingerprint(revocation.key) not in keys:
            continue
        since = known_day(revocation.since)
        if since is None or recorded is None or recorded >= since:
            return revocation
    return None


def ever_revoked(
    releases: Iterable[Release], evidence: CollectedEvidence, revoked: Iterable[RevokedKey]
) -> tuple[RevokedKey, ...]:
    """Return today's list of revoked keys, and behind it what any list before said of them.

    A key that was said to be lost is not trusted again because nobody says so any more.
    """
    lists = [evidence.blobs.get(_pinned_blob(release, REVOKED_FILE), b"") for release in releases]
    before = dict.fromkeys((*evidence.revoked_before, *lists))
    return (*revoked, *(key for data in before if data for key in parse_revoked(data)))


def check_revocations(
    releases: Sequence[Release], evidence: CollectedEvidence, revoked: Sequence[RevokedKey]
) -> Iterator[Discrepancy]:
    """Yield a discrepancy for each key that some release knew as revoked and that is no longer.

    Or that is revoked only from a later day on. What the tip said of a key counts, whatever
    releases pin, where a record bears its seal since: a slip that touches none may be put right.
    """
    now = {key: first.since for key, first in _first_by_key(revoked).items()}
    told: set[str] = set()
    for revocation in revoked:
        if not fingerprint(revocation.key):
            message = UNREAD.fill({"key": revocation.key[:80]})
            yield Discrepancy("revocation-unread", revocation.mark.location, message)
    for release in releases:
        data = evidence.blobs.get(_pinned_blob(release, REVOKED_FILE), b"")
        for key, first in _first_by_key(parse_revoked(data)).items():
            if _is_weaker(first.since, now.get(key)):
                told.add(key)
                values = {"number": str(release.number), "key": short_key(first.key)}
                yield Discrepancy("revocation-gone", Location(REVOKED_FILE), GONE.fill(values))
    for data in evidence.revoked_before:
        for key, first in _first_by_key(parse_revoked(data)).items():
            is_gone = key not in told and _is_weaker(first.since, now.get(key))
            if is_gone and _touches_any(first, releases, evidence):
                told.add(key)
                message = GONE_FROM_TIP.fill({"key": short_key(first.key)})
                yield Discrepancy("revocation-gone", Location(REVOKED_FILE), message)


def _first_by_key(revoked: Iterable[RevokedKey]) -> dict[str, RevokedKey]:
    """Return by its fingerprint from when each key is revoked; of one named twice, the first."""
    first: dict[str, RevokedKey] = {}
    for revocation in revoked:
        key = fingerprint(revocation.key)
        if key and (key not in first or _is_weaker(revocation.since, first[key].since)):
            first[key] = revocation
    return first


def _touches_any(
    revocation: RevokedKey, releases: Sequence[Release], evidence: CollectedEvidence
) -> bool:
    """Whether a record bears the seal of a key from when it is revoked, as git or itself says."""
    for release in releases:
        signature = evidence.files.get(seal_path(release.number), b"")
        seen = evidence.first_seen.get(release_path(release.number))
        days = [day for day in (known_day(release.recorded), seen) if day]
        if find_revocation(max(days, default=None), signature, (revocation,)):
            return True
    return False


def _is_weaker(then: Day, now: Day | None) -> bool:
    """Whether a revocation counts from later on than it once did, or no more (None)."""
    if now is None:
        return True
    if now is Unknown.UNKNOWN:
        return False
    return then is Unknown.UNKNOWN or now > then


def _pinned_blob(release: Release, path: str) -> str:
    """The blob of a file among the data that a release pins; "" where it is not there."""
    return next((pin.blob for pin in release.basis if pin.path == path), "")
