"""Read, write and apply a file of known findings: those that are put up with for now.

The file only shrinks: its first writing lists every finding of a report, later ones take out what
no longer occurs and add nothing.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qmstool.checking import comparison
from qmstool.findings import KnownEntry, KnownFindings
from qmstool.frozen import dataclass, replace
from qmstool.i18n import QmsError, Text
from qmstool.manual.schema.known_findings import KNOWN_FINDINGS
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml import composer, record_reader
from qmstool.parsing.yaml.nodes import LocatedText
from qmstool.releases import canonical_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.findings import Report
    from qmstool.parsing.yaml.records import Record


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file of known findings: how often each may occur, and since when they are put up with.

    `since`: YYYY-MM-DD; "" in a file of an older tool.
    """

    counts: Counter[KnownEntry]
    since: str


def parse_known(path: str, data: bytes) -> KnownFile:
    """Return what a file of known findings holds.

    Raises QmsError, naming the line, where the file does not have the form of one.
    """
    source = SourceFile(path, data)
    node, syntax_problems = composer.compose(source)
    file, schema_problems = record_reader.read_record(
        node, KNOWN_FINDINGS, LocatedText("", source, 0, 0)
    )
    problems = (*syntax_problems, *schema_problems)
    if problems:
        line = problems[0].violation.location.line
        raise QmsError(
            Text(
                f"{path}:{line}: không phải tệp tồn đọng do --write-known lập ra.",
                f"{path}:{line}: no file of known findings as --write-known writes it.",
            )
        )
    known: Counter[KnownEntry] = Counter()
    for row in file.entries("debts"):
        entry = KnownEntry(row.text("rule"), row.text("path"), row.text("words"))
        known[entry] += _count(row)
    return KnownFile(known, file.text("since"))


def _count(row: Record) -> int:
    text = row.text("count")
    return int(text) if text.isdigit() else 0


def dump_known(known: Mapping[KnownEntry, int], since: str = "") -> str:
    """Return the text of a file of known findings, sorted so that one fixed is one line less."""
    rows: list[canonical_yaml.Value] = []
    for entry in sorted(known, key=_by_place):
        row = {"rule": entry.rule, "path": entry.path}
        if entry.words:
            row["words"] = entry.words
        row["count"] = str(known[entry])
        rows.append(row)
    head: dict[str, canonical_yaml.Value] = {"schema": "1"}
    if since:
        head["since"] = since
    return canonical_yaml.dump(head | {"debts": rows})


def _by_place(entry: KnownEntry) -> tuple[str, str, str]:
    return entry.path, entry.rule, entry.words


def shrink_known(known: Mapping[KnownEntry, int] | None, report: Report) -> Counter[KnownEntry]:
    """Return what the file may hold from now on.

    All findings of the report where there was no file (None), else those that it held already.
    """
    now = comparison.count_entries(report)
    return now if known is None else Counter(known) & now


def set_known_apart(report: Report, known: Mapping[KnownEntry, int]) -> Report:
    """Return the report with the known findings set apart, and the entries that no longer occur."""
    new, old = comparison.split_known(report, known)
    gone = Counter(known) - comparison.count_entries(report)
    fixed = tuple(replace(entry, count=count) for entry, count in gone.items())
    return replace(report.with_findings(new), known_findings=KnownFindings(tuple(old), fixed))
