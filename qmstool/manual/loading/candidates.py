"""Read the candidates under `releases/candidates/`: what was frozen to be signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import LoadError, Violation
from qmstool.manual.candidates import CANDIDATES_FOLDER, Candidate
from qmstool.manual.loading.releases import read_item, read_pinned_files
from qmstool.manual.loading.values import read_day
from qmstool.manual.schema.releases import CANDIDATE
from qmstool.parsing.yaml.record_reader import read_source

if TYPE_CHECKING:
    from qmstool.manual.loading.data_files import DataReader
    from qmstool.parsing.source import SourceFile


def read_candidates(reader: DataReader) -> dict[str, Candidate]:
    """Read every candidate, by path; of each that does not fit its form the first problem is told.

    A candidate is prepared anew and never put right by hand: more than the first is of no use.
    """
    candidates = {}
    for path in sorted(reader.sources):
        if path.startswith(CANDIDATES_FOLDER) and path.endswith(".yml"):
            candidates[path], problems = read_candidate(reader.sources[path])
            reader.problems += [_unreadable(path, problem) for problem in problems[:1]]
    return candidates


def read_candidate(source: SourceFile) -> tuple[Candidate, list[LoadError]]:
    """Return what a candidate's file says, and what in it could not be read."""
    record, problems = read_source(source, CANDIDATE)
    candidate = Candidate(
        key=record.text("candidate"),
        key_mark=record.get("candidate"),
        title=record.text("title"),
        commit=record.text("commit"),
        prepared=read_day(record, "prepared"),
        effective=read_day(record, "effective"),
        catalogues=record.texts("catalogues"),
        basis=read_pinned_files(record, "basis"),
        items=tuple(read_item(entry) for entry in record.entries("items")),
        is_whole=not problems,
        source=source,
    )
    return candidate, problems


def _unreadable(path: str, problem: LoadError) -> LoadError:
    key = problem.violation.values.get("key", "")
    values = {
        "path": path,
        "key_vi": f" (trường {key})" if key else "",
        "key_en": f" (key {key})" if key else "",
    }
    return LoadError("candidate-unreadable", Violation(problem.violation.location, values))
