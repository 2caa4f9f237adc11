"""Releases and a day → the versions of the site: what is in force, the draft, each release; and the list of them."""

from __future__ import annotations

import json
from qmstool.values import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qmstool.model import UNKNOWN
from qmstool.register.standing import has_effect, pins_in_force, standing_records
from qmstool.site.address import DRAFT
from qmstool.site.dates import dated
from qmstool.site.words import WORDS
from qmstool.tables.registers import instrument

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qmstool.findings import Lang
    from qmstool.model import Release

HERE = "."


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the site. `pins`: path → blob of its texts, None for the working tree; `until`: when it ceased, "" if not."""

    folder: str
    title: str
    release: int | None
    draft: bool
    pins: Mapping[str, str] | None
    releases: tuple[Release, ...]
    day: date
    until: str = ""


def versions(releases: Sequence[Release], day: date, lang: Lang) -> tuple[Version, ...]:
    """Return every version of the site on a day, the root first. Without a release in force the root is the draft."""
    recorded = standing_records(releases)
    draft = Version(DRAFT.get(lang), WORDS["version_draft"].get(lang), None, True, None, recorded, day)
    past = [release for release in recorded if has_effect(release, day)]
    if not past:
        root = Version("", draft.title, None, True, None, recorded, day)
        return (root, *(_of(release, recorded, day, lang) for release in recorded))
    title = WORDS["version_baseline" if past[-1].imported else "version_current"].get(lang)
    title = title.format(number=f"{past[-1].number:04d}", name=name(past[-1], lang))
    root = Version("", title, past[-1].number, False, pins_in_force(recorded, day), recorded, day)
    return (root, draft, *(_of(release, recorded, day, lang) for release in reversed(recorded)))


def _of(release: Release, recorded: Sequence[Release], day: date, lang: Lang) -> Version:
    """A release as it stood when it took effect, whatever came later."""
    until = tuple(each for each in recorded if each.number <= release.number)
    later = [each for each in recorded if each.number > release.number and has_effect(each, day) and each.effective != UNKNOWN]
    own = release.effective
    stood = date.fromisoformat(own) if own != UNKNOWN else day
    pins = pins_in_force(until, max(stood, *(_effective(each, stood) for each in until)))
    ceased = min((each.effective for each in later), default="")
    return Version(f"{release.number:04d}", name(release, lang), release.number, False, pins, until, stood, ceased)


def _effective(release: Release, other: date) -> date:
    return date.fromisoformat(release.effective) if release.effective != UNKNOWN else other


def name(release: Release, lang: Lang) -> str:
    """How the selector names a release: instrument and effective date; an imported baseline is never called in force."""
    number = WORDS["version_release"].get(lang).format(number=f"{release.number:04d}")
    if release.imported:
        return f"{number} – {WORDS['imported'].get(lang)}"
    since = WORDS["version_since"].get(lang).format(day=dated(release.effective, lang)) if release.effective != UNKNOWN else ""
    parts = [dated(instrument(release, lang), lang), since]
    return f"{number} – {', '.join(part for part in parts if part)}"


def listing(made: Sequence[Version], lang: Lang) -> str:
    """Return versions.json: the shape that version selectors read, with the day on which each ceased to be in force."""
    entries = [
        {
            "version": version.folder or HERE,
            "title": version.title,
            "aliases": [],
            "properties": {"draft": version.draft, "until": version.until, "until_text": dated(version.until, lang)},
        }
        for version in made
    ]
    return json.dumps(entries, ensure_ascii=False, indent=1)
