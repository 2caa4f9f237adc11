"""Releases + what proves them → doubts: each thing that is not as it should be, with its place.

Pure.

Families: the chain of files, the texts and data they pin, evidence and dates, who signed.
`qmstool.verify` turns them to answers.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from qmstool.findings import Location
from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.source import Source
from qmstool.register.status import items_by_key
from qmstool.releases import record as release
from qmstool.releases.numbering import Number, is_forward

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.manual.model import Item, Release
    from qmstool.parsing.yaml.records import Entry
    from qmstool.verify.evidence import CollectedEvidence


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Something that speaks against the records. `slug` names the fault."""

    slug: str
    location: Location
    message: Text


def place_of(entry: Entry, name: str) -> Location:
    """Return the place of a value, of the key over several, or of the mapping that lacks it."""
    return (entry.get(name) or entry.keys.get(name) or entry.mark).location


# --- the chain
# -----------------------------------------------------------------------------------------------------------


def check_chain(releases: Sequence[Release], vault: CollectedEvidence) -> Iterator[Discrepancy]:
    """Numbers without a gap, each file bearing the digest of the one before, none changed after it was recorded."""
    for expected, each in enumerate(releases, start=1):
        if each.number != expected:
            message = Text(
                f"Thiếu bản ghi đợt {expected}.", f"The record of release {expected} is missing."
            )
            yield Discrepancy("release-missing", place_of(each.entry, "release"), message)
            break
    if releases and releases[0].number == 1 and releases[0].previous != release.NONE:
        message = Text("Đợt 1 không thể có đợt trước.", "Release 1 cannot have one before it.")
        yield Discrepancy("chain-broken", place_of(releases[0].entry, "previous"), message)
    for before, each in pairwise(releases):
        data = vault.files.get(release.release_path(before.number), b"")
        if each.number == before.number + 1 and each.previous != release.sha256(data):
            message = Text(
                f"Bản ghi đợt {before.number} không còn như khi đợt {each.number} được ghi nhận.",
                (
                    f"The record of release {before.number} is not what it was when release "
                    f"{each.number} was recorded."
                ),
            )
            yield Discrepancy("chain-broken", place_of(each.entry, "previous"), message)
    newest = release.release_path(releases[-1].number) if releases else ""
    for path in vault.vanished:
        if path > newest:
            message = Text(
                f"«{path}» đã từng được ghi nhận sau đợt này, nay không còn.",
                f"«{path}» was once recorded after this one, and is gone.",
            )
            yield Discrepancy("release-vanished", newest_place(releases, path), message)
    yield from _single_files(releases, vault)
    for each in releases:
        if each.number in vault.strayed:
            tag, commit = release.tag_name(each.number), vault.strayed[each.number][:10]
            message = Text(
                (
                    f"Thẻ «{tag}» trỏ vào lần lưu {commit}, là nơi không có đủ nội dung của đợt "
                    f"{each.number}: thẻ đã bị dời."
                ),
                (
                    f"The tag «{tag}» stands on commit {commit}, which lacks texts of release "
                    f"{each.number}: it was moved."
                ),
            )
            yield Discrepancy("tag-strayed", place_of(each.entry, "release"), message)


def newest_place(releases: Sequence[Release], path: str) -> Location:
    """Return the place of the newest release's number; of a file that is gone, where no release is left."""
    return place_of(releases[-1].entry, "release") if releases else Location(path)


def _single_files(releases: Sequence[Release], vault: CollectedEvidence) -> Iterator[Discrepancy]:
    for each in releases:
        for commit in vault.rewritten.get(release.release_path(each.number), ()):
            message = Text(
                f"Bản ghi đợt {each.number} bị sửa sau khi ghi nhận, ở lần lưu {commit[:10]}.",
                (
                    f"The record of release {each.number} was changed after it was recorded, in "
                    f"commit {commit[:10]}."
                ),
            )
            yield Discrepancy("release-rewritten", _altered(each, vault), message)
        if each.imported and each.number != 1:
            message = Text(
                "Chỉ đợt 1 được là bản nhập.", "Only release 1 may be an imported baseline."
            )
            yield Discrepancy("imported-late", place_of(each.entry, "imported"), message)
        for mark in each.entry.list("mends"):
            if not mark.text.isdigit() or int(mark.text) >= each.number:
                message = Text(
                    f"Không thể thay đợt {mark.text}: chưa ghi nhận lúc đó.",
                    f"Release {mark.text} was not yet there to put right.",
                )
                yield Discrepancy("mends-later", mark.location, message)


def _altered(each: Release, vault: CollectedEvidence) -> Location:
    """The first word of a record that is not as it was recorded; its number where it was put back since."""
    first = vault.first.get(release.release_path(each.number))
    now, then = (
        each.source.text,
        Source(each.source.path, first).text if first is not None else each.source.text,
    )
    differs = next(
        (place for place, (one, two) in enumerate(zip(now, then, strict=False)) if one != two), None
    )
    if differs is None:
        return place_of(each.entry, "release")
    start = max(now.rfind(" ", 0, differs), now.rfind("\n", 0, differs)) + 1
    return each.source.locate(start, start + len(re.split(r"[ \n]", now[start:], maxsplit=1)[0]))


def check_witness(
    releases: Sequence[Release], vault: CollectedEvidence, digest: str
) -> Iterator[Discrepancy]:
    """A digest or check code kept outside must be that of some release: else what it stood for was cut off or rewritten."""
    digests = {
        release.sha256(vault.files.get(release.release_path(each.number), b"")) for each in releases
    }
    codes = {release.check_code(each).lower() for each in digests}
    if not (digests | codes) & set(digest.lower().split()):
        message = Text(
            "Mã đối chứng không khớp đợt ban hành nào: lịch sử đã bị cắt hoặc viết lại.",
            "The witness's digest is that of no release: the history was cut off or rewritten.",
        )
        yield Discrepancy(
            "witness-differs", newest_place(releases, release.RELEASES_FOLDER), message
        )


# --- texts and data
# ------------------------------------------------------------------------------------------------------


def check_texts(releases: Sequence[Release], vault: CollectedEvidence) -> Iterator[Discrepancy]:
    """Every text that was put in force is found by its blob and gives its digest."""
    for each in releases:
        for item in each.items:
            yield from _text(item, vault)


def _text(item: Item, vault: CollectedEvidence) -> Iterator[Discrepancy]:
    missing = [pin for pin in item.files if pin.blob not in vault.blobs]
    for pin in missing:
        message = Text(
            f"{item.code}: kho không còn nội dung của «{pin.path}».",
            f"{item.code}: the repository has lost the text of «{pin.path}».",
        )
        yield Discrepancy("text-missing", pin.place("blob"), message)
    for pin in item.files:
        if vault.loose.get(pin.blob) == "":
            message = Text(
                f"{item.code}: nội dung của «{pin.path}» chỉ còn sót trong bản sao này, "
                "không nhánh hay thẻ nào giữ; bản sao khác "
                "sẽ không có.",
                f"{item.code}: the text of «{pin.path}» is left over in this copy alone; no "
                "branch or tag keeps it, and another "
                "clone will not have it.",
            )
            yield Discrepancy("text-unkept", pin.place("blob"), message)
    if missing or item.act == "withdraw":
        return
    halves: tuple[list[bytes], list[bytes]] = ([], [])
    for pin in item.files:
        halves[not pin.path.endswith(".md")].append(vault.blobs[pin.blob])
    if not item.files or release.digest_parts(*halves) != item.digest:
        message = Text(
            f"{item.code}: nội dung không khớp mã kiểm tra đã ghi.",
            f"{item.code}: the text does not match the recorded digest.",
        )
        yield Discrepancy("digest-differs", place_of(item.entry, "digest"), message)


def check_basis(releases: Sequence[Release], vault: CollectedEvidence) -> Iterator[Discrepancy]:
    """The data in force beside the texts are found and give their digests."""
    for each in releases:
        if not any(pin.path == "qms.yml" for pin in each.basis):
            message = Text(
                "Thiếu qms.yml trong dữ liệu kèm theo.",
                "The data recorded beside the texts lacks qms.yml.",
            )
            yield Discrepancy("basis-missing", place_of(each.entry, "basis"), message)
        for pin in each.basis:
            data = vault.blobs.get(pin.blob)
            if data is None:
                message = Text(
                    f"Kho không còn «{pin.path}».", f"The repository has lost «{pin.path}»."
                )
                yield Discrepancy("basis-missing", pin.place("blob"), message)
            elif release.sha256(data) != pin.digest:
                message = Text(
                    f"«{pin.path}» không khớp mã kiểm tra đã ghi.",
                    f"«{pin.path}» does not match the recorded digest.",
                )
                yield Discrepancy("basis-differs", pin.place("digest"), message)


def check_numbers(releases: Sequence[Release]) -> Iterator[Discrepancy]:
    """Issue and revision go forward; a withdrawal keeps what it ends."""
    for life in items_by_key(releases).values():
        for (_, before), (later, item) in pairwise(life):
            mends = {mark.text for mark in later.entry.list("mends")}
            one, two = Number(before.issue, before.revision), Number(item.issue, item.revision)
            if item.act != "withdraw" and not mends and not is_forward(one, two):
                message = Text(
                    (
                        f"{item.code}: số {two.issue}/{two.revision} không đi sau "
                        f"{one.issue}/{one.revision}."
                    ),
                    (
                        f"{item.code}: the number {two.issue}/{two.revision} does not follow "
                        f"{one.issue}/{one.revision}."
                    ),
                )
                yield Discrepancy("number-backwards", place_of(item.entry, "revision"), message)


# --- dates
# ---------------------------------------------------------------------------------------------------------------


def check_dates(releases: Sequence[Release]) -> Iterator[Discrepancy]:
    """A record comes after its signature and after the record before it, and says from when it counts."""
    for each in releases:
        instrument = each.entry.entry("instrument")
        signed = instrument.text("date", UNKNOWN) if instrument else UNKNOWN
        if each.effective == UNKNOWN and not each.imported:
            message = Text("Không rõ ngày hiệu lực.", "The effective date is unknown.")
            yield Discrepancy("effective-unknown", place_of(each.entry, "effective"), message)
        if UNKNOWN not in {signed, each.recorded} and each.recorded < signed:
            message = Text(
                f"Ghi nhận ngày {each.recorded}, trước khi ký ({signed}).",
                f"Recorded on {each.recorded}, before it was signed ({signed}).",
            )
            yield Discrepancy("recorded-before-signed", place_of(each.entry, "recorded"), message)
    for before, each in pairwise(each for each in releases if each.recorded != UNKNOWN):
        if each.recorded < before.recorded:
            message = Text(
                f"Ghi nhận ngày {each.recorded}, trước cả đợt {before.number} ({before.recorded}).",
                (
                    f"Recorded on {each.recorded}, before release {before.number} was "
                    f"({before.recorded})."
                ),
            )
            yield Discrepancy("recorded-backwards", place_of(each.entry, "recorded"), message)
