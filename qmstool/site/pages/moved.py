"""Keep old addresses: of documents under codes they replace, of sections under old numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.parsing.codes import fold_code
from qmstool.parsing.markdown.headings import fold, headings, number_of
from qmstool.parsing.markdown.reader import read
from qmstool.site.edition.addresses import slugify
from qmstool.site.parts.changes import texts_by_path
from qmstool.site.parts.render import LIST_BOOST, SitePage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.site.edition.edition import Edition
    from qmstool.site.edition.page_link import PageLink


def pages(edition: Edition) -> Iterator[SitePage]:
    """Yield a page at each old address that nothing else has, with the way to the new one."""
    taken = {edition.addresses.document(key) for key in edition.manual.documents}
    taken |= {edition.addresses.document(key) for key in edition.register.statuses}
    taken |= set(edition.addresses.pages.values())
    for address, link in (*_replaced(edition), *_renumbered(edition)):
        if address not in taken:
            taken.add(address)
            title = edition.word("moved")
            yield SitePage(
                address, title, "moved.md.jinja", {"link": link}, hide=("toc",), boost=LIST_BOOST
            )


def _replaced(edition: Edition) -> Iterator[tuple[str, PageLink]]:
    """The addresses of codes that a document says it replaces."""
    for key, document in edition.manual.documents.items():
        for mark in document.front_matter.replaces:
            yield edition.addresses.document(fold_code(mark.text)), edition.document(key)


def _renumbered(edition: Edition) -> Iterator[tuple[str, PageLink]]:
    """The addresses that section files of the manual had under the numbers of recorded texts."""
    main = edition.manual.main
    if main is None:
        return
    home = edition.addresses.document(main.key)
    paths = {file.path for file in main.files[1:]}
    by_title = {fold(section.title): section.file.path for section in main.sections}
    recorded: list[tuple[str, str]] = []
    for _, item in edition.register.lives.get(main.key, ()):
        recorded += texts_by_path(item, edition.context.blobs).items()
    for path, text in dict.fromkeys(recorded):
        first = next(iter(headings(read(text))), None)
        number, title = number_of(first.text) if first else (None, "")
        now = path if path in paths else by_title.get(fold(title), "")
        if number and now in paths:
            yield f"{home}{slugify(number)}/", edition.page(main.key, now)
