"""Tell from which commit a page is: the last one that changed something it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.releases.record import release_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.documents import Document
    from qmstool.site.edition.edition import Edition


def page_commit(edition: Edition, document: Document, path: str) -> str:
    """Return the id of the last commit that changed what the page of one file is made of.

    That is its text with its pictures and attachments, and the records of the releases that hold
    the document. "" where the whole log is not here: a part of it would name another commit.
    """
    history = edition.context.history
    if history is None:
        return ""
    return history.last_commit(_paths(edition, document, path), edition.context.pins)


def _paths(edition: Edition, document: Document, path: str) -> Iterator[str]:
    """The files that a page is made of, as paths of the manual."""
    yield path
    if path == document.path:
        yield from document.attachments
    for reference in edition.references.of(path):
        if reference.target is not None and reference.target.kind == "file":
            yield reference.target.key
    for release, _ in edition.register.lives.get(document.key, ()):
        yield release_path(release.number)
