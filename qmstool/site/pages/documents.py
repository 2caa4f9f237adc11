"""A controlled document's page: its state, its text, its control data, its life, and what it cites and is cited by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.manual.model import UNKNOWN
from qmstool.register.reviews import review_due
from qmstool.site.parts.changes import last_change
from qmstool.site.parts.qr_code import qr_code
from qmstool.site.parts.render import SitePage
from qmstool.site.parts.search_label import label_document, label_gone
from qmstool.site.parts.status import status_line, steps
from qmstool.site.parts.text import cited_links, linked_text
from qmstool.tables.registers import distribution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.model import Document
    from qmstool.register.status import Standing
    from qmstool.site.edition.edition import Edition


def pages(edition: Edition) -> Iterator[SitePage]:
    """A page for every controlled document but the manual, which has its own."""
    main = edition.manual.main
    for document in edition.manual.documents.values():
        if main is None or document.key != main.key:
            yield document_page(edition, document)
    for key, standing in edition.register.standings.items():
        if key not in edition.manual.documents and standing.item is not None:
            yield _gone(edition, standing)


def document_page(edition: Edition, document: Document) -> SitePage:
    """The page of one document."""
    address = edition.addresses.document(document.key)
    values = {
        **document_values(edition, document),
        **history_values(edition, document),
        "text": linked_text(edition, document.files[0], address) if document.held else "",
        "cites": cited_links(edition, document.key, document.path),
        "cited_by": edition.cited_by("document", document.key),
        "source_path": document.path,
    }
    title = f"{document.code} · {document.title}" if document.code else document.title
    return SitePage(
        address,
        title,
        "document.md.jinja",
        values,
        label_document(edition, document),
        document=document.key,
    )


def _gone(edition: Edition, standing: Standing) -> SitePage:
    """A document that only releases still know keeps its page."""
    item = standing.item
    assert item is not None
    values = {
        "item": item,
        "strip": status_line(edition, standing),
        "steps": steps(edition, standing.key),
        "missing": standing.in_force,
    }
    address = edition.addresses.document(standing.key)
    label = label_gone(edition, standing.key, item, standing.state)
    return SitePage(
        address,
        f"{item.code} · {item.title}",
        "gone.md.jinja",
        values,
        label,
        document=standing.key,
    )


def document_values(edition: Edition, document: Document) -> dict[str, object]:
    """What every page of a document shows: strip, control data, change table, forms, rows of the mapping that name it."""
    manual, entry = edition.manual, document.entry
    kind = manual.config.types.get(document.type)
    standing = edition.standing(document.key)
    due = review_due(document, standing, manual.config) if standing else None
    return {
        "document": document,
        "kind": kind.name.get(edition.lang) if kind else document.type,
        "strip": status_line(edition, standing) if standing else None,
        "owner": edition.unit(entry.text("owner")),
        "contact": _contact(edition, document),
        "signatures": _signatures(edition, document),
        "review_months": _months(edition, document),
        "review_due": edition.day(due.isoformat()) if due else "",
        "retention": edition.value(entry.text("retention")),
        "distribution": distribution(manual, document, edition.lang),
        "note": entry.text("note"),
        "parent_document": edition.document(entry.text("parent")) if "parent" in entry else None,
        "forms": tuple(map(edition.document, edition.belonging.get(document.key, ()))),
        "replaces": tuple(edition.document(mark.text) for mark in entry.list("replaces")),
        "replaced_by": tuple(map(edition.document, edition.successors.get(document.key, ()))),
        "records": tuple(edition.record(mark.text) for mark in entry.list("records")),
        "clauses": tuple(map(edition.clause, edition.answered.get(document.key, ()))),
        "attachments": tuple(_attachments(edition, document)),
        "steps": steps(edition, document.key),
        "edit_url": edit_url(edition, document.path),
    }


def history_values(edition: Edition, document: Document) -> dict[str, object]:
    """What the page of a whole document shows besides: its last change, who committed what, and the way to it from a wall."""
    events = [
        {
            "when": edition.day(event.when[:10]),
            "who": ", ".join(name.partition(" <")[0] for name in event.people),
            "act": edition.day(event.what.get(edition.lang)),
            "subject": event.subject,
            "why": event.why,
            "reference": event.reference,
        }
        for event in edition.context.events.get(document.key, ())
    ]
    return {
        "change": last_change(edition, document),
        "wall": qr_code(edition, document),
        "events": tuple(events),
    }


def _attachments(edition: Edition, document: Document) -> Iterator[tuple[str, str, int]]:
    """The files a document carries: name, address, bytes."""
    for path in document.attachments:
        if path in edition.sizes:
            yield path.rpartition("/")[2], edition.addresses.file(path), edition.sizes[path]


def edit_url(edition: Edition, path: str) -> str:
    """Where a change to a file is proposed; "" where the manifest names no place."""
    pattern = edition.manual.config.edit_url
    return pattern.replace("{path}", path) if pattern else ""


def _signatures(edition: Edition, document: Document) -> tuple[tuple[str, str], ...]:
    """The signature block: label and names, for those that the front matter gives."""
    labels, entry = edition.manual.config.labels, document.entry
    named = {
        "author": tuple(entry.list("authors")),
        "reviewer": tuple(entry.list("reviewers")),
        "approver": tuple(mark for mark in [entry.get("approver")] if mark),
    }
    lines = (
        (labels[name].get(edition.lang), ", ".join(edition.role(mark) for mark in marks))
        for name, marks in named.items()
    )
    return tuple((label, names) for label, names in lines if names)


def _contact(edition: Edition, document: Document) -> str:
    unit = edition.manual.config.units.get(document.entry.text("owner"))
    return (unit.contact if unit and unit.contact else "") or edition.manual.config.contact


def _months(edition: Edition, document: Document) -> str:
    own = document.entry.text("review_months")
    kind = edition.manual.config.types.get(document.type)
    if own == UNKNOWN:
        return edition.value(own)
    return own or (str(kind.review_months) if kind and kind.review_months else "")
