"""Rules on time that runs: periodic reviews overdue or near, and records that nobody knows how long to keep."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity, Unasked
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.register.reviews import review_due
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qmstool.manual.model import Document

RECORDS = "procedures/records.yml"


def _due(facts: Facts) -> Iterator[tuple[Document, date, date]]:
    """Documents in force with the day by which they are to be reviewed, and today."""
    if facts.register is None:
        return
    for key, document in facts.manual.documents.items():
        due = review_due(document, facts.register.statuses[key], facts.manual.config)
        if due is not None:
            yield document, due, facts.register.day


def review_overdue(facts: Facts) -> Iterator[Fault]:
    """Documents in force whose periodic review should have been."""
    for document, due, day in _due(facts):
        if due < day:
            yield Fault(
                document.mark.location,
                {"document": document.name, "due_vi": f"{due:%d/%m/%Y}", "due_en": due.isoformat()},
            )


def review_soon(facts: Facts) -> Iterator[Fault]:
    """Documents in force whose periodic review is near."""
    soon = timedelta(days=facts.manual.config.review_soon_days)
    for document, due, day in _due(facts):
        if day <= due <= day + soon:
            yield Fault(
                document.mark.location,
                {"document": document.name, "due_vi": f"{due:%d/%m/%Y}", "due_en": due.isoformat()},
            )


def retention_unknown(facts: Facts) -> Iterator[Fault | Unasked]:
    """Records of which it is not known how long they are kept (ISO 9001 7.5.3.2); one finding for all."""
    records = facts.manual.records.values()
    hurt = facts.lost.hurt([each.mark for each in records], "retention")
    lacking = [each.mark for each in records if each.entry.text("retention") in {"", UNKNOWN}]
    marks = [mark for mark in lacking if mark.text not in hurt]
    yield from (Unasked.of(hurt[mark.text]) for mark in lacking if mark.text in hurt)
    if marks:
        # Its place is that of the first of all, so that a slip in one record does not move it to
        # another.
        others = tuple(mark.location for mark in marks if mark is not lacking[0])
        yield Fault(lacking[0].location, {"count": str(len(marks))}, None, others)


W, I = Severity.WARNING, Severity.INFO  # noqa: E741 - a column of the table

# fmt: off
RULES = (
    Rule(
        "QMS319", "review-overdue", W,
        Text("Quá hạn xem xét định kỳ", "A review that is overdue"),
        Text(
            "{document} phải được xem xét trước ngày {due_vi}, nay đã quá hạn. Hãy xem xét "
            "rồi ban hành lại, hoặc ghi nhận là "
            "giữ nguyên.",
            (
                "{document} was to be reviewed by {due_en} and is overdue. Review it, and issue "
                "it anew or record that it stands."
            ),
        ),
        review_overdue, ("day", "releases"),
    ),
    Rule(
        "QMS320", "review-soon", I,
        Text("Sắp đến hạn xem xét định kỳ", "A review that is near"),
        Text(
            "{document} đến hạn xem xét ngày {due_vi}. Hãy giao người xem xét.",
            "{document} is to be reviewed by {due_en}. Ask somebody to review it.",
        ),
        review_soon, ("day", "releases"),
    ),
    Rule(
        "QMS321", "retention-unknown", I,
        Text("Hồ sơ chưa rõ thời hạn bảo quản", "A record that nobody knows how long to keep"),
        Text(
            (
                "{count} loại hồ sơ chưa có thời hạn bảo quản (retention). Hãy hỏi văn thư, lưu "
                "trữ rồi ghi vào."
            ),
            (
                "Kinds of record without a retention period: {count}. Ask the records office, "
                "and write it down."
            ),
        ),
        retention_unknown,
    ),
)
