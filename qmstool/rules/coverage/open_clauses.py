"""How a mapping answers its standard: which clauses are open, and which of those another fault already explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import NotChecked
from qmstool.parsing.similar import nearest_name
from qmstool.references.sections import section_named
from qmstool.rules.base.cascades import CLAUSE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.standards import Catalogue, Coverage, CoverageRow
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.rule import Facts


def followed(facts: Facts) -> Iterator[tuple[Catalogue, Coverage]]:
    """Each standard that the manual follows, with its mapping, where both are there."""
    manual = facts.manual
    for standard in manual.config.standards:
        key = standard.catalogue.text
        if key in manual.catalogues and key in manual.coverage:
            yield manual.catalogues[key], manual.coverage[key]


def uncovered(facts: Facts, catalogue: Catalogue, coverage: Coverage) -> tuple[str, ...]:
    """The clauses below a chapter that no row answers, in the standard's order."""
    path = coverage.source.path
    return tuple(
        number
        for number, clause in catalogue.clauses.items()
        if clause.parent and coverage.answer(number) is None and CLAUSE.fullmatch(number)
        if not any(facts.lost.record(path, each) for each in _upwards(number))
    )


def _upwards(number: str) -> Iterator[str]:
    """A clause and those above it, the chapter left out."""
    while "." in number:
        yield number
        number = number.rpartition(".")[0]


def claimed(catalogue: Catalogue, coverage: Coverage, missing: tuple[str, ...]) -> frozenset[str]:
    """Open clauses that a mistyped number of the mapping was meant for: that number is told, the gap it leaves is not."""
    found: set[str | None] = set()
    for row in coverage.rows.values():
        if row.clause.text not in catalogue.clauses:
            found |= {nearest_name(row.clause.text, missing), *(mark.text for mark in row.covers)}
            found |= {row.section.text.partition("#")[0]} if row.section else set()
        found |= {nearest_name(mark.text, missing) for mark in misplaced(catalogue, row)}
    return frozenset(number for number in found if number)


def before(catalogue: Catalogue, coverage: Coverage, number: str) -> LocatedText:
    """Return the row after which a clause's row belongs."""
    place = coverage.catalogue
    for each in catalogue.clauses:
        if each == number:
            break
        place = coverage.rows[each].clause if each in coverage.rows else place
    return place


def misplaced(catalogue: Catalogue, row: CoverageRow) -> tuple[LocatedText, ...]:
    """The `covers` of a row that are not below its clause."""
    if row.clause.text not in catalogue.clauses:
        return ()
    below = catalogue.below(row.clause.text)
    return tuple(mark for mark in row.covers if mark.text not in below)


def disorder(facts: Facts) -> list[NotChecked]:
    """Why what no row names cannot be told from what a broken row would have named: a line lost, a clause open, a name unknown."""
    manual = facts.manual
    found: list[NotChecked] = []
    for catalogue, coverage in followed(facts):
        problem = facts.lost.why(coverage.source.path)
        found += [NotChecked.of(problem)] if problem else []
        for number in uncovered(facts, catalogue, coverage)[:1]:
            found.append(
                NotChecked("uncovered-clause", before(catalogue, coverage, number).location)
            )
        for row in coverage.rows.values():
            if row.clause.text not in catalogue.clauses:
                found.append(NotChecked("unknown-clause", row.clause.location))
            found += [
                facts.lost.behind(mark)
                for mark in row.documents
                if manual.document(mark.text) is None
            ]
            if row.section is not None and section_named(manual, row.section.text) is None:
                found.append(NotChecked("unknown-section", row.section.location))
    return found
