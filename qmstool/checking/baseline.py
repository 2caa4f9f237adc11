"""A baseline file and a report → the report with its known debts set apart.

The file only shrinks: nothing is ever added to it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qmstool.checking import comparison as compare
from qmstool.findings import Debt, Debts
from qmstool.frozen import replace
from qmstool.i18n import QmsError, Text
from qmstool.manual.schema import DEBTS
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml import composer, record_reader
from qmstool.parsing.yaml.nodes import LocatedText
from qmstool.releases import canonical_yaml as yamltext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.findings import Report
    from qmstool.parsing.yaml.records import Record


def read(path: str, data: bytes) -> Counter[Debt]:
    """The debts of a baseline file, each with how often it may occur.

    Raises QmsError, with the line, where it is none.
    """
    source = SourceFile(path, data)
    node, problems = composer.compose(source)
    entry, more = record_reader.read_record(node, DEBTS, LocatedText("", source, 0, 0))
    for problem in (*problems, *more):
        line = problem.violation.location.line
        raise QmsError(
            Text(
                f"{path}:{line}: không phải tệp tồn đọng do --write-baseline lập ra.",
                f"{path}:{line}: this is no baseline as --write-baseline writes it.",
            )
        )
    known: Counter[Debt] = Counter()
    for each in entry.entries("debts"):
        known[Debt(each.text("rule"), each.text("path"), each.text("words"))] += _count(each)
    return known


def _count(entry: Record) -> int:
    text = entry.text("count")
    return int(text) if text.isdigit() else 0


def write(known: Mapping[Debt, int]) -> str:
    """The text of a baseline file, in an order that makes a payment one line of a comparison."""
    rows: list[yamltext.Value] = []
    for each in sorted(known, key=lambda debt: (debt.path, debt.rule, debt.words)):
        row = {"rule": each.rule, "path": each.path} | ({"words": each.words} if each.words else {})
        rows.append(row | {"count": str(known[each])})
    return yamltext.dump({"schema": "1", "debts": rows})


def shrink(known: Mapping[Debt, int] | None, report: Report) -> Counter[Debt]:
    """What the file may hold from now on: all of a report's findings at first, later only those that it held already."""
    now = compare.tally(report)
    return now if known is None else Counter(known) & now


def set_apart(report: Report, known: Mapping[Debt, int]) -> Report:
    """The report with what the file lists set apart, and with the debts that no longer occur."""
    new, old = compare.split(report, known)
    paid = Counter(known) - compare.tally(report)
    return replace(
        report.of(new),
        debts=Debts(tuple(old), tuple(replace(each, count=count) for each, count in paid.items())),
    )
