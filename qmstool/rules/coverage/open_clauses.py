"""Tell how a mapping answers its standard: which clauses are open, and what was meant for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.parsing.similar import nearest_name
from qmstool.rules.base.clause_numbers import CLAUSE_NUMBER
from qmstool.rules.base.values import bilingual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.standards import Catalogue, Clause, Coverage, CoverageRow
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.facts import Facts


def followed(facts: Facts) -> Iterator[tuple[Catalogue, Coverage]]:
    """Yield each standard that the manual follows, with its mapping, where both are there."""
    manual = facts.manual
    for standard in manual.config.standards:
        key = standard.catalogue.text
        if key in manual.catalogues and key in manual.coverage:
            yield manual.catalogues[key], manual.coverage[key]


def unanswered(catalogue: Catalogue, coverage: Coverage) -> tuple[str, ...]:
    """Return the clauses below a chapter that no row answers, in the standard's order.

    A clause is answered too where every one below it is.
    """
    missing = []
    for number, clause in catalogue.clauses.items():
        if not clause.parent or not CLAUSE_NUMBER.fullmatch(number):
            continue
        if not coverage.rows_answering(catalogue, number):
            missing.append(number)
    return tuple(missing)


def meant_by_mistyped_rows(
    catalogue: Catalogue, coverage: Coverage, missing: tuple[str, ...]
) -> frozenset[str]:
    """Return the open clauses that a mistyped number of the mapping was probably meant for.

    The mistyped number is reported, the gap that it leaves is not.
    """
    meant: set[str | None] = set()
    for row in coverage.rows.values():
        if row.clause.text not in catalogue.clauses:
            meant.add(nearest_name(row.clause.text, missing))
            meant.update(mark.text for mark in row.covers)
            if row.section:
                meant.add(row.section.text.partition("#")[0])
        for mark in misplaced_covers(catalogue, row):
            meant.add(nearest_name(mark.text, missing))
    return frozenset([number for number in meant if number])


def rows_before(catalogue: Catalogue, coverage: Coverage) -> dict[str, LocatedText]:
    """Return by clause the row after which its own row belongs."""
    before = coverage.catalogue
    places = {}
    for clause in catalogue.clauses:
        places[clause] = before
        if clause in coverage.rows:
            before = coverage.rows[clause].clause
    return places


def place_of_answer(row: CoverageRow, number: str) -> LocatedText:
    """Return where a row says that it answers a clause: in its `covers`, or as its own clause."""
    for mark in row.covers:
        if mark.text == number:
            return mark
    return row.clause


def misplaced_covers(catalogue: Catalogue, row: CoverageRow) -> tuple[LocatedText, ...]:
    """Return the `covers` of a row that are not below its clause."""
    if row.clause.text not in catalogue.clauses:
        return ()
    below = catalogue.clauses_under(row.clause.text)
    return tuple(mark for mark in row.covers if mark.text not in below)


def title_values(clause: Clause) -> dict[str, str]:
    """Return the title of a clause in brackets, in both languages; empty without a title."""
    if clause.title is None:
        return bilingual(title=Text("", ""))
    return bilingual(title=Text(f" ({clause.title.vi})", f" ({clause.title.en})"))
