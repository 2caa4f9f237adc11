"""Make the register of periodic reviews: each one recorded, and of which text it was. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.values import known_day, written_day
from qmstool.register.reviews import review_due
from qmstool.register.status import is_of_text
from qmstool.tables.registers import Columns, Table, display_value, outcome_text, pick_cells
from qmstool.tables.signatures import evidence_text, name_of

if TYPE_CHECKING:
    from qmstool.i18n import Lang
    from qmstool.manual.circulation import DocumentReview
    from qmstool.manual.model import Manual
    from qmstool.register.status import Register

OF_IN_FORCE = Text("bản đang có hiệu lực", "the text in force")
OF_ANOTHER = Text("bản khác", "another text")
COLUMNS: Columns = (
    ("code", Text("Mã", "Code")),
    ("title", Text("Tên tài liệu", "Title")),
    ("date", Text("Ngày xem xét", "Reviewed on")),
    ("outcome", Text("Kết quả xem xét", "Outcome")),
    ("comment", Text("Nội dung góp ý", "Comment")),
    ("person", Text("Người xem xét", "Reviewed by")),
    ("of", Text("Xem xét bản nào", "Of which text")),
    ("issue", Text("Lần ban hành", "Issue")),
    ("revision", Text("Lần sửa đổi", "Revision")),
    ("check_code", Text("Mã kiểm tra", "Check code")),
    ("review_due", Text("Hạn xem xét", "Review due")),
    ("evidence", Text("Bằng chứng", "Evidence")),
)


def reviews_table(manual: Manual, register: Register, tip: Manual, lang: Lang) -> Table:
    """Return every review recorded by the register's day, the newest first.

    `tip`: the manual that holds the records, where `manual` is one of the past. When the next
    review falls due stands with the last one of a text in force.
    """
    dated = []
    for place, review in enumerate(tip.reviews):
        day = known_day(review.date)
        if day is None or day <= register.day:
            dated.append((day is not None, str(day), place, review))
    newest_first = [review for *_, review in sorted(dated, key=_moment, reverse=True)]
    rows = [_row(manual, register, tip, review, lang) for review in newest_first]
    title = Text("Theo dõi xem xét định kỳ đã ghi nhận", "Recorded periodic reviews")
    return Table(title, COLUMNS, pick_cells(rows, COLUMNS))


def _moment(dated: tuple[bool, str, int, DocumentReview]) -> tuple[bool, str, int]:
    return dated[:3]


def _row(
    manual: Manual, register: Register, tip: Manual, review: DocumentReview, lang: Lang
) -> dict[str, str]:
    status = register.statuses.get(review.text.key)
    document = manual.documents.get(review.text.key)
    is_of_force = status is not None and status.in_force and is_of_text(status, review.text)
    row = {
        "code": review.document.text,
        "title": document.title if document else "",
        "date": display_value(written_day(review.date), lang),
        "outcome": outcome_text(review, tip, lang),
        "comment": review.comment,
        "person": name_of(manual, review.person, lang),
        "of": (OF_IN_FORCE if is_of_force else OF_ANOTHER).get(lang),
        "issue": display_value(review.text.issue, lang),
        "revision": display_value(review.text.revision, lang),
        "check_code": review.text.check_code,
        "evidence": evidence_text(review.evidence, lang),
    }
    if document and status and status.last_review is review:
        due = review_due(document, status, manual.config)
        row["review_due"] = written_day(due)
    return row
