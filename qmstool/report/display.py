"""What of a manual may be put on a screen: content made harmless, its width told, causes told once with all their places."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from qmstool.findings import Severity
from qmstool.frozen import dataclass
from qmstool.i18n import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.findings import Finding, Location, Report, Summary

SEVERITY_WORDS = {
    Severity.ERROR: Text("lỗi", "error"),
    Severity.WARNING: Text("cảnh báo", "warning"),
    Severity.INFO: Text("gợi ý", "note"),
}
# Zl and Zp break lines, Cc drives the terminal, Cf turns the direction of text; the zero-width
# joiners are letters' own.
_HARMFUL = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Cause:
    """Findings with one rule, message and suggestion: one cause, in one or many places."""

    first: Finding
    places: tuple[Location, ...]


def group_by_cause(findings: Iterable[Finding]) -> tuple[Cause, ...]:
    """Group findings by cause, each where its first one stands."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, finding.message.vi, finding.suggestion), []).append(
            finding
        )
    return tuple(
        Cause(group[0], tuple(each.location for each in group)) for group in groups.values()
    )


def escape_controls(text: str) -> str:
    """A text of the manual with everything that could drive a terminal or hide letters written out as its number."""
    if text.isprintable():
        return text
    return "".join(
        _written(char) if unicodedata.category(char) in _HARMFUL and char not in _JOINERS else char
        for char in text
    )


def _written(char: str) -> str:
    return f"\\x{ord(char):02x}" if ord(char) < 0x100 else f"\\u{ord(char):04x}"  # noqa: PLR2004 - two digits or four


def single_line(text: str) -> str:
    """A text on one line: blanks and line ends become single spaces, the rest is made harmless."""
    return escape_controls(" ".join(text.split()))


def display_width(text: str) -> int:
    """How many columns of a terminal a harmless text takes."""
    return sum(
        0 if unicodedata.category(char) in {"Mn", "Me", "Cf"} else _columns(char) for char in text
    )


def _columns(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def format_location(location: Location) -> str:
    """A place as editors and terminals understand it."""
    return f"{escape_controls(location.path)}:{location.line}:{location.column}"


def is_snippet(suggestion: str) -> bool:
    """Whether a suggestion is text to put in, rather than a name that was perhaps meant."""
    return "\n" in suggestion or "  " in suggestion or suggestion.endswith((" ", "}"))


def summary_line(report: Report) -> Text:
    """The line that a manager reads: the counts; what they leave out; since when."""
    counts = counts_sentence(report.summary)
    if report.since is not None:
        since = single_line(report.since.revision)
        counts = Text(f"Mới so với {since}: {counts.vi}", f"New since {since}: {counts.en}")
    if report.known_findings is not None:
        known, paid = (
            len(report.known_findings.known),
            sum(each.count for each in report.known_findings.fixed),
        )
        counts = Text(
            f"{counts.vi} Tồn đọng: {known} chỗ chưa sửa, {paid} chỗ đã sửa.",
            f"{counts.en} Known debts: {known} still there, {paid} paid.",
        )
    return counts


def counts_sentence(summary: Summary) -> Text:
    """What was found, and in how much."""
    vi = (
        f"{summary.errors} lỗi, {summary.warnings} cảnh báo, {summary.infos} gợi ý — "
        f"{summary.documents} tài liệu, {summary.clauses} điều khoản, {summary.citations} "
        "viện dẫn đã kiểm tra."
    )
    counts = [(summary.errors, "error"), (summary.warnings, "warning"), (summary.infos, "note")]
    seen = [
        (summary.documents, "document"),
        (summary.clauses, "clause"),
        (summary.citations, "citation"),
    ]
    return Text(vi, f"{_counted(counts)} — {_counted(seen)} checked.")


def _counted(counts: list[tuple[int, str]]) -> str:
    return ", ".join(
        f"{number} {word}" if number == 1 else f"{number} {word}s" for number, word in counts
    )
