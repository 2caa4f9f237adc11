"""Yield all pages of one edition, in one stream."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from qmstool.site.pages import (
    candidates,
    circulation,
    dashboard,
    days,
    documents,
    heatmap,
    home,
    manual,
    moved,
    process_map,
    registers,
    releases,
    standard,
    timeline,
    trail,
    verification,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage

# In the order in which the search numbers pages.
KINDS = (
    home,
    manual,
    documents,
    registers,
    standard,
    heatmap,
    process_map,
    dashboard,
    candidates,
    timeline,
    releases,
    days,
    circulation,
    trail,
    verification,
    moved,
)


def pages(edition: Edition) -> Iterator[SitePage]:
    """Return every page, home first."""
    return chain.from_iterable(kind.pages(edition) for kind in KINDS)


def pages_of(edition: Edition, paths: Iterable[str]) -> Iterator[SitePage]:
    """Yield the pages that show certain Markdown files, by their paths in the manual."""
    wanted, main = frozenset(paths), edition.manual.main
    if main is not None and any(file.path in wanted for file in main.files):
        by_path = edition.addresses.pages
        addresses = {by_path[path] for path in wanted & by_path.keys()}
        yield from (page for page in manual.pages(edition) if page.address in addresses)
    for document in edition.manual.documents.values():
        if document is not main and document.path in wanted:
            yield documents.document_page(edition, document)
