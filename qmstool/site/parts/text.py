"""The author's part of a page: the woven text of one file, its abbreviations, and what it cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from qmstool.site.parts.links import link_references

if TYPE_CHECKING:
    from qmstool.manual.model import TextFile
    from qmstool.site.edition.edition import Edition, PageLink


def linked_text(edition: Edition, file: TextFile, page: str) -> Markup:
    """The woven body; Markup because Markdown is what it is, and the renderer's output is cleaned."""
    references = edition.references.by_path.get(file.path, ())
    woven = link_references(file, references, edition.addresses, page=page).strip()
    return Markup(woven + abbreviation_definitions(edition))  # noqa: S704 - cleaned after rendering by qmstool.markup


def abbreviation_definitions(edition: Edition) -> str:
    """The manual's abbreviations as definitions that the renderer turns into tooltips."""
    lines = [
        f"*[{each.short}]: {' '.join(each.expansion.split())}"
        for each in edition.manual.abbreviations.values()
        if not set(each.short) & set("[]<>\n:") and not set(each.expansion) & set("<>")
    ]
    return "\n\n" + "\n".join(lines) if lines else ""


def cited_links(edition: Edition, document: str, path: str) -> tuple[PageLink, ...]:
    """What one file cites, each thing once, in the order of the text."""
    found: dict[str, PageLink] = {}
    for reference in edition.references.by_path.get(path, ()):
        target = reference.target
        if target is None or (target.kind == "document" and target.key == document):
            continue
        if target.kind == "document":
            link = edition.document(target.key)
        elif target.kind == "external":
            link = edition.external(target.key)
        elif target.kind == "section" and target.key != document:
            link = edition.document(target.key)
        else:
            continue
        found.setdefault(link.address or link.words, link)
    return tuple(found.values())
