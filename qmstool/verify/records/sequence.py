"""Check that numbers and dates go forward from release to release, and are known."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.values import known_day
from qmstool.register.effect import items_by_key, signing_day, valid_releases
from qmstool.register.numbers import number_of, numbered_steps
from qmstool.releases.numbering import has_dropped, is_forward, is_known
from qmstool.verify.discrepancies import Discrepancy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from qmstool.manual.releases import Release, ReleaseItem

# A decision often counts from the day on which it was drafted or agreed; what is older was made up
# or mistyped, unless the paper says so in so many words.
EFFECT_BEFORE_SIGNATURE = timedelta(days=31)
NUMBER_BACKWARDS = Text(
    "{code}: số {issue}/{revision} không đi sau {old_issue}/{old_revision}.",
    "{code}: the number {issue}/{revision} does not follow {old_issue}/{old_revision}.",
)
NUMBER_UNKNOWN = Text(
    "{code}: không ghi rõ số lần ban hành, lần sửa đổi, mà trước đó đã có số {old_issue}/"
    "{old_revision}. Hãy xem phụ lục của quyết định rồi ghi nhận lại với --mends.",
    "{code}: issue and revision are not given, and there was {old_issue}/{old_revision} before. "
    "Look at the annex of the decision, and record again with --mends.",
)


NUMBER_DROPPED = Text(
    "{code}: ghi «{issue}/{revision}», tức là không đánh số, mà trước đó đã có số {old_issue}/"
    "{old_revision}, và qms.yml không đánh số loại tài liệu này trong mã (in-code). Hãy xem phụ "
    "lục của quyết định rồi ghi nhận lại với --mends.",
    "{code}: «{issue}/{revision}» is no number, there was {old_issue}/{old_revision} before, and "
    "qms.yml does not number this type in the code (in-code). Look at the annex of the decision, "
    "and record again with --mends.",
)


SIGNED_BEFORE = Text(
    "{code}: ký ngày {signed}, trước lần ký của đợt {before} ({day_before}) mà bản này đi sau. Hãy "
    "xem lại ngày ký trên bản gốc; nếu ghi nhầm thì ghi nhận lại với --mends.",
    "{code}: signed on {signed}, before release {before} was ({day_before}), which this text comes "
    "after. Look at the day on the signed original; if it is wrong here, record again with "
    "--mends.",
)


def check_numbers(
    releases: Sequence[Release], is_numbered: Callable[[Release, ReleaseItem], bool]
) -> Iterator[Discrepancy]:
    """Yield where issue and revision do not go forward, or are known no more.

    `is_numbered`: whether the type of a document is numbered beside its code, by the settings of a
    release. A withdrawal keeps the number that it ends, and a record that puts another right may
    repeat it.
    """
    for before, item, release in numbered_steps(releases):
        old, number = number_of(before), number_of(item)
        values = {
            "code": item.code,
            "issue": number.issue,
            "revision": number.revision,
            "old_issue": old.issue,
            "old_revision": old.revision,
        }
        place = item.marks.revision.location
        if not is_known(number):
            yield Discrepancy("number-unknown", place, NUMBER_UNKNOWN.fill(values))
        elif has_dropped(old, number):
            if is_numbered(release, item):
                yield Discrepancy("number-unknown", place, NUMBER_DROPPED.fill(values))
        elif not is_forward(old, number):
            yield Discrepancy("number-backwards", place, NUMBER_BACKWARDS.fill(values))


def check_dates(releases: Sequence[Release], today: date) -> Iterator[Discrepancy]:
    """Yield where days of a record are impossible: its effect, its signature, its recording.

    What is not known is held against nobody, except the effective date: a record says from when it
    counts.
    """
    for release in releases:
        if known_day(release.effective) is None and not release.is_taken_over:
            message = Text("Không rõ ngày hiệu lực.", "The effective date is unknown.")
            yield Discrepancy("effective-unknown", release.marks.effective.location, message)
        yield from _check_effect(release)
        signed = signing_day(release)
        recorded = known_day(release.recorded)
        if recorded is None:
            yield from _check_written_day(release)
        elif recorded > today:
            message = Text(
                "Ghi nhận ngày {recorded}, là ngày chưa tới.",
                "Recorded on {recorded}, a day that is still to come.",
            ).fill({"recorded": recorded.isoformat()})
            yield Discrepancy("recorded-ahead", release.marks.recorded.location, message)
        if signed and recorded and recorded < signed:
            message = Text(
                "Ghi nhận ngày {recorded}, trước khi ký ({signed}).",
                "Recorded on {recorded}, before it was signed ({signed}).",
            ).fill({"recorded": recorded.isoformat(), "signed": signed.isoformat()})
            yield Discrepancy("recorded-before-signed", release.marks.recorded.location, message)
    yield from _check_recorded_in_order(releases)
    yield from _check_signed_in_order(releases)


def _check_effect(release: Release) -> Iterator[Discrepancy]:
    """Yield where a release takes effect long before anybody signed it."""
    signed, effective = signing_day(release), known_day(release.effective)
    if signed and effective and signed - effective > EFFECT_BEFORE_SIGNATURE:
        days = str((signed - effective).days)
        message = Text(
            "Hiệu lực từ {effective}, trước ngày ký ({signed}) {days} ngày. Hãy xem lại bản gốc.",
            (
                "In force from {effective}, {days} days before it was signed ({signed}). Look"
                " at the original."
            ),
        ).fill(
            {
                "effective": effective.isoformat(),
                "signed": signed.isoformat(),
                "days": str(days),
            }
        )
        yield Discrepancy("effect-before-signature", release.marks.effective.location, message)


def _check_written_day(release: Release) -> Iterator[Discrepancy]:
    """Yield where the day of recording is written and is no day of the calendar."""
    # What does not fit its form is read as unknown, and then its key is its place.
    if release.marks.recorded.text == "recorded":
        message = Text(
            "Ngày ghi nhận không phải là một ngày có thật.",
            "The day of recording is no day of the calendar.",
        )
        yield Discrepancy("recorded-impossible", release.marks.recorded.location, message)


def _check_recorded_in_order(releases: Sequence[Release]) -> Iterator[Discrepancy]:
    """Yield where a record was made before the one that it follows."""
    dated = []
    for release in releases:
        day = known_day(release.recorded)
        if day:
            dated.append((day, release))
    for (day_before, before), (day, release) in pairwise(dated):
        if day < day_before:
            message = Text(
                "Ghi nhận ngày {day}, trước cả đợt {before} ({day_before}).",
                "Recorded on {day}, before release {before} was ({day_before}).",
            ).fill(
                {
                    "day": day.isoformat(),
                    "before": str(before.number),
                    "day_before": day_before.isoformat(),
                }
            )
            yield Discrepancy("recorded-backwards", release.marks.recorded.location, message)


def _check_signed_in_order(releases: Sequence[Release]) -> Iterator[Discrepancy]:
    """Yield where a text was signed before the one of its document that it comes after."""
    for life in items_by_key(valid_releases(releases)).values():
        latest: tuple[date, Release] | None = None
        for release, item in life:
            day = signing_day(release)
            if day is None or release.imported or item.taken_over is not None:
                continue
            if latest and day < latest[0]:
                values = {
                    "code": item.code,
                    "signed": day.isoformat(),
                    "before": str(latest[1].number),
                    "day_before": latest[0].isoformat(),
                }
                message = SIGNED_BEFORE.fill(values)
                yield Discrepancy("signed-backwards", item.marks.code.location, message)
            else:
                latest = day, release
