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
    documents = edition.manual.documents.values()
    return tuple(document for document in documents if _is_to_take(edition, document))


def _is_to_take(edition: Edition, document: Document) -> bool:
    """Whether a document is in force and its text is kept here."""
    standing = edition.standing(document.key)
    return document.held and standing is not None and standing.in_force


def download_address(key: str, kind: str) -> str:
    """Return where a file of a document stands, below the folder of the version."""
    return f"{FOLDER}/{key}.{kind}"


def download_links(edition: Edition, document: Document) -> tuple[tuple[str, str], ...]:
    """Return word and address of each file that the page of a document offers."""
    kinds = kinds_wanted(edition)
    if not kinds or not _is_to_take(edition, document):
        return ()
    links = [(KINDS[kind], download_address(document.key, kind)) for kind in kinds]
    main = edition.manual.main
    if PDF in kinds and main is not None and document.key == main.key:
        links.append((WHOLE_WORDS.get(edition.lang), WHOLE))
    return tuple(links)
