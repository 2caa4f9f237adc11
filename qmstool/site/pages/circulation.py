"""Who holds which copy, what is still out, and what units said of what was put before the signer: lists on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.site.parts.render import list_page
from qmstool.tables.copies import still_out
from qmstool.tables.distribution import holders
from qmstool.tables.opinions import synthesis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage
    from qmstool.tables.registers import Table

# Where an original is kept is for those who run the command, not for every reader.
WITHHELD = frozenset({"evidence"})


def pages(edition: Edition) -> Iterator[SitePage]:
    """The page, where there is something to tell."""
    told = tuple(localize_table(edition, table) for table in circulation_tables(edition))
    if told:
        yield list_page(edition, "circulation", {"tables": told}, whole=True)


def circulation_tables(edition: Edition) -> tuple[Table, ...]:
    """Return the lists that hold anything; none but of what people work by now, and of the draft."""
    tip, day, lang = edition.context.tip, edition.stamp.day, edition.lang
    if tip is None:
        return ()
    made = (
        holders(edition.manual, edition.register, lang, tip.copies),
        still_out(tip, day, lang),
        synthesis(tip, tip.opinions.values(), day, lang),
    )
    return tuple(table for table in made if table.rows)


def localize_table(edition: Edition, table: Table) -> dict[str, object]:
    """A table in the language of the pages, dates as people write them; columns that nobody filled are left out."""
    filled = [
        at
        for at, (key, _) in enumerate(table.columns)
        if key not in WITHHELD and any(row[at] for row in table.rows)
    ]
    return {
        "title": table.title.get(edition.lang),
        "heads": tuple(
            (key, heading.get(edition.lang))
            for key, heading in (table.columns[at] for at in filled)
        ),
        "rows": tuple(tuple(edition.day(row[at]) for at in filled) for row in table.rows),
    }
