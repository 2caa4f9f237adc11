"""A manual that switches the family on prose off is checked without it, and told so all the same."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from qmstool.checking.rule_set import rule_set
from qmstool.checking.runner import check
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.rules import ALL, PROSE, WITHOUT_PROSE
from qmstool.storage.kept_facts import KeptFacts
from qmstool.storage.tree import TEXT_SUFFIXES
from tests.support.manuals import tiny
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.findings import Report


def without(names: Iterable[str]) -> dict[str, str | bytes]:
    """The tiny manual with some rules switched off."""
    off = f"off: [{', '.join(names)}]"
    return {**tiny(), "qms.yml": tiny()["qms.yml"].replace(b"off: []", off.encode())}


def facts_of(files: dict[str, str | bytes]) -> KeptFacts:
    tree = MemoryTree(files)
    texts = {path: tree.read(path) for path in files if path.endswith(TEXT_SUFFIXES)}
    return KeptFacts(None, b"", b"tool", texts)


def reports(files: dict[str, str | bytes]) -> tuple[Report, Report, KeptFacts]:
    """A report of all rules, one of what was kept by an earlier check, and what was kept."""
    facts = facts_of(files)
    made = []
    for kept in (None, facts, facts):
        manual = load(MemoryTree(files), kept)
        made.append(check(manual, resolve(manual, kept), root=".", kept_facts=kept))
    return made[0], made[2], facts


def test_there_is_no_rule_on_prose_but_those_of_the_family() -> None:
    assert (*WITHOUT_PROSE, *PROSE) == ALL
    assert {rule.id[:4] for rule in PROSE} == {"QMS6"}
    assert not any(rule.id.startswith("QMS6") for rule in WITHOUT_PROSE)


def test_a_report_names_the_family_as_switched_off() -> None:
    files = without([rule.slug for rule in PROSE])
    fresh, recalled, facts = reports(files)
    known = rule_set(load(MemoryTree(files), facts), facts)
    assert known.rules == WITHOUT_PROSE
    assert fresh == recalled
    assert {rule.id for rule in PROSE} <= {each.rule for each in recalled.skipped}


def test_rules_may_be_named_by_id_in_any_case() -> None:
    files = without([rule.id.lower() for rule in PROSE])
    fresh, recalled, facts = reports(files)
    assert rule_set(load(MemoryTree(files), facts), facts).off
    assert fresh == recalled


def test_one_rule_that_stays_brings_its_family() -> None:
    files = without([rule.slug for rule in PROSE[1:]])
    fresh, recalled, facts = reports(files)
    assert rule_set(load(MemoryTree(files), facts), facts).rules == ALL
    assert fresh == recalled


def test_another_manifest_is_asked_again() -> None:
    files = without([rule.slug for rule in PROSE])
    facts = facts_of(files)
    rule_set(load(MemoryTree(files), facts), facts)
    changed = without([])
    kept = facts_of(changed)
    kept._parcels = facts._parcels
    assert rule_set(load(MemoryTree(changed), kept), kept).rules == ALL


def test_the_family_is_imported_when_it_is_asked_for() -> None:
    """In a process of its own, where nothing is imported yet."""
    said = (
        "import sys; from qmstool import rules; rules.WITHOUT_PROSE; "
        "print(any(n.startswith('qmstool.rules.prose.') for n in sys.modules), len(rules.ALL), "
        "any(n.startswith('qmstool.rules.prose.') for n in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", str(len(ALL)), "True"]
