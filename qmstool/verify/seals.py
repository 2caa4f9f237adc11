"""Releases + their seals + keys allowed and revoked → doubts: seals missing, broken, by a stranger or a revoked key."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qmstool.findings import Location
from qmstool.i18n import Text
from qmstool.manual import schema as shapes
from qmstool.manual.circulation import REVOKED
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.source import Source
from qmstool.parsing.yaml import nodes
from qmstool.parsing.yaml import records as entries
from qmstool.parsing.yaml.nodes import Mark
from qmstool.parsing.yaml.records import is_date
from qmstool.releases import record as release
from qmstool.releases import seal
from qmstool.releases.signers import bare_key
from qmstool.verify.discrepancies import Discrepancy, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.manual.circulation import RevokedKey
    from qmstool.manual.model import Release
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
    vault: CollectedEvidence,
    trust: bytes | None,
    revoked: Sequence[RevokedKey] = (),
) -> Iterator[Discrepancy]:
    """Yield a doubt for each seal that does not hold, by the signers that the release before it named, or whose key is revoked.

    The first signers are trusted because somebody said so. A key that was lost is distrusted even where nobody gave the signers.
    """
    allowed, began, before = trust, False, 0
    mended = {mark.text for each in releases for mark in each.entry.list("mends")}
    for each in releases:
        path = seal.seal_path(each.number)
        if began and path not in vault.files:
            message = Text(
                f"Thiếu niêm phong đợt {each.number}.",
                f"The seal of release {each.number} is missing.",
            )
            yield Discrepancy("seal-missing", place_of(each.entry, "release"), message)
        began = began or path in vault.files
        if path in vault.files and str(each.number) not in mended:
            yield from _revoked(each, path, vault, revoked)
        if (
            path in vault.files
            and allowed is not None
            and before == each.number - 1
            and is_date(each.recorded)
        ):
            yield from _seal(each, path, vault, allowed)
        before = each.number
        blob = next((pin.blob for pin in each.basis if pin.path == release.ALLOWED_SIGNERS), "")
        allowed = vault.blobs.get(blob, allowed)


def _revoked(
    each: Release, path: str, vault: CollectedEvidence, revoked: Sequence[RevokedKey]
) -> Iterator[Discrepancy]:
    """A seal by a revoked key proves nothing from the day on that the revocation names, or at all if that day is unknown."""
    key = seal.public_key(vault.files[path])
    for found in revoked:
        if (
            key
            and key == bare_key(found.key)
            and (UNKNOWN in {found.since, each.recorded} or each.recorded >= found.since)
        ):
            values = {
                "number": str(each.number),
                "day": each.recorded,
                "since": found.since,
                "reason": found.reason,
            }
            message = NEVER_TRUSTED if found.since == UNKNOWN else NO_LONGER_TRUSTED
            yield Discrepancy("seal-revoked-key", Location(path), message.fill(values))


def check_revocations(
    releases: Sequence[Release], vault: CollectedEvidence, revoked: Sequence[RevokedKey]
) -> Iterator[Discrepancy]:
    """Yield a doubt for each key that some release knew as revoked and that is revoked no longer, or only from a later day on."""
    now = {bare_key(each.key): each.since for each in revoked}
    for each in releases:
        blob = next((pin.blob for pin in each.basis if pin.path == REVOKED), "")
        for key, since in _revoked_then(vault.blobs.get(blob, b"")).items():
            if key and (
                key not in now or (now[key] != UNKNOWN and (since == UNKNOWN or now[key] > since))
            ):
                values = {"number": str(each.number), "key": key[-12:]}
                yield Discrepancy("revocation-gone", Location(REVOKED), GONE.fill(values))


def _revoked_then(data: bytes) -> dict[str, str]:
    """The revoked keys of a pinned file, each with its day."""
    source = Source(REVOKED, data)
    entry, _ = entries.read(nodes.compose(source)[0], shapes.REVOKED, Mark("", source, 0, 0))
    return {
        bare_key(each.text("key")): each.text("from", UNKNOWN) for each in entry.entries("revoked")
    }


def _seal(
    each: Release, path: str, vault: CollectedEvidence, allowed: bytes
) -> Iterator[Discrepancy]:
    data = vault.files.get(release.release_path(each.number), b"")
    verdict = seal.check(
        data, vault.files[path], allowed, date.fromisoformat(each.recorded)
    ).verdict
    if verdict == "bad":
        message = Text(
            f"Niêm phong đợt {each.number} không khớp bản ghi.",
            f"The seal of release {each.number} does not fit its record.",
        )
        yield Discrepancy("seal-broken", Location(path), message)
    elif verdict == "unknown-key":
        message = Text(
            f"Niêm phong đợt {each.number} bằng khóa không được phép vào ngày {each.recorded}.",
            (
                f"The seal of release {each.number} is by a key that was not allowed on "
                f"{each.recorded}."
            ),
        )
        yield Discrepancy("seal-unknown-key", Location(path), message)
