"""Render a report as code quality of GitLab: findings on the lines of a merge request."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING

from qmstool.findings import Severity
from qmstool.report.display import message_on_a_line

if TYPE_CHECKING:
    from qmstool.findings import Finding, Report
    from qmstool.i18n import Lang

SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, lang: Lang) -> str:
    """Return the findings as JSON.

    A fingerprint holds rule, file and message but no line, so that it outlives edits above it;
    equal ones are numbered.
    """
    times: Counter[str] = Counter()
    entries = []
    for finding in report.findings:
        identity = f"{finding.rule}\n{finding.location.path}\n{finding.message.vi}"
        times[identity] += 1
        entries.append(_entry(finding, f"{identity}\n{times[identity]}", lang))
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def _entry(finding: Finding, identity: str, lang: Lang) -> dict[str, object]:
    where = finding.location
    return {
        "description": message_on_a_line(finding, lang),
        "check_name": f"{finding.rule} {finding.slug}",
        "fingerprint": hashlib.sha256(identity.encode()).hexdigest(),
        "severity": SEVERITIES[finding.severity],
        "location": {
            "path": where.path,
            "lines": {"begin": where.line, "end": where.end_line},
        },
    }
