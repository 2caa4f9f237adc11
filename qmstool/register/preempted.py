"""Records → the scheduled releases that a later record took the place of before their day: they never take effect. Pure.

Of what has taken effect the highest sequence wins (design §4), so a hotfix recorded while a release is scheduled outranks it for
good, though nobody may have meant that (ADR 0009). Whoever means it says so in the record: `cancels`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.parsing.yaml.records import is_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qmstool.manual.model import Item, Release

PREEMPTED_TEXT = Text(
    "đợt {number} sẽ không có hiệu lực, vì đợt {by}, ghi nhận sau, có hiệu lực trước",
    (
        "release {number} will not take effect, since release {by}, recorded later, takes effect "
        "before it"
    ),
)


@dataclass(frozen=True, slots=True)
class Preempted:
    """A scheduled release (`number`, for the day `day`) that will not take effect for a document, and the one it yields to."""

    number: int
    day: str
    by: int

    @property
    def text(self) -> Text:
        """The same in words."""
        return PREEMPTED_TEXT.fill({"number": str(self.number), "by": str(self.by)})


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A scheduled release that another would cancel without a word, and the items of it that are in both."""

    release: Release
    items: tuple[Item, ...]

    @property
    def codes(self) -> str:
        """The documents concerned."""
        return ", ".join(item.code for item in self.items)


def preempting_release(life: Sequence[tuple[Release, Item]], at: int) -> Release | None:
    """Return the later record that took the place of one entry of a document's life before its day; None where none did."""
    release = life[at][0]
    return next((later for later, _ in life[at + 1 :] if _overtakes(later, release)), None)


def _overtakes(later: Release, release: Release) -> bool:
    """Whether a record was made while a release was scheduled, and takes effect no later than it."""
    heard = later.recorded if is_date(later.recorded) else later.effective
    return (
        is_date(later.effective)
        and is_date(release.effective)
        and later.effective <= release.effective > heard
    )


def is_wholly_preempted(releases: Sequence[Release], release: Release) -> bool:
    """Return whether a release takes effect for none of its documents, because later records took its place before its day."""
    return bool(release.items) and all(
        any(
            _overtakes(later, release)
            for later in releases
            if later.number > release.number and item.key in _keys(later)
        )
        for item in release.items
    )


def _keys(release: Release) -> frozenset[str]:
    return frozenset(item.key for item in release.items)


def find_cancelled(
    releases: Iterable[Release], keys: frozenset[str], effective: str, recorded: str
) -> Iterator[Cancelled]:
    """Yield what a record of some documents, in force from `effective` and made on `recorded`, keeps from taking effect."""
    for each in releases:
        items = tuple(item for item in each.items if item.key in keys)
        if items and is_date(each.effective) and each.effective > max(effective, recorded):
            yield Cancelled(each, items)


def undeclared_cancellations(releases: Sequence[Release]) -> Iterator[tuple[Release, Cancelled]]:
    """Yield each record with what it cancels without saying so, as long as no later one puts the documents in force anew."""
    for at, each in enumerate(releases):
        meant = {mark.text for mark in each.entry.list("cancels")}
        day = each.effective if is_date(each.effective) else ""
        heard = each.recorded if is_date(each.recorded) else day
        for found in find_cancelled(releases[:at], _keys(each), day, heard) if day else ():
            items = tuple(
                item
                for item in found.items
                if not _issued_anew(item.key, found.release, releases[at + 1 :])
            )
            if items and str(found.release.number) not in meant:
                yield each, Cancelled(found.release, items)


def _issued_anew(key: str, scheduled: Release, later: Sequence[Release]) -> bool:
    """Whether a later record speaks for the document from the scheduled day on."""
    return any(each.effective >= scheduled.effective and key in _keys(each) for each in later)
