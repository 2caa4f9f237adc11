"""Hold one place where a page shows something else than was probably meant."""

from __future__ import annotations

from qmstool.frozen import NamedTuple


class Slip(NamedTuple):
    """A place, the name of what is wrong there, and the words that a message about it needs."""

    start: int
    end: int
    cause: str
    values: dict[str, str]
