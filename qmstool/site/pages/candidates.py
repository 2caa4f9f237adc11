"""What lies before the signer, a page for each candidate: its annex with check codes, old and new content, what units said.

It is read from the commit that the candidate froze; what is signed may differ from the draft of today.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.site.pages.circulation import localize_table
from qmstool.site.parts.release_items import describe_item
from qmstool.site.parts.render import LIST_BOOST, SitePage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.dossier import content as matter
    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.release_items import ItemChange


def pages(edition: Edition) -> Iterator[SitePage]:
    """A page for every candidate that no release has recorded yet."""
    for dossier in edition.context.dossiers:
        values = {
            "matter": dossier,
            "rows": tuple(_row(edition, each) for each in dossier.lines),
            "tables": tuple(
                localize_table(edition, table)
                for table in (dossier.signatures, dossier.opinions)
                if table and table.rows
            ),
        }
        address = edition.addresses.candidate(dossier.candidate.key)
        title = f"{edition.word('submitted_title')}: {dossier.candidate.title}"
        yield SitePage(
            address,
            title,
            "submitted.md.jinja",
            values,
            hide=("navigation", "toc"),
            boost=LIST_BOOST,
        )


def _row(
    edition: Edition, own: matter.Line
) -> tuple[ItemChange, tuple[tuple[str, str, str], ...], str]:
    """What the candidate does to one document, who receives it, and what it replaces."""
    before = own.before[1] if own.before else None
    chaptered = own.document is not None and len(own.document.files) > 1
    copies = tuple((copy.unit, copy.medium.get(edition.lang), copy.count) for copy in own.copies)
    return (
        describe_item(edition, own.item, before, own.change, chaptered=chaptered),
        copies,
        ", ".join(own.replaces),
    )
