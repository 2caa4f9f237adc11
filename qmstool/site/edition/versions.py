"""Plan the versions of a site: what is in force, the draft, each release, and days between."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.manual.values import Unknown, known_day
from qmstool.register.effect import has_effect, valid_releases
from qmstool.register.status import pins_in_force
from qmstool.site.edition.addresses import DRAFT
from qmstool.site.edition.dates import format_dates
from qmstool.site.words.general import WORDS
from qmstool.tables.registers import instrument_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qmstool.i18n import Lang
    from qmstool.manual.releases import Release

ROOT = "."


@dataclass(frozen=True, slots=True)
class InForcePeriod:
    """A stretch of days on which one version was, is or will be in force.

    `since`, `until`: dates as written, "" where none is known; `until` is the day after the last.
    """

    since: str
    until: str
    folder: str
    title: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the site.

    `pins`: path and blob of its texts, None for the working tree; `until`: when it ceased, "" if it
    has not; `dateless`: `day` is that of the build, for nobody knows since when it is in force.
    """

    folder: str
    title: str
    release: int | None
    draft: bool
    pins: Mapping[str, str] | None
    releases: tuple[Release, ...]
    day: date
    until: str = ""
    dateless: bool = False


def plan_versions(releases: Sequence[Release], day: date, lang: Lang) -> tuple[Version, ...]:
    """Return every version of the site on a day, the root first.

    Without a release in force the root is the draft.
    """
    recorded = valid_releases(releases)
    draft_title = WORDS["version_draft"].get(lang)
    past = [release for release in recorded if has_effect(release, day)]
    if not past:
        root = Version("", draft_title, None, True, None, recorded, day)
        return (root, *(_kept_version(release, recorded, day, lang) for release in recorded))
    newest = past[-1]
    word = WORDS["version_baseline" if newest.is_taken_over else "version_current"].get(lang)
    title = word.format(number=f"{newest.number:04d}", name=release_name(newest, lang))
    pins = pins_in_force(recorded, day)
    root = Version("", title, newest.number, False, pins, recorded, day)
    draft = Version(DRAFT.get(lang), draft_title, None, True, None, recorded, day)
    kept = tuple(_kept_version(release, recorded, day, lang) for release in reversed(recorded))
    return (root, draft, *kept, *_between(recorded, kept, lang))


def periods_in_force(
    versions: Sequence[Version], releases: Sequence[Release]
) -> tuple[InForcePeriod, ...]:
    """Return which version is the manual of which days, the newest first."""
    recorded = valid_releases(releases)
    kept = [version for version in versions if version.folder and not version.draft]
    periods: list[InForcePeriod] = []
    until = ""
    for change in reversed(_changes(recorded)):
        pins = pins_in_force(recorded, _day(change))
        version = next(version for version in kept if version.pins == pins)
        periods.append(InForcePeriod(change, until, version.folder, version.title))
        until = change
    return tuple(periods)


def _changes(recorded: Sequence[Release]) -> list[str]:
    """The days on which something took effect; "" is the beginning, of a baseline without a date.

    A release without a date that is no baseline took effect on no day that can be told.
    """
    days = set()
    for release in recorded:
        if release.effective is not Unknown.UNKNOWN:
            days.add(release.effective.isoformat())
        elif release.imported:
            days.add("")
        elif release.takes_over and release.recorded is not Unknown.UNKNOWN:
            days.add(release.recorded.isoformat())
        claimed = [item.taken_over.effective for item in release.items if item.taken_over]
        days |= {day.isoformat() for day in claimed if day}
    return sorted(days)


def _day(change: str) -> date:
    return date.fromisoformat(change) if change else date.min


def _between(
    recorded: tuple[Release, ...], kept: Sequence[Version], lang: Lang
) -> Iterator[Version]:
    """The manual of days that no release shows as it stood.

    There are such where a later release took effect before an earlier one did.
    """
    changes = _changes(recorded)
    for change, until in zip(changes, (*changes[1:], ""), strict=True):
        day = _day(change)
        pins = pins_in_force(recorded, day)
        if any(version.pins == pins for version in kept):
            continue
        if not change:  # called after the last day of that stretch, for nobody knows the first
            day = _day(until) - timedelta(days=1)
        number = max(
            (release.number for release in recorded if has_effect(release, day)),
            default=recorded[0].number,
        )
        title = WORDS["version_day"].get(lang).format(day=format_dates(day.isoformat(), lang))
        yield Version(day.isoformat(), title, number, False, pins, recorded, day, until)


def _kept_version(release: Release, recorded: Sequence[Release], day: date, lang: Lang) -> Version:
    """A release as it stood when it took effect, whatever came later."""
    until = tuple(record for record in recorded if record.number <= release.number)
    later = [record for record in recorded if record.number > release.number]
    ends = [known_day(record.effective) for record in later if has_effect(record, day)]
    known_ends = [end.isoformat() for end in ends if end]
    stood = known_day(release.effective) or _taken_over_on(release) or day
    return Version(
        folder=f"{release.number:04d}",
        title=release_name(release, lang),
        release=release.number,
        draft=False,
        pins=pins_in_force(until, stood),
        releases=until,
        day=stood,
        until=min(known_ends, default=""),
        dateless=known_day(release.effective) is None,
    )


def _taken_over_on(release: Release) -> date | None:
    """The day from which a record that only takes over counts; None for others."""
    return known_day(release.recorded) if release.takes_over and not release.imported else None


def release_name(release: Release, lang: Lang) -> str:
    """Return how the selector names a release: number, instrument and effective date.

    An imported baseline is never called in force.
    """
    number = WORDS["version_release"].get(lang).format(number=f"{release.number:04d}")
    if release.is_taken_over:
        return f"{number} – {WORDS['imported'].get(lang)}"
    parts = [format_dates(instrument_text(release, lang), lang)]
    if release.effective is not Unknown.UNKNOWN:
        day = format_dates(release.effective.isoformat(), lang)
        parts.append(WORDS["version_since"].get(lang).format(day=day))
    return f"{number} – {', '.join(part for part in parts if part)}"


def describe_versions(
    versions: Sequence[Version],
    periods: Sequence[InForcePeriod],
    built: date,
    stale_days: int,
    lang: Lang,
) -> list[dict[str, object]]:
    """Return what versions.json says: what selectors of versions read, and no kept page can know.

    Of each release: since when it is in force, until when, and what it changed; of the site: when
    it was built, after how many days that is too long ago, and which version is the manual of which
    days.
    """
    site = _site_properties(periods, built, stale_days, lang)
    entries: list[dict[str, object]] = []
    for version in versions:
        properties = _properties(version, lang)
        if not version.folder:
            properties |= site
        entries.append(
            {
                "version": version.folder or ROOT,
                "title": version.title,
                "aliases": [],
                "properties": properties,
            }
        )
    return entries


def _site_properties(
    periods: Sequence[InForcePeriod], built: date, stale_days: int, lang: Lang
) -> dict[str, object]:
    """What versions.json says of the whole site."""
    oldest_first = [{"since": period.since, "version": period.folder} for period in periods[::-1]]
    day = format_dates(built.isoformat(), lang)
    return {
        "built": built.isoformat(),
        "stale_days": stale_days,
        "stale": WORDS["stale"].get(lang).format(day=day, days=stale_days),
        "periods": oldest_first,
    }


def _properties(version: Version, lang: Lang) -> dict[str, object]:
    """What versions.json says of one version."""
    properties: dict[str, object] = {
        "draft": version.draft,
        "until": version.until,
        "until_text": format_dates(version.until, lang),
    }
    numbers = [release.number for release in version.releases]
    if not version.folder or version.release not in numbers:
        return properties
    release = version.releases[numbers.index(version.release)]
    effective = known_day(release.effective)
    since = effective.isoformat() if effective else ""
    withdrawn = [item.key for item in release.items if item.act == "withdraw"]
    changed = [item.key for item in release.items if item.act != "withdraw"]
    properties |= {
        "release": release.number,
        "since": since,
        "since_text": format_dates(since, lang),
        "changes": sorted(changed),
        "withdraws": sorted(withdrawn),
    }
    return properties
