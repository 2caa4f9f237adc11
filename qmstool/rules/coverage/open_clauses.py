"""Tell how a mapping answers its standard: which clauses are open, and what else explains that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import NotChecked
from qmstool.parsing.similar import nearest_name
from qmstool.references.sections import section_named
from qmstool.rules.base.cascades import CLAUSE_NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.standards import Catalogue, Coverage, CoverageRow
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.facts import Facts


def followed(facts: Facts) -> Iterator[tuple[Catalogue, Coverage]]:
    """Yield each standard that the manual follows, with its mapping, where both are there."""
    manual = facts.manual
    for standard in manual.config.standards:
        key = standard.catalogue.text
        if key in manual.catalogues and key in manual.coverage:
            yield manual.catalogues[key], manual.coverage[key]


def uncovered(facts: Facts, catalogue: Catalogue, coverage: Coverage) -> tuple[str, ...]:
    """Return the clauses below a chapter that no row answers, in the standard's order."""
    path = coverage.source.path
    missing = []
    for number, clause in catalogue.clauses.items():
        if not clause.parent or coverage.answer(number) or not CLAUSE_NUMBER.fullmatch(number):
            continue
        if not any(facts.lost.record(path, above) for above in _branch(number)):
            missing.append(number)
    return tuple(missing)


def _branch(number: str) -> Iterator[str]:
    """Yield a clause and those above it, without the chapter."""
    while "." in number:
        yield number
        number = number.rpartition(".")[0]


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


def row_before(catalogue: Catalogue, coverage: Coverage, number: str) -> LocatedText:
    """Return the row after which a clause's row belongs."""
    before = coverage.catalogue
    for clause in catalogue.clauses:
        if clause == number:
            break
        if clause in coverage.rows:
            before = coverage.rows[clause].clause
    return before


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
    below = catalogue.below(row.clause.text)
    return tuple(mark for mark in row.covers if mark.text not in below)


def disorder(facts: Facts) -> list[NotChecked]:
    """Return why nobody can tell what a broken row would have named.

    A line was lost, a clause is open, or a clause, document or section is unknown.
    """
    reasons: list[NotChecked] = []
    for catalogue, coverage in followed(facts):
        problem = facts.lost.why(coverage.source.path)
        if problem is not None:
            reasons.append(NotChecked.of(problem))
        for number in uncovered(facts, catalogue, coverage)[:1]:
            place = row_before(catalogue, coverage, number).location
            reasons.append(NotChecked("uncovered-clause", place))
        for row in coverage.rows.values():
            reasons += _unknown_names(facts, catalogue, row)
    return reasons


def _unknown_names(facts: Facts, catalogue: Catalogue, row: CoverageRow) -> Iterator[NotChecked]:
    """Yield what a row names and nothing defines."""
    manual = facts.manual
    if row.clause.text not in catalogue.clauses:
        yield NotChecked("unknown-clause", row.clause.location)
    for mark in row.documents:
        if manual.document(mark.text) is None:
            yield facts.lost.behind(mark)
    if row.section is not None and section_named(manual, row.section.text) is None:
        yield NotChecked("unknown-section", row.section.location)
