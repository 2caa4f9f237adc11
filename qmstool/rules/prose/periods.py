"""The prose rule on two periods for one activity: «yearly» here, «monthly» there, of the same thing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from qmstool.findings import Violation
from qmstool.rules.prose.activities import Doings
from qmstool.rules.prose.durations import Paces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.rules.base.prose_text import Writing
    from qmstool.rules.base.rule import Facts
    from qmstool.rules.prose.activities import Doing
    from qmstool.rules.prose.durations import Pace

GAP = 3
FAR = 200
Key = tuple[str, int, str, str]


def two_periods(facts: Facts) -> Iterator[Violation]:
    """The same activity on the same thing at two paces, or the same record kept for two times.

    What the words plainly name counts in all documents; a common noun («hồ sơ») in its section; an
    abbreviation of the manual that only stands near the activity, in its document.
    """
    paces, doings = Paces(facts.prose), Doings(facts.prose)
    first: dict[Key, tuple[Pace, str]] = {}
    for writing in facts.prose.writings:
        named = paces.of(writing)
        for after, pace in zip([0, *(each.end for each in named)], named, strict=False):
            fault = None
            for key, place, said in sorted(_keys(writing, pace, doings, after)):
                earlier, other = first.setdefault(key, (pace, place))
                if (
                    fault is None
                    and earlier.differs(pace)
                    and (place == other or not (place and other))
                ):
                    fault = _fault(said, earlier, pace)
            if fault is not None:
                yield fault


def _keys(writing: Writing, pace: Pace, doings: Doings, after: int) -> set[tuple[Key, str, str]]:
    """What a sentence does at a pace, each with its place and as it is said; the key begins with how far it holds."""
    found = {
        (_key(writing, pace, doing), doing.place, doing.said) for doing in doings.of(pace, after)
    }
    if not pace.keeps and writing.hits.get("objects"):
        found |= {
            ((writing.document.key, 0, *each), "", " ".join(each))
            for each in _near(writing, *writing.sentence(pace.start))
        }
    return found


def _key(writing: Writing, pace: Pace, doing: Doing) -> Key:
    if not doing.common:
        return "", 0, doing.activity, doing.object
    section = bisect_right(writing.sections, pace.start, key=lambda each: each.heading.start)
    return writing.file.path, section, doing.activity, doing.object


def _fault(said: str, earlier: Pace, pace: Pace) -> Violation:
    one, two = (each.writing.said(each.start, each.end) for each in (earlier, pace))
    values = {"activity": said, "one": one, "two": two}
    return Violation(
        pace.writing.locate(pace.start, pace.end),
        values,
        related=(earlier.writing.locate(earlier.start, earlier.end),),
    )


def _near(writing: Writing, start: int, end: int) -> Iterator[tuple[str, str]]:
    """What a sentence does, and to what: each activity with the nearest object before and after it, a few words away."""
    objects = writing.within("objects", start, end)
    starts = [each.start for each in objects]
    for activity in writing.within("activities", start, end) if objects else ():
        at = bisect_left(starts, activity.start)
        for each in objects[max(0, at - 1) : at + 1]:
            first, last = (each, activity) if each.start < activity.start else (activity, each)
            if (
                first.end <= last.start
                and len(writing.words[first.end : last.start][:FAR].split()) <= GAP
            ):
                yield activity.phrase, writing.vocabulary.objects[each.phrase]
