"""Render a report as one line for each finding, as editors and `grep` like it.

A line reads `path:line:column:end_line:end_column: severity: rule slug: message`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.report.display import message_on_a_line, summary_line
from qmstool.terminal import escape_controls

if TYPE_CHECKING:
    from qmstool.findings import Finding, Report
    from qmstool.i18n import Lang


def render(report: Report, lang: Lang) -> str:
    """Return the lines, and the line of counts at their end."""
    lines = [_line(finding, lang) for finding in report.findings]
    lines.append(summary_line(report).get(lang))
    return "\n".join(lines) + "\n"


def _line(finding: Finding, lang: Lang) -> str:
    where = finding.location
    start = f"{escape_controls(where.path)}:{where.line}:{where.column}"
    place = f"{start}:{where.end_line}:{where.end_column}"
    message = message_on_a_line(finding, lang)
    return f"{place}: {finding.severity.word}: {finding.rule} {finding.slug}: {message}"
