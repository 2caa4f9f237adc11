"""Say which files of a document, and of the whole manual, readers may take away, and where.

What goes in: an edition. What comes out: words and addresses. The owner of a manual says in
`qms.yml` (`site.downloads`) whether there are such files; a draft has none, nor has a document that
is not in force or whose text is not kept here. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.manual.documents import Document
    from qmstool.site.edition.edition import Edition

FOLDER = "downloads"
PDF, WORD = "pdf", "docx"
KINDS: Mapping[str, str] = {PDF: "PDF", WORD: "Word"}
WHOLE = f"{FOLDER}/manual.pdf"
WHOLE_WORDS = Text("Cả sổ tay (PDF)", "The whole manual (PDF)")


def kinds_wanted(edition: Edition) -> tuple[str, ...]:
    """Return the kinds of files that pages of an edition offer, in the order of `KINDS`."""
    wanted = edition.manual.config.downloads
    return () if edition.stamp.draft else tuple(kind for kind in KINDS if kind in wanted)


def documents_to_take(edition: Edition) -> tuple[Document, ...]:
    """Return the documents in force whose text is kept here, in the manual's order."""
    documents = []
    for document in edition.manual.documents.values():
        standing = edition.standing(document.key)
        if document.held and standing is not None and standing.in_force:
            documents.append(document)
    return tuple(documents)


def download_address(key: str, kind: str) -> str:
    """Return where a file of a document stands, below the folder of the version."""
    return f"{FOLDER}/{key}.{kind}"


def download_links(edition: Edition, document: Document) -> tuple[tuple[str, str], ...]:
    """Return word and address of each file that the page of a document offers."""
    kinds = kinds_wanted(edition)
    if document not in documents_to_take(edition):
        return ()
    links = [(KINDS[kind], download_address(document.key, kind)) for kind in kinds]
    main = edition.manual.main
    if PDF in kinds and main is not None and document.key == main.key:
        links.append((WHOLE_WORDS.get(edition.lang), WHOLE))
    return tuple(links)
