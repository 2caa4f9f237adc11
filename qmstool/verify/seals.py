"""Check the seals of releases: there, whole, by a key that was allowed and is not revoked.

What goes in: releases, the evidence collected for them, the keys allowed and revoked. What comes
out: discrepancies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Location
from qmstool.i18n import Text
from qmstool.manual.circulation import REVOKED_FILE
from qmstool.manual.loading.circulation import parse_revoked
from qmstool.manual.values import Unknown, known_day
from qmstool.register.status import mended_numbers
from qmstool.releases import seal
from qmstool.releases.record import ALLOWED_SIGNERS, release_path
from qmstool.releases.seal import public_key, seal_path
from qmstool.releases.signers import bare_key
from qmstool.verify.discrepancies import Discrepancy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qmstool.manual.circulation import RevokedKey
    from qmstool.manual.releases import Release
    from qmstool.manual.values import Day
    from qmstool.verify.evidence import CollectedEvidence

CURE = Text(
    "Đối chiếu bản ghi với bản gốc đã ký, rồi ghi nhận lại bằng khóa mới (--mends {number}).",
    (
        "Compare the record with the signed original, then record it again with a new key "
        "(--mends {number})."
    ),
)
NO_LONGER_TRUSTED = Text(
    (
        f"Niêm phong đợt {{number}}, ghi nhận {{day}}, bằng khóa không còn tin cậy từ {{since}} "
        f"({{reason}}). {CURE.vi}"
    ),
    (
        f"The seal of release {{number}}, recorded {{day}}, is by a key not trusted since "
        f"{{since}} ({{reason}}). {CURE.en}"
    ),
)
NEVER_TRUSTED = Text(
    (
        f"Niêm phong đợt {{number}}, ghi nhận {{day}}, bằng khóa không được tin cậy vào bất kỳ "
        f"ngày nào ({{reason}}). {CURE.vi}"
    ),
    (
        f"The seal of release {{number}}, recorded {{day}}, is by a key that is trusted on no "
        f"day ({{reason}}). {CURE.en}"
    ),
)
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


def check_seals(
    releases: Sequence[Release],
    evidence: CollectedEvidence,
    trust: bytes | None,
    revoked: Sequence[RevokedKey] = (),
) -> Iterator[Discrepancy]:
    """Yield a discrepancy for each seal that does not hold, or whose key is revoked.

    A seal is judged by the signers that the release before it named; the first signers (`trust`)
    are trusted because somebody said so. A key that was lost is distrusted even where nobody gave
    the signers. Once a release has been sealed, every later one has to be.
    """
    allowed = trust
    is_sealing = False
    number_before = 0
    mended = mended_numbers(releases)
    for release in releases:
        path = seal_path(release.number)
        if path in evidence.files:
            is_sealing = True
            if release.number not in mended:
                yield from _check_revoked(release, path, evidence, revoked)
            follows = number_before == release.number - 1
            day = known_day(release.recorded)
            if allowed is not None and follows and day:
                yield from _check_seal(release, path, evidence, allowed, day)
        elif is_sealing:
            message = Text(
                f"Thiếu niêm phong đợt {release.number}.",
                f"The seal of release {release.number} is missing.",
            )
            yield Discrepancy("seal-missing", release.marks.number.location, message)
        number_before = release.number
        allowed = evidence.blobs.get(_pinned_blob(release, ALLOWED_SIGNERS), allowed)


def _pinned_blob(release: Release, path: str) -> str:
    """The blob of a file among the data that a release pins; "" where it is not there."""
    return next((pin.blob for pin in release.basis if pin.path == path), "")


def _check_revoked(
    release: Release, path: str, evidence: CollectedEvidence, revoked: Sequence[RevokedKey]
) -> Iterator[Discrepancy]:
    """A seal by a revoked key proves nothing from the day on that the revocation names.

    It proves nothing at all where that day is unknown.
    """
    key = public_key(evidence.files[path])
    for revocation in revoked:
        if not key or key != bare_key(revocation.key):
            continue
        since, recorded = known_day(revocation.since), known_day(release.recorded)
        if since is None or recorded is None or recorded >= since:
            values = {
                "number": str(release.number),
                "day": str(release.recorded),
                "since": str(revocation.since),
                "reason": revocation.reason,
            }
            message = NEVER_TRUSTED if since is None else NO_LONGER_TRUSTED
            yield Discrepancy("seal-revoked-key", Location(path), message.fill(values))


def check_revocations(
    releases: Sequence[Release], evidence: CollectedEvidence, revoked: Sequence[RevokedKey]
) -> Iterator[Discrepancy]:
    """Yield a discrepancy for each key that some release knew as revoked and that is no longer.

    Or that is revoked only from a later day on.
    """
    now = {bare_key(revocation.key): revocation.since for revocation in revoked}
    for release in releases:
        data = evidence.blobs.get(_pinned_blob(release, REVOKED_FILE), b"")
        then = {bare_key(revocation.key): revocation.since for revocation in parse_revoked(data)}
        for key, since in then.items():
            if key and _is_weaker(since, now.get(key)):
                values = {"number": str(release.number), "key": key[-12:]}
                yield Discrepancy("revocation-gone", Location(REVOKED_FILE), GONE.fill(values))


def _is_weaker(then: Day, now: Day | None) -> bool:
    """Whether a revocation counts from later on than it once did, or no more (None)."""
    if now is None:
        return True
    if now is Unknown.UNKNOWN:
        return False
    return then is Unknown.UNKNOWN or now > then


def _check_seal(
    release: Release, path: str, evidence: CollectedEvidence, allowed: bytes, day: date
) -> Iterator[Discrepancy]:
    """Judge a seal by the signers allowed on the day of recording."""
    data = evidence.files.get(release_path(release.number), b"")
    verdict = seal.check(data, evidence.files[path], allowed, day).verdict
    if verdict == "bad":
        message = Text(
            f"Niêm phong đợt {release.number} không khớp bản ghi.",
            f"The seal of release {release.number} does not fit its record.",
        )
        yield Discrepancy("seal-broken", Location(path), message)
    elif verdict == "unknown-key":
        message = Text(
            f"Niêm phong đợt {release.number} bằng khóa không được phép vào ngày {day}.",
            f"The seal of release {release.number} is by a key that was not allowed on {day}.",
        )
        yield Discrepancy("seal-unknown-key", Location(path), message)
