"""Check what runs out: reviews overdue or near, and records kept for nobody knows how long."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Subject, Violation
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.registers import RECORDS_FILE
from qmstool.parsing.yaml.nodes import text_of
from qmstool.register.reviews import review_due
from qmstool.rules.base.hiders import damaged_entry
from qmstool.rules.base.hiding import at_first_of_all
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qmstool.manual.documents import Document
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule


def _due(facts: Facts) -> Iterator[tuple[Document, date, date]]:
    """Yield documents in force with the day by which they are to be reviewed, and today."""
    if facts.register is None:
        return
    for key, document in facts.manual.documents.items():
        due = review_due(document, facts.register.statuses[key], facts.manual.config)
        if due is not None:
            yield document, due, facts.register.day


@rule(
    "QMS319",
    "review-overdue",
    Severity.WARNING,
    Text("Quá hạn xem xét định kỳ", "A review that is overdue"),
    Text(
        "{document} phải được xem xét trước ngày {due_vi}, nay đã quá hạn. Hãy xem xét rồi ban "
        "hành lại, hoặc ghi nhận là giữ nguyên.",
        "{document} was to be reviewed by {due_en} and is overdue. Review it, and issue it anew "
        "or record that it stands.",
    ),
    needs=("day", "releases"),
)
def review_overdue(facts: Facts) -> Iterator[Violation]:
    """Find documents in force whose periodic review should have been."""
    for document, due, today in _due(facts):
        if due < today:
            yield Violation(document.mark.location, _values(document, due))


@rule(
    "QMS320",
    "review-soon",
    Severity.INFO,
    Text("Sắp đến hạn xem xét định kỳ", "A review that is near"),
    Text(
        "{document} đến hạn xem xét ngày {due_vi}. Hãy giao người xem xét.",
        "{document} is to be reviewed by {due_en}. Ask somebody to review it.",
    ),
    needs=("day", "releases"),
)
def review_soon(facts: Facts) -> Iterator[Violation]:
    """Find documents in force whose periodic review is near."""
    soon = timedelta(days=facts.manual.config.review_soon_days)
    for document, due, today in _due(facts):
        if today <= due <= today + soon:
            yield Violation(document.mark.location, _values(document, due))


def _values(document: Document, due: date) -> dict[str, str]:
    return {"document": document.name, "due_vi": f"{due:%d/%m/%Y}", "due_en": due.isoformat()}


def _entries(facts: Facts) -> list[LocatedText]:
    return [record.mark for record in facts.manual.records.values()]


@rule(
    "QMS321",
    "retention-unknown",
    Severity.INFO,
    Text("Hồ sơ chưa rõ thời hạn bảo quản", "A record that nobody knows how long to keep"),
    Text(
        "{count} loại hồ sơ chưa có thời hạn bảo quản (retention). Hãy hỏi văn thư, lưu trữ rồi "
        "ghi vào.",
        "Kinds of record without a retention period: {count}. Ask the records office, and write "
        "it down.",
    ),
    hidden_by=(damaged_entry(_entries, "retention"),),
    gather=at_first_of_all,
)
def retention_unknown(facts: Facts) -> Iterator[Violation]:
    """Find records of which it is not known how long they are kept; one finding for all.

    ISO 9001 7.5.3.2: retention is controlled.
    """
    for record in facts.manual.records.values():
        if text_of(record.retention) in {"", UNKNOWN}:
            subject = Subject(record.mark.text, RECORDS_FILE)
            yield Violation(record.mark.location, subjects=(subject,))


RULES: tuple[Rule, ...] = (
    review_overdue,
    review_soon,
    retention_unknown,
)
