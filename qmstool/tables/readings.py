"""Make the list of who has not yet acknowledged what is in force. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.values import written_day
from qmstool.register.readings import unread_texts
from qmstool.tables.registers import Columns, Table, display_value, pick_cells, unit_name
from qmstool.tables.signatures import name_of

if TYPE_CHECKING:
    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.register.status import Register

COLUMNS: Columns = (
    ("code", Text("Mã", "Code")),
    ("title", Text("Tên tài liệu", "Title")),
    ("unit", Text("Đơn vị", "Unit")),
    ("person", Text("Người", "Person")),
    ("issue", Text("Lần ban hành", "Issue")),
    ("revision", Text("Lần sửa đổi", "Revision")),
    ("check_code", Text("Mã kiểm tra", "Check code")),
    ("effective", Text("Ngày hiệu lực", "Effective")),
)
UNREAD_TITLE = Text("Chưa ghi nhận đã đọc và hiểu", "Not yet read and understood")


def unread_table(manual: Manual, register: Register, lang: Lang) -> Table:
    """Return who has not said that they read and understood what is in force."""
    rows = []
    tip = register.tip or manual
    for unread in unread_texts(manual, register):
        status = unread.status
        rows.append(
            {
                "code": unread.document.name,
                "title": unread.document.title,
                "unit": unit_name(tip, unread.unit, lang),
                "person": name_of(tip, unread.person, lang) if unread.person else "",
                "issue": display_value(status.issue, lang),
                "revision": display_value(status.revision, lang),
                "check_code": status.check_code,
                "effective": display_value(written_day(status.effective), lang),
            }
        )
    title = UNREAD_TITLE
    return Table(title, COLUMNS, pick_cells(rows, COLUMNS))
