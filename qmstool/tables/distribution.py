"""Make the distribution list, and the list of what to recall when another release takes effect.

What goes in: the manual and register in force on a day, or on two, and the records of copies.
`holders_table` answers for one day, with what the records say was handed out and signed for;
`recall_table` compares the day before a release with the day of its effect: paper copies of what
was revised or withdrawn come back, units that are no longer on the list give theirs back, new
copies go out (ISO 9001 clause 7.5.3). Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.manual.loading.front_matter import parse_front_matter
from qmstool.parsing.yaml.nodes import text_of
from qmstool.register.status import item_check_code
from qmstool.tables.copies import copies_by_place
from qmstool.tables.registers import MEDIA, Columns, Table, display_value, pick_cells, unit_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from qmstool.i18n import Lang
    from qmstool.manual.circulation import ControlledCopy
    from qmstool.manual.config import Habits
    from qmstool.manual.front_matter import FrontMatter
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import ReleaseItem
    from qmstool.register.status import Register

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
HOLDERS_TITLE = Text("Danh sách phân phối", "Distribution list")
RECALL_TITLE = Text(
    "Thu hồi và phát bản mới theo thay đổi có hiệu lực ngày {day}",
    "Recall and hand out: changes in force from {day}",
)


@dataclass(frozen=True, slots=True)
class HeldCopy:
    """A copy that a text says a unit holds: unit's key, `paper` or `electronic`, how many."""

    unit: str
    medium: str
    copies: str


# Document, unit and medium: what tells one copy on a distribution list from another.
Place = tuple[str, str, str]


def held_copies(front_matter: FrontMatter) -> tuple[HeldCopy, ...]:
    """Return who holds a document, as its front matter says."""
    copies = []
    for recipient in front_matter.distribution:
        medium = recipient.medium or "electronic"
        count = "1" if recipient.copies is None else str(recipient.copies)
        copies.append(HeldCopy(text_of(recipient.unit), medium, count))
    return tuple(copies)


def recorded_held_copies(text: str, habits: Habits) -> tuple[HeldCopy, ...]:
    """Return who holds a recorded version, as its front matter says; () where it is unreadable."""
    front_matter = parse_front_matter(text, habits)
    return held_copies(front_matter) if front_matter else ()


def holders_table(
    manual: Manual, register: Register, lang: Lang, copies: Sequence[ControlledCopy] = ()
) -> Table:
    """Return who is to hold which copy of what is in force.

    `manual` is the one in force on the register's day; `copies`: what was handed out, as far as it
    is recorded.
    """
    rows, given, texts = [], copies_by_place(copies), _TextsInForce(register)
    for place, copy in _places(manual, register).items():
        row = _row(manual, register, place[0], copy, lang)
        rows.append(row | _counts(texts, given.get(place, ())))
    return Table(HOLDERS_TITLE, HOLDERS, pick_cells(rows, HOLDERS))


def _counts(texts: _TextsInForce, copies: Iterable[ControlledCopy]) -> dict[str, str]:
    """How many copies of the text in force are out by the records, and how many were signed for."""
    day = texts.register.day
    out = [copy for copy in copies if copy.is_in_use(day) and texts.bears(copy)]
    if not out:
        return {}
    signed = [copy for copy in out if copy.received and copy.received.may_have_come(day)]
    return {"handed_out": _sum(out), "received": _sum(signed)}


class _TextsInForce:
    """A register, asked whether a copy bears the text that is in force by it."""

    def __init__(self, register: Register) -> None:
        self.register = register
        # The items of each release by document: a release has as many as there are copies.
        self._items: dict[int, dict[str, ReleaseItem]] = {}

    def bears(self, copy: ControlledCopy) -> bool:
        """Whether a copy bears the text in force."""
        status = self.register.statuses.get(copy.key)
        release = self.register.releases.get(copy.release)
        if status is None or not status.in_force or release is None:
            return False
        if copy.release not in self._items:
            self._items[copy.release] = {item.key: item for item in reversed(release.items)}
        item = self._items[copy.release].get(copy.key)
        if item is None:
            return False
        code = item_check_code(item)
        return copy.release == status.release or (code != "" and code == status.check_code)


def _sum(copies: Iterable[ControlledCopy]) -> str:
    return str(sum(copy.count for copy in copies))


def recall_table(
    before: tuple[Manual, Register],
    after: tuple[Manual, Register],
    lang: Lang,
    copies: Sequence[ControlledCopy] = (),
    today: date | None = None,
) -> Table:
    """Return which copies come back and which go out between two days.

    `before` and `after`: the manual and register in force on each; `copies`: what was handed out,
    as far as it is recorded; `today`: the day by which it is said what is done, the later of the
    two where none is given.
    """
    old, new = _places(*before), _places(*after)
    day = today or after[1].day
    by_place = copies_by_place(copies)
    old_texts, new_texts = _TextsInForce(before[1]), _TextsInForce(after[1])
    rows = []
    for place in dict.fromkeys((*old, *new)):
        if place in old and place in new and _same_text(place[0], before[1], after[1]):
            continue
        given = by_place.get(place, ())
        if place in old and old[place].medium == "paper":
            row = _row(*before, place[0], old[place], lang)
            rows.append(row | {"act": BACK.get(lang), "done": _back(given, old_texts, day)})
        if place in new:
            row = _row(*after, place[0], new[place], lang)
            rows.append(row | {"act": OUT.get(lang), "done": _out(given, new_texts, day)})
    named = RECALL_TITLE.fill({"day": after[1].day.isoformat()})
    return Table(named, RECALL, pick_cells(rows, RECALL))


def _back(copies: Iterable[ControlledCopy], before: _TextsInForce, day: date) -> str:
    """How many recorded copies of an old text are out no longer: «1/2»; "" without a record."""
    own = [copy for copy in copies if before.bears(copy)]
    if not own:
        return ""
    ended = [copy for copy in own if copy.is_out_of_use(day)]
    return f"{_sum(ended)}/{_sum(own)}"


def _out(copies: Iterable[ControlledCopy], after: _TextsInForce, day: date) -> str:
    """How many copies of a new text were handed out; "" for none."""
    given = [copy for copy in copies if after.bears(copy) and copy.was_handed_out(day)]
    return _sum(given) if given else ""


def _places(manual: Manual, register: Register) -> dict[Place, HeldCopy]:
    """The copies of what is in force, by document, unit and medium."""
    places: dict[Place, HeldCopy] = {}
    for key, document in manual.documents.items():
        status = register.statuses.get(key)
        if status is not None and status.in_force:
            for copy in held_copies(document.front_matter):
                places[key, copy.unit, copy.medium] = copy
    return places


def _same_text(key: str, before: Register, after: Register) -> bool:
    """Whether a document is in force on both days with the same text: its copies still serve."""
    old, new = before.statuses.get(key), after.statuses.get(key)
    if old is None or new is None or not (old.in_force and new.in_force):
        return False
    return old.check_code == new.check_code


def _row(
    manual: Manual, register: Register, key: str, copy: HeldCopy, lang: Lang
) -> dict[str, str]:
    document, status = manual.documents[key], register.statuses[key]
    return {
        "code": document.name,
        "title": document.title,
        "unit": unit_name(manual, copy.unit, lang),
        "medium": MEDIA[copy.medium].get(lang),
        "copies": display_value(copy.copies, lang),
        "issue": display_value(status.issue, lang),
        "revision": display_value(status.revision, lang),
    }
