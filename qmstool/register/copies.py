"""Copies handed out + releases + a day → which are still out, and which of them bear a text that is no longer in force. Pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.yaml.records import is_date
from qmstool.register.status import has_effect, items_by_key, valid_releases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.circulation import HandedOut
    from qmstool.manual.model import Item, Manual
    from qmstool.register.status import Life


@dataclass(frozen=True, slots=True)
class OutstandingCopy:
    """A copy that is out on a day.

    `item`: what its release says of the document, None where it says nothing; `since`: the day from
    which its text is known to be no longer in force, None while it is; `days`: how long that was
    ago.
    """

    copy: HandedOut
    item: Item | None
    since: date | None
    days: int

    @property
    def to_recall(self) -> bool:
        """Whether it is to come back: paper that bears what is no longer in force."""
        return self.since is not None and self.copy.medium == "paper"


def outstanding_copies(manual: Manual, day: date) -> Iterator[OutstandingCopy]:
    """Yield every copy that is out on a day, in the order of its record."""
    lives = items_by_key(valid_releases(manual.releases))
    for copy in manual.copies:
        if copy.out(day.isoformat()):
            item = recorded_item(manual, copy)
            since = _ended(item, lives.get(copy.key, ()), day)
            yield OutstandingCopy(copy, item, since, (day - since).days if since else 0)


def copies_to_recall(manual: Manual, day: date) -> tuple[OutstandingCopy, ...]:
    """Return the paper copies of what is no longer in force that are still out on a day."""
    return tuple(each for each in outstanding_copies(manual, day) if each.to_recall)


def overdue_copies(manual: Manual, day: date) -> tuple[OutstandingCopy, ...]:
    """Return those of them that should have come back by now, by the manual's setting `recall_days`."""
    return tuple(
        each for each in copies_to_recall(manual, day) if each.days > manual.config.recall_days
    )


def recorded_item(manual: Manual, copy: HandedOut) -> Item | None:
    """Return what a copy's release says of its document; None where there is no such release, or it does not hold the document."""
    items = (
        item
        for release in manual.releases
        if release.number == copy.release
        for item in release.items
    )
    return next((item for item in items if item.key == copy.key and item.act != "withdraw"), None)


def _ended(item: Item | None, life: Life, day: date) -> date | None:
    """The day from which a text was known to be no longer in force, that day included; None where it still is, or is yet to be."""
    own = [release.effective for release, each in life if each is item]
    if item is None or (own and is_date(own[0]) and own[0] > day.isoformat()):
        return None
    turns = sorted(
        {
            release.effective
            for release, _ in life
            if is_date(release.effective) and release.effective <= day.isoformat()
        }
    )
    ended = None
    for turn in turns:
        latest = [
            (release, each)
            for release, each in life
            if has_effect(release, date.fromisoformat(turn))
        ][-1]
        if latest[1].act != "withdraw" and latest[1].digest == item.digest:
            ended = None
        elif ended is None and (not own or not is_date(own[0]) or turn >= own[0]):
            heard = latest[0].recorded
            ended = max(turn, heard) if is_date(heard) else turn
    return date.fromisoformat(ended) if ended and ended <= day.isoformat() else None
