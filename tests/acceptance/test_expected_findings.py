"""The checker against what an auditor read in the real manual: nothing false among errors, no trap sprung, floors held."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from qmstool.findings import Severity
from qmstool.rules import BY_SLUG
from tests.support.expected_findings import (
    ExpectedFinding,
    Score,
    entries,
    entries_of_state,
    expected,
    lines_of,
    matches,
    report_of,
    score,
    trees,
)
from tests.support.machine import REQUIRED

STATES = tuple(trees())
DECIDABLE = {"machine", "doubtful", "human-only"}

# What was reached when the file was first compared, kind by kind: recall of what a machine can
# tell, precision of what is told. A kind that is not named reaches 1 in both, or has no rule.
FLOORS = {
    "section-title": (0.8, 1.0),
    "term-variant": (0.9, 1.0),
    "external-identity": (0.3, 1.0),
    # One entry of the reading is at a comment that explains what unknown means.
    "role-unknown": (0.95, 1.0),
    "record-not-named": (1.0, 0.75),
    # The draft does not say who wrote it; no rule asks for an author before there is one to sign.
    "document-data": (0.95, 1.0),
}


@cache
def scores(state: str) -> dict[str, Score]:
    return score(state)


def test_the_file_says_what_it_may() -> None:
    read = (*entries("findings"), *entries("traps"))
    assert max(Counter(each.id for each in read).values()) == 1
    assert {each.kind for each in read} <= set(expected()["kinds"])
    assert {each.decidable for each in entries("findings")} == DECIDABLE
    assert {each.where for each in read} <= {"baseline", "draft", "both"}
    assert {slug for slugs in expected()["kinds"].values() for slug in slugs} <= set(BY_SLUG)


@pytest.mark.skipif("baseline" not in STATES and not REQUIRED, reason="no git history here")
@pytest.mark.parametrize(
    "entry",
    [each for part in ("findings", "traps") for each in entries(part)],
    ids=lambda each: each.id,
)
def test_every_quote_of_the_baseline_stands_on_its_line(entry: ExpectedFinding) -> None:
    if entry.where in {"baseline", "both"}:
        assert entry.quote in lines_of(trees()["baseline"], entry.path)[entry.line - 1]


@pytest.mark.parametrize("state", STATES)
def test_no_false_alarm_among_errors(state: str) -> None:
    tree = trees()[state]
    there = entries_of_state(tree, state)
    errors = [each for each in report_of(state).findings if each.severity is Severity.ERROR]
    # At the top of this repository lie the tool's templates: of the baseline, those of its day.
    errors = [each for each in errors if not each.location.path.startswith("templates/")]
    assert [each for each in errors if not any(matches(entry, each, tree) for entry in there)] == []


@pytest.mark.parametrize("state", STATES)
def test_no_trap_is_sprung(state: str) -> None:
    tree = trees()[state]
    findings = report_of(state).findings
    traps = entries_of_state(tree, state, "traps")
    assert [
        (trap.id, each.slug) for trap in traps for each in findings if matches(trap, each, tree)
    ] == []


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", [kind for kind, slugs in expected()["kinds"].items() if slugs])
def test_recall_and_precision_hold_their_floors(state: str, kind: str) -> None:
    recall, precision = FLOORS.get(kind, (1.0, 1.0))
    assert scores(state)[kind].recall >= recall
    assert scores(state)[kind].precision >= precision
