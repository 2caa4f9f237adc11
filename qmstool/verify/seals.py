"""Releases + their seals + keys allowed and revoked → doubts: seals missing, broken, by a stranger or a revoked key."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qmstool.findings import Location
from qmstool.i18n import Text
from qmstool.manual import schema as shapes
from qmstool.manual.circulation import REVOKED_FILE
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml import composer, record_reader
from qmstool.parsing.yaml.nodes import LocatedText
from qmstool.parsing.yaml.schema import is_date
from qmstool.releases import record as release
from qmstool.releases import seal
from qmstool.releases.signers import bare
from qmstool.verify.discrepancies import Doubt, at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.manual.circulation import RevokedKey
    from qmstool.manual.releases import Release
    from qmstool.verify.evidence import Vault

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


def seals(
    releases: Sequence[Release],
    vault: Vault,
    trust: bytes | None,
    revoked: Sequence[RevokedKey] = (),
) -> Iterator[Doubt]:
    """Yield a doubt for each seal that does not hold, by the signers that the release before it named, or whose key is revoked.

    The first signers are trusted because somebody said so. A key that was lost is distrusted even where nobody gave the signers.
    """
    allowed, began, before = trust, False, 0
    mended = {mark.text for each in releases for mark in each.record.list("mends")}
    for each in releases:
        path = seal.path_of(each.number)
        if began and path not in vault.files:
            message = Text(
                f"Thiếu niêm phong đợt {each.number}.",
                f"The seal of release {each.number} is missing.",
            )
            yield Doubt("seal-missing", at(each.record, "release"), message)
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
        blob = next((pin.blob for pin in each.basis if pin.path == release.SIGNERS), "")
        allowed = vault.blobs.get(blob, allowed)


def _revoked(
    each: Release, path: str, vault: Vault, revoked: Sequence[RevokedKey]
) -> Iterator[Doubt]:
    """A seal by a revoked key proves nothing from the day on that the revocation names, or at all if that day is unknown."""
    key = seal.key_of(vault.files[path])
    for found in revoked:
        if (
            key
            and key == bare(found.key)
            and (UNKNOWN in {found.since, each.recorded} or each.recorded >= found.since)
        ):
            values = {
                "number": str(each.number),
                "day": each.recorded,
                "since": found.since,
                "reason": found.reason,
            }
            message = NEVER_TRUSTED if found.since == UNKNOWN else NO_LONGER_TRUSTED
            yield Doubt("seal-revoked-key", Location(path), message.fill(values))


def revocations(
    releases: Sequence[Release], vault: Vault, revoked: Sequence[RevokedKey]
) -> Iterator[Doubt]:
    """Yield a doubt for each key that some release knew as revoked and that is revoked no longer, or only from a later day on."""
    now = {bare(each.key): each.since for each in revoked}
    for each in releases:
        blob = next((pin.blob for pin in each.basis if pin.path == REVOKED_FILE), "")
        for key, since in _revoked_then(vault.blobs.get(blob, b"")).items():
            if key and (
                key not in now or (now[key] != UNKNOWN and (since == UNKNOWN or now[key] > since))
            ):
                values = {"number": str(each.number), "key": key[-12:]}
                yield Doubt("revocation-gone", Location(REVOKED_FILE), GONE.fill(values))


def _revoked_then(data: bytes) -> dict[str, str]:
    """The revoked keys of a pinned file, each with its day."""
    source = SourceFile(REVOKED_FILE, data)
    entry, _ = record_reader.read_record(
        composer.compose(source)[0], shapes.REVOKED, LocatedText("", source, 0, 0)
    )
    return {bare(each.text("key")): each.text("from", UNKNOWN) for each in entry.entries("revoked")}


def _seal(each: Release, path: str, vault: Vault, allowed: bytes) -> Iterator[Doubt]:
    data = vault.files.get(release.release_path(each.number), b"")
    verdict = seal.check(
        data, vault.files[path], allowed, date.fromisoformat(each.recorded)
    ).verdict
    if verdict == "bad":
        message = Text(
            f"Niêm phong đợt {each.number} không khớp bản ghi.",
            f"The seal of release {each.number} does not fit its record.",
        )
        yield Doubt("seal-broken", Location(path), message)
    elif verdict == "unknown-key":
        message = Text(
            f"Niêm phong đợt {each.number} bằng khóa không được phép vào ngày {each.recorded}.",
            (
                f"The seal of release {each.number} is by a key that was not allowed on "
                f"{each.recorded}."
            ),
        )
        yield Doubt("seal-unknown-key", Location(path), message)
