"""Declare what hides a gap of a mapping, and what keeps a mapping from being asked for gaps.

These are for `Rule.hidden_by` and `Rule.blocked_by`; those of every family are in
`rules.base.hiders`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import NotChecked
from qmstool.references.sections import section_named
from qmstool.rules.base.hiding import about
from qmstool.rules.coverage.open_clauses import (
    followed,
    meant_by_mistyped_rows,
    rows_before,
    unanswered,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.findings import Subject
    from qmstool.manual.standards import Catalogue, Coverage, CoverageRow
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.facts import Facts


def mapped_clauses(facts: Facts) -> Iterator[LocatedText]:
    """Yield the clause of every row that answers a standard which the manual follows."""
    for _, coverage in followed(facts):
        for row in coverage.rows.values():
            yield row.clause


@about
def lost_row(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a clause that lines of the mapping which could not be read may answer."""

    def is_lost(subject: Subject) -> bool:
        path = facts.manual.coverage[subject.searched_in].source.path
        return _may_be_answered(facts, path, subject.name)

    return is_lost


@about
def meant_by_mistyped_row(facts: Facts) -> Callable[[Subject], bool]:
    """Hide the gap that a mistyped number of the mapping leaves: that number is reported."""
    meant = {}
    for catalogue, coverage in followed(facts):
        missing = _uncovered(facts, catalogue, coverage)
        meant[catalogue.key] = meant_by_mistyped_rows(catalogue, coverage, missing)
    return lambda subject: subject.name in meant[subject.searched_in]


@about
def unknown_clause(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a clause that the catalogue does not have: `unknown-clause` reports it."""
    catalogues = facts.manual.catalogues
    return lambda subject: subject.name not in catalogues[subject.searched_in].clauses


def disorder(facts: Facts) -> Iterator[NotChecked]:
    """Yield why nobody can tell what a broken row would have named.

    A line was lost, a clause is open, or a clause, document or section is unknown.
    """
    for catalogue, coverage in followed(facts):
        problem = facts.lost_lines.first_problem(coverage.source.path)
        if problem is not None:
            yield NotChecked.because_of(problem)
        for number in _uncovered(facts, catalogue, coverage)[:1]:
            place = rows_before(catalogue, coverage)[number].location
            yield NotChecked("uncovered-clause", place)
        for row in coverage.rows.values():
            yield from _unknown_names(facts, catalogue, row)


def disorder_beside_sections(facts: Facts) -> Iterator[NotChecked]:
    """Yield the same of a manual that has sections at all."""
    if facts.manual.main is not None:
        yield from disorder(facts)


def unnamed_catalogue(facts: Facts) -> Iterator[NotChecked]:
    """Yield why the manifest may not name the catalogues of some mappings, if there are such."""
    manual = facts.manual
    astray = [key for key in manual.coverage if key not in manual.catalogues]
    if not astray:
        return
    nowhere = [problem for problem in manual.problems if problem.slug == "no-catalogue"]
    lost = facts.lost_lines.first_problem(manual.manifest.path, ("standards", *astray))
    for problem in (*nowhere, lost):
        if problem is not None:
            yield NotChecked.because_of(problem)
            return


def _unknown_names(facts: Facts, catalogue: Catalogue, row: CoverageRow) -> Iterator[NotChecked]:
    """Yield what a row names and nothing defines."""
    manual = facts.manual
    if row.clause.text not in catalogue.clauses:
        yield NotChecked("unknown-clause", row.clause.location)
    for mark in row.documents:
        if manual.document(mark.text) is None:
            yield facts.lost_documents.cause_of(mark)
    if row.section is not None and section_named(manual, row.section.text) is None:
        yield NotChecked("unknown-section", row.section.location)


def _uncovered(facts: Facts, catalogue: Catalogue, coverage: Coverage) -> tuple[str, ...]:
    """Return the clauses that no row answers, and no line that was lost."""
    path = coverage.source.path
    missing = unanswered(catalogue, coverage)
    return tuple([number for number in missing if not _may_be_answered(facts, path, number)])


def _may_be_answered(facts: Facts, path: str, number: str) -> bool:
    """Whether a lost line of a mapping speaks of a clause, or one above it below the chapter."""
    while "." in number:
        if facts.lost_lines.record(path, number):
            return True
        number = number.rpartition(".")[0]
    return False
