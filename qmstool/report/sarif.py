"""The report as SARIF 2.1.0, for code-scanning services and editors.

Columns are code points; a rule's help is its page.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from qmstool import __version__
from qmstool.findings import Severity
from qmstool.i18n import Text
from qmstool.rules import BY_SLUG
from qmstool.rules.base.pages import page

if TYPE_CHECKING:
    from qmstool.findings import Finding, Location, Report
    from qmstool.i18n import Lang

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
DEBT = Text("Tồn đọng, đã ghi trong tệp tồn đọng", "A known debt, in the baseline file")
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report, lang: Lang) -> str:
    """Return the report as one SARIF run; silenced findings are in it, marked as suppressed."""
    results = [_result(each, lang) for each in report.findings]
    for silenced in report.suppressed:
        suppression = {"kind": "inSource", "justification": silenced.reason}
        results.append(_result(silenced.finding, lang) | {"suppressions": [suppression]})
    known = report.known_findings.known if report.known_findings is not None else ()
    set_apart = {"suppressions": [{"kind": "external", "justification": DEBT.get(lang)}]}
    results += [_result(each, lang) | set_apart for each in known]
    slugs = dict.fromkeys(
        each.slug
        for each in (
            *report.findings,
            *known,
            *(silenced.finding for silenced in report.suppressed),
        )
    )
    driver = {
        "name": "qmstool",
        "semanticVersion": __version__,
        "rules": [_rule(slug, lang) for slug in slugs if slug in BY_SLUG],
    }
    notes = [
        {
            "level": "note",
            "message": {"text": f"{each.rule}: {each.why.get(lang)}"},
            "associatedRule": {"id": each.rule},
        }
        for each in report.skipped
    ]
    run = {
        "tool": {"driver": driver},
        "language": lang,
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
        "results": results,
    }
    return (
        json.dumps(
            {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2
        )
        + "\n"
    )


def _rule(slug: str, lang: Lang) -> dict[str, object]:
    rule = BY_SLUG[slug]
    text = page(rule, lang)
    return {
        "id": rule.id,
        "name": rule.slug,
        "shortDescription": {"text": rule.title.get(lang)},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(finding: Finding, lang: Lang) -> dict[str, object]:
    said = f"{finding.rule}\n{finding.location.path}\n{finding.message.vi}"
    related = [{"id": at, **_location(each)} for at, each in enumerate(finding.related, 1)]
    return {
        "ruleId": finding.rule,
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message.get(lang)},
        "locations": [_location(finding.location)],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {"cause/v1": hashlib.sha256(said.encode()).hexdigest()[:32]},
        "properties": {"suggestion": finding.suggestion, "values": dict(finding.values)},
    }


def _location(where: Location) -> dict[str, object]:
    region = {
        "startLine": where.line,
        "startColumn": where.column,
        "endLine": where.end_line,
        "endColumn": where.end_column,
    }
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(where.path), "uriBaseId": "%SRCROOT%"},
            "region": region,
        }
    }
