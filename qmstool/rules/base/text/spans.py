"""Search things of a text that are in the order of their offsets."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.parsing.markdown.inlines import Span


class Placed(Protocol):
    """What stands in a text: a reference, a phrase of a word list."""

    @property
    def start(self) -> int:
        """The offset of its first character."""


PlacedThing = TypeVar("PlacedThing", bound=Placed)
_start = attrgetter("start")
_begin = itemgetter(0)


def starting_within(
    things: tuple[PlacedThing, ...], start: int, end: int
) -> tuple[PlacedThing, ...]:
    """Return the things that start in a stretch of the text."""
    first = bisect_left(things, start, key=_start)
    return things[first : bisect_left(things, end, lo=first, key=_start)]


def lies_inside(spans: Sequence[Span], offset: int) -> bool:
    """Whether an offset lies in one of some stretches, which are in order and do not overlap."""
    index = bisect_right(spans, offset, key=_begin) - 1
    return index >= 0 and offset < spans[index][1]
