"""Read catalogues, transitions and the mapping of clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import LoadError, Violation
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.manual.loading.values import read_day
from qmstool.manual.schema.standards import CATALOGUE, HARMONIZED, MAPPING, TRANSITION
from qmstool.manual.standards import (
    Catalogue,
    Clause,
    Coverage,
    CoverageRow,
    Harmonized,
    Reason,
    Transition,
    TransitionLine,
)
from qmstool.parsing.yaml.nodes import LocatedText
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.manual.config import Config
    from qmstool.manual.loading.data_files import DataReader
    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.records import Record

HARMONIZED_FILE = "clauses/harmonized.yml"
MAPPING_PATH = regex(r"clauses/mapping/[^/]+\.yml")


def read_standards(
    reader: DataReader, config: Config
) -> tuple[dict[str, Transition], dict[str, Catalogue], dict[str, Coverage], Harmonized]:
    """Read all that is said of standards: transitions, catalogues, mapping, harmonized structure.

    A mapping has the rows that it takes over from others.
    """
    transitions = _read_transitions(reader, config)
    catalogues = _read_catalogues(reader, config, transitions)
    coverage = _read_coverage(reader)
    harmonized = _read_harmonized(reader, config, coverage)
    return transitions, catalogues, _take_rows(coverage, catalogues, harmonized), harmonized


def _read_transitions(reader: DataReader, config: Config) -> dict[str, Transition]:
    """Read the transitions that the manifest names, by their names."""
    transitions = {}
    for standard in config.standards:
        mark = standard.transition
        source = reader.shared_file("transitions", mark) if mark else None
        if mark and source is not None:
            record = reader.record(source, TRANSITION)
            transitions[mark.text] = _transition(mark.text, record)
    return transitions


def _read_catalogues(
    reader: DataReader, config: Config, transitions: Mapping[str, Transition]
) -> dict[str, Catalogue]:
    """Read the catalogues and amendments that the manifest names, and those of next editions.

    A next edition is one that a transition leads to.
    """
    named: dict[str, LocatedText] = {}
    for standard in config.standards:
        for mark in (standard.catalogue, *standard.amendments):
            named[mark.text] = mark
    catalogues = {}
    for key, mark in named.items():
        source = reader.shared_file("catalogues", mark)
        if source is not None:
            catalogues[key] = read_catalogue(reader, key, source)
    for transition in transitions.values():
        source = reader.find(f"clauses/catalogues/{transition.new}.yml")
        if source is not None and transition.new not in catalogues:
            catalogues[transition.new] = read_catalogue(reader, transition.new, source)
    return catalogues


def _read_coverage(reader: DataReader) -> dict[str, Coverage]:
    """Read the mapping files, by the catalogue whose clauses they answer."""
    mappings = {}
    for path in sorted(reader.sources):
        if not MAPPING_PATH.fullmatch(path):
            continue
        source = reader.sources[path]
        record = reader.record(source, MAPPING)
        catalogue = record.get("catalogue")
        if catalogue is not None:
            rows = {mark.text: _row(mark, entry) for mark, entry in record.keyed("clauses")}
            follows = record.get("follows")
            mappings[catalogue.text] = Coverage(catalogue, rows, source, follows)
    return mappings


def _take_rows(
    coverage: Mapping[str, Coverage],
    catalogues: Mapping[str, Catalogue],
    harmonized: Harmonized,
) -> dict[str, Coverage]:
    """Return the mappings, each with the rows that it takes from the one that it follows."""
    complete: dict[str, Coverage] = {}
    for key in coverage:
        _complete(key, coverage, catalogues, harmonized, complete)
    return {key: complete[key] for key in coverage}


def _complete(
    key: str,
    coverage: Mapping[str, Coverage],
    catalogues: Mapping[str, Catalogue],
    harmonized: Harmonized,
    complete: dict[str, Coverage],
) -> None:
    """Complete a mapping after the one that it follows; a circle of them ends where it closes."""
    if key in complete:
        return
    own = complete[key] = coverage[key]
    if own.follows is None or key not in catalogues or own.follows.text not in coverage:
        return
    followed = own.follows.text
    _complete(followed, coverage, catalogues, harmonized, complete)
    rows, taken = dict(own.rows), {}
    sources: dict[str, CoverageRow] = {}
    for number in catalogues[key].clauses:
        same = harmonized.same_clause(key, number, followed)
        row = complete[followed].row_of(same) if same and own.row_of(number) is None else None
        # Why a clause of one standard does not apply is no reason in another.
        if row is not None and row.excluded is None:
            mark = LocatedText(number, own.source, own.follows.start, own.follows.end)
            rows[number] = replace(row, clause=mark, covers=())
            taken[number], sources[number] = same, row
    above = {number: sources.get(number.rpartition(".")[0]) for number in taken}
    repeated = frozenset(number for number in taken if above[number] is sources[number])
    complete[key] = replace(own, rows=rows, borrowed_from=taken, repeated=repeated)


def _read_harmonized(reader: DataReader, config: Config, coverage: Iterable[str]) -> Harmonized:
    """Read which clauses mean the same, where more than one standard is followed or mapped.

    `coverage`: the catalogues that mapping files answer.
    """
    named = {standard.catalogue.text for standard in config.standards}
    source = reader.find(HARMONIZED_FILE) if len(named.union(coverage)) > 1 else None
    if source is None:
        return Harmonized()
    meanings, names = {}, {}
    for mark, entry in reader.record(source, HARMONIZED).keyed("meanings"):
        clauses = entry.keyed_marks("clauses")
        meanings[mark.text] = {catalogue.text: number.text for catalogue, number in clauses}
        names[mark.text] = Text(entry.text("vi"), entry.text("en"))
    return Harmonized(meanings, names)


def read_catalogue(reader: DataReader, key: str, source: SourceFile) -> Catalogue:
    """Read one catalogue from its file; what does not fit goes to the reader's problems."""
    record = reader.record(source, CATALOGUE)
    checked = record.text("checked")
    clauses = {mark.text: _clause(mark, entry, checked) for mark, entry in record.keyed("clauses")}
    reader.problems += _orphans(clauses)
    return Catalogue(
        key=key,
        standard=record.text("standard"),
        edition=record.text("edition"),
        title=record.bilingual("title") or Text(key, key),
        cited_as=record.texts("cited_as"),
        note=record.bilingual("note"),
        unverified=record.flag("unverified"),
        clauses=clauses,
        amends=record.text("amends") or None,
        changes={
            mark.text: (entry.text("kind"), entry.bilingual("comment"))
            for mark, entry in record.keyed("changes")
        },
        open_questions=_asks(record),
    )


def _orphans(clauses: Mapping[str, Clause]) -> list[LoadError]:
    """Return the problems of clauses whose parent is not in the catalogue."""
    problems = []
    for clause in clauses.values():
        if clause.parent and clause.parent not in clauses:
            values = {"clause": clause.number, "parent": clause.parent}
            violation = Violation(clause.mark.location, values)
            problems.append(LoadError("clause-without-parent", violation))
    return problems


def _asks(record: Record) -> dict[str, Text]:
    """Return what has to be asked of people, by clause."""
    asks = {}
    for mark, entry in (*record.keyed("clauses"), *record.keyed("changes")):
        ask = entry.bilingual("ask")
        if ask:
            asks[mark.text] = ask
    return asks


def _clause(mark: LocatedText, record: Record, checked: str) -> Clause:
    """Read a clause; `checked`: of every clause that says nothing else."""
    vi, en = record.text("vi"), record.text("en")
    return Clause(
        number=mark.text,
        parent=mark.text.rpartition(".")[0],
        title=Text(vi or en, en or vi) if vi or en else None,
        maintain=record.text("maintain"),
        retain=record.text("retain"),
        comment=record.bilingual("comment"),
        unverified=record.texts("unverified"),
        checked=record.text("checked", checked),
        mark=mark,
    )


def _transition(key: str, record: Record) -> Transition:
    return Transition(
        key=key,
        old=record.text("from"),
        new=record.text("to"),
        unverified=record.flag("unverified"),
        note=record.bilingual("note"),
        lines=tuple(_transition_line(entry) for entry in record.entries("lines")),
    )


def _transition_line(record: Record) -> TransitionLine:
    return TransitionLine(
        kind=record.text("kind"),
        old=record.list("from"),
        new=record.list("to"),
        comment=record.bilingual("comment"),
        unverified=record.flag("unverified"),
    )


def _row(mark: LocatedText, record: Record) -> CoverageRow:
    return CoverageRow(
        clause=mark,
        section=record.get("section"),
        documents=record.list("documents"),
        external=record.list("external"),
        records=record.list("records"),
        role=record.get("role"),
        covers=record.list("covers"),
        excluded=_exclusion(mark, record),
        note=record.text("note"),
        because=tuple(
            Reason(entry.text("by"), entry.text("what")) for entry in record.entries("because")
        ),
        implemented=record.text("implemented"),
        planned=read_day(record, "planned"),
    )


def _exclusion(mark: LocatedText, record: Record) -> LocatedText | None:
    """Return the reason for which a clause does not apply, "" if none is given; None if it does."""
    excluded = record.record("excluded")
    if excluded is None:
        return None
    start = excluded.mark.start
    return excluded.get("reason") or LocatedText("", mark.source, start, start)
