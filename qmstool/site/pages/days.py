"""Which version of the manual was, is or will be in force on which days; `?d=2026-03-14` leads straight there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.site.parts.render import list_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage


def pages(edition: Edition) -> Iterator[SitePage]:
    """The page of the days, at the root of a site with releases.

    Its table works without a script.
    """
    if edition.context.periods:
        lines = tuple(
            (edition.day(each.since), edition.day(each.until), f"{each.folder}/", each.title)
            for each in edition.context.periods
        )
        yield list_page(edition, "days", {"lines": lines})
