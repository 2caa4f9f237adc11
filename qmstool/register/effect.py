"""Say which releases count, and from which day each has effect. Pure.

What goes in: releases as they were recorded. What comes out: those known by a day, those that no
later record puts right or replaces, and whether one of them, or one of its items, is in effect.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple, replace
from qmstool.manual.values import known_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.manual.values import Count, Day

Life = tuple[tuple["Release", "ReleaseItem"], ...]


def signing_day(release: Release) -> date | None:
    """Return the day on which the instrument of a release was signed; None where it is unknown."""
    return known_day(release.instrument.date) if release.instrument else None


def known_releases(releases: Iterable[Release], day: date) -> tuple[Release, ...]:
    """Return the releases that had been recorded by a day: «as known on a day».

    An unknown day of recording was always known.
    """
    return tuple(release for release in releases if (known_day(release.recorded) or day) <= day)


def valid_releases(releases: Iterable[Release]) -> tuple[Release, ...]:
    """Return the releases in order, less those that a later one says it puts right (`mends`)."""
    ordered = sorted(releases, key=lambda release: release.number)
    mended = mended_numbers(ordered)
    valid = [release for release in ordered if release.number not in mended]
    replacing = replacing_of(valid)
    return tuple(_without_replaced(release, replacing) for release in valid)


def _without_replaced(release: Release, replacing: Sequence[Release]) -> Release:
    """A release without what was taken over by mistake and a later one of some replaces."""
    later = replacing_releases(replacing, release)
    if not later:
        return release
    replaced = {key for each in later for key in each.items_of}
    kept = tuple(
        item
        for item in release.items
        if item.key not in replaced or not _may_be_replaced(release, item)
    )
    return release if len(kept) == len(release.items) else replace(release, items=kept)


def replacing_of(releases: Iterable[Release]) -> list[Release]:
    """Return the records that take the place of something: `replacing_release` needs no others."""
    return [release for release in releases if release.replaces is not None]


def replacing_release(
    releases: Iterable[Release], release: Release, item: ReleaseItem
) -> Release | None:
    """Return the later record that takes the place of a mistaken take-over; None for none."""
    if not _may_be_replaced(release, item):
        return None
    for later in replacing_releases(releases, release):
        if item.key in later.items_of:
            return later
    return None


def replacing_releases(releases: Iterable[Release], release: Release) -> list[Release]:
    """Return the later records that take the place of something that a release took over."""
    return [
        later
        for later in releases
        if later.replaces is not None
        and later.replaces.count == release.number
        and later.number > release.number
    ]


def _may_be_replaced(release: Release, item: ReleaseItem) -> bool:
    """Whether an item was only taken over: nothing else is replaced."""
    return item.taken_over is not None or release.imported


def mending_release(releases: Iterable[Release], release: Release) -> Release | None:
    """Return the newest release that says it puts another one right; None for none."""
    mending = None
    for later in releases:
        if any(mended.count == release.number for mended in later.mends):
            mending = later
    return mending


def mended_numbers(releases: Iterable[Release]) -> set[Count]:
    """Return the numbers of the releases that a later one says it puts right."""
    mended: set[Count] = set()
    for release in releases:
        mended |= {mended_release.count for mended_release in release.mends}
    return mended


class Undone(NamedTuple):
    """What a record did that another puts right, and that no record after it says anything of."""

    mending: Release
    mended: Release
    items: tuple[ReleaseItem, ...]


def undone_silently(releases: Iterable[Release]) -> Iterator[Undone]:
    """Yield for each record that is put right the documents that nothing is said of since.

    What it did to them no longer counts, and nobody knows what became of them.
    """
    ordered = sorted(releases, key=lambda release: release.number)
    last = last_acts(valid_releases(ordered))
    by = {mark.count: release for release in ordered for mark in release.mends}
    for mended in ordered:
        mending = by.get(mended.number)
        if mending is not None and mending.number > mended.number:
            items = unsaid_items(mended, last)
            if items:
                yield Undone(mending, mended, items)


def last_acts(valid: Iterable[Release]) -> dict[str, int]:
    """Return by document the number of the last record that acts on it."""
    last: dict[str, int] = {}
    for release in valid:
        last |= dict.fromkeys((item.key for item in release.items), release.number)
    return last


def unsaid_items(mended: Release, last: Mapping[str, int]) -> tuple[ReleaseItem, ...]:
    """Return what a record did to documents that no record after it acts on, by the last acts."""
    return tuple(item for item in mended.items if last.get(item.key, 0) < mended.number)


def has_effect(release: Release, day: date) -> bool:
    """Whether a release has taken effect by a day."""
    return _is_by(release_effect_day(release), day)


def release_effect_day(release: Release) -> date | None:
    """Return the day from which a release has effect; None where nobody knows it.

    An undated imported baseline always has; a later record that only takes over counts from its
    recording on.
    """
    effective = known_day(release.effective)
    if effective is None and release.imported:
        return date.min
    if effective is None and release.takes_over:
        return known_day(release.recorded) or date.min
    return effective


def _is_by(first: date | None, day: date) -> bool:
    return first is not None and first <= day


def item_effective(release: Release, item: ReleaseItem) -> Day:
    """Return from which day an item is in force; of a text taken over, as it claims itself."""
    if item.taken_over is not None:
        return item.taken_over.effective or release.effective
    return release.effective


def takes_effect(entry: tuple[Release, ReleaseItem], day: date) -> bool:
    """Whether an item has taken effect by a day; a text taken over from the day that it claims."""
    return _is_by(effect_day(entry), day)


def effect_day(entry: tuple[Release, ReleaseItem]) -> date | None:
    """Return the day from which `takes_effect` says yes of an item; None where it never does."""
    release, item = entry
    claimed = item.taken_over.effective if item.taken_over is not None else None
    return claimed or release_effect_day(release)


def items_by_key(releases: Iterable[Release]) -> dict[str, Life]:
    """Return what releases did to each document, by key, in the order given."""
    lives: dict[str, list[tuple[Release, ReleaseItem]]] = {}
    for release in releases:
        for item in release.items:
            lives.setdefault(item.key, []).append((release, item))
    return {key: tuple(life) for key, life in lives.items()}
