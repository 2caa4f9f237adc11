"""Make the tables of copies handed out: who holds which, what is still out, what became of each.

What goes in: a manual with its records of copies, and a day. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.values import written_day
from qmstool.register.copies import outstanding_copies, recorded_item
from qmstool.tables.registers import MEDIA, Columns, Table, display_value, pick_cells, unit_name
from qmstool.tables.signatures import evidence_text, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from qmstool.i18n import Lang
    from qmstool.manual.circulation import ControlledCopy
    from qmstool.manual.model import Manual
    from qmstool.manual.values import LocatedDay
    from qmstool.register.copies import OutstandingCopy

HELD: Columns = (
    ("code", Text("Mã", "Code")),
    ("title", Text("Tên tài liệu", "Title")),
    ("unit", Text("Đơn vị giữ", "Held by")),
    ("number", Text("Bản số", "Copy")),
    ("medium", Text("Dạng", "Medium")),
    ("copies", Text("Số bản", "Copies")),
    ("release", Text("Đợt", "Release")),
    ("issue", Text("Lần ban hành", "Issue")),
    ("revision", Text("Lần sửa đổi", "Revision")),
    ("handed_out", Text("Ngày phát", "Handed out")),
    ("to", Text("Người nhận", "Received by")),
    ("received", Text("Ngày ký nhận", "Receipt signed")),
)
OUT: Columns = (*HELD, ("state", Text("Tình trạng", "State")))
LEDGER: Columns = (
    *HELD,
    ("recalled", Text("Ngày thu hồi", "Recalled")),
    ("destroyed", Text("Ngày hủy", "Destroyed")),
    ("lost", Text("Ngày báo mất", "Reported lost")),
    ("state", Text("Tình trạng", "State")),
    ("evidence", Text("Bằng chứng", "Evidence")),
)
IN_USE = Text("đang dùng", "in use")
DUE = Text("phải thu hồi từ {day}, đã {n} ngày", "to be recalled since {day} ({n} d)")
OLD = Text("nội dung hết hiệu lực từ {day}", "its text is no longer in force since {day}")
ENDED = {
    "destroyed": Text("đã hủy", "destroyed"),
    "recalled": Text("đã thu hồi", "recalled"),
    "lost": Text("đã mất", "lost"),
}
NOT_YET = Text("chưa phát", "not yet handed out")
STILL_OUT = Text("Các bản còn ở ngoài", "Copies still out")
LEDGER_TITLE = Text("Sổ theo dõi phân phối, thu hồi", "Ledger of copies")


def outstanding_table(manual: Manual, day: date, lang: Lang) -> Table:
    """Return every copy that is out on a day: in use, or to be recalled and for how long."""
    rows = []
    for outstanding in outstanding_copies(manual, day):
        state = _state(outstanding).get(lang)
        rows.append(_copy_row(manual, outstanding.copy, lang) | {"state": state})
    return Table(STILL_OUT, OUT, pick_cells(rows, OUT))


def ledger(manual: Manual, day: date, lang: Lang) -> Table:
    """Return every copy ever handed out, with what became of it by a day.

    On paper it is the «sổ theo dõi phân phối, thu hồi».
    """
    outstanding_by_copy = {id(one.copy): one for one in outstanding_copies(manual, day)}
    rows = []
    for copy in manual.copies:
        ended = _ended(copy, day)
        outstanding = outstanding_by_copy.get(id(copy))
        if outstanding:
            state = _state(outstanding)
        else:
            state = next((ENDED[name] for name in ended), NOT_YET)
        row = _copy_row(manual, copy, lang)
        row |= {name: display_value(written_day(end), lang) for name, end in ended.items()}
        row["state"] = state.get(lang)
        row["evidence"] = evidence_text(copy.evidence, lang)
        rows.append(row)
    return Table(LEDGER_TITLE, LEDGER, pick_cells(rows, LEDGER))


def _ended(copy: ControlledCopy, day: date) -> dict[str, LocatedDay]:
    """How a copy went out of use by a day, by the columns of the ledger, what counts most first."""
    # What happened last stands first: what was lost may turn up, what was recalled is destroyed.
    ends = {"destroyed": copy.destroyed, "recalled": copy.recalled, "lost": copy.lost}
    return {name: end for name, end in ends.items() if end and end.may_have_come(day)}


def copies_by_place(
    copies: Iterable[ControlledCopy],
) -> dict[tuple[str, str, str], list[ControlledCopy]]:
    """Return the records of copies by document, unit that was given one, and medium."""
    places: dict[tuple[str, str, str], list[ControlledCopy]] = {}
    for copy in copies:
        places.setdefault((copy.key, copy.unit.text, copy.medium), []).append(copy)
    return places


def _state(outstanding: OutstandingCopy) -> Text:
    if outstanding.out_of_force_since is None:
        return IN_USE
    words = DUE if outstanding.to_recall else OLD
    return words.fill(
        {"day": outstanding.out_of_force_since.isoformat(), "n": str(outstanding.days)}
    )


def _copy_row(manual: Manual, copy: ControlledCopy, lang: Lang) -> dict[str, str]:
    document, item = manual.documents.get(copy.key), recorded_item(manual, copy)
    row = {
        "code": document.name if document else copy.document.text,
        "title": document.title if document else "",
        "unit": unit_name(manual, copy.unit.text, lang),
        "number": display_value(copy.number, lang),
        "medium": MEDIA.get(copy.medium, MEDIA["paper"]).get(lang),
        "copies": str(copy.count),
        "release": str(copy.release),
        "handed_out": display_value(written_day(copy.handed_out), lang),
        "to": name_of(manual, copy.recipient, lang),
        "received": display_value(written_day(copy.received), lang),
    }
    if item:
        row["title"] = item.title
        row["issue"] = display_value(item.issue, lang)
        row["revision"] = display_value(item.revision, lang)
    return row
