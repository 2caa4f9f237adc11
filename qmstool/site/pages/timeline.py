"""Draw releases in time, the newest on top, and tell each with what it put in force."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import Unknown
from qmstool.register.effect import has_effect
from qmstool.register.standing_lives import is_overtaken
from qmstool.site.edition.dates import format_dates
from qmstool.site.edition.feeds import FeedWriter
from qmstool.site.parts.render import list_page
from qmstool.tables.registers import instrument_text, signer_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.releases import Release
    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage

# Units of the drawing: the height of a line of words, and what lies around a dot.
LINE, PAD = 22, 26
# Width of the picture, and letters to a line.
WIDE, TALL = (760, 90), (350, 38)


@dataclass(frozen=True, slots=True)
class Stop:
    """A release on the line: where its dot is, and its words line by line, each with its height."""

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
    """Yield the page of the releases, where there are any."""
    releases = sorted(
        edition.register.releases.values(), key=lambda release: release.number, reverse=True
    )
    if not releases:
        return
    values = {
        "releases": tuple(describe_release(edition, release) for release in releases),
        "wide": draw_timeline(edition, releases, *WIDE),
        "tall": draw_timeline(edition, releases, *TALL),
        "feeds": _feeds(edition),
    }
    yield list_page(edition, "releases", values)


def _feeds(edition: Edition) -> tuple[tuple[str, str], ...]:
    """Words and address of what can be followed: beside the pages of what is in force only."""
    tip = edition.context.tip
    if tip is None or edition.stamp.draft or edition.stamp.folder:
        return ()
    return FeedWriter(tip, edition.register, edition.addresses, edition.lang).links()


def draw_timeline(edition: Edition, releases: list[Release], width: int, columns: int) -> Timeline:
    """Draw one stop under the other, each as high as its words."""
    stops, y = [], 0
    for release in releases:
        about = describe_release(edition, release)
        by = [str(about[name]) for name in ("by", "count") if about[name]]
        words = textwrap.wrap(str(about["title"]), columns)
        words += textwrap.wrap(" · ".join(by), columns)
        top = y + 2 * PAD
        lines = tuple((top + place * LINE, line) for place, line in enumerate(words))
        head, state = str(about["head"]), str(about["state"])
        stops.append(Stop(release.number, state, y + PAD, head, lines))
        y = top + (len(lines) + 1) * LINE
    return Timeline(width, y, tuple(stops))


def describe_release(edition: Edition, release: Release) -> dict[str, object]:
    """Return a release in words: head, title, dates, instrument, signer, what it put in force."""
    number = f"{release.number:04d}"
    effective = edition.day(release.effective)
    when = edition.word("date_unknown") if release.effective is Unknown.UNKNOWN else effective
    how = format_dates(instrument_text(release, edition.lang), edition.lang)
    return {
        "number": release.number,
        "head": f"{edition.word('version_release').format(number=number)} · {when}",
        "title": release.title,
        "state": _state(edition, release),
        "effective": effective,
        "recorded": edition.day(release.recorded),
        "instrument": how,
        "by": "" if how == edition.value(UNKNOWN) else how,
        "signer": signer_text(edition.manual, release, edition.lang),
        "count": edition.word("items_count").format(count=len(release.items)),
        **_led_to(edition, release, number),
        "entries": tuple(
            (edition.document(item.key), _act(release, item.act), item.summary)
            for item in release.items
        ),
    }


def _led_to(edition: Edition, release: Release, number: str) -> dict[str, str]:
    """Where more of a release is told: its version, its notice, its own page; "" where nowhere."""
    places = {"version": "", "notice": "", "details": ""}
    if number in edition.context.versions:
        places["version"] = number
    if edition.is_current:
        places["details"] = edition.addresses.release(release.number)
        if not release.is_taken_over:
            places["notice"] = edition.addresses.notice(release.number)
    return places


def _state(edition: Edition, release: Release) -> str:
    """How a release stands: preempted by later ones, taken over, in force, or still to come."""
    if is_overtaken(edition.register.standing_lives, release):
        return "overtaken"
    if release.is_taken_over:
        return "imported"
    if not has_effect(release, edition.stamp.day):
        return "scheduled"
    if all(item.act == "withdraw" for item in release.items):
        return "withdrawn"
    return "unevidenced" if release.without_evidence else "effective"


def _act(release: Release, act: str) -> str:
    """What was done to a document; what a baseline has new was only taken in."""
    return "imported" if release.is_taken_over and act == "new" else act
