"""Tell which version was, is or will be in force on which days; `?d=2026-03-14` leads to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.site.parts.render import list_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage


def pages(edition: Edition) -> Iterator[SitePage]:
    """Yield the page of the days, at the root of a site with releases.

    Its table works without a script.
    """
    lines = []
    for period in edition.context.periods:
        since, until = edition.day(period.since), edition.day(period.until)
        lines.append((since, until, f"{period.folder}/", period.title))
    if lines:
        yield list_page(edition, "days", {"lines": tuple(lines)})
