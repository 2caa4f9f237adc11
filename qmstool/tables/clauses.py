"""Make the tables by clause: which clauses apply, what answers them, and the matrix of documents.

What goes in: a manual and the catalogue of a standard's clauses. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.tables.external_and_records import external_numbers
from qmstool.tables.registers import Columns, Table, display_value, pick_cells

if TYPE_CHECKING:
    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.manual.standards import Catalogue, Coverage

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
    """Return every clause of an edition with this manual's answer.

    On paper it is the «Bảng xác định điều khoản áp dụng / không áp dụng».
    """
    coverage = manual.coverage.get(catalogue.key)
    rows = [_clause_row(manual, catalogue, coverage, number, lang) for number in catalogue.clauses]
    title = Text(
        "Bảng xác định điều khoản áp dụng / không áp dụng",
        "Which clauses apply, and what answers them",
    )
    return Table(title, CLAUSES, pick_cells(rows, CLAUSES))


def clause_matrix(manual: Manual, catalogue: Catalogue, lang: Lang) -> Table:
    """Return the clause–document matrix: × where a document answers a clause.

    There is a row for each clause, and a column for each document that answers any.
    """
    coverage = manual.coverage.get(catalogue.key)
    answering = {number: _answering(manual, coverage, number) for number in catalogue.clauses}
    used: frozenset[str] = frozenset().union(*answering.values())
    documents = [document for key, document in manual.documents.items() if key in used]
    columns = [*CLAUSES[:2]]
    columns += [(document.key, Text(document.name, document.name)) for document in documents]
    rows = []
    for number, keys in answering.items():
        marks = ["×" if document.key in keys else "" for document in documents]
        rows.append((number, _title(catalogue, number, lang), *marks))
    title = Text("Ma trận điều khoản – tài liệu", "Clause–document matrix")
    return Table(title, tuple(columns), tuple(rows))


def _answering(manual: Manual, coverage: Coverage | None, number: str) -> frozenset[str]:
    """The keys of the documents that answer a clause."""
    row = coverage.answer(number) if coverage else None
    if row is None or row.excluded:
        return frozenset()
    named = [manual.document(mark.text) for mark in row.documents]
    keys = {document.key for document in named if document}
    if row.section and manual.main:
        keys.add(manual.main.key)
    return frozenset(keys)


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
    own = row.clause.text == number
    if row.excluded:
        words = NOT_APPLICABLE.get(lang)
        reason = row.excluded.text if own else ""
        return cells | {"applicability": f"{words}: {reason}" if reason else words}
    section = row.section.text if row.section else ""
    if not own:
        return cells | {"section": COVERED.fill({"section": section}).get(lang)}
    role = manual.config.role_name(row.role.text) if row.role else ""
    return cells | {
        "section": section,
        "documents": "; ".join(_document_name(manual, mark.text) for mark in row.documents),
        "external": external_numbers(manual, row.external),
        "records": "; ".join(_record_title(manual, mark.text) for mark in row.records),
        "role": display_value(role, lang),
    }


def _document_name(manual: Manual, code: str) -> str:
    document = manual.document(code)
    return document.name if document else code


def _record_title(manual: Manual, key: str) -> str:
    record = manual.records.get(key)
    return record.title if record else key
