"""Make the author's part of a page: the linked text of one file, and what it cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.site.parts.links import link_references

if TYPE_CHECKING:
    from qmstool.manual.text_files import TextFile
    from qmstool.references.model import Target
    from qmstool.site.edition.edition import Edition
    from qmstool.site.edition.page_link import PageLink


def linked_text(edition: Edition, file: TextFile, page: str) -> str:
    """Return the linked body of a file, as Markdown; `page`: the address of its page."""
    references = edition.references.of(file.path)
    return link_references(file, references, edition.addresses, page=page)


def explained_abbreviations(edition: Edition) -> dict[str, str]:
    """Return the manual's abbreviations, each with what it stands for."""
    return {
        abbreviation.short: " ".join(abbreviation.expansion.split())
        for abbreviation in edition.manual.abbreviations.values()
        if abbreviation.short and abbreviation.expansion
    }


def cited_links(edition: Edition, document: str, path: str) -> tuple[PageLink, ...]:
    """Return what one file of a document cites, each thing once, in the order of the text."""
    links: dict[str, PageLink] = {}
    for reference in edition.references.of(path):
        link = _cited(edition, document, reference.target)
        if link is not None:
            links.setdefault(link.address or link.words, link)
    return tuple(links.values())


def _cited(edition: Edition, document: str, target: Target | None) -> PageLink | None:
    """The thing that a reference of a document leads to; None for itself, and for clauses."""
    if target is None:
        return None
    if target.kind == "external":
        return edition.external(target.key)
    if target.kind in {"document", "section"} and target.key != document:
        return edition.document(target.key)
    return None
