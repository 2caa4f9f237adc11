"""Define how data say a number or a day: known, unknown in so many words, or not at all (None)."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from qmstool.parsing.yaml.nodes import LocatedText


class Unknown(Enum):
    """What a file says that nobody knows; what it does not say at all is None."""

    UNKNOWN = "unknown"

    def __str__(self) -> str:
        """Return the word that the files use."""
        return self.value


Count = int | Unknown
Day = date | Unknown


@dataclass(frozen=True, slots=True)
class LocatedDay:
    """A day of the data with its place."""

    day: Day
    mark: LocatedText

    @property
    def known(self) -> date | None:
        """The day itself; None where the file says that nobody knows it."""
        return None if self.day is Unknown.UNKNOWN else self.day

    def has_come(self, today: date) -> bool:
        """Whether it is known and not later than today."""
        return self.known is not None and self.known <= today

    def is_to_come(self, today: date) -> bool:
        """Whether it is known and later than today."""
        return self.known is not None and self.known > today

    def may_have_come(self, today: date) -> bool:
        """Whether it is not later than today, as far as is known."""
        return self.known is None or self.known <= today


@dataclass(frozen=True, slots=True)
class LocatedCount:
    """A number of the data with its place."""

    count: Count
    mark: LocatedText


def known_day(day: LocatedDay | Day | None) -> date | None:
    """Return a day that is said and known; None else."""
    plain = day.day if isinstance(day, LocatedDay) else day
    return None if plain is Unknown.UNKNOWN else plain


def written_day(day: LocatedDay | Day | None) -> str:
    """Return a day as files write it, YYYY-MM-DD or `unknown`; "" where it is not said."""
    if day is None:
        return ""
    return str(day.day if isinstance(day, LocatedDay) else day)
