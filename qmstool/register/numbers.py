"""Say of each recorded version of a document which number it has to come after. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.manual.values import Unknown
from qmstool.register.effect import items_by_key, valid_releases
from qmstool.releases.numbering import Number, is_counted, is_forward, shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.register.effect import Life


class NumberedStep(NamedTuple):
    """A recorded version, and one before it that its number has to come after."""

    before: ReleaseItem
    item: ReleaseItem
    release: Release


def numbered_steps(releases: Iterable[Release]) -> Iterator[NumberedStep]:
    """Yield each recorded version with the last before it whose number is counted.

    One whose number nobody knows hides none of those before it, nor does one that cannot be
    compared with them, as a letter cannot with figures: then the one is yielded that it does not
    come after. A withdrawal gives no number. What puts a wrong record right comes after what came
    before that record, and may repeat its number.
    """
    for life in items_by_key(valid_releases(releases)).values():
        for index, (release, item) in enumerate(life):
            if item.act == "withdraw" or release.replaces:
                continue
            before = _last_numbered(life[:index], _first_mended(release))
            if before:
                number = number_of(item)
                passed = (one for one in before if not is_forward(number_of(one), number))
                yield NumberedStep(next(passed, before[0]), item, release)


def number_of(item: ReleaseItem) -> Number:
    """Return the number that an item gives to its text."""
    return Number(item.issue, item.revision)


def _last_numbered(life: Life, limit: int) -> list[ReleaseItem]:
    """The last versions whose numbers are counted, one of each shape, the newest first."""
    last: dict[tuple[tuple[bool, ...], ...], ReleaseItem] = {}
    for release, item in reversed(life):
        if item.act != "withdraw" and release.number < limit and is_counted(number_of(item)):
            last.setdefault(shape(number_of(item)), item)
    return list(last.values())


def _first_mended(release: Release) -> int:
    """The lowest number of the records that a release puts right; its own where it does not."""
    mended = [mark.count for mark in release.mends if mark.count is not Unknown.UNKNOWN]
    return min([release.number, *mended])
