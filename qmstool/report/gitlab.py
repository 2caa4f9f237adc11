"""The report as GitLab code quality: findings on the lines of a merge request."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING

from qmstool.findings import Severity
from qmstool.report.display import single_line

if TYPE_CHECKING:
    from qmstool.findings import Report
    from qmstool.i18n import Lang

SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, lang: Lang) -> str:
    """Return the findings; a fingerprint holds rule, file and message but no line, so that it outlives edits above it."""
    seen: Counter[str] = Counter()
    entries = []
    for finding in report.findings:
        said = f"{finding.rule}\n{finding.location.path}\n{finding.message.vi}"
        seen[said] += 1
        entries.append(
            {
                "description": single_line(finding.message.get(lang)),
                "check_name": f"{finding.rule} {finding.slug}",
                "fingerprint": hashlib.sha256(f"{said}\n{seen[said]}".encode()).hexdigest(),
                "severity": SEVERITIES[finding.severity],
                "location": {
                    "path": finding.location.path,
                    "lines": {"begin": finding.location.line, "end": finding.location.end_line},
                },
            }
        )
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
