"""Render a report as SARIF 2.1.0, for code-scanning services and editors.

Columns are code points; a rule's help is its page.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from qmstool import __version__
from qmstool.findings import Severity
from qmstool.i18n import Text
from qmstool.report.display import message_on_lines
from qmstool.rules import BY_SLUG
from qmstool.rules.base.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.findings import Finding, Location, Report, Skipped
    from qmstool.i18n import Lang

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
KNOWN = Text("Chỗ tồn đọng, đã ghi trong tệp", "A known finding, as the file has it")
MOST_RESULTS = 25_000
"""GitHub takes no run with more results (Code security, «SARIF support for code scanning»)."""
CUT = Text(
    "Còn {count} kết quả nữa không có ở đây; chạy `qmstool check --all` để xem hết.",
    "There are {count} more results that are not in here; `qmstool check --all` lists them.",
)
_EMBEDDED = re.compile(r"[\\\[\]]")
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report, lang: Lang) -> str:
    """Return the report as one SARIF run; silenced findings are in it, marked as suppressed.

    Of more results than GitHub takes the first, which are the most severe, and how many more.
    """
    known = report.known_findings.known if report.known_findings is not None else ()
    results = [_result(finding, lang) for finding in report.findings]
    for silenced in report.suppressed:
        suppression = {"kind": "inSource", "justification": silenced.reason}
        results.append(_result(silenced.finding, lang) | {"suppressions": [suppression]})
    for finding in known:
        suppression = {"kind": "external", "justification": KNOWN.get(lang)}
        results.append(_result(finding, lang) | {"suppressions": [suppression]})
    left_out = len(results) - MOST_RESULTS
    silenced_findings = (silenced.finding for silenced in report.suppressed)
    driver = {
        "name": "qmstool",
        "semanticVersion": __version__,
        "rules": _rules((*report.findings, *known, *silenced_findings), lang),
    }
    notes = [_note(skipped, lang) for skipped in report.skipped]
    if left_out > 0:
        cut = CUT.fill({"count": str(left_out)}).get(lang)
        notes.append({"level": "warning", "message": {"text": cut}})
    run = {
        "tool": {"driver": driver},
        "language": lang,
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
        "results": results[:MOST_RESULTS],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _note(skipped: Skipped, lang: Lang) -> dict[str, object]:
    """Return the notification that a rule was not asked, or not of everything."""
    return {
        "level": "note",
        "message": _message(f"{skipped.rule}: {skipped.why.get(lang)}"),
        "associatedRule": {"id": skipped.rule},
    }


def _message(words: str) -> dict[str, str]:
    """Return a message that is words alone: `[words](address)` would be a link (3.11.6)."""
    return {"text": _EMBEDDED.sub(r"\\\g<0>", words)}


def _rules(findings: Iterable[Finding], lang: Lang) -> list[dict[str, object]]:
    """Describe each rule that found something, in the order of findings."""
    slugs = dict.fromkeys(finding.slug for finding in findings)
    return [_rule(slug, lang) for slug in slugs if slug in BY_SLUG]


def _rule(slug: str, lang: Lang) -> dict[str, object]:
    rule = BY_SLUG[slug]
    text = read_page(rule, lang)
    return {
        "id": rule.id,
        "name": rule.slug,
        "shortDescription": {"text": rule.title.get(lang)},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(finding: Finding, lang: Lang) -> dict[str, object]:
    identity = f"{finding.rule}\n{finding.location.path}\n{finding.message.vi}"
    fingerprint = hashlib.sha256(identity.encode()).hexdigest()[:32]
    related = [{"id": at, **_location(place)} for at, place in enumerate(finding.related, 1)]
    return {
        "ruleId": finding.rule,
        "level": LEVELS[finding.severity],
        "message": _message(message_on_lines(finding, lang)),
        "locations": [_location(finding.location)],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {"cause/v1": fingerprint},
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
