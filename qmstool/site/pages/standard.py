"""The standard's side: clause–document matrix, which clauses apply, the way to the next edition, and the abbreviations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.parsing.codes import key as fold_code
from qmstool.site.edition.addresses import clause_id, slugify
from qmstool.site.edition.edition import PageLink
from qmstool.site.parts.render import list_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.model import Catalogue, Coverage, Transition
    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage


def pages(edition: Edition) -> Iterator[SitePage]:
    """The pages ordered by clause, for what the manual follows."""
    manual, catalogue = edition.manual, edition.manual.catalogue
    if catalogue is not None and edition.rows:
        coverage = manual.coverage[catalogue.key]
        values = {"catalogue": catalogue, "lines": tuple(_lines(edition, catalogue, coverage))}
        yield list_page(edition, "matrix", values | _columns(edition), whole=True)
        yield list_page(edition, "applicability", values)
    transitions = tuple(_transition(edition, each) for each in manual.transitions.values())
    if transitions:
        yield list_page(edition, "transition", {"transitions": transitions}, whole=True)
    if manual.abbreviations:
        lines = tuple(
            {"id": slugify(short), "entry": each} for short, each in manual.abbreviations.items()
        )
        yield list_page(edition, "abbreviations", {"lines": lines})


def _columns(edition: Edition) -> dict[str, object]:
    """The documents that answer any clause, in the manual's order."""
    named = {fold_code(mark.text) for row in edition.rows for mark in row.documents}
    return {
        "columns": tuple(
            (key, edition.document(key)) for key in edition.manual.documents if key in named
        )
    }


def _lines(
    edition: Edition, catalogue: Catalogue, coverage: Coverage
) -> Iterator[dict[str, object]]:
    """Every clause with the row that answers it."""
    for number, clause in catalogue.clauses.items():
        row = coverage.answer(number)
        own = row is not None and row.clause.text == number
        section = edition.addresses.named(row.section.text) if row and row.section else None
        yield {
            "id": clause_id(number),
            "number": number,
            "level": clause.level,
            "title": clause.title.get(edition.lang) if clause.title else "",
            "unverified": edition.lang in clause.unverified,
            "maintain": clause.maintain,
            "retain": clause.retain,
            "address": edition.addresses.answers.get(number),
            "section": PageLink(section.title, edition.addresses.section(section), section.number)
            if section and own
            else None,
            "covered": row.clause.text if row and not own else "",
            "excluded": bool(row and row.excluded),
            "reason": row.excluded.text if row and row.excluded and own else "",
            "documents": tuple(edition.document(mark.text) for mark in row.documents)
            if row
            else (),
            "keys": tuple(fold_code(mark.text) for mark in row.documents)
            if row and not row.excluded
            else (),
            "external": tuple(edition.external(mark.text) for mark in row.external)
            if row and own
            else (),
            "records": tuple(edition.record(mark.text) for mark in row.records)
            if row and own
            else (),
            "role": edition.role(row.role) if row and own else "",
            "note": row.note if row and own else "",
        }


def _transition(edition: Edition, transition: Transition) -> dict[str, object]:
    old, new = (edition.manual.catalogues.get(key) for key in (transition.old, transition.new))
    lines = []
    seen: set[str] = set()
    for line in transition.lines:
        fresh = [mark.text for mark in line.new if mark.text not in seen]
        seen |= set(fresh)
        lines.append(
            {
                "kind": line.kind,
                "old": tuple(_clause(edition, old, mark.text, transition.old) for mark in line.old),
                "new": tuple(
                    (
                        clause_id(mark.text) if mark.text in fresh else "",
                        _clause(edition, new, mark.text, ""),
                    )
                    for mark in line.new
                ),
                "documents": _documents(edition, tuple(mark.text for mark in line.old)),
                "comment": line.comment.get(edition.lang) if line.comment else "",
                "unverified": line.unverified or transition.unverified,
            }
        )
    return {
        "transition": transition,
        "old": old,
        "new": new,
        "note": edition.bilingual(transition.note),
        "lines": tuple(lines),
    }


def _clause(edition: Edition, catalogue: Catalogue | None, number: str, linked: str) -> PageLink:
    clause = catalogue.clauses.get(number) if catalogue else None
    words = clause.title.get(edition.lang) if clause and clause.title else ""
    return PageLink(words, edition.addresses.clause(number, linked) if linked else None, number)


def _documents(edition: Edition, numbers: tuple[str, ...]) -> tuple[PageLink, ...]:
    """The documents that answer clauses of the old edition: those to be looked at when it goes."""
    named = {
        fold_code(mark.text): None
        for row in edition.rows
        if row.clause.text in numbers
        for mark in row.documents
    }
    return tuple(edition.document(key) for key in named)
