"""Dates as people write them, in either language."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from qmstool.parsing.yaml.records import is_date

if TYPE_CHECKING:
    from qmstool.i18n import Lang

DATE = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def format_dates(text: str, lang: Lang) -> str:
    """A text in which every date stands as people write it."""

    def written(found: re.Match[str]) -> str:
        if not is_date(found[0]):
            return found[0]
        day = date.fromisoformat(found[0])
        return (
            f"{day:%d/%m/%Y}" if lang == "vi" else f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        )

    return DATE.sub(written, text)
