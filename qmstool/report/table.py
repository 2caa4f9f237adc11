"""Make a table of a report, for Excel: a row for each finding, then those set apart, with why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.report.display import SEVERITY_WORDS, is_snippet
from qmstool.tables.registers import Table

if TYPE_CHECKING:
    from qmstool.findings import Finding, Report
    from qmstool.i18n import Lang

TITLE = Text("Các chỗ cần sửa", "Findings")
COLUMNS = (
    ("severity", Text("Mức", "Severity")),
    ("rule", Text("Quy tắc", "Rule")),
    ("name", Text("Tên quy tắc", "Name of the rule")),
    ("file", Text("Tệp", "File")),
    ("line", Text("Dòng", "Line")),
    ("column", Text("Cột", "Column")),
    ("message", Text("Cần sửa gì", "What to mend")),
    ("suggestion", Text("Có phải là", "Did you mean")),
    ("apart", Text("Để riêng vì", "Set apart because")),
)
KNOWN = Text("chỗ tồn đọng đã biết", "known before")


def findings_table(report: Report, lang: Lang) -> Table:
    """Return the findings of a report as a table, in the order of the report."""
    rows = [_row(finding, "", lang) for finding in report.findings]
    known = report.known_findings.known if report.known_findings else ()
    rows += [_row(finding, KNOWN.get(lang), lang) for finding in known]
    rows += [_row(silenced.finding, silenced.reason, lang) for silenced in report.suppressed]
    return Table(TITLE, COLUMNS, tuple(rows))


def _row(finding: Finding, apart: str, lang: Lang) -> tuple[str, ...]:
    where = finding.location
    suggestion = finding.suggestion or ""
    return (
        SEVERITY_WORDS[finding.severity].get(lang),
        finding.rule,
        finding.slug,
        where.path,
        str(where.line),
        str(where.column),
        finding.message.get(lang),
        "" if is_snippet(suggestion) else suggestion,
        apart,
    )
