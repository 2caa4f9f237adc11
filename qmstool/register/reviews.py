"""Say what reviews found, and by which day a document is to be reviewed again. Pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.values import Unknown, known_day
from qmstool.register.people import (
    find_person,
    holds_any_role,
    is_known_to_nobody,
    names_proof,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.manual.circulation import DocumentReview
    from qmstool.manual.config import Config
    from qmstool.manual.documents import Document
    from qmstool.register.status import DocumentStatus

OUTCOMES: Mapping[str, Text] = {
    "stands": Text("giữ nguyên", "stands as it is"),
    "returned": Text("trả lại kèm góp ý", "returned with comments"),
}
"""What a periodic review found. It is a record, and approves nothing."""

BY_NOBODY = Text(
    "không tính: qms.yml không có người này, và không kèm bằng chứng",
    "does not count: not in qms.yml, and no evidence",
)
NOT_IN_OFFICE = Text(
    "không tính: hôm ấy người này không giữ vai trò nào",
    "does not count: held no role on that day",
)


def why_it_does_not_count(review: DocumentReview, config: Config) -> Text | None:
    """Return why a review that found that a text stands moves no day; None where nothing is to say.

    Anybody can write one. It counts by somebody whom `qms.yml` knows and who held a role on its
    day, or with evidence; a manual that registers nobody cannot tell.
    """
    if review.outcome != "stands":
        return None
    is_proved = any(map(names_proof, review.evidence))
    return why_nobody_counts(review.person, known_day(review.date), config, is_proved=is_proved)


def why_nobody_counts(
    written: str, day: date | None, config: Config, *, is_proved: bool
) -> Text | None:
    """Return why a review by somebody on a day does not count, with proof or without; None else."""
    if is_known_to_nobody(config, written):
        return None if is_proved else BY_NOBODY
    person = find_person(config, written)
    return NOT_IN_OFFICE if person and day and not holds_any_role(person, day) else None


def moves_the_day(review: DocumentReview, config: Config) -> bool:
    """Whether a review moves the next one on: it found that the text stands, and it counts."""
    return review.outcome == "stands" and why_it_does_not_count(review, config) is None


def review_due(document: Document, status: DocumentStatus, config: Config) -> date | None:
    """Return the day by which a document is to be reviewed.

    It is the effective date, or the day on which a review that counts found that this very text
    stands as it is, plus the interval of periodic review, which the document gives itself or has
    from its type. None where neither day or no interval is known, or where the document is not in
    force.
    """
    months = _interval(document, config)
    days = [day for day in (known_day(status.effective), status.reviewed) if day is not None]
    if months is None or not days or not status.in_force:
        return None
    return months_after(max(days), months)


def _interval(document: Document, config: Config) -> int | None:
    """The months between two reviews; what a document itself says counts, even «unknown»."""
    own = document.front_matter.review_months
    if own is not None:
        return None if own is Unknown.UNKNOWN else own
    kind = config.types.get(document.type)
    return kind.review_months if kind else None


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day."""
    # Most manuals know no effective date yet, and start-up counts.
    import calendar  # noqa: PLC0415

    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
