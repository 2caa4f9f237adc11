"""Manuals in force + registers → who holds which copy, and what is to be recalled when another release takes effect. Pure.

`holders` answers for one day; `recall` compares the day before a release with the day of its effect: paper copies of what was
revised or withdrawn come back, units that are no longer on the list give theirs back, new copies go out (ISO 9001 clause 7.5.3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Text
from qmstool.tables.registers import MEDIA, Columns, Table, pick, said

if TYPE_CHECKING:
    from qmstool.findings import Lang
    from qmstool.model import Manual
    from qmstool.register.standing import Register, Standing

COLUMNS: Columns = (
    ("code", Text("Mã", "Code")),
    ("title", Text("Tên tài liệu", "Title")),
    ("unit", Text("Đơn vị", "Unit")),
    ("medium", Text("Dạng", "Medium")),
    ("copies", Text("Số bản", "Copies")),
    ("issue", Text("Lần ban hành", "Issue")),
    ("revision", Text("Lần sửa đổi", "Revision")),
)
RECALL: Columns = (*COLUMNS, ("act", Text("Việc cần làm", "To do")))
BACK = Text("thu hồi", "recall")
OUT = Text("phát bản mới", "hand out")

Copy = dict[str, str]


def holders(manual: Manual, register: Register, lang: Lang) -> Table:
    """Return who is to hold which copy of what is in force; `manual` is the one in force on the register's day."""
    rows = [_row(manual, register, key, copy, lang) for (key, _, _), copy in _copies(manual, register).items()]
    return Table(Text("Danh sách phân phối", "Distribution list"), COLUMNS, pick(rows, COLUMNS))


def recall(before: tuple[Manual, Register], after: tuple[Manual, Register], lang: Lang) -> Table:
    """Return which copies come back and which go out between two days, given the manual and register in force on each."""
    old, new = _copies(*before), _copies(*after)
    rows = []
    for place in dict.fromkeys((*old, *new)):
        one, two = before[1].standings.get(place[0]), after[1].standings.get(place[0])
        if place in old and place in new and _same(one, two):
            continue
        if place in old and old[place]["medium"] == "paper":
            rows.append(_row(*before, place[0], old[place], lang) | {"act": BACK.get(lang)})
        if place in new:
            rows.append(_row(*after, place[0], new[place], lang) | {"act": OUT.get(lang)})
    return Table(Text("Thu hồi và phát bản mới", "Recall and hand out"), RECALL, pick(rows, RECALL))


def _copies(manual: Manual, register: Register) -> dict[tuple[str, str, str], Copy]:
    """(document, unit, medium) → the copy, for what is in force."""
    found = {}
    for key, document in manual.documents.items():
        standing = register.standings.get(key)
        if standing is None or not standing.in_force:
            continue
        for each in document.entry.entries("distribution"):
            unit, medium = each.text("unit"), each.text("medium") or "electronic"
            found[key, unit, medium] = {"unit": unit, "medium": medium, "copies": each.text("copies", "1")}
    return found


def _same(one: Standing | None, two: Standing | None) -> bool:
    """Whether a copy of the one still serves as a copy of the other."""
    return one is not None and two is not None and one.in_force and two.in_force and one.check_code == two.check_code


def _row(manual: Manual, register: Register, key: str, copy: Copy, lang: Lang) -> dict[str, str]:
    document, standing = manual.documents[key], register.standings[key]
    unit = manual.config.units.get(copy["unit"])
    return {
        "code": document.name,
        "title": document.title,
        "unit": unit.name if unit else said(copy["unit"], lang),
        "medium": MEDIA[copy["medium"]].get(lang),
        "copies": said(copy["copies"], lang),
        "issue": said(standing.issue, lang),
        "revision": said(standing.revision, lang),
    }
