"""Check what a record says that it does to others, and to documents: there has to be such a one.

What goes in: releases. What comes out: discrepancies. Each path, too, is to be pinned once: of two
pins of one path each program takes the one it likes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Location
from qmstool.i18n import Text
from qmstool.manual.values import Unknown, known_day
from qmstool.register.effect import mended_numbers, signing_day
from qmstool.releases.record import RELEASES_FOLDER, basis_paths
from qmstool.verify.discrepancies import Discrepancy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qmstool.manual.releases import PinnedFile, Release

CANCELS_NOTHING = Text(
    "Đợt {number} không có trước đợt này, hoặc đã có hiệu lực khi ghi nhận đợt này, nên không có "
    "gì để thay.",
    "Release {number} is not there before this one, or was in effect already when this was "
    "recorded: there is nothing to replace.",
)
WITHDRAWS_NOTHING = Text(
    "{code}: không đợt nào trước đợt này ban hành tài liệu ấy, hoặc nó đã bị bãi bỏ.",
    "{code}: no release before put such a document in force, or it is withdrawn already.",
)
REPLACES_WITHOUT_TAKING_OVER = Text(
    "Chỉ một lần tiếp nhận mới thay được phần tiếp nhận nhầm của đợt {number}; đợt này không tiếp "
    "nhận gì.",
    "Only a take-over replaces the mistaken take-over of release {number}; this one takes nothing "
    "over.",
)
PINNED_TWICE = Text(
    "«{path}» được ghi hai lần ở đây, không biết lần nào là nội dung đã ghi nhận.",
    "«{path}» is named twice here, and nobody knows which was recorded.",
)
MISPLACED = Text(
    "«{path}»: ở chỗ ấy không thể có tệp của tài liệu. Hãy đối chiếu với bản gốc đã ký, rồi ghi "
    "nhận lại với --mends.",
    "«{path}»: no file of a document can lie there. Compare it with the signed original, and "
    "record again with --mends.",
)
NO_DATA = Text(
    "«{path}» không phải dữ liệu kèm theo một đợt ban hành. Hãy đối chiếu với bản gốc đã ký, rồi "
    "ghi nhận lại với --mends.",
    "«{path}» is no data that belongs beside the texts of a release. Compare it with the signed "
    "original, and record again with --mends.",
)
APPROVED_LATER = Text(
    "Bước phê duyệt trước ghi ngày {day}, tức là sau khi người ký đã ký ({signed}).",
    "Approved at the step before on {day}, after the signer had signed ({signed}).",
)


def check_acts(releases: Sequence[Release]) -> Iterator[Discrepancy]:
    """Yield what a record cancels, replaces or withdraws and is not there; paths pinned twice."""
    mended = mended_numbers(releases)
    held: set[str] = set()
    for index, release in enumerate(releases):
        yield from _check_cancelled(release, releases[:index])
        if release.replaces is not None and not any(item.taken_over for item in release.items):
            message = REPLACES_WITHOUT_TAKING_OVER.fill({"number": str(release.replaces.count)})
            yield Discrepancy("replaces-nothing", release.replaces.mark.location, message)
        yield from _check_pins(release.basis)
        yield from _check_data(release.basis)
        for item in release.items:
            yield from _check_pins(item.files)
            yield from _check_places(item.files)
            is_next = release.number == index + 1  # with a record missing, so is what it held
            if item.act == "withdraw" and item.key not in held and is_next:
                message = WITHDRAWS_NOTHING.fill({"code": item.code})
                yield Discrepancy("withdraws-nothing", item.marks.code.location, message)
        if release.number not in mended:
            held |= {item.key for item in release.items if item.act != "withdraw"}
            held -= {item.key for item in release.items if item.act == "withdraw"}


def _check_cancelled(release: Release, earlier: Sequence[Release]) -> Iterator[Discrepancy]:
    """Yield the numbers that are of no scheduled release, as far as the days are known."""
    recorded = known_day(release.recorded)
    scheduled = set()
    for other in earlier:
        effective = known_day(other.effective)
        if effective is None or recorded is None or effective > recorded:
            scheduled.add(other.number)
    for cancelled in release.cancels:
        if cancelled.count is Unknown.UNKNOWN or cancelled.count not in scheduled:
            message = CANCELS_NOTHING.fill({"number": str(cancelled.count)})
            yield Discrepancy("cancels-nothing", cancelled.mark.location, message)


def _check_pins(pins: Iterable[PinnedFile]) -> Iterator[Discrepancy]:
    seen: set[str] = set()
    for pin in pins:
        if pin.path in seen:
            message = PINNED_TWICE.fill({"path": pin.path})
            yield Discrepancy("pinned-twice", pin.blob_mark.location, message)
        seen.add(pin.path)


def _check_places(pins: Iterable[PinnedFile]) -> Iterator[Discrepancy]:
    """Yield the files of a document that lie where no document does."""
    for pin in pins:
        parts = pin.path.replace("\\", "/").split("/")
        is_hidden = any(part.startswith(".") or not part for part in parts)
        if is_hidden or f"{parts[0]}/" == RELEASES_FOLDER:
            message = MISPLACED.fill({"path": pin.path})
            yield Discrepancy("pin-misplaced", pin.blob_mark.location, message)


def _check_data(pins: Iterable[PinnedFile]) -> Iterator[Discrepancy]:
    """Yield what is pinned beside the texts and is none of the data that belong there."""
    for pin in pins:
        if not basis_paths([pin.path]):
            message = NO_DATA.fill({"path": pin.path})
            yield Discrepancy("pin-misplaced", pin.blob_mark.location, message)


def check_approvals(releases: Sequence[Release]) -> Iterator[Discrepancy]:
    """Yield who is said to have approved before the signer, on a day after the signature."""
    for release in releases:
        signed = signing_day(release)
        for approval in release.approvals:
            day = known_day(approval.date)
            if day and signed and day > signed:
                mark = approval.person_mark
                place = mark.location if mark else Location(release.source.path)
                values = {"day": day.isoformat(), "signed": signed.isoformat()}
                yield Discrepancy("approved-later", place, APPROVED_LATER.fill(values))
