"""Write dates as people do, in either language: 14/03/2024; English 14 March 2024."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from qmstool.i18n import PageLanguage
from qmstool.parsing.yaml.schema import is_date

if TYPE_CHECKING:
    from qmstool.i18n import Lang

DATE = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def format_dates(text: str, lang: Lang) -> str:
    """Return a text in which every ISO date stands as people write it; what is no date stays.

    A language without a way of its own writes days as English does.
    """

    def write_out(match: re.Match[str]) -> str:
        if not is_date(match[0]):
            return match[0]
        day = date.fromisoformat(match[0])
        if lang == "vi":
            return f"{day:%d/%m/%Y}"
        if isinstance(lang, PageLanguage) and lang.date:
            month = lang.months[day.month - 1] if lang.months else f"{day.month:02d}"
            return lang.date.format(day=day.day, month=month, year=day.year)
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    return DATE.sub(write_out, text)
