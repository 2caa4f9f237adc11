"""The statement of applicability: every control, what was decided of it, and what is missing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from qmstool.checking.runner import check
from qmstool.cli.main import main
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.storage.tree import FolderTree
from qmstool.tables.statement import standard_stated_by, statement_document, statement_table
from tests.support.memory import MANIFEST, manual

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.manual.model import Manual

CATALOGUE = """\
schema: 1
standard: SEC
edition: "2"
title: Security
cited_as: [SEC 2]
checked: two
clauses:
  "4": {en: Context}
  "4.1": {en: Understanding}
  "A": {en: Annex A}
  "A.1": {en: Organizational}
  "A.1.1": {en: Policies, checked: one}
  "A.1.2": {en: Roles, checked: unverified}
  "A.1.10": {en: Contacts}
  "A.2": {en: People}
"""
ROWS = """\
schema: 1
catalogue: sec
clauses:
  "4.1": {section: "4.1"}
  "A.1":
    covers: [A.1.1, A.1.10]
    section: "4.1"
    documents: [QT A 01]
    role: truong-a
    because: [{by: law, what: Luật số 1}, {by: contract}]
    implemented: yes
  "A.1.2":
    role: truong-a
    because: [{by: risk, what: R-07}]
    implemented: planned
    planned: 2027-03-31
  "A.2": {excluded: {reason: Không có ai}}
"""
SOA = """\
---
code: QT A 09
type: procedure
title: Tuyên bố áp dụng
file: ../clauses/mapping/sec.yml
---
"""
KEYS = "roles: {truong-a: {name: Trưởng phòng A}}\n"


def read(rows: str = ROWS, **more: str) -> Manual:
    return manual(
        qms_dot_yml=MANIFEST.replace("{catalogue: small}", "{catalogue: small}, {catalogue: sec}")
        + KEYS,
        clauses__catalogues__sec_dot_yml=CATALOGUE,
        clauses__mapping__sec_dot_yml=rows,
        **more,
    )


def holes(made: Manual) -> list[tuple[int, str]]:
    found = check(made, resolve(made), root="").findings
    return [
        (each.location.line, each.values["lacks_en"])
        for each in found
        if each.slug == "statement-hole"
    ]


def test_every_control_is_a_row_and_no_other_clause() -> None:
    made = read()
    assert made.problems == ()
    table = statement_table(made, made.catalogues["sec"], "en")
    assert table.title.en == "Statement of applicability: SEC:2"
    assert table.rows == (
        ("A.1.1", "Policies", "applicable", "law: Luật số 1; contract", "yes", "section 4.1; QT A 01", "Trưởng phòng A", "one source"),
        ("A.1.2", "Roles", "applicable", "risk: R-07", "planned, by 2027-03-31", "", "Trưởng phòng A", "unverified"),
        ("A.1.10", "Contacts", "applicable", "law: Luật số 1; contract", "yes", "section 4.1; QT A 01", "Trưởng phòng A", "two sources"),
        ("A.2", "People", "not applicable", "Không có ai", "", "", "", "two sources"),
    )  # fmt: skip
    assert statement_table(made, made.catalogues["small"], "en").rows == ()


def test_a_control_without_a_row_is_unknown() -> None:
    made = read(ROWS.partition('  "A.2"')[0])
    last = statement_table(made, made.catalogues["sec"], "vi").rows[-1]
    assert last[:4] == ("A.2", "People", "chưa rõ", "")


def test_the_document_whose_text_is_the_mapping_gives_version_and_approval() -> None:
    made = read(procedures__soa_dot_md=SOA)
    document = statement_document(made, made.coverage["sec"])
    assert document is made.documents["qt-a-09"]
    assert document.attachments == ("clauses/mapping/sec.yml",)
    assert standard_stated_by(made, document) is made.catalogues["sec"]
    assert standard_stated_by(made, made.documents["qt-a-01"]) is None
    assert statement_document(made, made.coverage["small"]) is None
    assert holes(made) == []


@pytest.mark.parametrize(
    ("before", "after", "lacks"),
    [
        ("    because: [{by: risk, what: R-07}]\n", "", "why it applies"),
        ("    implemented: planned\n    planned: 2027-03-31\n", "", "whether it is implemented"),
        ("    planned: 2027-03-31\n", "", "by which day"),
        ("    planned: 2027-03-31\n", "    planned: unknown\n", "by which day"),
        ("implemented: planned\n    planned: 2027-03-31\n", "implemented: partly\n", "where it is"),
        ('"A.1.2":\n    role: truong-a', '"A.1.2":\n    role: unknown', "who answers"),
        ('"A.1.2":\n    role: truong-a', '"A.1.2":', "who answers"),
    ],
)
def test_what_a_row_does_not_say_is_a_finding(before: str, after: str, lacks: str) -> None:
    assert before in ROWS
    made = read(ROWS.replace(before, after), procedures__soa_dot_md=SOA)
    ((line, told),) = holes(made)
    assert line == 12
    assert told.startswith(lacks)


def test_a_table_that_is_no_document_is_a_finding_and_none_without_controls() -> None:
    ((line, told),) = holes(read())
    assert (line, told.partition(":")[0]) == (2, "version and approval")
    assert holes(read(ROWS.partition('  "A.1"')[0])) == []


def test_the_command(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["matrix", "--statement", "--format", "json", "--root", str(tiny)]
    assert main(words) == 2
    assert "A.5.1" in capsys.readouterr().err
    made = read(procedures__soa_dot_md=SOA)
    for path, source in made.sources.items():
        (tiny / path).parent.mkdir(parents=True, exist_ok=True)
        (tiny / path).write_text(source.text)
    assert load(FolderTree(tiny)).catalogues["sec"].controls
    assert main([*words, "--lang", "en"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["clause"] for row in rows] == ["A.1.1", "A.1.2", "A.1.10", "A.2"]
