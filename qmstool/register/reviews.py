"""Say what reviews found, and by which day a document is to be reviewed again. Pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.values import Unknown, known_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.manual.config import Config
    from qmstool.manual.documents import Document
    from qmstool.register.status import DocumentStatus

OUTCOMES: Mapping[str, Text] = {
    "stands": Text("giữ nguyên", "stands as it is"),
    "returned": Text("trả lại kèm góp ý", "returned with comments"),
}
"""What a periodic review found. It is a record, and approves nothing."""


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
