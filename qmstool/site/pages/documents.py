"""Make a controlled document's page: state, text, control data, life, and citations both ways."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from qmstool.manual.loading.attachments import resolve_link
from qmstool.manual.values import known_day
from qmstool.parsing.codes import title_without_code
from qmstool.parsing.yaml.nodes import text_of
from qmstool.site.edition.downloads import download_links
from qmstool.site.parts.changes import last_change
from qmstool.site.parts.identity import page_commit
from qmstool.site.parts.moved import old_anchors
from qmstool.site.parts.propose import editor_address, proposal
from qmstool.site.parts.qr_code import qr_code
from qmstool.site.parts.render import SitePage
from qmstool.site.parts.search_label import label_document, label_gone
from qmstool.site.parts.status import change_lines, status_line
from qmstool.site.parts.text import cited_links, linked_text
from qmstool.tables.registers import distribution_text, outcome_text, type_name
from qmstool.tables.signatures import name_of
from qmstool.tables.statement import standard_stated_by, statement_table
from qmstool.verify.documents import PROVEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.documents import Document
    from qmstool.register.status import DocumentStatus
    from qmstool.site.edition.edition import Edition
    from qmstool.tables.registers import Table
    from qmstool.tables.trail import Event

    _Download = tuple[str, str, int]

UNKNOWN = "unknown"


def pages(edition: Edition) -> Iterator[SitePage]:
    """Yield a page for every controlled document but the manual, which has its own."""
    main = edition.manual.main
    for document in edition.manual.documents.values():
        if main is None or document.key != main.key:
            yield document_page(edition, document)
    for key, standing in edition.register.statuses.items():
        if key not in edition.manual.documents and standing.item is not None:
            yield _gone(edition, standing)


def document_page(edition: Edition, document: Document) -> SitePage:
    """Return the page of one document."""
    address = edition.addresses.document(document.key)
    text = linked_text(edition, document.files[0], address) if document.held else ""
    values = {
        **document_values(edition, document),
        **history_values(edition, document),
        "text": text,
        "text_file": document.text_file,
        "statement": _statement(edition, document),
        "cites": cited_links(edition, document.key, document.path),
        "cited_by": edition.mentions.cited_by("document", document.key),
        "source_path": document.path,
        "commit": page_commit(edition, document, document.path),
        "old_anchors": old_anchors(edition, document, document.path),
        "proposal": proposal(edition, document, document.path, document_contact(edition, document)),
    }
    title = _headed(document.code, document.title)
    label = label_document(edition, document)
    return SitePage(address, title, "document.md.jinja", values, label, document=document.key)


def _statement(edition: Edition, document: Document) -> Table | None:
    """The statement of applicability that a document is, None for every other."""
    catalogue = standard_stated_by(edition.manual, document)
    return statement_table(edition.manual, catalogue, edition.lang) if catalogue else None


def _gone(edition: Edition, standing: DocumentStatus) -> SitePage:
    """A document that only releases still know keeps its page."""
    key, item = standing.key, standing.item
    assert item is not None
    values = {
        "item": item,
        "strip": status_line(edition, standing),
        "steps": change_lines(edition, key),
        "missing": standing.in_force,
        "replaced_by": tuple(map(edition.document, edition.mentions.successors.get(key, ()))),
    }
    address = edition.addresses.document(key)
    title = _headed(item.code, item.title)
    label = label_gone(edition, key, item, standing.state)
    return SitePage(address, title, "gone.md.jinja", values, label, document=key)


def _headed(code: str, title: str) -> str:
    """What stands over a document's page: its code, once, and its title."""
    words = title_without_code(title, code)
    return f"{code} · {words}" if code and words != code else words


def document_values(edition: Edition, document: Document) -> dict[str, object]:
    """Return what every page of a document shows, its sections included.

    Status line, control data, change table, forms, and the clauses whose rows name it.
    """
    manual, front_matter, key = edition.manual, document.front_matter, document.key
    standing, due = edition.standing(key), edition.review_due(document)
    return {
        "document": document,
        "kind": type_name(manual, document, edition.lang),
        "strip": status_line(edition, standing) if standing else None,
        "owner": edition.owner(document),
        "contact": document_contact(edition, document),
        "signatures": tuple(_signatures(edition, document)),
        "review_months": _months(edition, document),
        **_review(edition, document),
        "review_due": edition.day(due),
        "unread": ", ".join(edition.unread.get(key, ())),
        "retention": edition.value(front_matter.retention),
        "distribution": distribution_text(manual, document, edition.lang),
        "note": front_matter.note,
        "proven": _proven(edition, key),
        "parent_document": edition.parent(document),
        "forms": tuple(map(edition.document, edition.mentions.dependents.get(key, ()))),
        "replaces": edition.documents(front_matter.replaces),
        "replaced_by": tuple(map(edition.document, edition.mentions.successors.get(key, ()))),
        "records": edition.records(front_matter.records),
        "clauses": edition.mentions.answered_clauses.get(key, ()),
        "own_file": _download(edition, _own_file(document)),
        "linked_files": tuple(_linked_files(edition, document)),
        "said_paper": _said_paper(document),
        "steps": change_lines(edition, key),
        "edit_url": editor_address(edition, document.path, 1, 1),
    }


def _proven(edition: Edition, key: str) -> tuple[str, str, int] | None:
    """How far the record of a document in force is proved: as a key, in words, and its number.

    None where nobody asked: in a preview, of a draft, of another version.
    """
    answer = edition.context.proven.get(key)
    standing = edition.standing(key)
    if answer is None or standing is None or standing.release != answer.release:
        return None
    return answer.proven, PROVEN[answer.proven].get(edition.lang), answer.release


def history_values(edition: Edition, document: Document) -> dict[str, object]:
    """Return what only the page of a whole document shows.

    Its last change, the files to take away, who committed what, and the code that leads to it from
    a wall.
    """
    events = edition.context.events.get(document.key, ())
    return {
        "change": last_change(edition, document),
        "downloads": download_links(edition, document),
        "wall": qr_code(edition, document),
        "events": tuple(_event(edition, event) for event in events),
    }


def _event(edition: Edition, event: Event) -> dict[str, str]:
    names = [person.partition(" <")[0] for person in event.people]
    return {
        "when": edition.day(event.when[:10]),
        "who": ", ".join(names),
        "act": edition.day(event.what.get(edition.lang)),
        "subject": event.subject,
        "why": event.why,
        "reference": event.reference,
    }


def _review(edition: Edition, document: Document) -> dict[str, str]:
    """The last review of the text in force: day, outcome and person; and what it comments."""
    standing = edition.standing(document.key)
    review = standing.last_review if standing else None
    if review is None:
        return {"last_review": "", "review_comment": ""}
    records = edition.register.tip or edition.manual
    told = f"{edition.day(review.date)}: {outcome_text(review, records, edition.lang)}"
    person = name_of(edition.manual, review.person, edition.lang)
    if person:
        told += f" ({person})"
    return {"last_review": told, "review_comment": review.comment}


def _own_file(document: Document) -> str:
    """The path of the file that a document is: a form to fill in, a text of Word; "" for none."""
    own = document.front_matter.file is not None and document.attachments
    return document.attachments[-1] if own else ""


def _linked_files(edition: Edition, document: Document) -> Iterator[_Download]:
    """The files that a text links to; a picture that stands in it is there to be looked at."""
    shown = {
        resolve_link(posixpath.dirname(file.path), link.target)
        for file in document.files
        for link in file.page.links
        if link.image
    }
    for path in document.attachments:
        file = _download(edition, path)
        if file is not None and path not in shown and path != _own_file(document):
            yield file


def _download(edition: Edition, path: str) -> _Download | None:
    """Name, address and bytes of a file that the site carries, None of another."""
    if path not in edition.sizes:
        return None
    return path.rpartition("/")[2], edition.addresses.file(path), edition.sizes[path]


def _said_paper(document: Document) -> bool:
    """Whether the register says that paper of a document exists: numbers or a day that it bears.

    A distribution of paper copies says so too.
    """
    front = document.front_matter
    paper = front.paper
    borne = paper is not None and (
        not {paper.issue, paper.revision} <= {"", UNKNOWN} or known_day(paper.effective) is not None
    )
    return borne or any(each.medium == "paper" for each in front.distribution)


def _signatures(edition: Edition, document: Document) -> Iterator[tuple[str, str]]:
    """The signature block: label and names, for those that the front matter gives."""
    labels, front_matter = edition.manual.config.labels, document.front_matter
    signers = {
        "author": front_matter.authors,
        "reviewer": front_matter.reviewers,
        "approver": front_matter.approvers,
    }
    for name, marks in signers.items():
        names = ", ".join(edition.role(mark) for mark in marks)
        if names:
            yield labels[name].get(edition.lang), names


def document_contact(edition: Edition, document: Document) -> str:
    """Return how to reach the owner of a document, else whoever keeps the manual."""
    config = edition.manual.config
    unit = config.units.get(config.owning_unit(text_of(document.front_matter.owner)))
    if unit and unit.contact:
        return unit.contact
    return config.contact


def _months(edition: Edition, document: Document) -> str:
    """After how many months a document is reviewed: its own word on it, else that of its type."""
    own = document.front_matter.review_months
    if own is not None:
        return edition.value(str(own))
    kind = edition.manual.config.types.get(document.type)
    return str(kind.review_months) if kind and kind.review_months else ""
