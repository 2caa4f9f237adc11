"""Compare two reports: return the findings of the later one that the earlier one had not.

A finding is known again by its rule, its file and the words under it, never by its line, so that
edits above it bring nothing new.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from qmstool.findings import KnownEntry

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from qmstool.findings import Finding, Report


def known_entry(report: Report, finding: Finding) -> KnownEntry:
    """Return how a finding is known again after edits above it: rule, file, words under it."""
    return KnownEntry(finding.rule, finding.location.path, words_under(report, finding))


def words_under(report: Report, finding: Finding) -> str:
    """Return the words under a finding, of its first line.

    Quotes are left off, runs of blanks are one blank, and accents are composed (NFC).
    """
    place = finding.location
    line = report.lines.get((place.path, place.line))
    end = len(line)
    if place.end_line == place.line:
        end = place.end_column - 1
    parts = line[place.column - 1 : end].strip("\"' ").split()
    return unicodedata.normalize("NFC", " ".join(parts))


def count_entries(report: Report) -> Counter[KnownEntry]:
    """Return the findings of a report as entries, each with how often it stands there."""
    return Counter(known_entry(report, finding) for finding in report.findings)


def split_known(
    report: Report, known: Mapping[KnownEntry, int]
) -> tuple[list[Finding], list[Finding]]:
    """Part the new findings from the known ones; an entry covers as many as it counts."""
    left = Counter(known)
    new: list[Finding] = []
    old: list[Finding] = []
    for finding in report.findings:
        entry = known_entry(report, finding)
        if left[entry] > 0:
            old.append(finding)
        else:
            new.append(finding)
        left[entry] -= 1
    return new, old


def new_findings(before: Report, after: Report, *, paths: Collection[str]) -> Report:
    """Return `after` with only those findings that `before` had not.

    `paths` are the files of today: a finding whose file is not among them may have moved with it,
    so it is known again by rule and words alone.
    """
    known = count_entries(before)
    unknown, _ = split_known(after, known)
    moved: Counter[KnownEntry] = Counter()
    for entry, count in known.items():
        if entry.path not in paths:
            moved[KnownEntry(entry.rule, "", entry.words)] += count
    new: list[Finding] = []
    for finding in after.with_findings(unknown).findings:
        entry = KnownEntry(finding.rule, "", words_under(after, finding))
        if moved[entry] > 0:
            moved[entry] -= 1
        else:
            new.append(finding)
    return after.with_findings(new)
