"""Check the seals of releases: there, whole, by a key that was allowed and is not revoked.

What goes in: how far each record is proved (`standing`), the keys revoked. What comes out:
discrepancies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Location
from qmstool.i18n import Text
from qmstool.manual.values import known_day
from qmstool.register.effect import mended_numbers
from qmstool.releases.seal import seal_path
from qmstool.verify.discrepancies import Discrepancy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qmstool.manual.circulation import RevokedKey
    from qmstool.manual.releases import Release
    from qmstool.verify.standing import RecordStanding, SealState

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
BROKEN: Mapping[SealState, Text] = {
    "bad": Text(
        "Niêm phong đợt {number} không khớp bản ghi.",
        "The seal of release {number} does not fit its record.",
    ),
    "unknown-key": Text(
        "Niêm phong đợt {number} bằng khóa không được phép vào ngày {day}.",
        "The seal of release {number} is by a key that was not allowed on {day}.",
    ),
    "missing": Text("Thiếu niêm phong đợt {number}.", "The seal of release {number} is missing."),
}
SLUGS: Mapping[SealState, str] = {
    "bad": "seal-broken",
    "unknown-key": "seal-unknown-key",
    "missing": "seal-missing",
}


def check_seals(standings: Sequence[RecordStanding]) -> Iterator[Discrepancy]:
    """Yield a discrepancy for each seal that does not hold, or whose key is revoked.

    A seal is judged by the signers that the release before it named; the first signers are trusted
    because somebody said so. A key that was lost is distrusted even where nobody gave the signers.
    Once a release has been sealed, every later one has to be.
    """
    mended = mended_numbers(standing.release for standing in standings)
    for standing in standings:
        release, revocation = standing.release, standing.revocation
        if revocation and release.number not in mended:
            yield _by_revoked_key(release, revocation)
        message = BROKEN.get(standing.seal)
        if message is None:
            continue
        values = {"number": str(release.number), "day": str(standing.day)}
        place = Location(seal_path(release.number))
        if standing.seal == "missing":
            place = release.marks.number.location
        yield Discrepancy(SLUGS[standing.seal], place, message.fill(values))


def _by_revoked_key(release: Release, revocation: RevokedKey) -> Discrepancy:
    values = {
        "number": str(release.number),
        "day": str(release.recorded),
        "since": str(revocation.since),
        "reason": revocation.reason,
    }
    since = known_day(revocation.since)
    message = NEVER_TRUSTED if since is None else NO_LONGER_TRUSTED
    place = Location(seal_path(release.number))
    return Discrepancy("seal-revoked-key", place, message.fill(values))
