"""Read a day that somebody types: 2024-03-14, and 14/03/2024 where the manual's language says so.

Which of two numbers is the month is never guessed: day and month may stand first only in a manual
in Vietnamese. That is not known yet when a command line is read, so such a day waits for the
manual.
"""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qmstool.i18n import QmsError, Text

if TYPE_CHECKING:
    import argparse

    from qmstool.manual.config import Config

_AS_WRITTEN = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
HOW = Text(
    "ngày viết dạng 2024-03-14, trong sổ tay tiếng Việt cũng có thể viết 14/03/2024",
    "a day is written 2024-03-14, in a manual in Vietnamese also 14/03/2024",
)
UNREADABLE = Text("«{text}»: {how}.", "«{text}»: {how}.")
TWO_WAYS = Text(
    "«{text}»: không rõ số nào là ngày, số nào là tháng (chỉ sổ tay tiếng Việt mới viết ngày trước "
    "tháng như vậy). Hãy viết {days}.",
    "«{text}» does not say which number is the month (day first is read in a manual in Vietnamese "
    "alone). Write {days}.",
)


class TypedDay(NamedTuple):
    """A day as somebody typed it, day or month first: `text`, whose readings stand for it."""

    text: str
    readings: tuple[date | None, date | None]

    def settled(self, config: Config) -> date:
        """Return the day that is meant in a manual. Raises QmsError where it does not say."""
        day_first, _ = self.readings
        if config.screen == "vi":
            if day_first is None:
                raise QmsError(UNREADABLE.fill({"text": self.text, "how": HOW}))
            return day_first
        days = dict.fromkeys(day.isoformat() for day in self.readings if day)
        vi, en = " hoặc ".join(days), " or ".join(days)
        raise QmsError(TWO_WAYS.fill({"text": self.text, "days": Text(vi, en)}))


def parse_day(text: str) -> date | TypedDay:
    """Return a day of the command line; one typed day first waits for `settle_days`.

    Raises ArgumentTypeError for what is no day in whatever order.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        typed = _typed(text)
        if typed is None:
            raise ArgumentTypeError(f"«{text}»: {HOW.vi} / {HOW.en}") from error
        return typed


def settle_days(options: argparse.Namespace, config: Config) -> None:
    """Put in place of each typed day the one that is meant. Raises QmsError where none is."""
    for name, value in vars(options).items():
        if isinstance(value, TypedDay):
            setattr(options, name, value.settled(config))


def read_day(text: str, config: Config) -> date:
    """Return a day that was typed in a manual. Raises QmsError where that can be none, or two."""
    try:
        day = parse_day(text)
    except ArgumentTypeError as error:
        raise QmsError(UNREADABLE.fill({"text": text, "how": HOW})) from error
    return day.settled(config) if isinstance(day, TypedDay) else day


def as_data_have_it(text: str, config: Config) -> str:
    """Return a text as it is, but a day of another order as data have it. Raises as `settled`."""
    typed = _typed(text)
    return typed.settled(config).isoformat() if typed else text


def _typed(text: str) -> TypedDay | None:
    """Return a day typed day or month first; None for what is none in either order."""
    found = _AS_WRITTEN.fullmatch(text)
    if found is None:
        return None
    first, _, second, year = found.groups()
    readings = (_day(year, second, first), _day(year, first, second))
    return TypedDay(text, readings) if any(readings) else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
