"""Two reports → what the later one has that the earlier had not.

Findings are known by rule, file and words, never by lines.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from qmstool.findings import Debt

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from qmstool.findings import Finding, Report


def known_entry(report: Report, finding: Finding) -> Debt:
    """How a finding is known again after edits above it: rule, file, and the words under it."""
    return Debt(finding.rule, finding.location.path, words_under(report, finding))


def words_under(report: Report, finding: Finding) -> str:
    """The words under a finding: of its first line, quotes left off, blanks and the storing of accents made one."""
    place = finding.location
    line = report.lines.get((place.path, place.line), "")
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    return unicodedata.normalize(
        "NFC", " ".join(line[place.column - 1 : end].strip("\"' ").split())
    )


def count_entries(report: Report) -> Counter[Debt]:
    """The findings of a report as debts, each with how often it stands there."""
    return Counter(known_entry(report, each) for each in report.findings)


def split_known(report: Report, known: Mapping[Debt, int]) -> tuple[list[Finding], list[Finding]]:
    """Part the findings that are not known from those that are; each known one counts as often as it was."""
    left = Counter(known)
    new: list[Finding] = []
    old: list[Finding] = []
    for finding in report.findings:
        key = known_entry(report, finding)
        (old if left[key] > 0 else new).append(finding)
        left[key] -= 1
    return new, old


def new_findings(before: Report, after: Report, *, paths: Collection[str]) -> Report:
    """The findings of `after` that `before` had not; `paths`: the files of today, so that a moved file brings no news."""
    known = count_entries(before)
    first = after.of(split_known(after, known)[0])
    moved: Counter[Debt] = Counter()
    for each, count in known.items():
        if each.path not in paths:
            moved[Debt(each.rule, "", each.words)] += count
    new = []
    for finding in first.findings:
        key = Debt(finding.rule, "", words_under(after, finding))
        if moved[key] > 0:
            moved[key] -= 1
        else:
            new.append(finding)
    return after.of(new)
