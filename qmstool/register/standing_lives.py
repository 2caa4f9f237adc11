"""Ask of every entry of a document's life at once what came before it and what took its place.

What goes in: what releases did to a document, oldest first. What comes out: by the index of an
entry, the version before it, the record that took its place, its state. No entry is held against
each other one: of a document that was issued a thousand times that takes long. Pure.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from qmstool.manual.values import known_day
from qmstool.register.effect import effect_day
from qmstool.register.preempted import preempts_from

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.manual.values import Count
    from qmstool.register.effect import Life

Entry = tuple["Release", "ReleaseItem"]


class StandingLife:
    """What releases did to one document, and how each entry stands to the others."""

    def __init__(self, life: Life) -> None:
        self.life = life

    @cached_property
    def preempting(self) -> tuple[Release | None, ...]:
        """The later record that took the place of each entry; None where none did."""
        bounds = [preempts_from(release) for release, _ in self.life]
        days = [known_day(release.effective) for release, _ in self.life]
        places = _nearest(bounds[::-1], days[::-1])
        last = len(self.life) - 1
        return tuple(
            None if place is None else self.life[last - place][0] for place in reversed(places)
        )

    @cached_property
    def predecessors(self) -> tuple[Entry | None, ...]:
        """The version before each entry, None where nothing was in force.

        It is the one that the earlier records put in force on the entry's day of effect; where that
        day is unknown, the newest of them that was not overtaken. A last one more is that which a
        draft without a day follows.
        """
        days = [known_day(release.effective) for release, _ in self.life]
        dated = _nearest([effect_day(entry) for entry in self.life], days)
        places: list[int | None] = []
        standing: int | None = None
        for index, day in enumerate([*days, None]):
            places.append(standing if day is None else dated[index])
            if index < len(self.life) and self.preempting[index] is None:
                standing = index
        return tuple(None if place is None else _replaceable(self.life[place]) for place in places)

    @cached_property
    def superseded_from(self) -> tuple[date | None, ...]:
        """The day from which a later record takes effect after each entry; None for none."""
        days = [effect_day(entry) for entry in self.life[1:]]
        return (*reversed([*accumulate(reversed(days), _earlier)]), None)

    @cached_property
    def ended_by_withdrawal(self) -> tuple[bool, ...]:
        """Whether what takes effect first after each entry withdraws the document."""
        ended: list[bool] = []
        first: date | None = None
        withdraws = False
        for entry in reversed(self.life):
            ended.append(withdraws)
            day = effect_day(entry)
            # Of one day the later record counts, and that was here before.
            if day is not None and (first is None or day < first):
                first, withdraws = day, entry[1].act == "withdraw"
        return tuple(reversed(ended))

    @cached_property
    def place_of(self) -> dict[Count, int]:
        """The index of the first entry that a release made, by its number."""
        places: dict[Count, int] = {}
        for index, (release, _) in enumerate(self.life):
            places.setdefault(release.number, index)
        return places


def standing_lives(lives: Mapping[str, Life]) -> dict[str, StandingLife]:
    """Return what releases did to documents, by their keys, to be asked so."""
    return {key: StandingLife(life) for key, life in lives.items()}


def is_overtaken(lives: Mapping[str, StandingLife], release: Release) -> bool:
    """Return whether later records took a release's place for all of its documents."""
    own = [lives[key] for key in release.items_of if key in lives]
    places = [(life, life.place_of.get(release.number)) for life in own]
    by = [life.preempting[place] for life, place in places if place is not None]
    return bool(by) and all(by)


def _nearest(bounds: Sequence[date | None], days: Sequence[date | None]) -> list[int | None]:
    """Return for each day the nearest index before it whose bound is not later; None for none.

    A bound that is None is later than any day.
    """
    held: list[date] = []
    places: list[int] = []
    found: list[int | None] = []
    for index, (bound, day) in enumerate(zip(bounds, days, strict=True)):
        at = bisect_right(held, day) if day is not None else 0
        found.append(places[at - 1] if at else None)
        if bound is None:
            continue
        # What is older and holds from no earlier day on is never the nearest.
        while held and held[-1] >= bound:
            held.pop()
            places.pop()
        held.append(bound)
        places.append(index)
    return found


def _earlier(one: date | None, other: date | None) -> date | None:
    days = [day for day in (one, other) if day is not None]
    return min(days, default=None)


def _replaceable(entry: Entry) -> Entry | None:
    return None if entry[1].act == "withdraw" else entry
