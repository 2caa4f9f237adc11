"""Make a page for each candidate before the signer: annex, old and new content, what units said.

It is read from the commit that the candidate froze; what is signed may differ from the draft of
today.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.site.pages.circulation import localize_table
from qmstool.site.parts.release_items import describe_item
from qmstool.site.parts.render import LIST_BOOST, SitePage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.dossier.content import DossierItem
    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.release_items import ItemChange

    # What is done to a document; unit, medium and count of each copy; the codes that it replaces.
    SubmittedRow = tuple[ItemChange, tuple[tuple[str, str, str], ...], str]


def pages(edition: Edition) -> Iterator[SitePage]:
    """Yield a page for every candidate that no release has recorded yet."""
    for dossier in edition.context.dossiers:
        tables = [table for table in (dossier.signatures, dossier.opinions) if table]
        values = {
            "matter": dossier,
            "rows": tuple(_row(edition, line) for line in dossier.lines),
            "tables": tuple(localize_table(edition, table) for table in tables if table.rows),
        }
        yield SitePage(
            edition.addresses.candidate(dossier.candidate.key),
            f"{edition.word('submitted_title')}: {dossier.candidate.title}",
            "submitted.md.jinja",
            values,
            hide=("navigation", "toc"),
            boost=LIST_BOOST,
        )


def _row(edition: Edition, own: DossierItem) -> SubmittedRow:
    """What the candidate does to one document, who receives it, and what it replaces."""
    before = own.before[1] if own.before else None
    is_chaptered = own.document is not None and len(own.document.files) > 1
    change = describe_item(edition, own.item, before, own.change, chaptered=is_chaptered)
    copies = tuple((copy.unit, copy.medium.get(edition.lang), copy.count) for copy in own.copies)
    return change, copies, ", ".join(own.replaces)
