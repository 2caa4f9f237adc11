"""Make the registers of controlled documents and of forms; define what every table is made of.

What goes in: a manual and its register of a day. What comes out: a `Table`, that is a title,
columns with a key and a heading, and rows of texts; the command line, the site and every exporter
take it. A fact that is not known says so; what does not apply is an empty cell. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import Unknown, written_day
from qmstool.parsing.yaml.nodes import text_of
from qmstool.register.counted_reviews import why_it_does_not_count
from qmstool.register.readings import unread_texts
from qmstool.register.reviews import OUTCOMES, review_due
from qmstool.register.status import CHANGED, state_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.i18n import Lang
    from qmstool.manual.circulation import DocumentReview
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release, TakenOver
    from qmstool.register.status import DocumentStatus, Register

NOT_KNOWN = Text("chưa rõ", "unknown")
NO_TEXT = Text("chưa có nội dung", "no text here")
OF_DATE = Text("{number} ngày {date}", "{number} of {date}")
CLAIMED = Text("{value} (văn bản tự ghi)", "{value} (as the text says)")
CLAIMED_DAY = Text("ký ngày {day} (văn bản tự ghi)", "signed on {day} (as the text says)")
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
    ("reviewed", Text("Xem xét gần nhất", "Last review")),
    ("review", Text("Kết quả xem xét", "Outcome")),
    ("review_due", Text("Hạn xem xét", "Review due")),
    ("distribution", Text("Nơi nhận", "Distribution")),
    ("unread", Text("Chưa ghi nhận đã đọc", "Not acknowledged")),
    ("retention", Text("Thời hạn bảo quản", "Retention")),
    ("check_code", Text("Mã kiểm tra", "Check code")),
)
# How far the record of a text is proved, where whoever makes a table has asked.
PROOF = ("proof", Text("Kiểm chứng", "Verification"))
# Columns of any table whose cells are days, ISO 8601, where they are not empty or words.
DAY_COLUMNS = frozenset(
    {
        "answered",
        "checked_on",
        "date",
        "destroyed",
        "due",
        "effective",
        "expired",
        "handed_out",
        "issued",
        "lost",
        "recalled",
        "received",
        "recorded",
        "review_due",
        "reviewed",
        "sent",
        "since",
        "until",
    }
)
FORMS: Columns = (
    *INTERNAL[:2],
    ("parent", Text("Thuộc tài liệu", "Belongs to")),
    *INTERNAL[3:7],
    INTERNAL[9],
    INTERNAL[-1],
)
INTERNAL_TITLE = Text("Danh mục tài liệu nội bộ", "Register of controlled documents")
FORMS_TITLE = Text("Danh mục biểu mẫu", "Register of forms")


@dataclass(frozen=True, slots=True)
class Table:
    """A title, columns (key and heading), and rows of texts, one text for each column."""

    title: Text
    columns: Columns
    rows: tuple[tuple[str, ...], ...]

    def filled(self) -> Table:
        """Return it without the columns that nobody filled, where it has rows: for paper."""
        if not self.rows:
            return self
        places = [
            place for place in range(len(self.columns)) if any(row[place] for row in self.rows)
        ]
        rows = tuple(tuple(row[place] for place in places) for row in self.rows)
        return Table(self.title, tuple(self.columns[place] for place in places), rows)

    def joined(self, others: Iterable[Table]) -> Table:
        """Return one table with the rows of others of the same columns below its own."""
        rows = [*self.rows]
        for other in others:
            rows += other.rows
        return Table(self.title, self.columns, tuple(rows))


def internal_register(manual: Manual, register: Register, lang: Lang) -> Table:
    """Return the register of controlled documents, with those that only releases still know."""
    unread = unread_names(manual, register, lang)
    rows = []
    for key, status in register.statuses.items():
        row = status_row(manual, register, status, lang)
        rows.append(row | {"unread": "; ".join(unread.get(key, ()))})
    title = INTERNAL_TITLE
    return Table(title, INTERNAL, pick_cells(rows, INTERNAL))


def forms_register(manual: Manual, register: Register, lang: Lang) -> Table:
    """Return the register of forms: by their type, or since they belong to another document."""
    rows = []
    for key in form_keys(manual):
        row = status_row(manual, register, register.statuses[key], lang)
        parent = manual.documents[key].front_matter.parent
        row["parent"] = text_of(parent, NOT_KNOWN.get(lang))
        rows.append(row)
    return Table(FORMS_TITLE, FORMS, pick_cells(rows, FORMS))


def form_keys(manual: Manual) -> tuple[str, ...]:
    """Return the keys of documents that are forms, in the order of their register."""
    types = manual.config.types
    return tuple(
        key
        for key, document in manual.documents.items()
        if document.front_matter.parent or (document.type in types and types[document.type].form_of)
    )


def display_value(text: str, lang: Lang) -> str:
    """Return a written value for a cell: «unknown» in words."""
    return NOT_KNOWN.get(lang) if text == UNKNOWN else text


def instrument_text(release: Release | None, lang: Lang) -> str:
    """Return how a release was put in force, in a few words: «12/QĐ-SVD ngày 2025-01-05»."""
    instrument = release.instrument if release else None
    if instrument is None:
        return ""
    name = instrument.number
    if name == UNKNOWN:
        name = INSTRUMENT_KINDS.get(instrument.kind, NOT_KNOWN).get(lang)
    if instrument.date is Unknown.UNKNOWN:
        return name
    return OF_DATE.fill({"number": name, "date": instrument.date.isoformat()}).get(lang)


def signer_text(manual: Manual, release: Release | None, lang: Lang) -> str:
    """Return who signed a release: person, capacity and role as far as they are known."""
    signer = release.signer if release else None
    if signer is None:
        return ""
    person = manual.config.role_name(signer.person)
    role = manual.config.role_name(signer.role)
    title = " ".join(word for word in (signer.capacity, role) if word != UNKNOWN)
    known = [word for word in (person, title) if word not in {"", UNKNOWN}]
    return ", ".join(known) or NOT_KNOWN.get(lang)


def taken_over_cells(taken: TakenOver, lang: Lang) -> dict[str, str]:
    """Return what a text taken over says of its approval, marked as no more than that."""
    cells = {}
    signer, day = taken.claimed_value("signer"), taken.claimed_value("date")
    if signer:
        cells["approver"] = CLAIMED.fill({"value": signer}).get(lang)
    if day:
        cells["instrument"] = CLAIMED_DAY.fill({"day": day}).get(lang)
    return cells


def distribution_text(manual: Manual, document: Document, lang: Lang) -> str:
    """Return who receives a document: «Văn phòng (2 bản giấy); …»."""
    parts = []
    for recipient in document.front_matter.distribution:
        part = unit_name(manual, text_of(recipient.unit), lang)
        detail = []
        if recipient.copies is not None:
            detail.append(str(recipient.copies))
        if recipient.medium in MEDIA:
            detail.append(MEDIA[recipient.medium].get(lang))
        told = " ".join(filter(None, detail))  # a manual's own language may leave a word empty
        if told:
            part += f" ({told})"
        parts.append(part)
    return "; ".join(parts)


def unread_names(manual: Manual, register: Register, lang: Lang) -> Mapping[str, tuple[str, ...]]:
    """Return who has not acknowledged what is in force, by document: people, else their unit."""
    names: dict[str, dict[str, None]] = {}
    tip = register.tip or manual
    for unread in unread_texts(manual, register):
        person = tip.config.people.get(unread.person)
        name = person.name if person else unit_name(tip, unread.unit, lang)
        names.setdefault(unread.document.key, {})[name] = None
    return {key: tuple(found) for key, found in names.items()}


def review_text(review: DocumentReview, records: Manual, lang: Lang) -> str:
    """Return what a review found, with what it comments: «trả lại kèm góp ý: …»."""
    words = outcome_text(review, records, lang)
    return f"{words}: {review.comment}" if review.comment else words


def outcome_text(review: DocumentReview, records: Manual, lang: Lang) -> str:
    """Return what a review found, in words; an outcome that is none of ours as it is written.

    Where it does not count, that is said. `records`: the manual that holds the review.
    """
    outcome = OUTCOMES.get(review.outcome)
    words = outcome.get(lang) if outcome else review.outcome
    why = why_it_does_not_count(review, records.config)
    return f"{words} ({why.get(lang)})" if why else words


def status_row(
    manual: Manual, register: Register, status: DocumentStatus, lang: Lang
) -> dict[str, str]:
    """Return what a register says of one document, by the keys of `INTERNAL`."""
    document, release = manual.documents.get(status.key), register.release_of(status)
    row = {
        "code": status.key,
        "issue": display_value(status.issue, lang),
        "revision": display_value(status.revision, lang),
        "state": _state(status, lang),
        "effective": display_value(written_day(status.effective), lang),
        "instrument": instrument_text(release, lang),
        "approver": signer_text(manual, release, lang),
        "check_code": status.check_code,
    }
    if status.last_review:
        row["reviewed"] = written_day(status.last_review.date)
        row["review"] = review_text(status.last_review, register.tip or manual, lang)
    if status.item and status.item.taken_over:
        row |= taken_over_cells(status.item.taken_over, lang)
    if document is not None:
        return row | _written(manual, document, status, lang)
    if status.item:
        row["code"] = status.item.code
        row["title"] = display_value(status.item.title, lang)
    return row


def _written(
    manual: Manual, document: Document, status: DocumentStatus, lang: Lang
) -> dict[str, str]:
    """What a document's own front matter says."""
    row = {
        "code": document.code or NOT_KNOWN.get(lang),
        "title": display_value(document.title, lang),
        "type": type_name(manual, document, lang),
        "owner": owner_name(manual, text_of(document.front_matter.owner), lang),
        "review_due": _review_due(manual, document, status, lang),
        "distribution": distribution_text(manual, document, lang),
        "retention": display_value(document.front_matter.retention, lang),
    }
    if not document.held:
        # A code would be that of its registration.
        row["check_code"] = NO_TEXT.get(lang)
    return row


def _review_due(manual: Manual, document: Document, status: DocumentStatus, lang: Lang) -> str:
    due = review_due(document, status, manual.config)
    if due:
        return due.isoformat()
    return NOT_KNOWN.get(lang) if status.in_force else ""


def _state(status: DocumentStatus, lang: Lang) -> str:
    """The state in words, with what else is to be known: a draft revision, a preempted release."""
    texts = [state_text(status.state)]
    if status.in_force and status.changed:
        texts.append(CHANGED)
    if status.preempted:
        texts.append(status.preempted.text)
    return "; ".join(text.get(lang) for text in texts)


def unit_name(manual: Manual, key: str, lang: Lang) -> str:
    """Return what a unit is called; one that qms.yml does not know stands as written."""
    unit = manual.config.units.get(key)
    return unit.name if unit else display_value(key, lang)


def owner_name(manual: Manual, key: str, lang: Lang) -> str:
    """Return what the owner of a document is called, a unit, role or person."""
    if key in manual.config.units:
        return unit_name(manual, key, lang)
    return display_value(manual.config.role_name(key), lang)


def type_name(manual: Manual, document: Document, lang: Lang) -> str:
    """Return what the type of a document is called; one that qms.yml does not know, as written."""
    kind = manual.config.types.get(document.type)
    return kind.name.get(lang) if kind else document.type


def pick_cells(rows: Iterable[Mapping[str, str]], columns: Columns) -> tuple[tuple[str, ...], ...]:
    """Return the cells of each row in the order of the columns; a missing one is empty."""
    keys = [key for key, _ in columns]
    return tuple(tuple(row.get(key, "") for key in keys) for row in rows)
