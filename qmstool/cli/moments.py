"""Read the past that a command asks about: a day, or a release, whose first day of effect is meant.

One reading for every `--as-of`, and for what `as-of` itself is asked.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from qmstool.cli.days import parse_day
from qmstool.i18n import QmsError, Text
from qmstool.manual.values import known_day
from qmstool.parsing.similar import not_found_error
from qmstool.register.effect import items_by_key, mending_release, valid_releases
from qmstool.register.standing_lives import is_overtaken, standing_lives

if TYPE_CHECKING:
    from datetime import date

    from qmstool.cli.context import HistoryContext
    from qmstool.cli.days import TypedDay
    from qmstool.manual.releases import Release

AS_OF = "tính tại ngày, hay từ ngày một đợt có hiệu lực / as of a day, or the day of a release"
MENDED = Text(
    "Đợt {number} là bản ghi sai, đợt {by} ghi lại, nên không có hiệu lực ngày nào. Hãy hỏi theo "
    "đợt {by}.",
    "Release {number} does not count: release {by} puts it right. Ask by release {by}.",
)
OVERTAKEN = Text(
    "Đợt {number} không có hiệu lực ngày nào: đợt ghi nhận sau đã thay thế. Hãy nêu một ngày, dạng "
    "2024-03-14.",
    "Release {number} was never in force: a later record took its place. Name a day, as in "
    "2024-03-14.",
)
UNDATED = Text(
    "Chưa rõ đợt {number} có hiệu lực từ ngày nào. Hãy nêu một ngày, dạng 2024-03-14.",
    "Nobody knows from which day release {number} has effect. Name a day, as in 2024-03-14.",
)


def add_as_of(parser: argparse.ArgumentParser, text: str = AS_OF) -> None:
    """Add the option `--as-of`; `text`: what help says of it."""
    parser.add_argument("--as-of", type=parse_moment, metavar="DAY|N", help=text)


def parse_moment(text: str) -> date | TypedDay | int:
    """Return a day of the command line, or the number of a release."""
    if text.isascii() and text.isdigit() and len(text) <= len("0000"):
        return int(text)
    try:
        return parse_day(text)
    except argparse.ArgumentTypeError as error:
        vi, _, en = str(error).partition(" / ")
        raise argparse.ArgumentTypeError(
            f"{vi}, hoặc nêu số một đợt / {en}, or give the number of a release"
        ) from error


def asked_day(options: argparse.Namespace, context: HistoryContext) -> date | None:
    """Return the day that `--as-of` means; None where it was not said. Raises as `day_of`."""
    return None if options.as_of is None else day_of(options.as_of, context)


def day_of(moment: date | int, context: HistoryContext) -> date:
    """Return the day that is meant: of a release, the first on which it has effect.

    Raises QmsError for a release that is not recorded, never had effect, or has no known day.
    """
    if not isinstance(moment, int):
        return moment
    releases = context.manual.releases
    release = next((each for each in releases if each.number == moment), None)
    if release is None:
        names = [str(each.number) for each in releases]
        raise not_found_error(str(moment), Text("đợt ban hành", "release"), names)
    values = {"number": str(moment)}
    mending = mending_release(releases, release)
    if mending:
        raise QmsError(MENDED.fill(values | {"by": str(mending.number)}))
    if is_overtaken(standing_lives(items_by_key(valid_releases(releases))), release):
        raise QmsError(OVERTAKEN.fill(values))
    day = _first_day(release, context)
    if day is None:
        raise QmsError(UNDATED.fill(values))
    return day


def _first_day(release: Release, context: HistoryContext) -> date | None:
    """The day of effect; what was only taken over is known from its recording on."""
    day = known_day(release.effective)
    if day is None and release.is_taken_over:
        return context.recorded_on(release)
    return day
