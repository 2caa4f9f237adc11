"""Manuals in force + registers → who holds which copy, and what is to be recalled when another release takes effect. Pure.

`holders` answers for one day, with what the records say was handed out and signed for; `recall` compares the day before a release
with the day of its effect: paper copies of what was revised or withdrawn come back, units that are no longer on the list give
theirs back, new copies go out (ISO 9001 clause 7.5.3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.schema import DOCUMENT
from qmstool.parsing.source import Source
from qmstool.parsing.yaml import nodes
from qmstool.parsing.yaml import records as entries
from qmstool.parsing.yaml.nodes import Mark
from qmstool.register.status import item_check_code
from qmstool.tables.copies import copies_given
from qmstool.tables.registers import MEDIA, Columns, Table, display_value, pick_cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from qmstool.i18n import Lang
    from qmstool.manual.circulation import HandedOut
    from qmstool.manual.model import Manual
    from qmstool.parsing.yaml.records import Entry
    from qmstool.register.status import DocumentStatus, Register

COLUMNS: Columns = (
    ("code", Text("Mã", "Code")),
    ("title", Text("Tên tài liệu", "Title")),
    ("unit", Text("Đơn vị", "Unit")),
    ("medium", Text("Dạng", "Medium")),
    ("copies", Text("Số bản", "Copies")),
    ("issue", Text("Lần ban hành", "Issue")),
    ("revision", Text("Lần sửa đổi", "Revision")),
)
HOLDERS: Columns = (
    *COLUMNS,
    ("handed_out", Text("Đã phát", "Handed out")),
    ("received", Text("Đã ký nhận", "Receipts signed")),
)
RECALL: Columns = (
    *COLUMNS,
    ("act", Text("Việc cần làm", "To do")),
    ("done", Text("Đã làm", "Done")),
)
BACK = Text("thu hồi", "recall")
OUT = Text("phát bản mới", "hand out")


@dataclass(frozen=True, slots=True)
class HeldCopy:
    """A copy that a text says a unit holds: the unit's key, `paper` or `electronic`, and how many."""

    unit: str
    medium: str
    copies: str


def held_copies(entry: Entry) -> tuple[HeldCopy, ...]:
    """Return who holds a document, as its front matter says."""
    return tuple(
        HeldCopy(each.text("unit"), each.text("medium") or "electronic", each.text("copies", "1"))
        for each in entry.entries("distribution")
    )


def recorded_held_copies(text: str) -> tuple[HeldCopy, ...]:
    """Return who holds a recorded version, as its own front matter says; nothing where it cannot be read."""
    front = nodes.front_matter(text)
    if front is None:
        return ()
    source = Source("", text.encode())
    return held_copies(
        entries.read(nodes.compose(source, *front[:2])[0], DOCUMENT, Mark("", source, 0, 0))[0]
    )


def holders_table(
    manual: Manual, register: Register, lang: Lang, copies: Sequence[HandedOut] = ()
) -> Table:
    """Return who is to hold which copy of what is in force; `manual` is the one in force on the register's day.

    `copies`: what was handed out, as far as it is recorded.
    """
    rows = [
        _row(manual, register, key, copy, lang)
        | _given(register, copies_given(copies, key, unit, medium))
        for (key, unit, medium), copy in _copies(manual, register).items()
    ]
    return Table(
        Text("Danh sách phân phối", "Distribution list"), HOLDERS, pick_cells(rows, HOLDERS)
    )


def _given(register: Register, copies: Iterable[HandedOut]) -> dict[str, str]:
    """How many copies of the text in force are out by the records, and for how many of them somebody signed."""
    day = register.day.isoformat()
    own = [each for each in copies if each.out(day) and _bears(register, each)]
    signed = [
        each for each in own if each.received and (each.received == UNKNOWN or each.received <= day)
    ]
    return {"handed_out": _sum(own), "received": _sum(signed)} if own else {}


def _bears(register: Register, copy: HandedOut) -> bool:
    """Whether a copy bears the text in force."""
    standing, release = register.statuses.get(copy.key), register.releases.get(copy.release)
    item = next((each for each in release.items if each.key == copy.key), None) if release else None
    if standing is None or not standing.in_force or item is None:
        return False
    code = item_check_code(item)
    return copy.release == standing.release or (code != "" and code == standing.check_code)


def _sum(copies: Iterable[HandedOut]) -> str:
    return str(sum(each.count for each in copies))


def recall_table(
    before: tuple[Manual, Register],
    after: tuple[Manual, Register],
    lang: Lang,
    copies: Sequence[HandedOut] = (),
    today: date | None = None,
) -> Table:
    """Return which copies come back and which go out between two days, given the manual and register in force on each.

    `copies`: what was handed out, as far as it is recorded; `today`: the day by which it is told what is done.
    """
    old, new = _copies(*before), _copies(*after)
    day = (today or after[1].day).isoformat()
    rows = []
    for place in dict.fromkeys((*old, *new)):
        one, two = before[1].statuses.get(place[0]), after[1].statuses.get(place[0])
        if place in old and place in new and _same(one, two):
            continue
        if place in old and old[place].medium == "paper":
            back = _back(copies_given(copies, *place), before[1], day)
            rows.append(
                _row(*before, place[0], old[place], lang) | {"act": BACK.get(lang), "done": back}
            )
        if place in new:
            given = [
                each
                for each in copies_given(copies, *place)
                if _bears(after[1], each) and each.given(day)
            ]
            rows.append(
                _row(*after, place[0], new[place], lang)
                | {"act": OUT.get(lang), "done": _sum(given) if given else ""}
            )
    title = Text(
        "Thu hồi và phát bản mới theo thay đổi có hiệu lực ngày {day}",
        "Recall and hand out: changes in force from {day}",
    )
    return Table(title.fill({"day": after[1].day.isoformat()}), RECALL, pick_cells(rows, RECALL))


def _back(copies: Iterable[HandedOut], before: Register, day: str) -> str:
    """How many of the recorded copies of an old text are out no longer: «1/2»; "" where none was recorded."""
    own = [each for each in copies if _bears(before, each)]
    return f"{_sum(each for each in own if each.ended(day))}/{_sum(own)}" if own else ""


def _copies(manual: Manual, register: Register) -> dict[tuple[str, str, str], HeldCopy]:
    """(document, unit, medium) → the copy, for what is in force."""
    found: dict[tuple[str, str, str], HeldCopy] = {}
    for key, document in manual.documents.items():
        standing = register.statuses.get(key)
        if standing is None or not standing.in_force:
            continue
        found |= {(key, copy.unit, copy.medium): copy for copy in held_copies(document.entry)}
    return found


def _same(one: DocumentStatus | None, two: DocumentStatus | None) -> bool:
    """Whether a copy of the one still serves as a copy of the other."""
    return (
        one is not None
        and two is not None
        and one.in_force
        and two.in_force
        and one.check_code == two.check_code
    )


def _row(
    manual: Manual, register: Register, key: str, copy: HeldCopy, lang: Lang
) -> dict[str, str]:
    document, standing = manual.documents[key], register.statuses[key]
    unit = manual.config.units.get(copy.unit)
    return {
        "code": document.name,
        "title": document.title,
        "unit": unit.name if unit else display_value(copy.unit, lang),
        "medium": MEDIA[copy.medium].get(lang),
        "copies": display_value(copy.copies, lang),
        "issue": display_value(standing.issue, lang),
        "revision": display_value(standing.revision, lang),
    }
