"""The report as workflow commands of GitHub and Forgejo: annotations on the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity
from qmstool.report.display import is_snippet, single_line, summary_line

if TYPE_CHECKING:
    from qmstool.findings import Finding, Report
    from qmstool.i18n import Lang

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, lang: Lang) -> str:
    """Return a command for each finding and the last_line as plain text.

    Content cannot begin a command of its own.
    """
    lines = [_command(each, lang) for each in report.findings]
    return "\n".join([*lines, _data(summary_line(report).get(lang))]) + "\n"


def _command(finding: Finding, lang: Lang) -> str:
    where = finding.location
    # Columns are only shown where a finding stays on its line.
    columns = (
        {"col": where.column, "endColumn": where.end_column} if where.line == where.end_line else {}
    )
    title = f"{finding.rule} {finding.slug}"
    fields = {
        "file": where.path,
        "line": where.line,
        "endLine": where.end_line,
        **columns,
        "title": title,
    }
    words = single_line(finding.message.get(lang))
    if finding.suggestion and not is_snippet(finding.suggestion):
        words += f" → «{single_line(finding.suggestion)}»?"
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in fields.items())
    return f"::{COMMANDS[finding.severity]} {properties}::{_data(words)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
