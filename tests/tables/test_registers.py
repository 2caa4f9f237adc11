"""The tables of registers and clauses, cell by cell, on the small manual."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qmstool.manual.loading.loader import load
from qmstool.register.status import register
from qmstool.tables import external_and_records as outside
from qmstool.tables import registers as tables
from qmstool.tables.clauses import clauses_of_all, matrix_of_all
from tests.support.memory import MemoryTree, files

if TYPE_CHECKING:
    from qmstool.manual.model import Manual
    from qmstool.manual.standards import Catalogue
    from qmstool.tables.registers import Table

EXTERNAL = """\
schema: 1
documents:
  nd-83: {number: 83/2006/NĐ-CP, type: Nghị định, issuer: Chính phủ,
    title: Về tổ chức, status: superseded, superseded_by: [nd-158]}
  nd-158: {number: 158/2018/NĐ-CP, type: Nghị định, issuer: Chính phủ,
    title: Về tổ chức, status: in_force, checked_on: 2026-11-22}
  qd: {number: unknown, type: Quyết định, issuer: UBND tỉnh,
    title: Quyết định về chức năng, status: unknown}
"""
RECORDS = "schema: 1\nrecords:\n  so: {title: Sổ tiếp nhận, retention: 5 năm, place: unknown}\n"
MAPPING = """\
schema: 1
catalogue: small
clauses:
  "4.1": {section: "4.1", documents: [QT-A-01],
    external: [nd-83, qd], records: [so], covers: ["4.1.1"]}
  "4.10": {section: "4.1", excluded: {reason: không thiết kế}}
"""


def small() -> tuple[Manual, Catalogue]:
    tree = files(
        **{
            "procedures/external.yml": EXTERNAL,
            "procedures/records.yml": RECORDS,
            "clauses/mapping/small.yml": MAPPING,
        }
    )
    catalogue = tree.files["clauses/catalogues/small.yml"].decode()
    tree.files["clauses/catalogues/small.yml"] = (
        catalogue + '  "4.1.1": {vi: Con, en: Child}\n  "4.10.1": {vi: Cháu, en: Other}\n'
    ).encode()
    manual = load(MemoryTree({**tree.files}))
    assert manual.problems == ()
    assert manual.catalogue is not None
    return manual, manual.catalogue


def rows(table: Table, *names: str) -> list[tuple[str, ...]]:
    keys = [key for key, _ in table.columns]
    assert all(len(row) == len(keys) for row in table.rows)
    return [tuple(row[keys.index(name)] for name in names) for row in table.rows]


def test_each_clause_with_its_answer() -> None:
    manual, catalogue = small()
    table = clauses_of_all(manual, [catalogue], "vi")
    assert rows(
        table, "clause", "section", "documents", "external", "records", "applicability"
    ) == [
        ("4", "", "", "", "", ""),
        ("4.1", "4.1", "QT A 01", "83/2006/NĐ-CP; Quyết định về chức năng", "Sổ tiếp nhận", ""),
        ("4.10", "", "", "", "", "không áp dụng: không thiết kế"),
        ("4.1.1", "trong mục 4.1", "", "", "", ""),
        ("4.10.1", "", "", "", "", "không áp dụng"),
    ]


def test_the_matrix_marks_what_answers() -> None:
    manual, catalogue = small()
    table = matrix_of_all(manual, [catalogue], "en")
    assert [key for key, _ in table.columns] == ["clause", "title", "st", "qt-a-01"]
    assert rows(table, "clause", "title", "st", "qt-a-01") == [
        ("4", "Context", "", ""),
        ("4.1", "Understanding", "×", "×"),
        ("4.10", "Ten", "", ""),
        ("4.1.1", "Child", "×", "×"),
        ("4.10.1", "Other", "", ""),
    ]


def test_external_documents_say_what_is_unknown() -> None:
    table = outside.external_register(small()[0], "vi")
    assert rows(table, "number", "status", "superseded_by", "checked_on") == [
        ("83/2006/NĐ-CP", "đã được thay thế", "158/2018/NĐ-CP", ""),
        ("158/2018/NĐ-CP", "còn hiệu lực", "", "2026-11-22"),
        ("chưa rõ", "chưa rõ", "", ""),
    ]


def test_records() -> None:
    assert rows(outside.records_register(small()[0], "en"), "title", "retention", "place") == [
        ("Sổ tiếp nhận", "5 năm", "unknown")
    ]


def test_a_draft_has_no_date_and_no_number() -> None:
    manual, _ = small()
    table = tables.internal_register(manual, register(manual, (), date(2026, 11, 22)), "vi")
    assert rows(table, "code", "type", "state", "issue", "effective", "review_due") == [
        ("ST", "Sổ tay", "dự thảo", "", "", ""),
        ("QT A 01", "Quy trình", "dự thảo", "", "", ""),
    ]
