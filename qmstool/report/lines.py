"""One line for each finding, as editors and `grep` like it: path:line:column:end_line:end_column: severity: rule slug: message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.report.display import escape_controls, is_snippet, single_line, summary_line

if TYPE_CHECKING:
    from qmstool.findings import Finding, Report
    from qmstool.i18n import Lang


def render(report: Report, lang: Lang) -> str:
    """Return the lines, and the line that a manager reads at their end."""
    return (
        "\n".join(
            [*(_line(each, lang) for each in report.findings), summary_line(report).get(lang)]
        )
        + "\n"
    )


def _line(finding: Finding, lang: Lang) -> str:
    where = finding.location
    place = f"{escape_controls(where.path)}:{where.line}:{where.column}:{where.end_line}:{where.end_column}"
    meant = (
        f" → «{single_line(finding.suggestion)}»?"
        if finding.suggestion and not is_snippet(finding.suggestion)
        else ""
    )
    return (
        f"{place}: {finding.severity.word}: {finding.rule} {finding.slug}: "
        f"{single_line(finding.message.get(lang))}{meant}"
    )
