"""Make the registers: controlled documents, forms, records, and external documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.manual.model import UNKNOWN
from qmstool.parsing.yaml.nodes import text_of
from qmstool.site.edition.addresses import slugify
from qmstool.site.pages.externals import external_page, external_values
from qmstool.site.parts.render import list_page
from qmstool.site.parts.status import status_line
from qmstool.tables.registers import distribution_text, review_text, signer_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qmstool.manual.documents import Document
    from qmstool.manual.releases import ReleaseItem
    from qmstool.register.status import DocumentStatus
    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage
    from qmstool.site.parts.status import StatusLine


def pages(edition: Edition) -> Iterator[SitePage]:
    """Yield four registers, and a page for every external document."""
    manual = edition.manual
    plain: list[dict[str, object]] = []
    forms: list[dict[str, object]] = []
    for document in manual.documents.values():
        lines = forms if is_form(edition, document) else plain
        lines.append(_line(edition, document))
    externals = [external_values(edition, external) for external in manual.externals.values()]
    gone = tuple(_gone(edition))
    strips = [status_line(edition, standing) for standing in _without_forms(edition)]
    empty = _empty_columns(plain, strips)
    documents = {"lines": tuple(plain), "gone": gone, "empty": empty}
    records = {"lines": tuple(_records(edition))}
    yield list_page(edition, "documents", documents, whole=True)
    yield list_page(edition, "forms", {"lines": tuple(forms)})
    yield list_page(edition, "records", records, word="records_register")
    yield list_page(edition, "external", {"lines": tuple(externals)})
    for external, values in zip(manual.externals.values(), externals, strict=True):
        yield external_page(edition, external, values)


def _without_forms(edition: Edition) -> Iterator[DocumentStatus]:
    """Yield how every document stands that is no form, withdrawn ones too."""
    for key, standing in edition.register.statuses.items():
        document = edition.manual.documents.get(key)
        if document is None or not is_form(edition, document):
            yield standing


def _empty_columns(
    lines: Sequence[Mapping[str, object]], strips: Sequence[StatusLine]
) -> tuple[str, ...]:
    """Return the columns of the register that no document fills, by the words of their heads."""
    filled = {
        "issue_revision": any(strip.issue or strip.revision or strip.effective for strip in strips),
        "instrument": any(strip.instrument for strip in strips) or _any(lines, "signer"),
        "owner": _any(lines, "owner"),
        "review_due": _any(lines, "due", "review"),
        "distribution": _any(lines, "distribution", "unread"),
        "retention": _any(lines, "retention"),
        "check_code": any(strip.check_code or strip.no_text for strip in strips),
    }
    return tuple(name for name, any_filled in filled.items() if lines and not any_filled)


def _any(lines: Sequence[Mapping[str, object]], *names: str) -> bool:
    return any(line[name] for line in lines for name in names)


def _gone(edition: Edition) -> Iterator[tuple[ReleaseItem, StatusLine, str]]:
    """What only releases still know: the item, its status line, the address of its page."""
    for key, standing in edition.register.statuses.items():
        if key not in edition.manual.documents and standing.item is not None:
            line = status_line(edition, standing)
            yield standing.item, line, edition.addresses.document(key)


def is_form(edition: Edition, document: Document) -> bool:
    """Whether a document is a form: its type is a form of another, or it belongs to one."""
    kind = edition.manual.config.types.get(document.type)
    if kind and kind.form_of:
        return True
    return document.front_matter.parent is not None


def _line(edition: Edition, document: Document) -> dict[str, object]:
    """A document's line of a register; its `file` is the form itself, with its size in bytes."""
    config, lang, front_matter = edition.manual.config, edition.lang, document.front_matter
    kind = config.types.get(document.type)
    line, signed, review = None, "", ""
    standing, due = edition.standing(document.key), edition.review_due(document)
    if standing:
        line = status_line(edition, standing)
        signed = signer_text(edition.manual, edition.register.release_of(standing), lang)
        review = _review(edition, standing)
    copied = [path for path in document.attachments if path in edition.sizes]
    file = (edition.addresses.file(copied[-1]), edition.sizes[copied[-1]]) if copied else None
    return {
        "document": document,
        "link": edition.document(document.key),
        "strip": line,
        "kinds": kind.plural.get(lang) if kind else document.type,
        "owner": edition.owner(document),
        "parent": edition.parent(document),
        "signer": signed,
        "due": edition.day(due),
        "review": review,
        "unread": ", ".join(edition.unread.get(document.key, ())),
        "distribution": distribution_text(edition.manual, document, lang),
        "retention": edition.value(front_matter.retention),
        "file": file,
    }


def _review(edition: Edition, standing: DocumentStatus) -> str:
    """The last review of the text in force, its day and what it found."""
    review = standing.last_review
    if review is None:
        return ""
    records = edition.register.tip or edition.manual
    return f"{edition.day(review.date)}: {review_text(review, records, edition.lang)}"


def _records(edition: Edition) -> Iterator[dict[str, object]]:
    """The lines of the register of records."""
    for record in edition.manual.records.values():
        form = text_of(record.form, UNKNOWN)
        yield {
            "id": slugify(record.key),
            "title": record.title,
            "form": edition.document(form) if form != UNKNOWN else None,
            "owner": edition.unit(text_of(record.owner)),
            "place": edition.value(record.place),
            "retention": edition.value(text_of(record.retention)),
            "disposition": edition.value(record.disposition),
            "note": record.note,
            "clauses": edition.mentions.clauses_with_record.get(record.key, ()),
        }
