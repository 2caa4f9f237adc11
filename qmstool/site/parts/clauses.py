"""Tell what the standard's clauses say beside a section of the manual, and this manual's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.standards import Catalogue, Clause, CoverageRow
    from qmstool.site.edition.edition import Edition
    from qmstool.site.edition.page_link import PageLink


@dataclass(frozen=True, slots=True)
class ClauseFacts:
    """A clause that a section page speaks for: itself or one under it.

    `number`: with the standard, save of the one that orders the manual. `amendment`: name of the
    amendment, kind of the change, comment.
    """

    id: str
    number: str
    title: str
    other_title: str
    unverified: bool
    checked: str
    maintain: str
    retain: str
    comment: str
    amendment: tuple[str, str, str] | None
    excluded: bool


@dataclass(frozen=True, slots=True)
class ClauseAnswer:
    """A row of the mapping as a section page shows it; `excluded`: why, None where it applies."""

    clause: ClauseFacts
    subclauses: tuple[ClauseFacts, ...]
    documents: tuple[PageLink, ...]
    external: tuple[PageLink, ...]
    records: tuple[PageLink, ...]
    role: str
    excluded: str | None
    note: str


def clause_answers(edition: Edition, number: str, page: str) -> Iterator[ClauseAnswer]:
    """Yield the rows of the mappings that a page answers; it has the number and address given.

    A chapter without a row shows its clause alone.
    """
    first = edition.manual.catalogue
    if first is None or not number:
        return
    answered = False
    for catalogue, row in edition.coverage_rows:
        if row.section and _page_of(edition, row) == page:
            answered = answered or catalogue is first
            yield _answer(edition, catalogue, row)
    chapter = first.clauses.get(number)
    if not answered and chapter is not None:
        clause = _facts(edition, first, chapter, excluded=False)
        yield ClauseAnswer(clause, (), (), (), (), "", None, "")


def _page_of(edition: Edition, row: CoverageRow) -> str:
    """The address of the page on which a row's section stands; "" where there is none."""
    if row.section is None:
        return ""
    section = edition.addresses.named_section(row.section.text)
    return edition.addresses.pages[section.file.path] if section else ""


def _answer(edition: Edition, catalogue: Catalogue, row: CoverageRow) -> ClauseAnswer:
    number = row.clause.text
    is_excluded = row.excluded is not None
    # Clauses below with a row of their own are told there.
    with_row = {other.clause.text for other in edition.rows_of(catalogue)}
    below = [
        catalogue.clauses[name] for name in catalogue.clauses_under(number) if name not in with_row
    ]
    return ClauseAnswer(
        clause=_facts(edition, catalogue, catalogue.clauses[number], excluded=is_excluded),
        subclauses=tuple(
            _facts(edition, catalogue, clause, excluded=is_excluded) for clause in below
        ),
        documents=edition.documents(row.documents),
        external=edition.externals(row.external),
        records=edition.records(row.records),
        role=edition.role(row.role),
        excluded=row.excluded.text if row.excluded else None,
        note=row.note,
    )


def _facts(
    edition: Edition, catalogue: Catalogue, clause: Clause, *, excluded: bool
) -> ClauseFacts:
    title, other_title = edition.bilingual(clause.title), ""
    if clause.title and edition.lang == "vi":
        # The words of the standard itself; in English there is no other title to show.
        other_title = clause.title.en
    is_first = catalogue is edition.manual.catalogue
    return ClauseFacts(
        id=edition.addresses.clause_id(clause.number, catalogue.key),
        number=clause.number if is_first else f"{catalogue.standard} {clause.number}",
        title=title,
        other_title=other_title,
        unverified=edition.shown_lang in clause.unverified,
        checked=clause.checked,
        maintain=clause.maintain,
        retain=clause.retain,
        comment=edition.bilingual(clause.comment),
        amendment=_amendment(edition, catalogue, clause.number),
        excluded=excluded,
    )


def _amendment(edition: Edition, catalogue: Catalogue, number: str) -> tuple[str, str, str] | None:
    """What a followed amendment does to a clause: its name, the kind of change, the comment."""
    for amendment in edition.manual.catalogues.values():
        if amendment.amends == catalogue.key and number in amendment.changes:
            kind, comment = amendment.changes[number]
            name = amendment.name
            return name, kind, edition.bilingual(comment)
    return None
