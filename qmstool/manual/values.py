"""Define how data say a number or a day: known, unknown in so many words, or not at all (None)."""

from __future__ import annotations

from datetime import date
from enum import Enum


class Unknown(Enum):
    """What a file says that nobody knows; what it does not say at all is None."""

    UNKNOWN = "unknown"

    def __str__(self) -> str:
        """Return the word that the files use."""
        return self.value


Count = int | Unknown
Day = date | Unknown
