"""Say of each recorded version of a document which number it has to come after. Pure."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from qmstool.frozen import NamedTuple
from qmstool.manual.values import Unknown
from qmstool.register.effect import items_by_key, valid_releases
from qmstool.releases.numbering import Number, is_counted, is_forward, shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.register.effect import Life

    # Versions whose numbers are counted, by the shape of the number, the oldest first: of which
    # release, at which place of their life.
    _Counted: TypeAlias = dict[tuple[tuple[bool, ...], ...], list[tuple[int, int, ReleaseItem]]]


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
        yield from _steps_of_life(life)


def _steps_of_life(life: Life) -> Iterator[NumberedStep]:
    counted: _Counted = {}
    for place, (release, item) in enumerate(life):
        if item.act == "withdraw":
            continue
        number = number_of(item)
        before = [] if release.replaces else _last_counted(counted, _first_mended(release))
        if before:
            passed = (one for one in before if not is_forward(number_of(one), number))
            yield NumberedStep(next(passed, before[0]), item, release)
        if is_counted(number):
            counted.setdefault(shape(number), []).append((release.number, place, item))


def number_of(item: ReleaseItem) -> Number:
    """Return the number that an item gives to its text."""
    return Number(item.issue, item.revision)


def _last_counted(counted: _Counted, limit: int) -> list[ReleaseItem]:
    """The last versions of each shape that releases below a number recorded, the newest first."""
    last = []
    for versions in counted.values():
        below = bisect_left(versions, limit, key=itemgetter(0))
        if below:
            last.append(versions[below - 1])
    return [item for _, _, item in sorted(last, key=itemgetter(1), reverse=True)]


def _first_mended(release: Release) -> int:
    """The lowest number of the records that a release puts right; its own where it does not."""
    mended = [mark.count for mark in release.mends if mark.count is not Unknown.UNKNOWN]
    return min([release.number, *mended])
