"""Make the registers of external documents and of records. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import known_day, written_day
from qmstool.parsing.yaml.nodes import text_of
from qmstool.register.externals import is_to_come, starts_of, status_on
from qmstool.tables.registers import (
    EXTERNAL_STATUS,
    NOT_KNOWN,
    Columns,
    Table,
    display_value,
    owner_name,
    pick_cells,
    unit_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.manual.registers import ExternalDocument
    from qmstool.parsing.yaml.nodes import LocatedText

ON_DAY = Text(
    "Danh mục tài liệu bên ngoài, tình trạng ngày {day}",
    "Register of external documents as they stood on {day}",
)
NOT_YET = Text("chưa có hiệu lực", "not yet in force")
BY_REVIEW = Text("{status} (theo lần rà soát ngày {day})", "{status} (by the review of {day})")
NEVER_REVIEWED = Text(
    "{status} (chưa rà soát, không rõ vào ngày ấy)",
    "{status} (never reviewed; unknown on that day)",
)
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
EXTERNAL_TITLE = Text("Danh mục tài liệu bên ngoài", "Register of external documents")
RECORDS_TITLE = Text("Danh mục hồ sơ", "Register of records")


def external_register(manual: Manual, lang: Lang, *, day: date | None = None) -> Table:
    """Return the register of external documents.

    `day`: how they stood on another day than that of the data, as far as their days tell; where
    they do not, by which review the status is known. What was not issued yet is left out.
    """
    rows = []
    starts = starts_of(manual.externals)
    for document in manual.externals.values():
        if day is not None and is_to_come(document, day):
            continue
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
        if day is not None:
            row["status"] = _status_then(document, starts, day, lang)
        row["amended_by"] = external_numbers(manual, document.amended_by)
        row["superseded_by"] = external_numbers(manual, document.superseded_by)
        rows.append(row)
    title = EXTERNAL_TITLE
    if day is not None:
        title = ON_DAY.fill({"day": day.isoformat()})
    return Table(title, EXTERNAL, pick_cells(rows, EXTERNAL))


def _status_then(
    document: ExternalDocument, starts: Mapping[str, date | None], day: date, lang: Lang
) -> str:
    """The status on a day: as the days tell, else as the last review found it, which is named."""
    status = status_on(document, starts, day)
    if status == "not-yet":
        return NOT_YET.get(lang)
    if status is not None:
        return EXTERNAL_STATUS[status].get(lang)
    found = EXTERNAL_STATUS.get(document.status, NOT_KNOWN).get(lang)
    checked = known_day(document.checked_on)
    if checked is None:
        return NEVER_REVIEWED.fill({"status": found}).get(lang)
    return BY_REVIEW.fill({"status": found, "day": checked.isoformat()}).get(lang)


def records_register(manual: Manual, lang: Lang) -> Table:
    """Return the register of records, then the filled-in ones that lie here, each in its place."""
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
    for filled in manual.filled:
        owner = text_of(filled.front_matter.owner)
        rows.append(
            {
                "title": filled.title,
                "form": filled.code,
                "owner": owner_name(manual, owner, lang),
                "place": filled.path,
                "retention": display_value(filled.front_matter.retention or UNKNOWN, lang),
            }
        )
    title = RECORDS_TITLE
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
