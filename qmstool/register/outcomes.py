"""Tell what became of each release: what took effect, was withdrawn, or never took effect.

What goes in: the releases. What comes out: for each of them its outcomes, each a day, words and
the documents that they are true of. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.manual.values import known_day
from qmstool.register.effect import (
    item_effective,
    items_by_key,
    replacing_of,
    replacing_release,
    valid_releases,
)
from qmstool.register.standing_lives import standing_lives

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.register.standing_lives import StandingLife

EFFECTIVE = Text("có hiệu lực từ {day}", "in force from {day}")
UNEVIDENCED = Text(
    "có hiệu lực từ {day}, chưa có bằng chứng phê duyệt",
    "in force from {day}, approval not evidenced",
)
WITHDRAWN = Text("bãi bỏ từ {day}", "withdrawn from {day}")
TAKEN_OVER = Text(
    "bản tiếp nhận, ghi ngày hiệu lực {day}, chưa có bằng chứng phê duyệt",
    "imported, its effective date said to be {day}, approval not evidenced",
)
OVERTAKEN = Text(
    "không có hiệu lực từ {day} như đã định: đợt {by}, ghi nhận sau, đã thay",
    "not in force from {day} as was scheduled: release {by}, recorded later, took its place",
)
REPLACED = Text(
    "tiếp nhận nhầm, đợt {by} thay: {reason}",
    "taken over by mistake, release {by} replaces it: {reason}",
)
MENDED = Text(
    "không tính: bản ghi sai, đợt {by} ghi lại", "does not count: release {by} puts it right"
)


@dataclass(frozen=True, slots=True)
class ReleaseOutcome:
    """What became of some documents of a release; `day`: of the effect, else of what stopped it."""

    day: date
    text: Text
    items: tuple[ReleaseItem, ...]


def release_outcomes(releases: Sequence[Release]) -> dict[int, tuple[ReleaseOutcome, ...]]:
    """Return the outcomes of every release by its number; none where its day is unknown."""
    valid = valid_releases(releases)
    lives = standing_lives(items_by_key(valid))
    replacing = replacing_of(releases)
    mending_by_number = {mark.count: later for later in releases for mark in later.mends}
    outcomes = {}
    for release in releases:
        groups: dict[tuple[date, Text], list[ReleaseItem]] = {}
        mending = mending_by_number.get(release.number)
        for item in release.items:
            told = _outcome(replacing, release, item, lives.get(item.key), mending)
            if told:
                groups.setdefault(told, []).append(item)
        outcomes[release.number] = tuple(
            ReleaseOutcome(day, text, tuple(items)) for (day, text), items in groups.items()
        )
    return outcomes


def _outcome(
    replacing: Sequence[Release],
    release: Release,
    item: ReleaseItem,
    life: StandingLife | None,
    mending: Release | None,
) -> tuple[date, Text] | None:
    """The day and the words of what became of one document; None where the day is unknown."""
    effective = known_day(item_effective(release, item))
    later = replacing_release(replacing, release, item)
    if later:
        day = known_day(later.recorded) or effective
        values = {"by": str(later.number), "reason": later.reason}
        return (day, REPLACED.fill(values)) if day else None
    if effective is None:
        return None
    values = {"day": effective.isoformat()}
    if mending:
        day = known_day(mending.recorded) or effective
        return day, MENDED.fill({"by": str(mending.number)})
    index = life.place_of.get(release.number) if life is not None else None
    by = life.preempting[index] if life is not None and index is not None else None
    if by:
        day = known_day(by.recorded) or known_day(by.effective) or effective
        return day, OVERTAKEN.fill(values | {"by": str(by.number)})
    return effective, _effect(release, item).fill(values)


def _effect(release: Release, item: ReleaseItem) -> Text:
    if item.act == "withdraw":
        return WITHDRAWN
    if release.imported or item.taken_over is not None:
        return TAKEN_OVER
    return UNEVIDENCED if release.without_evidence else EFFECTIVE
