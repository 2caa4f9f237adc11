"""Find the copies that are out on a day, and those that bear a text no longer in force.

What goes in: a manual with its records of copies and releases, and a day. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.manual.values import known_day
from qmstool.register.effect import item_effective, items_by_key, takes_effect, valid_releases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qmstool.manual.circulation import ControlledCopy
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.register.effect import Life


@dataclass(frozen=True, slots=True)
class OutstandingCopy:
    """A copy that is out on a day.

    `out_of_force_since`: the day from which its text is known to be no longer in force, None while
    it is; `days`: how long that was ago.
    """

    copy: ControlledCopy
    out_of_force_since: date | None
    days: int

    @property
    def to_recall(self) -> bool:
        """Whether it is to come back: paper that bears what is no longer in force."""
        return self.out_of_force_since is not None and self.copy.medium == "paper"


def outstanding_copies(manual: Manual, day: date) -> Iterator[OutstandingCopy]:
    """Yield every copy that is out on a day, in the order of its record."""
    lives = items_by_key(valid_releases(manual.releases))
    for copy in manual.copies:
        if copy.is_in_use(day):
            item = recorded_item(manual, copy)
            since = _ended(item, lives.get(copy.key, ()), day)
            days = (day - since).days if since else 0
            yield OutstandingCopy(copy, since, days)


def copies_to_recall(manual: Manual, day: date) -> tuple[OutstandingCopy, ...]:
    """Return the paper copies of what is no longer in force that are still out on a day."""
    return tuple(copy for copy in outstanding_copies(manual, day) if copy.to_recall)


def overdue_copies(manual: Manual, day: date) -> tuple[OutstandingCopy, ...]:
    """Return the copies that should have come back by now, by the setting `recall_days`."""
    limit = manual.config.recall_days
    return tuple(copy for copy in copies_to_recall(manual, day) if copy.days > limit)


def recorded_item(manual: Manual, copy: ControlledCopy) -> ReleaseItem | None:
    """Return what a copy's release says of its document.

    None where there is no such release, or where it puts no text of the document in force.
    """
    return manual.issued_items.get((copy.release, copy.key))


def _ended(item: ReleaseItem | None, life: Life, day: date) -> date | None:
    """The day from which a text was known to be no longer in force, that day included.

    None where it still is in force, or is yet to be.
    """
    if item is None:
        return None
    began = next(
        (item_effective(release, item) for release, recorded in life if recorded is item), None
    )
    first = known_day(began)
    if first and first > day:
        return None
    ended = None
    for turn in _turns(life, day):
        release, latest = _in_force(life, turn)
        if latest.act != "withdraw" and latest.digest == item.digest:
            ended = None
        elif ended is None and (first is None or turn >= first):
            # Nobody can recall a copy before the record is made.
            ended = max(turn, known_day(release.recorded) or turn)
    return ended if ended and ended <= day else None


def _turns(life: Life, today: date) -> list[date]:
    """The days up to today on which something of a document took effect, in order."""
    days = {known_day(item_effective(release, item)) for release, item in life}
    return sorted(turn for turn in days if turn and turn <= today)


def _in_force(life: Life, day: date) -> tuple[Release, ReleaseItem]:
    """What counts on a day on which something has taken effect: the latest record that has."""
    return [entry for entry in life if takes_effect(entry, day)][-1]
