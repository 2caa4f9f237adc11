"""Keep of a report what is of one rule, or in one file or folder (`check --only`)."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from qmstool import rules
from qmstool.i18n import Text
from qmstool.parsing.similar import not_found_error

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.findings import Finding, Report
    from qmstool.storage.tree import Tree

WHAT = Text("quy tắc, tệp hay thư mục", "rule, file or folder")


def asked_by_name(names: Iterable[str]) -> frozenset[str]:
    """Return the slugs of those rules among some names that are asked on request only."""
    wanted = {name.casefold() for name in names}
    if not wanted:
        return frozenset()
    on_request = (rule for rule in rules.ALL if rule.on_request)
    return frozenset(rule.slug for rule in on_request if wanted & {rule.slug, rule.id.casefold()})


def only(report: Report, names: Iterable[str], tree: Tree) -> Report:
    """Return the report with the findings of some rules and of what lies under some paths.

    Where both are named, those of these rules in these places. Raises QmsError for a name that is
    neither.
    """
    known = {
        name: rule.slug for rule in rules.ALL for name in (rule.slug, rule.id, rule.id.lower())
    }
    paths = tree.list()
    slugs: set[str] = set()
    places: list[str] = []
    for name in names:
        if name in known:
            slugs.add(known[name])
            continue
        place = posixpath.normpath(name.replace("\\", "/"))
        if not any(_lies_in(path, place) for path in paths):
            raise not_found_error(name, WHAT, [*(rule.slug for rule in rules.ALL), *paths])
        places.append(place)
    return report.with_findings(each for each in report.findings if _is_wanted(each, slugs, places))


def _is_wanted(finding: Finding, slugs: set[str], places: list[str]) -> bool:
    path = finding.location.path
    in_place = not places or any(_lies_in(path, place) for place in places)
    return in_place and (not slugs or finding.slug in slugs)


def _lies_in(path: str, place: str) -> bool:
    return place in {".", path} or path.startswith(f"{place}/")
