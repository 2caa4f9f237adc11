"""Give the places of a report as paths from the top of the repository: forges know no others.

For a manual in a sub-folder of a repository. What people read at the manual itself, as text or as
lines of an editor, keeps the paths that the manual's own data and messages have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import SourceLines
from qmstool.frozen import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.findings import Finding, Location, Report


def from_top(report: Report, prefix: str, top: str) -> Report:
    """Return a report whose places begin with the path of the manual in its repository.

    `prefix`: that path, with a slash at its end. The root becomes `top`, so that root and path are
    still the file.
    """
    known, since = report.known_findings, report.impact
    if known is not None:
        known = replace(known, known=_placed(known.known, prefix))
    if since is not None:
        affected = [
            replace(
                each,
                citing=tuple((name, _at(place, prefix)) for name, place in each.citing),
            )
            for each in since.affected
        ]
        since = replace(since, affected=tuple(affected))
    return replace(
        report,
        root=top,
        findings=_placed(report.findings, prefix),
        suppressed=tuple(
            replace(each, finding=_placed_finding(each.finding, prefix))
            for each in report.suppressed
        ),
        lines=SourceLines(lambda path, line: report.lines.get((path.removeprefix(prefix), line))),
        known_findings=known,
        impact=since,
        outside=tuple(
            replace(each, location=_at(each.location, prefix)) for each in report.outside
        ),
    )


def _placed(findings: Iterable[Finding], prefix: str) -> tuple[Finding, ...]:
    return tuple(_placed_finding(finding, prefix) for finding in findings)


def _placed_finding(finding: Finding, prefix: str) -> Finding:
    related = tuple(_at(place, prefix) for place in finding.related)
    return replace(finding, location=_at(finding.location, prefix), related=related)


def _at(place: Location, prefix: str) -> Location:
    return replace(place, path=prefix + place.path)
