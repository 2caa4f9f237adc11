"""List on one page what goes round: copies, opinions, reviews, and who has not read what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.site.parts.render import list_page
from qmstool.tables.copies import outstanding_table
from qmstool.tables.distribution import holders_table
from qmstool.tables.opinions import opinions_table
from qmstool.tables.readings import unread_table
from qmstool.tables.reviews import reviews_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage
    from qmstool.tables.registers import Table

# Where an original is kept is for those who run the command, not for every reader.
WITHHELD = frozenset({"evidence"})


def pages(edition: Edition) -> Iterator[SitePage]:
    """Yield the page, where there is something to tell."""
    tables = tuple(localize_table(edition, table) for table in circulation_tables(edition))
    if tables:
        yield list_page(edition, "circulation", {"tables": tables}, whole=True)


def circulation_tables(edition: Edition) -> tuple[Table, ...]:
    """Return the lists that hold anything; none in a release kept for the record."""
    tip, day, lang = edition.context.tip, edition.stamp.day, edition.lang
    if tip is None:
        return ()
    tables = (
        holders_table(edition.manual, edition.register, lang, tip.copies),
        outstanding_table(tip, day, lang),
        opinions_table(tip, tip.opinions.values(), day, lang),
        reviews_table(edition.manual, edition.register, tip, lang),
        unread_table(edition.manual, edition.register, lang),
    )
    return tuple(table for table in tables if table.rows)


def localize_table(edition: Edition, table: Table) -> dict[str, object]:
    """Return a table in the language of the pages, dates as people write them.

    Columns that nobody filled are left out.
    """
    columns = []
    for place, (key, heading) in enumerate(table.columns):
        if key not in WITHHELD and any(row[place] for row in table.rows):
            columns.append((place, key, heading.get(edition.lang)))
    places = [place for place, _, _ in columns]
    rows = [[edition.day(row[place]) for place in places] for row in table.rows]
    return {
        "title": table.title.get(edition.lang),
        "heads": tuple((key, heading) for _, key, heading in columns),
        "rows": tuple(map(tuple, rows)),
    }
