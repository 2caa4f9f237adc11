"""Prepare findings and content of a manual for showing.

Group findings by cause, escape what could drive a terminal, measure the width of text, write out
places, and word the line of counts.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from qmstool.findings import Severity
from qmstool.frozen import dataclass
from qmstool.i18n import Text, message_key
from qmstool.terminal import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.findings import Finding, Location, Report, Summary
    from qmstool.i18n import Lang

SEVERITY_WORDS = {
    Severity.ERROR: Text("lỗi", "error"),
    Severity.WARNING: Text("cảnh báo", "warning"),
    Severity.INFO: Text("gợi ý", "note"),
}
MEANT = Text("Có phải là «{name}»?", "Did you mean «{name}»?")
PASTE = Text("Có thể chép vào:", "To paste:")
# The end of a line, where all has to stand on one.
NEW_LINE = " ⏎ "


@dataclass(frozen=True, slots=True)
class Cause:
    """Findings with one rule, message and suggestion: one cause, in one or many places."""

    first: Finding
    places: tuple[Location, ...]


def group_by_cause(findings: Iterable[Finding]) -> tuple[Cause, ...]:
    """Group findings by cause, in the order of the first finding of each."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        cause = finding.rule, message_key(finding.message), finding.suggestion
        groups.setdefault(cause, []).append(finding)
    grouped = []
    for group in groups.values():
        places = tuple(finding.location for finding in group)
        grouped.append(Cause(group[0], places))
    return tuple(grouped)


def single_line(text: str) -> str:
    """Put a text on one line: blanks and line ends become one space, controls are escaped."""
    return escape_controls(" ".join(text.split()))


def display_width(text: str) -> int:
    """Return how many columns of a terminal an escaped text takes."""
    return sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def format_location(location: Location) -> str:
    """Write a place as editors and terminals understand it: path:line:column."""
    return f"{escape_controls(location.path)}:{location.line}:{location.column}"


def is_snippet(suggestion: str) -> bool:
    """Whether a suggestion is text to put in, rather than a name that was perhaps meant."""
    return "\n" in suggestion or "  " in suggestion or suggestion.endswith((" ", "}"))


def snippet_lines(suggestion: str | None) -> tuple[str, ...]:
    """Return the lines that a suggestion has to paste, controls escaped; none for a mere name."""
    if not suggestion or not is_snippet(suggestion):
        return ()
    return tuple(escape_controls(line) for line in suggestion.split("\n"))


def message_on_a_line(finding: Finding, lang: Lang) -> str:
    """Return the message of a finding and what it suggests, on one line."""
    message = single_line(finding.message.get(lang))
    snippet = snippet_lines(finding.suggestion)
    if snippet:
        return f"{message} → {NEW_LINE.join(snippet)}"
    if finding.suggestion:
        return f"{message} → «{single_line(finding.suggestion)}»?"
    return message


def message_on_lines(finding: Finding, lang: Lang) -> str:
    """Return the message of a finding and what it suggests, lines to paste on lines of their own.

    Only for a form that keeps line ends.
    """
    snippet = snippet_lines(finding.suggestion)
    if not snippet:
        return message_on_a_line(finding, lang)
    return "\n".join([single_line(finding.message.get(lang)), PASTE.get(lang), *snippet])


def summary_line(report: Report) -> Text:
    """Return the line that a manager reads: the counts, since when, and what they leave out."""
    counts = counts_sentence(report.summary)
    if report.impact is not None:
        since = single_line(report.impact.revision)
        counts = Text(f"Mới so với {since}: {counts.vi}", f"New since {since}: {counts.en}")
    if report.known_findings is not None:
        known = len(report.known_findings.known)
        fixed = sum(entry.count for entry in report.known_findings.fixed)
        counts = Text(
            f"{counts.vi} Tồn đọng: {known} chỗ chưa sửa, {fixed} chỗ đã sửa.",
            f"{counts.en} Known findings: {known} still there, {fixed} gone.",
        )
    return counts


def counts_sentence(summary: Summary) -> Text:
    """Say how many findings there are, and in how much that was checked."""
    vi = (
        f"{summary.errors} lỗi, {summary.warnings} cảnh báo, {summary.infos} gợi ý — "
        f"{summary.documents} tài liệu, {summary.clauses} điều khoản, {summary.citations} "
        "viện dẫn đã kiểm tra."
    )
    counts = [(summary.errors, "error"), (summary.warnings, "warning"), (summary.infos, "note")]
    checked = [
        (summary.documents, "document"),
        (summary.clauses, "clause"),
        (summary.citations, "citation"),
    ]
    return Text(vi, f"{_counted(counts)} — {_counted(checked)} checked.")


def _counted(counts: list[tuple[int, str]]) -> str:
    parts = []
    for number, word in counts:
        plural = "" if number == 1 else "s"
        parts.append(f"{number} {word}{plural}")
    return ", ".join(parts)
