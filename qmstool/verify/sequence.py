"""Check that numbers and dates go forward from release to release, and are known."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.register.status import items_by_key
from qmstool.releases.numbering import Number, is_forward
from qmstool.verify.discrepancies import Discrepancy, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.manual.releases import Release, ReleaseItem


def check_numbers(releases: Sequence[Release]) -> Iterator[Discrepancy]:
    """Yield where issue and revision do not go forward.

    A withdrawal keeps the number that it ends, and a record that puts another right may repeat it.
    """
    for life in items_by_key(releases).values():
        for (_, before), (release, item) in pairwise(life):
            if item.act == "withdraw" or release.record.list("mends"):
                continue
            if not is_forward(_number(before), _number(item)):
                message = Text(
                    (
                        f"{item.code}: số {item.issue}/{item.revision} không đi sau "
                        f"{before.issue}/{before.revision}."
                    ),
                    (
                        f"{item.code}: the number {item.issue}/{item.revision} does not follow "
                        f"{before.issue}/{before.revision}."
                    ),
                )
                yield Discrepancy("number-backwards", place_of(item.record, "revision"), message)


def _number(item: ReleaseItem) -> Number:
    return Number(item.issue, item.revision)


def check_dates(releases: Sequence[Release]) -> Iterator[Discrepancy]:
    """Yield where a record comes before its signature or the record before it, or has no effect.

    What is not known is held against nobody, except the effective date: a record says from when it
    counts.
    """
    for release in releases:
        signed = _signing_day(release)
        if release.effective == UNKNOWN and not release.imported:
            message = Text("Không rõ ngày hiệu lực.", "The effective date is unknown.")
            yield Discrepancy("effective-unknown", place_of(release.record, "effective"), message)
        if UNKNOWN not in {signed, release.recorded} and release.recorded < signed:
            message = Text(
                f"Ghi nhận ngày {release.recorded}, trước khi ký ({signed}).",
                f"Recorded on {release.recorded}, before it was signed ({signed}).",
            )
            place = place_of(release.record, "recorded")
            yield Discrepancy("recorded-before-signed", place, message)
    dated = [release for release in releases if release.recorded != UNKNOWN]
    for before, release in pairwise(dated):
        if release.recorded < before.recorded:
            message = Text(
                (
                    f"Ghi nhận ngày {release.recorded}, trước cả đợt {before.number} "
                    f"({before.recorded})."
                ),
                (
                    f"Recorded on {release.recorded}, before release {before.number} was "
                    f"({before.recorded})."
                ),
            )
            place = place_of(release.record, "recorded")
            yield Discrepancy("recorded-backwards", place, message)


def _signing_day(release: Release) -> str:
    instrument = release.record.record("instrument")
    return instrument.text("date", UNKNOWN) if instrument else UNKNOWN
