"""The prose rule on two periods for one activity: «yearly» here, «monthly» there, of the same thing."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.findings import Fault
from qmstool.rules.prose_text import alternatives
from qmstool.sources.codes import fold_name
from qmstool.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.rules.prose_text import Prose, Writing
    from qmstool.rules.rule import Facts

GAP = 3
FAR = 200
NEAR = 0.1


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a text says that something is done: the period's length in days (0: uncounted) and place."""

    days: int
    start: int
    end: int
    writing: Writing

    def differs(self, other: Pace) -> bool:
        """Whether two paces are not one: twelve months are a year."""
        return abs(self.days - other.days) > NEAR * max(self.days, other.days)


class Paces:
    """Reads the periods of a language."""

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        self.days = {fold_name(said): period.days for period in prose.lists.periods for said in period.said}
        self.units = {fold_name(said): unit.days for unit in prose.lists.units for said in unit.said}

    @cached_property
    def counted(self) -> re.Pattern[str]:
        """«06 tháng một lần»: number, unit, «once»."""
        units, once = alternatives(self.units), alternatives(self.prose.lists["once"])
        return re.compile(rf"(?P<count>\d+)[\s\u00a0]+(?P<unit>{units})(?!\w)[\s\u00a0,]*(?:{once})(?!\w)", re.IGNORECASE)

    def of(self, writing: Writing) -> Iterator[Pace]:
        """Every period that a text names."""
        for hit in writing.hits.get("periods", ()):
            yield Pace(self.days[hit.phrase], hit.start, hit.end, writing)
        for found in self.counted.finditer(writing.words):
            yield Pace(int(found["count"][:6]) * self.units[fold_name(found["unit"])], found.start(), found.end(), writing)


def two_periods(facts: Facts) -> Iterator[Fault]:
    """The same activity on the same thing (an abbreviation of the manual) at two paces in one document."""
    paces = Paces(facts.prose)
    for writings in facts.prose.by_document.values():
        first: dict[tuple[str, str], Pace] = {}
        for writing in writings:
            done: dict[int, set[tuple[str, str]]] = {}
            for pace in paces.of(writing) if writing.hits.get("objects") else ():
                start, end = writing.sentence(pace.start)
                if start not in done:
                    done[start] = set(_activities(writing, start, end))
                for key in sorted(done[start] | set(_said_at_once(writing, start, pace.start))):
                    earlier = first.setdefault(key, pace)
                    if earlier.differs(pace):
                        yield _fault(key, earlier, pace)


def _fault(key: tuple[str, str], earlier: Pace, pace: Pace) -> Fault:
    one, two = (each.writing.said(each.start, each.end) for each in (earlier, pace))
    values = {"activity": key[0], "object": key[1], "one": one, "two": two}
    return Fault(pace.writing.locate(pace.start, pace.end), values, related=(earlier.writing.locate(earlier.start, earlier.end),))


def _said_at_once(writing: Writing, start: int, end: int) -> Iterator[tuple[str, str]]:
    """What a thing's own name says is done («đánh giá nội bộ»), where the pace follows right after it."""
    for each in writing.within("objects", start, end)[-1:]:
        between = writing.words[each.end : end]
        activity = next((word for word in writing.prose.activities if each.phrase.startswith(f"{word} ")), None)
        if activity is not None and "," not in between and len(between.split()) <= GAP:
            yield activity, each.phrase.removeprefix(activity).strip()


def _activities(writing: Writing, start: int, end: int) -> Iterator[tuple[str, str]]:
    """What a sentence does, and to what: each activity with the nearest object before and after it, a few words away."""
    objects = writing.within("objects", start, end)
    starts = [each.start for each in objects]
    for activity in writing.within("activities", start, end) if objects else ():
        at = bisect_left(starts, activity.start)
        for each in objects[max(0, at - 1) : at + 1]:
            first, last = (each, activity) if each.start < activity.start else (activity, each)
            if first.end <= last.start and len(writing.words[first.end : last.start][:FAR].split()) <= GAP:
                yield activity.phrase, writing.prose.objects[each.phrase]
