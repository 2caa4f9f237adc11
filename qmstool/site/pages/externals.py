"""Make a page for each document of the external register: a law, a decree, a standard.

It tells whether the document still holds, what came in its place, and what relies on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import written_day
from qmstool.site.parts.render import SitePage
from qmstool.site.parts.search_label import label_external

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.manual.registers import ExternalDocument
    from qmstool.site.edition.edition import Edition
    from qmstool.site.edition.page_link import PageLink


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
    key, successors = external.key, edition.external_successors
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
        "amended_by": tuple(map(edition.external, successors.amending(key))),
        "superseded_by": tuple(map(edition.external, successors.superseding(key))),
        "chains": successor_chains(edition, external),
        "before": tuple(map(edition.external, successors.before(key))),
        "cited_by": edition.mentions.cited_by("external", key),
        "clauses": clauses_naming(edition, key),
    }


def clauses_naming(edition: Edition, key: str) -> tuple[PageLink, ...]:
    """Return the clauses whose rows of the mapping name an external document."""
    return edition.mentions.clauses_with_external.get(key, ())


def web_address(address: str) -> str:
    """Return an address that a page may link to: of the web, whatever the register says; or ""."""
    return address if address.startswith(("https://", "http://")) else ""


def successor_chains(
    edition: Edition, external: ExternalDocument
) -> tuple[tuple[PageLink, ...], ...]:
    """Return the ways from a document over its successors to the end, the document itself first."""
    ways = edition.external_successors.ways(external.key)
    return tuple(tuple(map(edition.external, way)) for way in ways)
