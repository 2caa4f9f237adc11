"""Releases and a day → the versions of the site: what is in force, the draft, each release, days between; and the list of them."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.manual.model import UNKNOWN
from qmstool.register.status import has_effect, pins_in_force, standing_records
from qmstool.site.edition.addresses import DRAFT
from qmstool.site.edition.dates import format_dates
from qmstool.site.words.general import WORDS
from qmstool.tables.registers import instrument

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qmstool.i18n import Lang
    from qmstool.manual.model import Release

ROOT = "."


@dataclass(frozen=True, slots=True)
class InForcePeriod:
    """A stretch of days on which one version was, is or will be in force; dates as written, "" where there is no end known."""

    since: str
    until: str
    folder: str
    title: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the site.

    `pins`: path → blob of its texts, None for the working tree; `until`: when it ceased, "" if not.
    """

    folder: str
    title: str
    release: int | None
    draft: bool
    pins: Mapping[str, str] | None
    releases: tuple[Release, ...]
    day: date
    until: str = ""


def plan_versions(releases: Sequence[Release], day: date, lang: Lang) -> tuple[Version, ...]:
    """Return every version of the site on a day, the root first.

    Without a release in force the root is the draft.
    """
    recorded = standing_records(releases)
    draft = Version(
        DRAFT.get(lang), WORDS["version_draft"].get(lang), None, True, None, recorded, day
    )
    past = [release for release in recorded if has_effect(release, day)]
    if not past:
        root = Version("", draft.title, None, True, None, recorded, day)
        return (root, *(_of(release, recorded, day, lang) for release in recorded))
    title = WORDS["version_baseline" if past[-1].imported else "version_current"].get(lang)
    title = title.format(number=f"{past[-1].number:04d}", name=release_name(past[-1], lang))
    root = Version("", title, past[-1].number, False, pins_in_force(recorded, day), recorded, day)
    kept = tuple(_of(release, recorded, day, lang) for release in reversed(recorded))
    return (root, draft, *kept, *_between(recorded, kept, lang))


def periods_in_force(
    made: Sequence[Version], releases: Sequence[Release]
) -> tuple[InForcePeriod, ...]:
    """Return which version is the manual of which days, the newest first."""
    recorded = standing_records(releases)
    folders = [version for version in made if version.folder and not version.draft]
    found: list[InForcePeriod] = []
    until = ""
    for change in reversed(_changes(recorded)):
        pins = pins_in_force(recorded, _day(change))
        version = next(each for each in folders if each.pins == pins)
        found.append(InForcePeriod(change, until, version.folder, version.title))
        until = change
    return tuple(found)


def _changes(recorded: Sequence[Release]) -> list[str]:
    """The days on which something took effect; "" is the beginning, where a baseline has no date."""
    return sorted(
        {
            "" if release.effective == UNKNOWN else release.effective
            for release in recorded
            if _counts(release)
        }
    )


def _counts(release: Release) -> bool:
    return release.effective != UNKNOWN or release.imported


def _day(change: str) -> date:
    return date.fromisoformat(change) if change else date.min


def _between(
    recorded: tuple[Release, ...], kept: Sequence[Version], lang: Lang
) -> Iterator[Version]:
    """The manual of days that no release shows as it stood: a later release took effect before an earlier one did."""
    for change in _changes(recorded):
        pins, day = pins_in_force(recorded, _day(change)), _day(change)
        if not any(version.pins == pins for version in kept):
            number = max(release.number for release in recorded if has_effect(release, day))
            yield Version(
                change,
                WORDS["version_day"].get(lang).format(day=format_dates(change, lang)),
                number,
                False,
                pins,
                recorded,
                day,
            )


def _of(release: Release, recorded: Sequence[Release], day: date, lang: Lang) -> Version:
    """A release as it stood when it took effect, whatever came later."""
    until = tuple(each for each in recorded if each.number <= release.number)
    later = [
        each
        for each in recorded
        if each.number > release.number and has_effect(each, day) and each.effective != UNKNOWN
    ]
    own = release.effective
    stood = date.fromisoformat(own) if own != UNKNOWN else day
    pins = pins_in_force(until, stood)
    ceased = min((each.effective for each in later), default="")
    return Version(
        f"{release.number:04d}",
        release_name(release, lang),
        release.number,
        False,
        pins,
        until,
        stood,
        ceased,
    )


def release_name(release: Release, lang: Lang) -> str:
    """How the selector names a release: instrument and effective date; an imported baseline is never called in force."""
    number = WORDS["version_release"].get(lang).format(number=f"{release.number:04d}")
    if release.imported:
        return f"{number} – {WORDS['imported'].get(lang)}"
    since = (
        WORDS["version_since"].get(lang).format(day=format_dates(release.effective, lang))
        if release.effective != UNKNOWN
        else ""
    )
    parts = [format_dates(instrument(release, lang), lang), since]
    return f"{number} – {', '.join(part for part in parts if part)}"


def versions_json(
    made: Sequence[Version],
    known: Sequence[InForcePeriod],
    built: date,
    stale_days: int,
    lang: Lang,
) -> str:
    """Return versions.json: the shape that version selectors read, with what a page kept from before cannot know by itself.

    Of each release: since when it is in force, until when, and what it changed; of the site: when it was built, after how many
    days that is too long ago, and which version is the manual of which days.
    """
    days = [{"since": each.since, "version": each.folder} for each in reversed(known)]
    stale = (
        WORDS["stale"].get(lang).format(day=format_dates(built.isoformat(), lang), days=stale_days)
    )
    whole: dict[str, object] = {
        "built": built.isoformat(),
        "stale_days": stale_days,
        "stale": stale,
        "periods": days,
    }
    entries = [
        {
            "version": version.folder or ROOT,
            "title": version.title,
            "aliases": [],
            "properties": _properties(version, lang) | ({} if version.folder else whole),
        }
        for version in made
    ]
    return json.dumps(entries, ensure_ascii=False, indent=1)


def _properties(version: Version, lang: Lang) -> dict[str, object]:
    release = next((each for each in version.releases if each.number == version.release), None)
    plain: dict[str, object] = {
        "draft": version.draft,
        "until": version.until,
        "until_text": format_dates(version.until, lang),
    }
    if release is None or not version.folder:
        return plain
    since = "" if release.effective == UNKNOWN else release.effective
    return plain | {
        "release": release.number,
        "since": since,
        "since_text": format_dates(since, lang),
        "changes": sorted(item.key for item in release.items if item.act != "withdraw"),
        "withdraws": sorted(item.key for item in release.items if item.act == "withdraw"),
    }
