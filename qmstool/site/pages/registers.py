"""The registers: controlled documents, forms, records, external documents and a page for each of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.manual.model import UNKNOWN
from qmstool.parsing.codes import key as fold_code
from qmstool.register.reviews import review_due
from qmstool.site.edition.addresses import slugify
from qmstool.site.parts.render import SitePage, list_page
from qmstool.site.parts.search_label import label_external
from qmstool.site.parts.status import status_line
from qmstool.tables.registers import distribution, signer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.manual.model import Document, External, Item
    from qmstool.parsing.yaml.nodes import Mark
    from qmstool.site.edition.edition import Edition, PageLink
    from qmstool.site.parts.status import StatusLine


def pages(edition: Edition) -> Iterator[SitePage]:
    """Four registers, and a page for every external document."""
    manual = edition.manual
    plain = tuple(
        _line(edition, each) for each in manual.documents.values() if not is_form(edition, each)
    )
    forms = tuple(
        _line(edition, each) for each in manual.documents.values() if is_form(edition, each)
    )
    externals = {key: _external(edition, each) for key, each in manual.externals.items()}
    yield list_page(
        edition, "documents", {"lines": plain, "gone": tuple(_gone(edition))}, whole=True
    )
    yield list_page(edition, "forms", {"lines": forms})
    yield list_page(
        edition, "records", {"lines": tuple(_records(edition))}, word="records_register"
    )
    yield list_page(edition, "external", {"lines": tuple(externals.values())})
    for key, each in manual.externals.items():
        title = " ".join(part for part in (each.type, each.number) if part != UNKNOWN)
        yield SitePage(
            edition.addresses.external(key),
            title,
            "external-document.md.jinja",
            externals[key],
            label_external(edition, each),
        )


def _gone(edition: Edition) -> Iterator[tuple[Item, StatusLine, str]]:
    """What only releases still know."""
    for key, standing in edition.register.standings.items():
        if key not in edition.manual.documents and standing.item is not None:
            yield standing.item, status_line(edition, standing), edition.addresses.document(key)


def is_form(edition: Edition, document: Document) -> bool:
    """Whether a document is a form: its type is a form of another, or it belongs to one."""
    kind = edition.manual.config.types.get(document.type)
    return bool((kind and kind.form_of) or "parent" in document.entry)


def _line(edition: Edition, document: Document) -> dict[str, object]:
    standing = edition.standing(document.key)
    kind = edition.manual.config.types.get(document.type)
    due = review_due(document, standing, edition.manual.config) if standing else None
    path = next((path for path in reversed(document.attachments) if path in edition.sizes), "")
    return {
        "document": document,
        "link": edition.document(document.key),
        "strip": status_line(edition, standing) if standing else None,
        "kinds": kind.plural.get(edition.lang) if kind else document.type,
        "owner": edition.unit(document.entry.text("owner")),
        "parent": edition.document(document.entry.text("parent"))
        if "parent" in document.entry
        else None,
        "signer": signer(edition.manual, edition.register.release_of(standing), edition.lang)
        if standing
        else "",
        "due": edition.day(due.isoformat()) if due else "",
        "distribution": distribution(edition.manual, document, edition.lang),
        "retention": edition.value(document.entry.text("retention")),
        "file": (edition.addresses.file(path), edition.sizes[path]) if path else None,
    }


def _records(edition: Edition) -> Iterator[dict[str, object]]:
    for record in edition.manual.records.values():
        entry = record.entry
        yield {
            "id": slugify(record.key),
            "title": record.title,
            "form": edition.document(entry.text("form"))
            if "form" in entry and entry.text("form") != UNKNOWN
            else None,
            "owner": edition.unit(entry.text("owner")),
            **{
                name: edition.value(entry.text(name))
                for name in ("place", "retention", "disposition")
            },
            "note": entry.text("note"),
            "clauses": tuple(
                edition.clause(row.clause.text)
                for row in edition.rows
                if record.key in {each.text for each in row.records}
            ),
        }


def _external(edition: Edition, external: External) -> dict[str, object]:
    entry = external.entry
    dates = {
        name: edition.day(entry.text(name))
        for name in ("issued", "effective", "expired", "checked_on")
    }
    return {
        **dates,
        "external": external,
        "link": edition.external(external.key),
        "title": edition.value(external.title),
        "number": edition.value(external.number),
        "issuer": edition.value(external.issuer),
        "checked_by": edition.role(entry.get("checked_by")),
        "evidence": entry.text("evidence"),
        "note": entry.text("note"),
        "web": web_address(entry.text("url")),
        "amended_by": tuple(_other(edition, mark) for mark in external.amended_by),
        "superseded_by": tuple(_other(edition, mark) for mark in external.superseded_by),
        "chains": successor_chains(edition, external),
        "before": tuple(_before(edition, external)),
        "cited_by": edition.cited_by("external", external.key),
        "clauses": tuple(
            edition.clause(row.clause.text)
            for row in edition.rows
            if external.key in {each.text for each in row.external}
        ),
    }


def web_address(address: str) -> str:
    """An address that a page may link to: of the web, whatever the register says."""
    return address if address.startswith(("https://", "http://")) else ""


def _other(edition: Edition, mark: Mark) -> PageLink:
    return edition.external(_key(edition, mark.text))


def _key(edition: Edition, name: str) -> str:
    """The id of an external document named by id or by number; the name itself where neither is known."""
    if name in edition.manual.externals:
        return name
    return _numbers(edition).get(fold_code(name), name)


def _numbers(edition: Edition) -> Mapping[str, str]:
    return {
        fold_code(each.number): each.key
        for each in edition.manual.externals.values()
        if each.number != UNKNOWN
    }


def successor_chains(edition: Edition, external: External) -> tuple[tuple[PageLink, ...], ...]:
    """Every way from a document over its successors to the end, the document itself first; none where nothing follows."""

    def ways(key: str, seen: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        found = edition.manual.externals.get(key)
        after = [_key(edition, mark.text) for mark in found.superseded_by] if found else []
        after = [each for each in after if each not in seen]
        if not after:
            yield seen
        for each in after:
            yield from ways(each, (*seen, each))

    found = [way for way in ways(external.key, (external.key,)) if len(way) > 1]
    return tuple(tuple(edition.external(key) for key in way) for way in found)


def _before(edition: Edition, external: External) -> Iterator[PageLink]:
    """The documents in whose place this one came, or that it amended."""
    for each in edition.manual.externals.values():
        if external.key in {
            _key(edition, mark.text) for mark in (*each.superseded_by, *each.amended_by)
        }:
            yield edition.external(each.key)
