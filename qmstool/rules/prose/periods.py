"""Find two periods for one activity: «yearly» here, «monthly» there, of the same thing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.frozen import NamedTuple
from qmstool.i18n import Text
from qmstool.rules.base.file_answers import question
from qmstool.rules.base.rule import rule
from qmstool.rules.prose.activities import ActivityReader
from qmstool.rules.prose.durations import DurationReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.findings import Location
    from qmstool.manual.text_files import Section
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.text.prose_text import Writing
    from qmstool.rules.prose.activities import Activity
    from qmstool.rules.prose.durations import Duration

# At most so many words, in so many characters, may stand between an activity and its object.
GAP_WORDS = 3
GAP_REACH = 200
# How far a key holds (a document or file, and a section of it), the activity, and its object.
Key = tuple[str, int, str, str]


class PacedActivity(NamedTuple):
    """What is done at a duration.

    `key`: what it is compared by; `place`: where it is done, "" where that is not said; `wording`:
    how the text says it.
    """

    key: Key
    place: str
    wording: str


class Pace(NamedTuple):
    """A duration that a file names, with its words and place, and what is done at it."""

    duration: Duration
    words: str
    location: Location
    activities: tuple[PacedActivity, ...]


@question
def paces(writing: Writing) -> tuple[Pace, ...]:
    """Return every duration that a file names, with what it says is done at it."""
    named: list[Pace] = []
    after = 0
    for duration in writing.wording.prepared(DurationReader).durations(writing):
        activities = tuple(sorted(_activities(writing, duration, after)))
        words = writing.plain_words(duration.start, duration.end)
        place = writing.locate(duration.start, duration.end)
        if activities:
            named.append(Pace(duration, words, place, activities))
        after = duration.end
    return tuple(named)


@rule(
    "QMS612",
    "two-periods",
    Severity.WARNING,
    Text("Một việc, hai chu kỳ", "Two periods for one activity"),
    Text(
        "«{activity}»: ở đây ghi «{two}», chỗ khác ghi «{one}». Hãy thống nhất một bên; nếu là "
        "hai việc thì gọi bằng hai tên.",
        "«{activity}»: here «{two}», elsewhere «{one}». Choose one; if these are two "
        "activities, give them two names.",
    ),
    reads=(paces,),
)
def two_periods(facts: Facts) -> Iterator[Violation]:
    """Find one activity on one thing at two paces, or one record kept for two times.

    What the words plainly name counts in all documents; a common noun («hồ sơ») in its section; an
    abbreviation of the manual that only stands near the activity, in its document.
    """
    first: dict[Key, tuple[Pace, str]] = {}
    for _, named in facts.files.answers_to(paces):
        for pace in named:
            fault = _contradiction(pace, first)
            if fault is not None:
                yield fault


def _contradiction(pace: Pace, first: dict[Key, tuple[Pace, str]]) -> Violation | None:
    """Compare a duration with the first one of each of its keys; remember it where it is first."""
    fault = None
    for key, place, wording in pace.activities:
        earlier, earlier_place = first.setdefault(key, (pace, place))
        if fault is not None or not earlier.duration.differs(pace.duration):
            continue
        if place == earlier_place or not (place and earlier_place):
            fault = _fault(wording, earlier, pace)
    return fault


def _activities(writing: Writing, duration: Duration, after: int) -> set[PacedActivity]:
    """Return what a sentence does at a duration; `after` is where the one before it ends."""
    activities = {
        PacedActivity(_key(writing, duration, activity), activity.place, activity.wording)
        for activity in writing.wording.prepared(ActivityReader).activities_at(
            writing, duration, after
        )
    }
    if not duration.is_retention and writing.hits.get("objects"):
        for activity, thing in _near(writing, *writing.sentence(duration.start)):
            key = (writing.document, 0, activity, thing)
            activities.add(PacedActivity(key, "", f"{activity} {thing}"))
    return activities


def _key(writing: Writing, duration: Duration, activity: Activity) -> Key:
    if not activity.common:
        return "", 0, activity.activity, activity.object
    section = bisect_right(writing.sections, duration.start, key=_heading_start)
    return writing.file.path, section, activity.activity, activity.object


def _heading_start(section: Section) -> int:
    return section.heading.start


def _fault(wording: str, earlier: Pace, pace: Pace) -> Violation:
    values = {"activity": wording, "one": earlier.words, "two": pace.words}
    return Violation(pace.location, values, related=(earlier.location,))


def _near(writing: Writing, start: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield what a sentence does, and to what.

    Each activity with the nearest object before and after it, a few words away.
    """
    objects = writing.hits_within("objects", start, end)
    if not objects:
        return
    starts = [hit.start for hit in objects]
    for activity in writing.hits_within("activities", start, end):
        at = bisect_left(starts, activity.start)
        for thing in objects[max(0, at - 1) : at + 1]:
            first, last = activity, thing
            if thing.start < activity.start:
                first, last = thing, activity
            between = writing.words[first.end : last.start][:GAP_REACH]
            if first.end <= last.start and len(between.split()) <= GAP_WORDS:
                yield activity.phrase, writing.wording.objects[thing.phrase]


RULES: tuple[Rule, ...] = (two_periods,)
