"""The report as JSON for programs; the shape is that of the design, and a change of it raises `SCHEMA`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qmstool.findings import Finding, Location, Report
    from qmstool.i18n import Lang, Text

SCHEMA = 1


def render(report: Report, lang: Lang) -> str:  # noqa: ARG001 - both languages are told
    """Return the report as JSON."""
    summary = report.summary
    data = {
        "schema": SCHEMA,
        "root": report.root,
        "findings": [_finding(each) for each in report.findings],
        "suppressed": [
            {**_finding(each.finding), "reason": each.reason} for each in report.suppressed
        ],
        "skipped": [{"rule": each.rule, "why": _text(each.why)} for each in report.skipped],
        **_asked(report),
        "summary": {
            name: getattr(summary, name)
            for name in ("errors", "warnings", "infos", "documents", "clauses", "citations")
        },
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _asked(report: Report) -> dict[str, object]:
    """What is there only where somebody asked for a comparison."""
    asked: dict[str, object] = {}
    if report.known_findings is not None:
        paid = [
            {"rule": each.rule, "path": each.path, "words": each.words, "count": each.count}
            for each in report.known_findings.fixed
        ]
        asked["debts"] = {
            "known": [_finding(each) for each in report.known_findings.known],
            "paid": paid,
        }
    if report.since is not None:
        affected = [
            {
                "touched": _text(each.touched),
                "citing": [{"document": name, **_place(where)} for name, where in each.citing],
                "clauses": list(each.clauses),
            }
            for each in report.since.affected
        ]
        asked["since"] = {"revision": report.since.revision, "affected": affected}
    return asked


def _finding(finding: Finding) -> dict[str, object]:
    where = finding.location
    return {
        "rule": finding.rule,
        "slug": finding.slug,
        "severity": finding.severity.word,
        **_place(where),
        "end_line": where.end_line,
        "end_column": where.end_column,
        "message": _text(finding.message),
        "values": dict(finding.values),
        "suggestion": finding.suggestion,
        "related": [_place(each) for each in finding.related],
    }


def _place(where: Location) -> dict[str, object]:
    return {"path": where.path, "line": where.line, "column": where.column}


def _text(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
