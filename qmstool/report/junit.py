"""Render a report as JUnit XML, for CI services that read no better format.

Each finding is a test case; only errors are failures.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from qmstool.findings import Severity
from qmstool.report.display import (
    SEVERITY_WORDS,
    format_location,
    message_on_lines,
    single_line,
    summary_line,
)
from qmstool.terminal import escape_controls

if TYPE_CHECKING:
    from qmstool.findings import Finding, Report, Suppressed
    from qmstool.i18n import Lang


def render(report: Report, lang: Lang) -> str:
    """Return the report as one test suite; where nothing was found, one case that passed."""
    cases = [_case(finding, lang) for finding in report.findings]
    skipped = [_suppressed_case(silenced) for silenced in report.suppressed]
    skipped += [
        _skipped_case("qmstool", skipped_rule.rule, single_line(skipped_rule.why.get(lang)))
        for skipped_rule in report.skipped
    ]
    cases += skipped
    if not cases:
        cases = ['    <testcase classname="qmstool" name="check"/>']
    counts = (
        f'tests="{len(cases)}" failures="{report.summary.errors}" errors="0" '
        f'skipped="{len(skipped)}"'
    )
    summary = escape(summary_line(report).get(lang))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites {counts}>",
        f'  <testsuite name="qmstool check" {counts}>',
        *cases,
        f"    <system-out>{summary}</system-out>",
        "  </testsuite>",
        "</testsuites>",
        "",
    ]
    return "\n".join(lines)


def _case(finding: Finding, lang: Lang) -> str:
    where = format_location(finding.location)
    message = single_line(finding.message.get(lang))
    severity = SEVERITY_WORDS[finding.severity].get(lang)
    details = escape(f"{where}: {severity}: {message_on_lines(finding, lang)}")
    if finding.severity == Severity.ERROR:
        attributes = f"type={_quoted(finding.slug)} message={_quoted(message)}"
        body = f"<failure {attributes}>{details}</failure>"
    else:
        body = f"<system-out>{details}</system-out>"
    path = _quoted(escape_controls(finding.location.path))
    name = _quoted(f"{finding.rule} {finding.slug} {where}")
    line = finding.location.line
    head = f'    <testcase classname={path} name={name} file={path} line="{line}">'
    return f"{head}{body}</testcase>"


def _suppressed_case(suppressed: Suppressed) -> str:
    finding = suppressed.finding
    where = format_location(finding.location)
    return _skipped_case(where, finding.slug, single_line(suppressed.reason))


def _skipped_case(classname: str, name: str, reason: str) -> str:
    head = f"    <testcase classname={_quoted(classname)} name={_quoted(name)}>"
    return f"{head}<skipped message={_quoted(reason)}/></testcase>"


def _quoted(text: str) -> str:
    """Return an attribute's value; xml.sax.saxutils would bring an HTTP client along."""
    return f'"{escape(text)}"'
