"""Make the statement of applicability: every control of a standard, and what was decided of it.

What goes in: a manual and the catalogue of a standard with controls. What comes out: a table with
control, applicable or not, why, implemented, where, who, and how sure its title is. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.values import written_day
from qmstool.parsing.yaml.nodes import text_of
from qmstool.tables.clauses import NOT_APPLICABLE, clause_title, document_name, record_title
from qmstool.tables.registers import NOT_KNOWN, Columns, Table, display_value, pick_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.i18n import Lang
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.standards import Catalogue, Coverage, CoverageRow, Reason

TITLE = Text("Tuyên bố áp dụng: {standard}", "Statement of applicability: {standard}")
COLUMNS: Columns = (
    ("clause", Text("Biện pháp kiểm soát", "Control")),
    ("title", Text("Tên", "Title")),
    ("applicable", Text("Áp dụng", "Applicable")),
    ("because", Text("Lý do", "Justification")),
    ("implemented", Text("Thực hiện", "Implemented")),
    ("where", Text("Ở đâu", "Where")),
    ("owner", Text("Trách nhiệm", "Responsible")),
    ("checked", Text("Tên đã đọc ở", "Title read in")),
)
APPLICABLE = Text("áp dụng", "applicable")
REASONS = {
    "law": Text("luật", "law"),
    "contract": Text("hợp đồng", "contract"),
    "risk": Text("rủi ro", "risk"),
}
IMPLEMENTED = {
    "yes": Text("có", "yes"),
    "partly": Text("một phần", "partly"),
    "planned": Text("dự kiến", "planned"),
}
BY_DAY = Text("{state}, đến {day}", "{state}, by {day}")
SECTION = Text("mục {section}", "section {section}")
CHECKED = {
    "two": Text("hai nguồn", "two sources"),
    "one": Text("một nguồn", "one source"),
    "unverified": Text("chưa kiểm chứng", "unverified"),
}


def statement_table(manual: Manual, catalogue: Catalogue, lang: Lang) -> Table:
    """Return the statement of applicability of one standard; without controls it has no rows."""
    rows = [_row(manual, catalogue, number, lang) for number in catalogue.controls]
    title = TITLE.fill({"standard": catalogue.name})
    return Table(title, COLUMNS, pick_cells(rows, COLUMNS))


def statement_row(manual: Manual, catalogue: Catalogue, number: str) -> CoverageRow | None:
    """Return what a manual decided of a control; None where nobody said anything."""
    coverage = manual.coverage.get(catalogue.key)
    return coverage.row_of(number) if coverage else None


def reason_text(reason: Reason, lang: Lang) -> str:
    """Return why a control is applicable, in words: «luật: Luật số 1»."""
    kind = REASONS[reason.by].get(lang) if reason.by in REASONS else ""
    return f"{kind}: {reason.what}" if reason.what else kind


def statement_document(manual: Manual, coverage: Coverage) -> Document | None:
    """Return the document whose version and approval are those of a mapping, None for none.

    It is the one whose text is the mapping's file.
    """
    path = coverage.source.path
    return next((each for each in manual.documents.values() if each.text_file == path), None)


def standard_stated_by(manual: Manual, document: Document) -> Catalogue | None:
    """Return the standard whose statement of applicability a document is, None for none."""
    for key, coverage in manual.coverage.items():
        if document.text_file and coverage.source.path == document.text_file:
            return manual.catalogues.get(key)
    return None


def _row(manual: Manual, catalogue: Catalogue, number: str, lang: Lang) -> dict[str, str]:
    checked = CHECKED.get(catalogue.clauses[number].checked)
    cells = {
        "clause": number,
        "title": clause_title(catalogue, number, lang),
        "checked": checked.get(lang) if checked else "",
    }
    row = statement_row(manual, catalogue, number)
    if row is None:
        return cells | {"applicable": NOT_KNOWN.get(lang)}
    cells["owner"] = display_value(manual.config.role_name(text_of(row.role)), lang)
    if row.excluded is not None:
        return cells | {"applicable": NOT_APPLICABLE.get(lang), "because": row.excluded.text}
    return cells | {
        "applicable": APPLICABLE.get(lang),
        "because": "; ".join(reason_text(reason, lang) for reason in row.because),
        "implemented": _implemented(row, lang),
        "where": "; ".join(_places(manual, row, lang)),
    }


def _implemented(row: CoverageRow, lang: Lang) -> str:
    state = IMPLEMENTED[row.implemented].get(lang) if row.implemented else ""
    day = display_value(written_day(row.planned), lang)
    return BY_DAY.fill({"state": state, "day": day}).get(lang) if day else state


def _places(manual: Manual, row: CoverageRow, lang: Lang) -> Sequence[str]:
    """Where the control is written down and recorded."""
    section = [SECTION.fill({"section": row.section.text}).get(lang)] if row.section else []
    documents = [document_name(manual, mark.text) for mark in row.documents]
    return (*section, *documents, *(record_title(manual, mark.text) for mark in row.records))
