"""Make the table of opinions («bảng tổng hợp ý kiến»), and its sum in a few words.

What goes in: what units were asked before a candidate was signed, and a day. Pure.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qmstool.i18n import Text, join_texts
from qmstool.manual.values import written_day
from qmstool.register.opinions import (
    ANSWERS,
    OPINION_STATES,
    opinion_state,
    opinion_text,
)
from qmstool.tables.registers import Columns, Table, display_value, pick_cells, unit_name
from qmstool.tables.signatures import evidence_text, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from qmstool.i18n import Lang
    from qmstool.manual.circulation import OpinionRequest, Opinions
    from qmstool.manual.model import Manual
    from qmstool.manual.values import Day

TITLE = Text("Tổng hợp, tiếp thu, giải trình ý kiến", "Opinions, and what was made of them")
ALL = Text("cả hồ sơ", "all of it")
COUNTED = Text("{count} {opinion}", "{count} {opinion}")
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


def opinions_table(manual: Manual, records: Iterable[Opinions], day: date, lang: Lang) -> Table:
    """Return a row for each unit that was asked by a day, in the order of the records."""
    rows: list[dict[str, str]] = []
    for opinions in records:
        sent = [asked for asked in opinions.requests if _was_sent(asked, day)]
        rows += [_row(manual, opinions, asked, day, lang) for asked in sent]
    return Table(TITLE, COLUMNS, pick_cells(rows, COLUMNS))


def _was_sent(asked: OpinionRequest, day: date) -> bool:
    return asked.sent is None or asked.sent.may_have_come(day)


def _row(
    manual: Manual, opinions: Opinions, asked: OpinionRequest, day: date, lang: Lang
) -> dict[str, str]:
    documents = ", ".join(mark.text for mark in asked.codes)
    opinion = opinion_text(asked, day, recorded_on(manual, opinions))
    row = {
        "candidate": opinions.candidate,
        "unit": unit_name(manual, asked.unit.text, lang),
        "documents": documents or ALL.get(lang),
        "sent": display_value(written_day(asked.sent), lang),
        "by": name_of(manual, asked.sender, lang),
        "reference": display_value(asked.reference, lang),
        "due": display_value(written_day(asked.due), lang),
        "opinion": opinion.get(lang),
    }
    if opinion_state(asked, day) not in ANSWERS:
        return row
    return row | {
        "answered": display_value(written_day(asked.answered), lang),
        "person": name_of(manual, asked.person, lang),
        "comment": display_value(asked.comment, lang),
        "response": display_value(asked.response, lang),
        "evidence": evidence_text(asked.evidence, lang),
    }


def recorded_on(manual: Manual, opinions: Opinions) -> Day | None:
    """Return the day on which a candidate was recorded as a release; None while it is not."""
    release = manual.recorded_candidates.get(opinions.candidate)
    return release.recorded if release else None


def opinions_summary(manual: Manual, opinions: Opinions | None, day: date) -> Text:
    """Return the opinions on a candidate in a few words.

    «2 đồng ý, 1 có góp ý, 1 không trả lời»; where no unit was asked, that is said.
    """
    if opinions is None or not opinions.requests:
        return NOBODY
    closed_on = recorded_on(manual, opinions)
    counts = Counter(opinion_state(asked, day, closed_on) for asked in opinions.requests)
    said = []
    for state, words in OPINION_STATES.items():
        if counts[state]:
            said.append(COUNTED.fill({"count": str(counts[state]), "opinion": words}))
    return join_texts(", ", said)
