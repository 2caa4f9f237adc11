"""What the standard's clauses say beside a section of the manual: titles, demands, amendment, and this manual's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.site.edition.addresses import clause_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.model import Catalogue, Clause, Row
    from qmstool.site.edition.edition import Edition, PageLink


@dataclass(frozen=True, slots=True)
class ClauseFacts:
    """A clause that a section page speaks for: itself or one under it."""

    id: str
    number: str
    title: str
    other_title: str
    unverified: bool
    maintain: str
    retain: str
    comment: str
    amendment: tuple[str, str, str] | None
    excluded: bool


@dataclass(frozen=True, slots=True)
class ClauseAnswer:
    """A row of the mapping as a section page shows it."""

    clause: ClauseFacts
    below: tuple[ClauseFacts, ...]
    documents: tuple[PageLink, ...]
    external: tuple[PageLink, ...]
    records: tuple[PageLink, ...]
    role: str
    excluded: str | None
    note: str


def clause_answers(edition: Edition, number: str, page: str) -> Iterator[ClauseAnswer]:
    """The rows of the mapping that this page answers; a chapter without a row shows its clause alone."""
    catalogue = edition.manual.catalogue
    if catalogue is None or not number:
        return
    mine = [row for row in edition.rows if row.section and _page_of(edition, row) == page]
    for row in mine:
        yield _answer(edition, catalogue, row)
    chapter = catalogue.clauses.get(number)
    if not mine and chapter is not None:
        yield ClauseAnswer(
            _below(edition, catalogue, chapter, excluded=False), (), (), (), (), "", None, ""
        )


def _page_of(edition: Edition, row: Row) -> str:
    section = edition.addresses.named(row.section.text) if row.section else None
    return edition.addresses.pages[section.file.path] if section else ""


def _answer(edition: Edition, catalogue: Catalogue, row: Row) -> ClauseAnswer:
    number = row.clause.text
    excluded = row.excluded is not None
    under = [
        each
        for each in catalogue.below(number)
        if each not in {other.clause.text for other in edition.rows}
    ]
    known = [catalogue.clauses[each] for each in under]
    return ClauseAnswer(
        clause=_below(edition, catalogue, catalogue.clauses[number], excluded=excluded),
        below=tuple(_below(edition, catalogue, clause, excluded=excluded) for clause in known),
        documents=tuple(edition.document(mark.text) for mark in row.documents),
        external=tuple(edition.external(mark.text) for mark in row.external),
        records=tuple(edition.record(mark.text) for mark in row.records),
        role=edition.role(row.role),
        excluded=row.excluded.text if row.excluded else None,
        note=row.note,
    )


def _below(
    edition: Edition, catalogue: Catalogue, clause: Clause, *, excluded: bool
) -> ClauseFacts:
    lang = edition.lang
    return ClauseFacts(
        id=clause_id(clause.number),
        number=clause.number,
        title=clause.title.get(lang) if clause.title else "",
        other_title=clause.title.get("en" if lang == "vi" else "vi") if clause.title else "",
        unverified=lang in clause.unverified,
        maintain=clause.maintain,
        retain=clause.retain,
        comment=clause.comment.get(lang) if clause.comment else "",
        amendment=_amendment(edition, catalogue, clause.number),
        excluded=excluded,
    )


def _amendment(edition: Edition, catalogue: Catalogue, number: str) -> tuple[str, str, str] | None:
    """What a followed amendment does to a clause: its name, the kind of change, the comment."""
    for each in edition.manual.catalogues.values():
        changes = each.changes if each.amends == catalogue.key else {}
        if number in changes:
            kind, comment = changes[number]
            return (
                f"{each.standard}:{each.edition}",
                kind,
                comment.get(edition.lang) if comment else "",
            )
    return None
