"""Releases in time: a line drawn from the newest down, and each release with what it put in force."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.manual.model import UNKNOWN
from qmstool.register.preempted import wholly
from qmstool.register.status import has_effect
from qmstool.site.edition.dates import format_dates
from qmstool.site.parts.render import list_page
from qmstool.tables.registers import instrument, signer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.model import Release
    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage

LINE, PAD = 22, 26
WIDE, TALL = (760, 90), (350, 38)


@dataclass(frozen=True, slots=True)
class Stop:
    """A release on the line: where its dot is, and its words line by line."""

    number: int
    state: str
    y: int
    head: str
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A picture of the line."""

    width: int
    height: int
    stops: tuple[Stop, ...]


def pages(edition: Edition) -> Iterator[SitePage]:
    """The page of the releases, where there are any."""
    releases = sorted(
        edition.register.releases.values(), key=lambda each: each.number, reverse=True
    )
    if not releases:
        return
    values = {
        "releases": tuple(describe_release(edition, each) for each in releases),
        "wide": draw_timeline(edition, releases, *WIDE),
        "tall": draw_timeline(edition, releases, *TALL),
    }
    yield list_page(edition, "releases", values)


def draw_timeline(edition: Edition, releases: list[Release], width: int, columns: int) -> Timeline:
    """One stop under the other, each as high as its words."""
    stops, y = [], 0
    for each in releases:
        said = describe_release(edition, each)
        words = textwrap.wrap(str(said["title"]), columns)
        more = textwrap.wrap(
            " · ".join(filter(None, (str(said["by"]), str(said["count"])))), columns
        )
        lines = tuple((y + 2 * PAD + at * LINE, line) for at, line in enumerate((*words, *more)))
        stops.append(Stop(each.number, str(said["state"]), y + PAD, str(said["head"]), lines))
        y += 2 * PAD + (len(lines) + 1) * LINE
    return Timeline(width, y, tuple(stops))


def describe_release(edition: Edition, release: Release) -> dict[str, object]:
    """A release in words: its head, title, dates, instrument, signer, and what it put in force."""
    effective, how = (
        edition.day(release.effective),
        format_dates(instrument(release, edition.lang), edition.lang),
    )
    when = edition.word("date_unknown") if release.effective == UNKNOWN else effective
    number = edition.word("version_release").format(number=f"{release.number:04d}")
    in_force = has_effect(release, edition.stamp.day)
    lost = wholly(tuple(edition.register.releases.values()), release)
    return {
        "number": release.number,
        "head": f"{number} · {when}",
        "title": release.title,
        "state": "overtaken"
        if lost
        else "imported"
        if release.imported
        else "effective"
        if in_force
        else "scheduled",
        "effective": effective,
        "recorded": edition.day(release.recorded),
        "instrument": how,
        "by": "" if how == edition.value(UNKNOWN) else how,
        "signer": signer(edition.manual, release, edition.lang),
        "count": edition.word("items_count").format(count=len(release.items)),
        "version": f"{release.number:04d}"
        if f"{release.number:04d}" in edition.context.versions
        else "",
        "notice": edition.addresses.notice(release.number)
        if edition.is_current and not release.imported
        else "",
        "details": edition.addresses.release(release.number) if edition.is_current else "",
        "entries": tuple(
            (edition.document(item.key), _act(release, item.act), item.summary)
            for item in release.items
        ),
    }


def _act(release: Release, act: str) -> str:
    return "imported" if release.imported and act == "new" else act
