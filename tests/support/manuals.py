"""The tiny manual in memory, its files overlaid, and what a check of it finds."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from qmstool.checking.runner import check
from qmstool.digest import name_blob
from qmstool.frozen import replace
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.rules import ALL
from qmstool.verify.evidence import collect_evidence
from qmstool.verify.verification import verify
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.findings import Report
    from qmstool.rules import Rule
    from qmstool.storage.kept_facts import KeptFacts
    from qmstool.storage.tree import Tree

# The tests ask every rule.
ON_REQUEST = frozenset(rule.slug for rule in ALL if rule.on_request)
TINY = Path(__file__).parents[1] / "data" / "tiny"
DAY = date(2026, 11, 22)


@cache
def tiny() -> Mapping[str, bytes]:
    """The files of the tiny manual by path: one answer for all tests, that none can change."""
    return MappingProxyType(
        {
            path.relative_to(TINY).as_posix(): path.read_bytes()
            for path in sorted(TINY.rglob("*"))
            if path.is_file()
        }
    )


def check_tree(
    tree: Tree,
    rules: tuple[Rule, ...] = ALL,
    *,
    history: bool = False,
    facts: KeptFacts | None = None,
) -> Report:
    """Load, resolve and check a tree.

    With `history`, as if a repository held the bytes of its files and nothing else. `facts`: those
    kept of its files.
    """
    manual = load(tree, facts)
    blobs = (
        {name_blob(data): data for data in tree.read_all(tree.list()).values()} if history else {}
    )
    vault = replace(collect_evidence(tree, manual.releases, None, None), blobs=blobs)
    discrepancies = verify(manual, vault, DAY).doubts if history else None
    return check(
        manual,
        resolve(manual, facts),
        root=".",
        day=DAY,
        rules=rules,
        read=tree.read,
        discrepancies=discrepancies,
        kept_facts=facts,
        asked=ON_REQUEST,
    )


def tiny_with(overlay: Mapping[str, str | bytes]) -> MemoryTree:
    """The tiny manual with some files replaced or added."""
    return MemoryTree({**tiny(), **overlay})


def findings_of(overlay: Mapping[str, str | bytes], *, history: bool = False) -> list[str]:
    """What a check of the overlaid tiny manual finds."""
    return finding_lines(check_tree(tiny_with(overlay), history=history))


def told_of(
    path: str, overlay: Mapping[str, str | bytes]
) -> list[tuple[str, str | None, str | None]]:
    """What is said of a file of the tiny manual with an overlay: (slug, suggestion, fix)."""
    report = check_tree(tiny_with(overlay))
    found = [each for each in report.findings if each.location.path == path]
    return [(each.slug, each.suggestion, each.fix) for each in found]


def finding_lines(report: Report) -> list[str]:
    """The findings of a report as «slug path:line:column»."""
    return [
        f"{each.slug} {each.location.path}:{each.location.line}:{each.location.column}"
        for each in report.findings
    ]
