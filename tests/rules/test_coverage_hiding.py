"""What keeps a mapping from being asked for gaps is named, in order; what hides one of its gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.findings import Location, Subject, Violation
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.rules.base.facts import Facts
from qmstool.rules.coverage import hiding
from tests.support.memory import CATALOGUE, MANIFEST, MAPPING, files

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.findings import NotChecked
    from qmstool.rules.base.rule import Hider

SMALL, OTHER = "clauses/mapping/small.yml", "clauses/mapping/other.yml"
ROW = '  "4.10": {section: "4.1"}\n'


def facts_of(**given: str) -> Facts:
    manual = load(files(**given))
    return Facts(manual, resolve(manual))


def hidden_by(hider: Hider, facts: Facts, clause: str) -> bool:
    """Whether a violation about a clause of the small catalogue is hidden."""
    return bool(hider(facts)(Violation(Location(SMALL), subjects=(Subject(clause, "small"),))))


def told(facts: Facts, reasons: Iterable[NotChecked]) -> list[tuple[str, str]]:
    """Of each reason its slug, and the words at its place."""
    return [
        (each.slug, facts.manual.sources[each.location.path].words_at(each.location))
        for each in reasons
    ]


MORE_CLAUSES = CATALOGUE + '  "4.11": {vi: Mười một, en: Eleven}\n  "4.12": {vi: B, en: B}\n'


@pytest.mark.parametrize(
    ("mapping", "reasons"),
    [
        (MAPPING, []),
        (MAPPING.replace(ROW, ""), [("uncovered-clause", '"4.1"')]),
        (MAPPING + '  "4.9": {section: "4.1"}\n', [("unknown-clause", '"4.9"')]),
        (MAPPING.replace("[QT A 01]", "[QT A 01, QT A 09]"), [("unknown-code", "QT A 09")]),
        (MAPPING.replace(ROW, ROW.replace('4.1"', '4.7"')), [("unknown-section", '"4.7"')]),
        # A row that may answer was lost: that is the reason, and no clause is open.
        (MAPPING.replace(ROW, "").replace("}", "} 4.10"), [("broken-yaml", "{")]),
        (MAPPING.replace('"4.10"', '"4.9"'), [("uncovered-clause", '"4.1"'), ("unknown-clause", '"4.9"')]),
    ],
)  # fmt: skip
def test_a_mapping_in_disorder_says_why(mapping: str, reasons: list[tuple[str, str]]) -> None:
    facts = facts_of(**{SMALL: mapping})
    assert told(facts, hiding.disorder(facts)) == reasons
    assert told(facts, hiding.disorder_beside_sections(facts)) == reasons
    tree = files(**{SMALL: mapping})
    for path in ("manual/index.md", "manual/1/4.1.md", "manual/2/01.md"):
        del tree.files[path]
    manual = load(tree)
    assert list(hiding.disorder_beside_sections(Facts(manual, resolve(manual)))) == []


def test_of_open_clauses_the_first_is_named() -> None:
    facts = facts_of(**{"clauses/catalogues/small.yml": MORE_CLAUSES})
    assert told(facts, hiding.disorder(facts)) == [("uncovered-clause", '"4.10"')]


def test_the_clauses_of_every_row_are_those_of_the_mapping() -> None:
    assert [clause.text for clause in hiding.mapped_clauses(facts_of())] == ["4.1", "4.10"]


NOWHERE = MANIFEST.replace("[{catalogue: small}]", "[{catalogue: small}, {catalogue: othr}]")
LOST = MANIFEST.replace("[{catalogue: small}]", "[{catalogue: small}, x]")
BOTH = MANIFEST.replace("[{catalogue: small}]", "[{catalogue: small}, {catalogue: othr}, x]")


@pytest.mark.parametrize(
    ("manifest", "reasons"),
    [
        (MANIFEST, []),
        (NOWHERE, [("no-catalogue", "othr")]),
        (LOST, [("wrong-value", "x")]),
        (BOTH, [("no-catalogue", "othr")]),  # what names a catalogue before what names none
    ],
)
def test_why_the_catalogue_of_a_mapping_may_not_be_named(
    manifest: str, reasons: list[tuple[str, str]]
) -> None:
    astray = MAPPING.replace("small", "other")
    facts = facts_of(**{"qms.yml": manifest, OTHER: astray})
    assert told(facts, hiding.unnamed_catalogue(facts)) == reasons
    facts = facts_of(**{"qms.yml": manifest})
    assert list(hiding.unnamed_catalogue(facts)) == []


@pytest.mark.parametrize(
    ("line", "clause", "hidden"),
    [
        ('  "4.10": "a" x\n', "4.10", True),
        (
            '  "4.10": "a" x\n',
            "4.10.2",
            True,
        ),  # what is said of a clause is said of what is below it
        ('  "4.10": "a" x\n', "4.1", False),
        ('  "4": "a" x\n', "4.10", False),  # of a chapter nothing is said
        (ROW, "4.10", False),
    ],
)
def test_a_clause_that_a_lost_row_may_answer_is_not_open(
    line: str, clause: str, hidden: bool
) -> None:
    facts = facts_of(**{SMALL: MAPPING.replace(ROW, line)})
    assert hidden_by(hiding.lost_row, facts, clause) is hidden


def test_a_clause_that_a_mistyped_row_means_is_not_open() -> None:
    facts = facts_of(**{SMALL: MAPPING.replace('"4.10"', '"4.100"')})
    assert hidden_by(hiding.meant_by_mistyped_row, facts, "4.10")
    assert hidden_by(hiding.meant_by_mistyped_row, facts, "4.1")  # of the section that it names
    assert not hidden_by(hiding.meant_by_mistyped_row, facts, "4")


def test_a_clause_that_no_catalogue_has_is_told_as_that() -> None:
    assert hidden_by(hiding.unknown_clause, facts_of(), "4.9")
    assert not hidden_by(hiding.unknown_clause, facts_of(), "4.10")
