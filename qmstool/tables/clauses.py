"""Manual + catalogue → tables by clause: which apply and what answers them, and the clause–document matrix. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.tables.external_and_records import external_numbers
from qmstool.tables.registers import Columns, Table, display_value, pick_cells

if TYPE_CHECKING:
    from qmstool.i18n import Lang
    from qmstool.manual.model import Catalogue, Coverage, Manual

NOT_APPLICABLE = Text("không áp dụng", "not applicable")
COVERED = Text("trong mục {section}", "under section {section}")
CLAUSES: Columns = (
    ("clause", Text("Điều khoản", "Clause")),
    ("title", Text("Tên điều khoản", "Title")),
    ("section", Text("Mục của sổ tay", "Section of the manual")),
    ("documents", Text("Tài liệu nội bộ", "Controlled documents")),
    ("external", Text("Tài liệu bên ngoài", "External documents")),
    ("records", Text("Hồ sơ", "Records")),
    ("role", Text("Trách nhiệm", "Responsible")),
    ("applicability", Text("Không áp dụng, lý do", "Not applicable because")),
)


def clause_table(manual: Manual, catalogue: Catalogue, lang: Lang) -> Table:
    """Return every clause of an edition with this manual's answer: «Bảng xác định điều khoản áp dụng / không áp dụng»."""
    coverage = manual.coverage.get(catalogue.key)
    rows = [_clause_row(manual, catalogue, coverage, number, lang) for number in catalogue.clauses]
    title = Text(
        "Bảng xác định điều khoản áp dụng / không áp dụng",
        "Which clauses apply, and what answers them",
    )
    return Table(title, CLAUSES, pick_cells(rows, CLAUSES))


def clause_matrix(manual: Manual, catalogue: Catalogue, lang: Lang) -> Table:
    """Return the clause–document matrix: a row for each clause, a column for each document that answers any, × where it does."""
    coverage = manual.coverage.get(catalogue.key)
    answered = {number: _answers(manual, coverage, number) for number in catalogue.clauses}
    used = [
        document
        for key, document in manual.documents.items()
        if any(key in keys for keys in answered.values())
    ]
    columns = (
        *CLAUSES[:2],
        *((document.key, Text(document.name, document.name)) for document in used),
    )
    rows = tuple(
        (
            number,
            _title(catalogue, number, lang),
            *("×" if document.key in answered[number] else "" for document in used),
        )
        for number in catalogue.clauses
    )
    return Table(Text("Ma trận điều khoản – tài liệu", "Clause–document matrix"), columns, rows)


def _answers(manual: Manual, coverage: Coverage | None, number: str) -> frozenset[str]:
    row = coverage.answer(number) if coverage else None
    if row is None or row.excluded:
        return frozenset()
    found = {document.key for mark in row.documents if (document := manual.document(mark.text))}
    return frozenset(found | {manual.main.key} if row.section and manual.main else found)


def _title(catalogue: Catalogue, number: str, lang: Lang) -> str:
    title = catalogue.clauses[number].title
    return title.get(lang) if title else ""


def _clause_row(
    manual: Manual, catalogue: Catalogue, coverage: Coverage | None, number: str, lang: Lang
) -> dict[str, str]:
    row = coverage.answer(number) if coverage else None
    cells = {"clause": number, "title": _title(catalogue, number, lang)}
    if row is None:
        return cells
    if row.excluded:
        own = row.clause.text == number and row.excluded.text
        return cells | {
            "applicability": f"{NOT_APPLICABLE.get(lang)}: {own}"
            if own
            else NOT_APPLICABLE.get(lang)
        }
    section = row.section.text if row.section else ""
    if row.clause.text != number:
        return cells | {"section": COVERED.fill({"section": section}).get(lang)}
    return cells | {
        "section": section,
        "documents": "; ".join(
            document.name if (document := manual.document(mark.text)) else mark.text
            for mark in row.documents
        ),
        "external": external_numbers(manual, row.external),
        "records": "; ".join(
            manual.records[mark.text].title if mark.text in manual.records else mark.text
            for mark in row.records
        ),
        "role": display_value(manual.config.role_name(row.role.text), lang) if row.role else "",
    }
