"""Render a report as JSON for programs; a change of its shape raises `SCHEMA`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.findings import ChangeImpact, Finding, KnownFindings, Location, Report
    from qmstool.i18n import Lang, Text

SCHEMA = 1
COUNTS = ("errors", "warnings", "infos", "documents", "clauses", "citations")


def render(report: Report, lang: Lang) -> str:  # noqa: ARG001 - both languages are in it
    """Return the report as JSON."""
    summary = report.summary
    data: dict[str, object] = {
        "schema": SCHEMA,
        "root": report.root,
        "findings": _findings(report.findings),
        "suppressed": [
            {**_finding(silenced.finding), "reason": silenced.reason}
            for silenced in report.suppressed
        ],
        "skipped": [{"rule": rule.rule, "why": _text(rule.why)} for rule in report.skipped],
    }
    if report.known_findings is not None:
        data["debts"] = _known_findings(report.known_findings)
    if report.outside:
        data["outside"] = [
            {"words": number.words, "of": number.owner, **_place(number.location)}
            for number in report.outside
        ]
    if report.impact is not None:
        data["since"] = _since(report.impact)
    data["summary"] = {name: getattr(summary, name) for name in COUNTS}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _known_findings(known_findings: KnownFindings) -> dict[str, object]:
    fixed = [
        {"rule": entry.rule, "path": entry.path, "words": entry.words, "count": entry.count}
        for entry in known_findings.fixed
    ]
    return {"known": _findings(known_findings.known), "paid": fixed}


def _since(since: ChangeImpact) -> dict[str, object]:
    """Return what a change since a revision touched, and who cites that."""
    affected = []
    for each in since.affected:
        citing = [{"document": name, **_place(where)} for name, where in each.citing]
        affected.append(
            {
                "touched": _text(each.reason),
                "citing": citing,
                "clauses": list(each.clauses),
            }
        )
    return {"revision": since.revision, "affected": affected}


def _findings(findings: Iterable[Finding]) -> list[dict[str, object]]:
    return [_finding(finding) for finding in findings]


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
        "related": [_place(related) for related in finding.related],
    }


def _place(where: Location) -> dict[str, object]:
    return {"path": where.path, "line": where.line, "column": where.column}


def _text(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
