"""Make a page for each document of the external register: a law, a decree, a standard.

It tells whether the document still holds, what came in its place, and what relies on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import written_day
from qmstool.parsing.codes import fold_code
from qmstool.site.parts.render import SitePage
from qmstool.site.parts.search_label import label_external

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.manual.registers import ExternalDocument
    from qmstool.site.edition.edition import Edition, PageLink


def external_page(
    edition: Edition, external: ExternalDocument, values: Mapping[str, object]
) -> SitePage:
    """Return the page of one external document."""
    names = [part for part in (external.type, external.number) if part != UNKNOWN]
    return SitePage(
        edition.addresses.external(external.key),
        " ".join(names),
        "external-document.md.jinja",
        values,
        label_external(edition, external),
    )


def external_values(edition: Edition, external: ExternalDocument) -> dict[str, object]:
    """Return what the page of an external document and its line of the register show."""
    key = external.key
    return {
        "issued": edition.day(written_day(external.issued)),
        "effective": edition.day(written_day(external.effective)),
        "expired": edition.day(written_day(external.expired)),
        "checked_on": edition.day(written_day(external.checked_on)),
        "external": external,
        "link": edition.external(key),
        "title": edition.value(external.title),
        "number": edition.value(external.number),
        "issuer": edition.value(external.issuer),
        "checked_by": edition.role(external.checked_by),
        "evidence": external.evidence,
        "note": external.note,
        "web": web_address(external.url),
        "amended_by": tuple(map(edition.external, _amending(edition, external))),
        "superseded_by": tuple(map(edition.external, _superseding(edition, external))),
        "chains": successor_chains(edition, external),
        "before": tuple(_predecessors(edition, external)),
        "cited_by": edition.cited_by("external", key),
        "clauses": clauses_naming(edition, key),
    }


def clauses_naming(edition: Edition, key: str) -> tuple[PageLink, ...]:
    """Return the clauses whose rows of the mapping name an external document."""
    return edition.rows_where(lambda row: any(mark.text == key for mark in row.external))


def web_address(address: str) -> str:
    """Return an address that a page may link to: of the web, whatever the register says; or ""."""
    return address if address.startswith(("https://", "http://")) else ""


def successor_chains(
    edition: Edition, external: ExternalDocument
) -> tuple[tuple[PageLink, ...], ...]:
    """Return every way from a document over its successors to the end, the document itself first.

    None where nothing follows. A circle ends where it closes.
    """

    def ways(key: str, way: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        current = edition.manual.externals.get(key)
        after = _superseding(edition, current) if current else []
        fresh = [successor for successor in after if successor not in way]
        if not fresh:
            yield way
        for successor in fresh:
            yield from ways(successor, (*way, successor))

    whole = ways(external.key, (external.key,))
    return tuple(tuple(map(edition.external, way)) for way in whole if len(way) > 1)


def _predecessors(edition: Edition, external: ExternalDocument) -> Iterator[PageLink]:
    """The documents in whose place this one came, or that it amended."""
    for other in edition.manual.externals.values():
        if external.key in (*_superseding(edition, other), *_amending(edition, other)):
            yield edition.external(other.key)


def _superseding(edition: Edition, external: ExternalDocument) -> list[str]:
    return [_key(edition, mark.text) for mark in external.superseded_by]


def _amending(edition: Edition, external: ExternalDocument) -> list[str]:
    return [_key(edition, mark.text) for mark in external.amended_by]


def _key(edition: Edition, name: str) -> str:
    """The id of an external document named by id or number; the name itself where neither is."""
    externals = edition.manual.externals
    if name in externals:
        return name
    folded, key = fold_code(name), name
    for external in externals.values():
        # Of two with one number the last counts.
        if external.number != UNKNOWN and fold_code(external.number) == folded:
            key = external.key
    return key
