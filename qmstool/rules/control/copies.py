"""Check what went round: copies that did not come back, texts never released, days to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Subject, Violation
from qmstool.i18n import Text
from qmstool.manual.circulation import COPIES_FILE
from qmstool.manual.values import written_day
from qmstool.register.copies import overdue_copies, recorded_item
from qmstool.register.readings import OF_NO_TEXT, TO_COME, said_of_no_text
from qmstool.rules.base.hiders import lost_lines
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.circulation import DocumentReview, Reading
    from qmstool.manual.releases import Release
    from qmstool.manual.values import LocatedDay
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule


@rule(
    "QMS335",
    "copy-not-recalled",
    Severity.WARNING,
    Text(
        "Bản giấy hết hiệu lực chưa thu hồi",
        "A paper copy of an old text that did not come back",
    ),
    Text(
        "{code}, bản số {number} ở {unit}: nội dung hết hiệu lực từ {since}, đã {days} ngày "
        "chưa thu hồi. Hãy thu hồi rồi ghi vào recalled; mất thì ghi vào lost.",
        "{code}, copy {number} at {unit}: its text is out of force since {since}, and it has "
        "not come back for {days} days. Recall it and write recalled; if it is lost, lost.",
    ),
    needs=("day", "releases"),
)
def copy_not_recalled(facts: Facts) -> Iterator[Violation]:
    """Find paper copies of what is no longer in force that are out too long (ISO 9001 7.5.3.2).

    How many days a copy may be out is set in the manual's configuration.
    """
    if facts.day is None or facts.releases is None:
        return
    for late in overdue_copies(facts.manual, facts.day):
        copy = late.copy
        unit = facts.manual.config.units.get(copy.unit.text)
        holder = copy.unit.text
        if unit:
            holder = unit.name
        values = {
            "code": copy.document.text,
            "unit": holder,
            "number": copy.number or f"×{copy.count}",
            "since": written_day(late.out_of_force_since),
            "days": str(late.days),
        }
        yield Violation(copy.document.location, values)


@rule(
    "QMS336",
    "copy-of-nothing",
    Severity.ERROR,
    Text("Bản phát không khớp đợt ban hành nào", "A copy of a text that its release does not hold"),
    Text(
        "Đợt {release} không ban hành {code}. Các đợt có tài liệu này: {held_vi}. Hãy ghi đúng "
        "số đợt.",
        "Release {release} does not hold {code}. Releases that do: {held_en}. Write the right "
        "number.",
    ),
    needs=("releases",),
    hidden_by=(lost_lines,),
)
def copy_of_nothing(facts: Facts) -> Iterator[Violation]:
    """Find copies of a document that their release does not hold."""
    if facts.releases is None:
        return
    for copy in facts.manual.copies:
        release = copy.release_mark
        if recorded_item(facts.manual, copy) is None:
            holding = ", ".join(_releases_with(copy.key, facts.releases))
            values = {
                "code": copy.document.text,
                "release": str(copy.release),
                "held_vi": holding or "không đợt nào",
                "held_en": holding or "none",
            }
            # The number of the release may stand on a line that could not be read.
            subjects = () if release else (Subject(searched_in=COPIES_FILE),)
            yield Violation((release or copy.document).location, values, subjects=subjects)


def _releases_with(key: str, releases: tuple[Release, ...]) -> Iterator[str]:
    """Yield the numbers of the releases that hold a document."""
    for release in releases:
        if any(item.key == key for item in release.items):
            yield str(release.number)


@rule(
    "QMS350",
    "reading-of-nothing",
    Severity.WARNING,
    Text(
        "Lần đọc hay xem xét không khớp bản nào đã ban hành",
        "A reading or review of a text that no release holds",
    ),
    OF_NO_TEXT,
    needs=("releases",),
    hidden_by=(lost_lines,),
)
def reading_of_nothing(facts: Facts) -> Iterator[Violation]:
    """Find readings and reviews of a text that no release ever held: they count for none."""
    if facts.releases is None:
        return
    for each in said_of_no_text(facts.releases, _said(facts)):
        text = each.text
        values = {"code": each.document.text, "check_code": text.check_code}
        values |= {"issue": text.issue, "revision": text.revision}
        yield Violation(each.document.location, values)


@rule(
    "QMS351",
    "day-to-come",
    Severity.WARNING,
    Text("Ngày chưa tới", "A day that is still to come"),
    TO_COME,
    needs=("day",),
)
def day_to_come(facts: Facts) -> Iterator[Violation]:
    """Find readings, reviews and what befell copies on a day to come: it would count once come."""
    if facts.day is None:
        return
    for day in _days_of_circulation(facts):
        if day and day.is_to_come(facts.day):
            yield Violation(day.mark.location, {"day": written_day(day)})


def _days_of_circulation(facts: Facts) -> Iterator[LocatedDay | None]:
    for copy in facts.manual.copies:
        yield from (copy.handed_out, copy.received, copy.recalled, copy.destroyed, copy.lost)
    for each in _said(facts):
        yield each.date


def _said(facts: Facts) -> Iterator[DocumentReview | Reading]:
    yield from facts.manual.readings
    yield from facts.manual.reviews


RULES: tuple[Rule, ...] = (
    copy_not_recalled,
    copy_of_nothing,
    reading_of_nothing,
    day_to_come,
)
