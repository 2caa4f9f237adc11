"""What was made of the last few files stays at hand, for rules ask one thing of several files.

Rules go through the files of a manual in order: a question is put to some files before the next
one, so what was made of each of them is asked for again soon, and then no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Of = TypeVar("Of")
Made = TypeVar("Made")

FILES_AT_HAND = 32


class AtHand(Generic[Of, Made]):
    """What `make` made of some values, compared by identity: of the last of them alone."""

    def __init__(self, make: Callable[[Of], Made]) -> None:
        self._make = make
        self._made: dict[int, tuple[Of, Made]] = {}

    def of(self, value: Of) -> Made:
        """Return what is made of a value."""
        known = self._made.get(id(value))
        if known is None:
            if len(self._made) >= FILES_AT_HAND:
                del self._made[next(iter(self._made))]
            known = self._made[id(value)] = value, self._make(value)
        return known[1]
