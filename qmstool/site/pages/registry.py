"""All pages of one edition, in one stream."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from qmstool.site.pages import candidates as submitted
from qmstool.site.pages import (
    circulation,
    days,
    documents,
    home,
    registers,
    standard,
    timeline,
    trail,
)
from qmstool.site.pages import dashboard as board
from qmstool.site.pages import heatmap as heat
from qmstool.site.pages import manual as chapters
from qmstool.site.pages import process_map as chart
from qmstool.site.pages import releases as issued
from qmstool.site.pages import verification as proof

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage


def pages(edition: Edition) -> Iterator[SitePage]:
    """Every page, home first."""
    rooms = (
        home,
        chapters,
        documents,
        registers,
        standard,
        heat,
        chart,
        board,
        submitted,
        timeline,
        issued,
        days,
        circulation,
        trail,
        proof,
    )
    return chain.from_iterable(room.pages(edition) for room in rooms)


def pages_of(edition: Edition, paths: Iterable[str]) -> Iterator[SitePage]:
    """The pages that show certain Markdown files."""
    asked, main = frozenset(paths), edition.manual.main
    if main is not None and asked & {file.path for file in main.files}:
        wanted = {edition.addresses.pages[path] for path in asked & edition.addresses.pages.keys()}
        yield from (page for page in chapters.pages(edition) if page.address in wanted)
    for document in edition.manual.documents.values():
        if document is not main and document.path in asked:
            yield documents.document_page(edition, document)
