"""Render a report as workflow commands of GitHub and Forgejo.

Each finding becomes an annotation on a line of a pull request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity
from qmstool.report.display import message_on_lines, summary_line
from qmstool.terminal import escape_lines

if TYPE_CHECKING:
    from qmstool.findings import Finding, Report
    from qmstool.i18n import Lang

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, lang: Lang) -> str:
    """Return a command for each finding, then the line of counts as plain text.

    Content cannot begin a command of its own.
    """
    lines = [_command(finding, lang) for finding in report.findings]
    lines.append(_escape_data(summary_line(report).get(lang)))
    return "\n".join(lines) + "\n"


def _command(finding: Finding, lang: Lang) -> str:
    where = finding.location
    fields: dict[str, object] = {
        "file": escape_lines(where.path),
        "line": where.line,
        "endLine": where.end_line,
    }
    # Columns are only shown where a finding stays on its line.
    if where.line == where.end_line:
        fields["col"] = where.column
        fields["endColumn"] = where.end_column
    fields["title"] = f"{finding.rule} {finding.slug}"
    words = message_on_lines(finding, lang)
    properties = ",".join(f"{key}={_escape_property(str(value))}" for key, value in fields.items())
    return f"::{COMMANDS[finding.severity]} {properties}::{_escape_data(words)}"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
