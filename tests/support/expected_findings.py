"""What an auditor read against what the checker says.

`python -m tests.support.expected_findings` prints the tables of docs/expected-findings.md.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from qmstool.process import git
from qmstool.storage.pinned_tree import commit_tree
from qmstool.storage.tree import FolderTree
from tests.support.manuals import check_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.findings import Finding, Location, Report
    from qmstool.storage.tree import Tree

ROOT = Path(__file__).parents[2]
FILE = ROOT / "tests" / "data" / "expected-findings.yml"
RELEASE = "releases/0001.yml"


@dataclass(frozen=True, slots=True)
class ExpectedFinding:
    """One defect that was read, or a trap (`decidable` is then ""): where, and whether a machine
    could tell.
    """

    id: str
    kind: str
    path: str
    line: int
    quote: str
    where: str
    decidable: str
    later: bool


@dataclass(frozen=True, slots=True)
class Score:
    """One kind in one state: entries found of entries there are, by whether a machine could tell.

    Findings true of all.
    """

    found: Mapping[str, int]
    entries: Mapping[str, int]
    true: int
    findings: int

    @property
    def recall(self) -> float:
        """Of what a machine can tell, how much it told; 1 where there is nothing to tell."""
        return self.found["machine"] / self.entries["machine"] if self.entries["machine"] else 1.0

    @property
    def precision(self) -> float:
        """Of what was told, how much is so; 1 where nothing was told."""
        return self.true / self.findings if self.findings else 1.0


@cache
def expected() -> dict[str, Any]:
    """The file as text: every scalar a string."""
    read: dict[str, Any] = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return read


def entries(part: str) -> tuple[ExpectedFinding, ...]:
    """The `findings` or the `traps`."""
    return tuple(
        ExpectedFinding(
            each["id"], each["kind"], each["path"], int(each["line"]), each["quote"], each["where"],
            each.get("decidable", ""), each.get("seen") == "later",
        )
        for each in expected()[part]
    )  # fmt: skip


@cache
def trees() -> dict[str, Tree]:
    """The manual as imported, and as it is drafted now; do not change the answer.

    One of the two until the baseline has been recorded as a release.
    """
    if not (ROOT / RELEASE).is_file():
        return {"baseline": FolderTree(ROOT)}
    done = git(ROOT, "log", "--diff-filter=A", "--format=%H", "--", RELEASE)
    found = done.stdout.decode().split()
    return ({"baseline": commit_tree(ROOT, found[-1])} if found else {}) | {
        "draft": FolderTree(ROOT)
    }


@cache
def report_of(state: str) -> Report:
    """What a check finds in one of the trees."""
    return check_tree(trees()[state])


def lines_of(tree: Tree, path: str) -> list[str]:
    """The lines of a file; none where it is not there."""
    try:
        return tree.read(path).decode().split("\n")
    except KeyError:
        return []


def entries_of_state(tree: Tree, state: str, part: str = "findings") -> tuple[ExpectedFinding, ...]:
    """The entries of a state.

    In the draft a quote may have moved (then its nearest line counts) or gone (then it is settled).
    """
    found = []
    for each in entries(part):
        if each.where not in {state, "both"}:
            continue
        lines = [at for at, line in enumerate(lines_of(tree, each.path), 1) if each.quote in line]
        if lines:
            line = min(lines, key=lambda at: abs(at - each.line))
            found.append(
                ExpectedFinding(
                    each.id,
                    each.kind,
                    each.path,
                    line,
                    each.quote,
                    each.where,
                    each.decidable,
                    each.later,
                )
            )
    return tuple(found)


def matches(entry: ExpectedFinding, finding: Finding, tree: Tree) -> bool:
    """Whether a finding, or a related place of it, touches the words of an entry, and its rule is
    one for that kind.
    """
    if finding.slug not in expected()["kinds"][entry.kind]:
        return False
    return any(_touches(place, entry, tree) for place in (finding.location, *finding.related))


def _touches(place: Location, entry: ExpectedFinding, tree: Tree) -> bool:
    if place.path != entry.path or not place.line <= entry.line <= place.end_line:
        return False
    line = lines_of(tree, entry.path)[entry.line - 1]
    at = line.find(entry.quote)
    while at >= 0:
        if at + 1 < place.end_column and place.column < at + 1 + len(entry.quote):
            return True
        at = line.find(entry.quote, at + 1)
    return False


def score(state: str) -> dict[str, Score]:
    """Each kind's score on one state of the manual."""
    tree, report = trees()[state], report_of(state)
    there = entries_of_state(tree, state)
    scores = {}
    for kind, slugs in expected()["kinds"].items():
        own = [each for each in there if each.kind == kind]
        findings = [each for each in report.findings if each.slug in slugs]
        told = [each for each in own if any(matches(each, finding, tree) for finding in findings)]
        true = [
            finding for finding in findings if any(matches(each, finding, tree) for each in own)
        ]
        scores[kind] = Score(_count(told), _count(own), len(true), len(findings))
    return scores


def _count(read: Iterable[ExpectedFinding]) -> dict[str, int]:
    decided = [each.decidable for each in read if not each.later]
    return {name: decided.count(name) for name in ("machine", "doubtful", "human-only")}


def table(scores: Mapping[str, Score]) -> str:
    """The scores as a Markdown table, the sum in the last row."""
    rows = [
        "| kind | machine | doubtful | human only | findings | true |",
        "|---|---|---|---|---|---|",
    ]
    rows += [_row(kind, [each]) for kind, each in scores.items()]
    rows.append(_row("**all**", list(scores.values())))
    ruled = [each for kind, each in scores.items() if expected()["kinds"][kind]]
    rows.append(_row("**kinds that have a rule**", ruled))
    return "\n".join(rows)


def _row(name: str, scores: list[Score]) -> str:
    names = ("machine", "doubtful", "human-only")
    cells = [
        f"{sum(each.found[part] for each in scores)} / {sum(each.entries[part] for each in scores)}"
        for part in names
    ]
    return f"| {name} | {' | '.join(cells)} | {sum(each.findings for each in scores)} | {sum(each.true for each in scores)} |"


if __name__ == "__main__":
    for name in trees():
        sys.stdout.write(f"### {name}\n\n{table(score(name))}\n\n")
