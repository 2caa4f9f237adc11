"""What units were asked before a candidate was signed → the table of opinions («bảng tổng hợp ý kiến»), and its sum. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.register.opinions import ANSWERS, OPINION_STATES, opinion_state, recorded_candidates
from qmstool.register.opinions import opinion_text as said_state
from qmstool.tables.registers import Columns, Table, display_value, pick_cells, unit_name
from qmstool.tables.signatures import evidence_text, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from qmstool.i18n import Lang
    from qmstool.manual.circulation import Asked, Opinions
    from qmstool.manual.model import Manual

TITLE = Text("Tổng hợp, tiếp thu, giải trình ý kiến", "Opinions, and what was made of them")
ALL = Text("cả hồ sơ", "all of it")
LANGS: tuple[Lang, ...] = ("vi", "en")
NOBODY = Text("chưa hỏi đơn vị nào", "no unit was asked")
COLUMNS: Columns = (
    ("candidate", Text("Hồ sơ trình ký", "Candidate")),
    ("unit", Text("Đơn vị", "Unit")),
    ("documents", Text("Tài liệu", "Documents")),
    ("sent", Text("Ngày gửi", "Sent")),
    ("by", Text("Người gửi", "Sent by")),
    ("reference", Text("Văn bản gửi", "Letter")),
    ("due", Text("Hạn trả lời", "Due")),
    ("answered", Text("Ngày trả lời", "Answered")),
    ("person", Text("Người trả lời", "Answered by")),
    ("opinion", Text("Ý kiến", "Opinion")),
    ("comment", Text("Nội dung góp ý", "Comment")),
    ("response", Text("Tiếp thu, giải trình", "Response")),
    ("evidence", Text("Bằng chứng", "Evidence")),
)


def opinions_table(manual: Manual, asked: Iterable[Opinions], day: date, lang: Lang) -> Table:
    """Return a row for each unit that was asked by a day, in the order of the records."""
    today = day.isoformat()
    sent = [
        (found, each)
        for found in asked
        for each in found.asked
        if each.sent == UNKNOWN or each.sent <= today
    ]
    rows = [_row(manual, found, each, day, lang) for found, each in sent]
    return Table(TITLE, COLUMNS, pick_cells(rows, COLUMNS))


def _row(manual: Manual, found: Opinions, each: Asked, day: date, lang: Lang) -> dict[str, str]:
    answered = opinion_state(each, day) in ANSWERS
    row = {
        name: display_value(each.entry.text(name), lang) for name in ("sent", "reference", "due")
    }
    if answered:
        row |= {
            name: display_value(each.entry.text(name), lang)
            for name in ("answered", "comment", "response")
        }
        row |= {
            "person": name_of(manual, each.person, lang),
            "evidence": evidence_text(each.entry, lang),
        }
    return row | {
        "candidate": found.candidate,
        "unit": unit_name(manual, each.unit.text, lang),
        "documents": ", ".join(mark.text for mark in each.entry.list("documents")) or ALL.get(lang),
        "by": name_of(manual, each.by, lang),
        "opinion": said_state(each, day, recorded_on(manual, found)).get(lang),
    }


def recorded_on(manual: Manual, found: Opinions) -> str:
    """Return the day on which a candidate was recorded as a release; "" while it is not."""
    release = recorded_candidates(manual).get(found.candidate)
    return release.recorded if release else ""


def opinions_summary(manual: Manual, found: Opinions | None, day: date) -> Text:
    """Return the opinions on a candidate in a few words: «2 đồng ý, 1 có góp ý, 1 không trả lời»."""
    counts = (
        Counter(opinion_state(each, day, recorded_on(manual, found)) for each in found.asked)
        if found
        else Counter()
    )
    told = [(str(counts[name]), words) for name, words in OPINION_STATES.items() if counts[name]]
    if not told:
        return NOBODY
    return Text(
        *(", ".join(f"{count} {words.get(lang)}" for count, words in told) for lang in LANGS)
    )
