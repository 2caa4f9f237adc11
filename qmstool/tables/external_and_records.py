"""Make the registers of external documents and of records. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import written_day
from qmstool.parsing.yaml.nodes import text_of
from qmstool.tables.registers import (
    EXTERNAL_STATUS,
    NOT_KNOWN,
    Columns,
    Table,
    display_value,
    pick_cells,
    unit_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.parsing.yaml.nodes import LocatedText

EXTERNAL: Columns = (
    ("number", Text("Số, ký hiệu", "Number")),
    ("type", Text("Loại văn bản", "Type")),
    ("title", Text("Tên văn bản", "Title")),
    ("issuer", Text("Cơ quan ban hành", "Issuer")),
    ("issued", Text("Ngày ban hành", "Issued")),
    ("effective", Text("Ngày hiệu lực", "Effective")),
    ("expired", Text("Ngày hết hiệu lực", "Ceased")),
    ("status", Text("Tình trạng hiệu lực", "Status")),
    ("amended_by", Text("Được sửa đổi bởi", "Amended by")),
    ("superseded_by", Text("Được thay thế bởi", "Superseded by")),
    ("checked_on", Text("Ngày rà soát", "Checked on")),
    ("checked_by", Text("Người rà soát", "Checked by")),
)
RECORDS: Columns = (
    ("title", Text("Tên hồ sơ", "Record")),
    ("form", Text("Biểu mẫu", "Form")),
    ("owner", Text("Đơn vị lưu", "Kept by")),
    ("place", Text("Nơi lưu", "Place")),
    ("retention", Text("Thời hạn bảo quản", "Retention")),
    ("disposition", Text("Xử lý khi hết hạn", "Disposition")),
)


def external_register(manual: Manual, lang: Lang) -> Table:
    """Return the register of external documents."""
    rows = []
    for document in manual.externals.values():
        written = {
            "number": document.number,
            "type": document.type,
            "title": document.title,
            "issuer": document.issuer,
            "issued": written_day(document.issued),
            "effective": written_day(document.effective),
            "expired": written_day(document.expired),
            "checked_on": written_day(document.checked_on),
            "checked_by": text_of(document.checked_by),
        }
        row = {key: display_value(text, lang) for key, text in written.items()}
        row["status"] = EXTERNAL_STATUS.get(document.status, NOT_KNOWN).get(lang)
        row["amended_by"] = external_numbers(manual, document.amended_by)
        row["superseded_by"] = external_numbers(manual, document.superseded_by)
        rows.append(row)
    title = Text("Danh mục tài liệu bên ngoài", "Register of external documents")
    return Table(title, EXTERNAL, pick_cells(rows, EXTERNAL))


def records_register(manual: Manual, lang: Lang) -> Table:
    """Return the register of records."""
    rows = []
    for record in manual.records.values():
        written = {
            "title": record.title,
            "form": text_of(record.form),
            "place": record.place,
            "retention": text_of(record.retention),
            "disposition": record.disposition,
        }
        row = {key: display_value(text, lang) for key, text in written.items()}
        row["owner"] = unit_name(manual, text_of(record.owner), lang)
        rows.append(row)
    title = Text("Danh mục hồ sơ", "Register of records")
    return Table(title, RECORDS, pick_cells(rows, RECORDS))


def external_numbers(manual: Manual, marks: Iterable[LocatedText]) -> str:
    """Return how external documents are called that were named by id or by number.

    By number; by title while the number is unknown.
    """
    return "; ".join(_name(manual, mark.text) for mark in marks)


def _name(manual: Manual, written: str) -> str:
    document = manual.externals.get(written)
    if document is None:
        return written
    return document.title if document.number == UNKNOWN else document.number
