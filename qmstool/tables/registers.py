"""Manual + register → tables: the registers of controlled documents and of forms, and what every table is made of. Pure.

A table is a title, columns with a key and a heading, and rows of texts; the command line, the site and every exporter take it.
A fact that is not known says so; what does not apply is an empty cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.register.reviews import review_due
from qmstool.register.status import CHANGED, state_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.i18n import Lang
    from qmstool.manual.model import Document, Manual, Release
    from qmstool.register.status import DocumentStatus, Register

NOT_KNOWN = Text("chưa rõ", "unknown")
NO_TEXT = Text("chưa có nội dung", "no text here")
OF_DATE = Text("{number} ngày {date}", "{number} of {date}")
INSTRUMENT_KINDS = {
    "decision": Text("quyết định", "decision"),
    "cover": Text("ký duyệt trên bìa", "signed on the cover"),
    "notice": Text("thông báo", "notice"),
    UNKNOWN: NOT_KNOWN,
}
EXTERNAL_STATUS = {
    "in_force": Text("còn hiệu lực", "in force"),
    "amended": Text("đã được sửa đổi", "amended"),
    "partly_superseded": Text("được thay thế một phần", "partly superseded"),
    "superseded": Text("đã được thay thế", "superseded"),
    "repealed": Text("bị bãi bỏ", "repealed"),
    "in_transition": Text("đang chuyển đổi", "in transition"),
    UNKNOWN: NOT_KNOWN,
}
MEDIA = {"paper": Text("bản giấy", "paper"), "electronic": Text("điện tử", "electronic")}

Columns = tuple[tuple[str, Text], ...]
INTERNAL: Columns = (
    ("code", Text("Mã", "Code")),
    ("title", Text("Tên tài liệu", "Title")),
    ("type", Text("Loại", "Type")),
    ("issue", Text("Lần ban hành", "Issue")),
    ("revision", Text("Lần sửa đổi", "Revision")),
    ("state", Text("Tình trạng", "State")),
    ("effective", Text("Ngày hiệu lực", "Effective")),
    ("approver", Text("Phê duyệt", "Approver")),
    ("instrument", Text("Văn bản ban hành", "Instrument")),
    ("owner", Text("Đơn vị chủ trì", "Owner")),
    ("review_due", Text("Hạn xem xét", "Review due")),
    ("distribution", Text("Nơi nhận", "Distribution")),
    ("retention", Text("Thời hạn bảo quản", "Retention")),
    ("check_code", Text("Mã kiểm tra", "Check code")),
)
FORMS: Columns = (
    *INTERNAL[:2],
    ("parent", Text("Thuộc tài liệu", "Belongs to")),
    *INTERNAL[3:7],
    INTERNAL[9],
    INTERNAL[13],
)


@dataclass(frozen=True, slots=True)
class Table:
    """A title, columns (key and heading), and rows of texts, one text for each column."""

    title: Text
    columns: Columns
    rows: tuple[tuple[str, ...], ...]

    def joined(self, others: Iterable[Table]) -> Table:
        """Return one table with the rows of others of the same columns below its own."""
        return Table(
            self.title, self.columns, (*self.rows, *(row for each in others for row in each.rows))
        )


def internal_register(manual: Manual, register: Register, lang: Lang) -> Table:
    """Return the register of controlled documents, those that only releases still know included."""
    rows = (status_row(manual, register, standing, lang) for standing in register.statuses.values())
    return Table(
        Text("Danh mục tài liệu nội bộ", "Register of controlled documents"),
        INTERNAL,
        pick_cells(rows, INTERNAL),
    )


def forms_register(manual: Manual, register: Register, lang: Lang) -> Table:
    """Return the register of forms: the documents whose type is a form of another, or that belong to one."""
    rows = []
    for key, document in manual.documents.items():
        kind = manual.config.types.get(document.type)
        parent = document.entry.get("parent")
        if parent or (kind and kind.form_of):
            row = status_row(manual, register, register.statuses[key], lang)
            rows.append({**row, "parent": parent.text if parent else NOT_KNOWN.get(lang)})
    return Table(Text("Danh mục biểu mẫu", "Register of forms"), FORMS, pick_cells(rows, FORMS))


def display_value(text: str, lang: Lang) -> str:
    """Return a written value for a cell: «unknown» in words."""
    return NOT_KNOWN.get(lang) if text == UNKNOWN else text


def instrument_text(release: Release | None, lang: Lang) -> str:
    """Return how a release was put in force, in a few words: «12/QĐ-SVD ngày 2025-01-05»."""
    entry = release.entry.entry("instrument") if release else None
    if entry is None:
        return ""
    number, day = entry.text("number", UNKNOWN), entry.text("date", UNKNOWN)
    name = (
        INSTRUMENT_KINDS.get(entry.text("kind"), NOT_KNOWN).get(lang)
        if number == UNKNOWN
        else number
    )
    return name if day == UNKNOWN else OF_DATE.fill({"number": name, "date": day}).get(lang)


def signer_text(manual: Manual, release: Release | None, lang: Lang) -> str:
    """Return who signed a release: capacity, role and person as far as they are known."""
    entry = release.entry.entry("signer") if release else None
    if entry is None:
        return ""
    role, person, capacity = (entry.text(name, UNKNOWN) for name in ("role", "person", "capacity"))
    title = " ".join(part for part in (capacity, manual.config.role_name(role)) if part != UNKNOWN)
    name = manual.config.role_name(person)
    return ", ".join(part for part in (name, title) if part not in {"", UNKNOWN}) or NOT_KNOWN.get(
        lang
    )


def distribution_text(manual: Manual, document: Document, lang: Lang) -> str:
    """Return who receives a document: «Văn phòng (2 bản giấy); …»."""
    parts = []
    for copy in document.entry.entries("distribution"):
        medium = MEDIA.get(copy.text("medium"))
        detail = " ".join(
            part for part in (copy.text("copies"), medium.get(lang) if medium else "") if part
        )
        name = unit_name(manual, copy.text("unit"), lang)
        parts.append(f"{name} ({detail})" if detail else name)
    return "; ".join(parts)


def status_row(
    manual: Manual, register: Register, standing: DocumentStatus, lang: Lang
) -> dict[str, str]:
    """Return what a register says of one document, by the keys of `INTERNAL`."""
    document, release = manual.documents.get(standing.key), register.release_of(standing)
    row = {
        "issue": display_value(standing.issue, lang),
        "revision": display_value(standing.revision, lang),
        "state": _state(standing, lang),
        "effective": display_value(standing.effective, lang),
        "instrument": instrument_text(release, lang),
        "approver": signer_text(manual, release, lang),
        "check_code": standing.check_code,
    }
    if document is None:
        return row | (
            {"code": standing.item.code, "title": standing.item.title}
            if standing.item
            else {"code": standing.key}
        )
    return row | _written(manual, document, standing, lang)


def _written(
    manual: Manual, document: Document, standing: DocumentStatus, lang: Lang
) -> dict[str, str]:
    """What a document's own front matter says."""
    kind, due = (
        manual.config.types.get(document.type),
        review_due(document, standing, manual.config),
    )
    row = (
        {} if document.held else {"check_code": NO_TEXT.get(lang)}
    )  # a code would be that of its registration
    return row | {
        "code": document.code or NOT_KNOWN.get(lang),
        "title": document.title,
        "type": kind.name.get(lang) if kind else document.type,
        "owner": unit_name(manual, document.entry.text("owner"), lang),
        "review_due": due.isoformat()
        if due
        else (NOT_KNOWN.get(lang) if standing.in_force else ""),
        "distribution": distribution_text(manual, document, lang),
        "retention": display_value(document.entry.text("retention"), lang),
    }


def _state(standing: DocumentStatus, lang: Lang) -> str:
    told = [
        state_text(standing.state),
        *([CHANGED] if standing.in_force and standing.changed else []),
    ]
    return "; ".join(
        each.get(lang)
        for each in (*told, *([standing.preempted.text] if standing.preempted else []))
    )


def unit_name(manual: Manual, key: str, lang: Lang) -> str:
    """Return what a unit is called; one that qms.yml does not know stands as written."""
    unit = manual.config.units.get(key)
    return unit.name if unit else display_value(key, lang)


def pick_cells(rows: Iterable[Mapping[str, str]], columns: Columns) -> tuple[tuple[str, ...], ...]:
    """Return the cells of each row in the order of the columns; a missing one is empty."""
    return tuple(tuple(row.get(key, "") for key, _ in columns) for row in rows)
