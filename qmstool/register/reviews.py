"""When a document is to be looked at again: its effective date plus its interval of periodic review. Pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qmstool.manual.model import UNKNOWN

if TYPE_CHECKING:
    from qmstool.manual.config import Config
    from qmstool.manual.model import Document
    from qmstool.register.status import DocumentStatus


def review_due(document: Document, standing: DocumentStatus, config: Config) -> date | None:
    """Return the day by which a document is to be reviewed: its effective date plus its interval; None where either is unknown."""
    own = document.entry.text("review_months")
    kind = config.types.get(document.type)
    months = int(own) if own.isdigit() else (kind.review_months if kind and not own else None)
    if months is None or not standing.in_force or standing.effective in {"", UNKNOWN}:
        return None
    return months_after(date.fromisoformat(standing.effective), months)


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day."""
    import calendar  # noqa: PLC0415 - most manuals know no effective date yet, and start-up counts

    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
