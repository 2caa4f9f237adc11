"""Copies handed out → who holds which of them, what is still out, and what became of each. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.register.copies import outstanding_copies, recorded_item
from qmstool.tables.registers import MEDIA, Columns, Table, display_value, pick_cells, unit_name
from qmstool.tables.signatures import evidence_text, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from qmstool.i18n import Lang
    from qmstool.manual.circulation import HandedOut
    from qmstool.manual.model import Manual
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
# What happened last stands first: what was lost may turn up, what was recalled is destroyed.
ENDED = {
    "destroyed": Text("đã hủy", "destroyed"),
    "recalled": Text("đã thu hồi", "recalled"),
    "lost": Text("đã mất", "lost"),
}
NOT_YET = Text("chưa phát", "not yet handed out")


def outstanding_table(manual: Manual, day: date, lang: Lang) -> Table:
    """Return every copy that is out on a day: in use, or to be recalled and for how long."""
    rows = [
        _held(manual, each.copy, lang) | {"state": _state(each).get(lang)}
        for each in outstanding_copies(manual, day)
    ]
    return Table(Text("Các bản còn ở ngoài", "Copies still out"), OUT, pick_cells(rows, OUT))


def ledger(manual: Manual, day: date, lang: Lang) -> Table:
    """Return every copy ever handed out, with what became of it by a day («sổ theo dõi phân phối, thu hồi»)."""
    out = {id(each.copy): each for each in outstanding_copies(manual, day)}
    rows = []
    for copy in manual.copies:
        fates = {name: text for name in ENDED if _by(text := copy.entry.text(name), day)}
        state = next((ENDED[name] for name in ENDED if name in fates), NOT_YET)
        words = _state(out[id(copy)]) if id(copy) in out else state
        known = {name: display_value(text, lang) for name, text in fates.items()}
        rows.append(
            _held(manual, copy, lang)
            | known
            | {"state": words.get(lang), "evidence": evidence_text(copy.entry, lang)}
        )
    return Table(
        Text("Sổ theo dõi phân phối, thu hồi", "Ledger of copies"), LEDGER, pick_cells(rows, LEDGER)
    )


def copies_given(
    copies: Iterable[HandedOut], key: str, unit: str, medium: str
) -> tuple[HandedOut, ...]:
    """Return the records of copies of a document that a unit was given in one medium."""
    return tuple(
        each for each in copies if (each.key, each.unit.text, each.medium) == (key, unit, medium)
    )


def _by(text: str, day: date) -> bool:
    """Whether something had happened by a day, be its own day known or not."""
    return bool(text) and (text == UNKNOWN or text <= day.isoformat())


def _state(each: OutstandingCopy) -> Text:
    if each.since is None:
        return IN_USE
    words = DUE if each.to_recall else OLD
    return words.fill({"day": each.since.isoformat(), "n": str(each.days)})


def _held(manual: Manual, copy: HandedOut, lang: Lang) -> dict[str, str]:
    document, item = manual.documents.get(copy.key), recorded_item(manual, copy)
    return {
        "code": document.name if document else copy.document.text,
        "title": item.title if item else document.title if document else "",
        "unit": unit_name(manual, copy.unit.text, lang),
        "number": display_value(copy.number, lang),
        "medium": MEDIA.get(copy.medium, MEDIA["paper"]).get(lang),
        "copies": str(copy.count),
        "release": str(copy.release),
        "issue": display_value(item.issue, lang) if item else "",
        "revision": display_value(item.revision, lang) if item else "",
        "handed_out": display_value(copy.handed_out, lang),
        "to": name_of(manual, copy.to, lang),
        "received": display_value(copy.received, lang),
    }
