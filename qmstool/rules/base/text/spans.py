"""Search things of a text that are in the order of their offsets."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import Protocol, TypeVar


class Placed(Protocol):
    """What stands in a text: a reference, a phrase of a word list."""

    @property
    def start(self) -> int:
        """The offset of its first character."""


PlacedThing = TypeVar("PlacedThing", bound=Placed)
_start = attrgetter("start")


def starting_within(
    things: tuple[PlacedThing, ...], start: int, end: int
) -> tuple[PlacedThing, ...]:
    """Return the things that start in a stretch of the text."""
    first = bisect_left(things, start, key=_start)
    return things[first : bisect_left(things, end, lo=first, key=_start)]
