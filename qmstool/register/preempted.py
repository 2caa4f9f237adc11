"""Find scheduled releases that a later record took the place of before their day.

They never take effect: of what has taken effect the highest number wins, so a hotfix recorded
while a release is scheduled outranks it for good, though nobody may have meant that (ADR 0009).
Whoever means it says so in the record: `cancels`. The state of such an item is written
`overtaken`, on the site too. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.manual.values import known_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

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


def preempting_release(life: Sequence[tuple[Release, ReleaseItem]], index: int) -> Release | None:
    """Return the later record that took the place of one entry of a life; None where none did."""
    scheduled = known_day(life[index][0].effective)
    if scheduled is None:
        return None
    return next((later for later, _ in life[index + 1 :] if _preempts(later, scheduled)), None)


def _preempts(later: Release, scheduled: date) -> bool:
    """Whether a record made while a day was to come takes effect no later than on it."""
    day = known_day(later.effective)
    if day is None or day > scheduled:
        return False
    return (known_day(later.recorded) or day) < scheduled


def is_wholly_preempted(releases: Sequence[Release], release: Release) -> bool:
    """Return whether later records took a release's place for all of its documents."""
    scheduled = known_day(release.effective)
    if scheduled is None or not release.items:
        return False
    keys: set[str] = set()
    for later in releases:
        if later.number > release.number and _preempts(later, scheduled):
            keys |= later.items_of.keys()
    return release.items_of.keys() <= keys


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
    for index, release in enumerate(releases):
        effective = known_day(release.effective)
        if effective is None:
            continue
        declared = {cancelled.count for cancelled in release.cancels}
        known_from = known_day(release.recorded) or effective
        earlier, later = releases[:index], releases[index + 1 :]
        for cancellation in find_cancelled(
            earlier, frozenset(release.items_of), effective, known_from
        ):
            scheduled = cancellation.release
            items = tuple(
                item for item in cancellation.items if not _issued_anew(item.key, scheduled, later)
            )
            if items and scheduled.number not in declared:
                yield release, Cancelled(scheduled, items)


def _issued_anew(key: str, scheduled: Release, later: Sequence[Release]) -> bool:
    """Whether a later record speaks for the document from the scheduled day on."""
    bound = known_day(scheduled.effective)
    for release in later:
        day = known_day(release.effective)
        # A day that nobody knows may be late enough.
        if (day is None or bound is None or day >= bound) and key in release.items_of:
            return True
    return False
