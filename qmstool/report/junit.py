"""The report as JUnit XML, for CI services that read no better: a case for each finding; only errors are failures."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from qmstool.findings import Severity
from qmstool.report.display import (
    SEVERITY_WORDS,
    escape_controls,
    format_location,
    single_line,
    summary_line,
)

if TYPE_CHECKING:
    from qmstool.findings import Finding, Report
    from qmstool.i18n import Lang


def render(report: Report, lang: Lang) -> str:
    """Return the report as one test suite; where nothing was found, one case that passed."""
    cases = [_case(each, lang) for each in report.findings]
    cases += [
        _skipped(
            format_location(each.finding.location), each.finding.slug, single_line(each.reason)
        )
        for each in report.suppressed
    ]
    cases += [_skipped("qmstool", each.rule, each.why.get(lang)) for each in report.skipped]
    cases = cases or ['    <testcase classname="qmstool" name="check"/>']
    counts = (
        f'tests="{len(cases)}" failures="{report.summary.errors}" errors="0" '
        f'skipped="{_skips(report)}"'
    )
    last = escape(summary_line(report).get(lang))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites {counts}>",
        f'  <testsuite name="qmstool check" {counts}>',
    ]
    return "\n".join(
        [
            *lines,
            *cases,
            f"    <system-out>{last}</system-out>",
            "  </testsuite>",
            "</testsuites>",
            "",
        ]
    )


def _skips(report: Report) -> int:
    return len(report.suppressed) + len(report.skipped)


def _case(finding: Finding, lang: Lang) -> str:
    where = format_location(finding.location)
    words = single_line(finding.message.get(lang))
    told = f"{where}: {SEVERITY_WORDS[finding.severity].get(lang)}: {words}"
    path, name = (
        _quoted(escape_controls(finding.location.path)),
        _quoted(f"{finding.rule} {finding.slug} {where}"),
    )
    head = f'    <testcase classname={path} name={name} file={path} line="{finding.location.line}">'
    if finding.severity == Severity.ERROR:
        body = (
            f"<failure type={_quoted(finding.slug)} "
            f"message={_quoted(words)}>{escape(told)}</failure>"
        )
    else:
        body = f"<system-out>{escape(told)}</system-out>"
    return f"{head}{body}</testcase>"


def _skipped(classname: str, name: str, why: str) -> str:
    return (
        f"    <testcase classname={_quoted(classname)} name={_quoted(name)}><skipped "
        f"message={_quoted(why)}/></testcase>"
    )


def _quoted(text: str) -> str:
    """An attribute's value. Not xml.sax.saxutils, which brings an HTTP client along."""
    return f'"{escape(text)}"'
