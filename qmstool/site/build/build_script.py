"""Write the one file of a site that every build changes: when, by what and from what it was built.

Pages name it and a script of the frame fills in what it says, on the screen and on paper, also
where the site is opened from a disk. So pages stay the same until something they are made of is
another.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from qmstool.site.edition.dates import format_dates
from qmstool.site.words.general import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from qmstool.i18n import Lang
    from qmstool.site.edition.edition import BuildStamp

NAME = "build.js"
"""At the root of the site, beside versions.json."""


def build_script(
    stamp: BuildStamp,
    versions: Sequence[dict[str, object]],
    *,
    zone: ZoneInfo,
    stale_days: int,
    lang: Lang,
) -> str:
    """Return the script: one value, `qmsBuild`, with words ready to be shown.

    `stamp` is that of the site's root; `versions`: what versions.json says; `stale_days`: days
    after which a site counts as built too long ago.
    """
    built = stamp.built.astimezone(zone)
    day = format_dates(built.date().isoformat(), lang)
    values = {
        "built": built.date().isoformat(),
        "stale_days": stale_days,
        "stale": WORDS["stale"].get(lang).format(day=day, days=stale_days),
        "moment": f"{built:%H:%M}, {day}",
        "day": day,
        "tool": stamp.tool,
        "commit": stamp.commit,
        "newest": stamp.newest,
        "versions": versions,
    }
    return f"globalThis.qmsBuild = {json.dumps(values, ensure_ascii=False, indent=1)};\n"
