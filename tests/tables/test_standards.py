"""Several standards at once: the tables by clause, and a mapping that follows another by meaning."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import main
from qmstool.manual.loading.loader import load
from qmstool.site.pages.heatmap import _states
from qmstool.tables.clauses import clauses_of_all, matrix_of_all, side_by_side
from tests.references.test_whose_number import tree
from tests.support.manuals import check_tree
from tests.support.site.scenes import edition_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.memory import MemoryTree

FIRST, SECOND = "iso-9001-2015", "iso-27001-2022"
MAPPINGS = {
    f"clauses/mapping/{FIRST}.yml": f"""\
schema: 1
catalogue: {FIRST}
clauses:
  "4.1": {{section: "4.1"}}
  "7.5": {{documents: [SOP-001], covers: ["7.5.1", "7.5.2", "7.5.3"]}}
  "8.3": {{excluded: {{reason: No design.}}}}
  "10.1": {{documents: [SOP-001]}}
  "10.3": {{documents: [SOP-002]}}
""",
    f"clauses/mapping/{SECOND}.yml": f"""\
schema: 1
catalogue: {SECOND}
follows: {FIRST}
clauses:
  "7.5": {{documents: [SOP-002]}}
  "A.5.1": {{documents: [SOP-001]}}
""",
}


def two(**more: str) -> MemoryTree:
    return tree("Text.", followed=f"{FIRST} {SECOND}", **{**MAPPINGS, **more})


def test_a_mapping_that_follows_takes_rows_by_meaning_and_not_by_number() -> None:
    coverage = load(two()).coverage[SECOND]
    # 10.1 of 27001 is «Continual improvement», 10.3 of 9001; its own row for 7.5 stays.
    assert dict(coverage.borrowed_from) == {
        "4.1": "4.1", "7.5.1": "7.5.1", "7.5.2": "7.5.2", "7.5.3": "7.5.3", "10.1": "10.3",
    }  # fmt: skip
    assert [mark.text for mark in coverage.rows["10.1"].documents] == ["SOP-002"]
    assert [mark.text for mark in coverage.rows["7.5"].documents] == ["SOP-002"]
    # Why 8.3 does not apply in 9001 is no reason in 27001, where it is another clause.
    assert coverage.row_of("8.3") is None


def test_a_row_taken_for_a_clause_and_those_below_it_is_named_once() -> None:
    path = f"clauses/mapping/{SECOND}.yml"
    own = '  "7.5": {documents: [SOP-002]}\n'
    given = two(**{path: MAPPINGS[path].replace(own, "")})
    coverage = load(given).coverage[SECOND]
    assert coverage.borrowed_from["7.5"] == "7.5"
    assert coverage.repeated == {"7.5.1", "7.5.2", "7.5.3"}
    codes = [link.code for link in edition_of(given, "en").mentions.answered_clauses["sop-001"]]
    assert codes == ["7.5", "10.1", "ISO/IEC 27001 7.5", "ISO/IEC 27001 A.5.1"]


def test_check_says_which_rows_came_so() -> None:
    found = [each for each in check_tree(two()).findings if each.slug == "rows-taken"]
    assert [(each.location.path, each.location.line) for each in found] == [
        (f"clauses/mapping/{SECOND}.yml", 3)
    ]
    assert "4.1, 7.5.1, 7.5.2, 7.5.3, 10.1 (10.3)" in found[0].message.en


@pytest.mark.parametrize("followed", ["iso-0", SECOND])
def test_following_nothing_or_itself_is_told(followed: str) -> None:
    path = f"clauses/mapping/{SECOND}.yml"
    given = two(**{path: MAPPINGS[path].replace(f"follows: {FIRST}", f"follows: {followed}")})
    found = [each for each in check_tree(given).findings if each.slug == "follows-nothing"]
    assert [each.location.line for each in found] == [3]


def test_mappings_that_follow_each_other_end() -> None:
    path = f"clauses/mapping/{FIRST}.yml"
    circle = MAPPINGS[path].replace("clauses:", f"follows: {SECOND}\nclauses:", 1)
    assert load(two(**{path: circle})).coverage[SECOND].borrowed_from["10.1"] == "10.3"


def test_the_tables_show_every_standard() -> None:
    manual = load(two())
    table = matrix_of_all(manual, manual.followed_catalogues, "en")
    assert [name for name, _ in table.columns] == [
        "standard", "clause", "title", "qm", "sop-001", "sop-002",
    ]  # fmt: skip
    rows = {row[:2]: row[3:] for row in table.rows}
    assert rows["ISO 9001:2015", "4.1"] == ("×", "", "")
    assert rows["ISO/IEC 27001:2022", "10.1"] == ("", "", "×")
    assert rows["ISO/IEC 27001:2022", "A.5.1"] == ("", "×", "")
    answers = clauses_of_all(manual, manual.followed_catalogues, "en")
    assert len(answers.rows) == sum(len(each.clauses) for each in manual.followed_catalogues)


def test_side_by_side_puts_clauses_of_one_meaning_in_one_line() -> None:
    manual = load(two())
    rows = [row[1:] for row in side_by_side(manual, manual.followed_catalogues, "en").rows]
    assert ("10.3", "10.1", "SOP-002") in rows
    assert ("7.5", "7.5", "SOP-001; SOP-002") in rows
    assert ("", "A.5.1", "SOP-001") in rows
    assert ("8.3", "", "not applicable") in rows
    holes = [
        row[1:] for row in side_by_side(manual, manual.followed_catalogues, "en", holes=True).rows
    ]
    assert ("4.2", "4.2", "") in holes
    assert ("10.3", "10.1", "SOP-002") not in holes


def test_the_command_shows_one_standard_or_only_holes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path, data in two().files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    command = ["matrix", "--root", str(tmp_path), "--format", "json", "--holes"]
    assert main([*command, "--standard", "ISO 27001"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert "A.5.2" in str(rows)
    assert "A.5.1'" not in str(rows)
    assert main([*command, "--standard", "ISO 14001"]) == 2
    assert SECOND in capsys.readouterr().err


def test_a_process_may_name_a_clause_of_any_standard_followed() -> None:
    text = """\
schema: 1
title: Map
groups: {core: {name: Core}}
processes:
  one: {title: One, group: core, clauses: ["8.2", "A.5.1", "A.5.99"]}
"""
    report = check_tree(two(**{"manual/process-map.yml": text}))
    unknown = [each.values["number"] for each in report.findings if each.slug == "unknown-clause"]
    assert unknown == ["A.5.99"]


def test_a_line_of_several_clauses_is_called_by_what_they_mean() -> None:
    manual = load(two())
    catalogues = [manual.catalogues[FIRST], manual.catalogues[SECOND]]
    titles = {row[1:3]: row[0] for row in side_by_side(manual, catalogues, "en").rows}
    # Alike in both; unlike, so the name of the meaning; in one standard only.
    assert titles["4.1", "4.1"] == "Understanding the organization and its context"
    assert titles["4.3", "4.3"] == "Determining the scope of the management system"
    assert titles["", "A.5.1"] == "Policies for information security"
    # Nobody has named that meaning in Vietnamese: the title of the first standard.
    vietnamese = {row[1:3]: row[0] for row in side_by_side(manual, catalogues, "vi").rows}
    assert vietnamese["4.3", "4.3"] == "Xác định phạm vi của hệ thống quản lý chất lượng"


BELOW = """\
schema: 1
catalogue: iso-9001-2015
clauses:
  "5.1.1": {documents: [SOP-001]}
  "5.1.2": {documents: [SOP-002]}
  "5.2.1": {excluded: {reason: No.}}
  "5.2.2": {excluded: {reason: No.}}
  "7.5.1": {documents: [SOP-001]}
  "7.5.2": {documents: [SOP-001]}
"""


def below() -> MemoryTree:
    return tree("Text.", **{f"clauses/mapping/{FIRST}.yml": BELOW})


def test_a_clause_all_of_whose_clauses_below_are_answered_is_answered_by_them() -> None:
    manual = load(below())
    coverage, catalogue = manual.coverage[FIRST], manual.catalogues[FIRST]
    answers = {
        number: [row.clause.text for row in coverage.rows_answering(catalogue, number)]
        for number in ("5", "5.1", "5.1.1", "5.2", "5.3", "7.5", "7.5.3")
    }
    # 7.5.3 has no row, so 7.5 is open; a chapter needs no answer.
    assert answers == {
        "5": [], "5.1": ["5.1.1", "5.1.2"], "5.1.1": ["5.1.1"], "5.2": ["5.2.1", "5.2.2"],
        "5.3": [], "7.5": [], "7.5.3": [],
    }  # fmt: skip
    open_ = [
        each.values["clause"]
        for each in check_tree(below()).findings
        if each.slug == "uncovered-clause"
    ]
    assert not {"5.1", "5.2"} & set(open_)
    assert {"5.3", "7.5"} <= set(open_)


def test_tables_show_what_answers_below() -> None:
    manual = load(below())
    catalogues = [manual.catalogues[FIRST]]
    shown = {row[0]: row for row in clauses_of_all(manual, catalogues, "en").rows}
    assert "SOP-001; SOP-002" in shown["5.1"]
    assert "SOP-001; SOP-002" not in shown["5"]
    marks = {row[0]: row[2:] for row in matrix_of_all(manual, catalogues, "en").rows}
    assert marks["5.1"] == ("×", "×")
    assert marks["5"] == marks["5.2"] == marks["7.5"] == ("", "")
    holes = {row[0] for row in clauses_of_all(manual, catalogues, "en", holes=True).rows}
    assert not {"5.1", "5.2"} & holes
    assert {"5.3", "7.5"} <= holes


def test_the_map_of_clauses_has_no_hole_where_those_below_are_answered() -> None:
    edition = edition_of(below())
    catalogue, coverage = edition.manual.catalogues[FIRST], edition.manual.coverage[FIRST]
    states = _states(edition, catalogue, coverage)
    assert states["5.1"] == min(states["5.1.1"], states["5.1.2"]) != "open"
    assert states["5.2"] == "excluded"
    assert states["5.3"] == states["7.5"] == "open"
