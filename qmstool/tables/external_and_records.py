"""Manual → tables: the registers of external documents and of records. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
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
    from qmstool.parsing.yaml.nodes import Mark

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
    for each in manual.externals.values():
        row = {key: display_value(each.entry.text(key), lang) for key, _ in EXTERNAL}
        row["status"] = EXTERNAL_STATUS.get(each.status, NOT_KNOWN).get(lang)
        row["amended_by"] = external_numbers(manual, each.amended_by)
        row["superseded_by"] = external_numbers(manual, each.superseded_by)
        rows.append(row)
    return Table(
        Text("Danh mục tài liệu bên ngoài", "Register of external documents"),
        EXTERNAL,
        pick_cells(rows, EXTERNAL),
    )


def records_register(manual: Manual, lang: Lang) -> Table:
    """Return the register of records."""
    rows = []
    for each in manual.records.values():
        row = {key: display_value(each.entry.text(key), lang) for key, _ in RECORDS}
        rows.append({**row, "owner": unit_name(manual, each.entry.text("owner"), lang)})
    return Table(Text("Danh mục hồ sơ", "Register of records"), RECORDS, pick_cells(rows, RECORDS))


def external_numbers(manual: Manual, marks: Iterable[Mark]) -> str:
    """Return how outside documents, named by id or by number, are called: by number, or by title while that is unknown."""
    known = manual.externals
    names = (
        (known[mark.text].number, known[mark.text].title)
        if mark.text in known
        else (mark.text, mark.text)
        for mark in marks
    )
    return "; ".join(title if number == UNKNOWN else number for number, title in names)
