"""Find scheduled releases that a later record took the place of before their day.

They never take effect: of what has taken effect the highest number wins, so a hotfix recorded
while a release is scheduled outranks it for good, though nobody may have meant that (ADR 0009).
Whoever means it says so in the record: `cancels`. The state of such an item is written
`overtaken`, on the site too. Pure.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from datetime import date, timedelta
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.manual.values import known_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qmstool.manual.releases import Release, ReleaseItem

PREEMPTED_TEXT = Text(
    "đợt {number} sẽ không có hiệu lực, vì đợt {by}, ghi nhận sau, có hiệu lực trước",
    (
        "release {number} will not take effect, since release {by}, recorded later, takes effect "
        "before it"
    ),
)


@dataclass(frozen=True, slots=True)
class Preempted:
    """A scheduled release that will not take effect for a document.

    `number`: of that release; `later_number`: of the later one.
    """

    number: int
    later_number: int

    @property
    def text(self) -> Text:
        """The same in words."""
        return PREEMPTED_TEXT.fill({"number": str(self.number), "by": str(self.later_number)})


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A scheduled release that another would cancel without a word, and its items in both."""

    release: Release
    items: tuple[ReleaseItem, ...]

    @property
    def codes(self) -> str:
        """The documents concerned."""
        return ", ".join(item.code for item in self.items)


def preempts_from(later: Release) -> date | None:
    """Return from which scheduled day on a later record takes the place of others.

    It takes effect no later than on that day, and was made while that was still to come. None where
    it takes the place of nothing.
    """
    day = known_day(later.effective)
    if day is None:
        return None
    recorded = known_day(later.recorded) or day
    if recorded == date.max:
        return None
    return max(day, recorded + timedelta(days=1))


def find_cancelled(
    releases: Iterable[Release], keys: frozenset[str], effective: date, recorded: date
) -> Iterator[Cancelled]:
    """Yield the releases that a record of some documents keeps from taking effect.

    The record is in force from `effective` and was made on `recorded`.
    """
    bound = max(effective, recorded)
    for release in releases:
        items = tuple(item for item in release.items if item.key in keys)
        scheduled = known_day(release.effective)
        if items and scheduled and scheduled > bound:
            yield Cancelled(release, items)


def undeclared_cancellations(
    releases: Sequence[Release],
) -> Iterator[tuple[Release, Cancelled]]:
    """Yield each record with what it cancels without saying so.

    That ends once a later record puts the documents in force anew.
    """
    issued = _Issued(releases)
    waiting: dict[str, list[tuple[date, int]]] = {}  # by document: the days that were scheduled
    for index, release in enumerate(releases):
        effective = known_day(release.effective)
        if effective is None:
            continue
        declared = {cancelled.count for cancelled in release.cancels}
        bound = max(effective, known_day(release.recorded) or effective)
        found: dict[int, list[ReleaseItem]] = {}
        for key in release.items_of:
            known = waiting.setdefault(key, [])
            for scheduled, place in known[bisect_right(known, (bound, len(releases))) :]:
                if not issued.anew(key, scheduled, index):
                    found.setdefault(place, []).extend(releases[place].items_of[key])
            insort(known, (effective, index))
        for place in sorted(found):
            scheduled_release = releases[place]
            if scheduled_release.number not in declared:
                order = {id(item): at for at, item in enumerate(scheduled_release.items)}
                items = sorted(found[place], key=lambda item: order[id(item)])
                yield release, Cancelled(scheduled_release, tuple(items))


class _Issued:
    """Tells whether a later record speaks for a document from a day on."""

    def __init__(self, releases: Sequence[Release]) -> None:
        # By document: after which records another speaks for it, and the last day of those to come.
        self._places: dict[str, list[int]] = {}
        self._last: dict[str, list[date]] = {}
        for index in reversed(range(len(releases))):
            # A day that nobody knows may be late enough.
            day = known_day(releases[index].effective) or date.max
            for key in releases[index].items_of:
                last = self._last.setdefault(key, [])
                last.append(max(day, last[-1]) if last else day)
                self._places.setdefault(key, []).append(-index)

    def anew(self, key: str, scheduled: date, index: int) -> bool:
        """Whether a record after the one at `index` does, from a scheduled day on."""
        count = bisect_left(self._places[key], -index)
        return count > 0 and self._last[key][count - 1] >= scheduled
