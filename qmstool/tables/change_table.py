"""Show a document's change table («theo dõi sửa đổi»): numbers, dates, sections, reasons, people.

What goes in: a document's life in releases, its texts, and the log where there is one. What comes
out: a table, newest first. Which rows there are, and which sections each change touched, the
register says (`register/change_rows.py`); the page of a document shows the same rows. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.diff.format import attachment_text, section_title
from qmstool.i18n import Text
from qmstool.register import origins
from qmstool.register.change_rows import RecordedChange, change_rows
from qmstool.register.outcomes import REPLACED
from qmstool.register.status import item_check_code, state_text
from qmstool.tables.registers import (
    PROOF,
    Columns,
    Table,
    display_value,
    instrument_text,
    pick_cells,
    signer_text,
    taken_over_cells,
)
from qmstool.tables.signatures import signed_by

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qmstool.git.history import History
    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.register.effect import Life

ACTS = {
    "new": Text("ban hành mới", "new"),
    "revise": Text("sửa đổi", "revised"),
    "reissue": Text("ban hành lại", "re-issued"),
    "correct": Text("đính chính", "corrected"),
    "withdraw": Text("bãi bỏ", "withdrawn"),
}
IMPORTED = Text("bản tiếp nhận", "imported")
LOST = Text("(không có nội dung ở đây)", "(the text is not here)")
WHOLE = Text("toàn bộ", "all of it")
TITLE = Text("Theo dõi sửa đổi: {name}", "Change table: {name}")
COLUMNS: Columns = (
    ("release", Text("Đợt", "Release")),
    ("issue", Text("Lần ban hành", "Issue")),
    ("revision", Text("Lần sửa đổi", "Revision")),
    ("act", Text("Việc ban hành", "Act")),
    ("state", Text("Tình trạng", "State")),
    ("effective", Text("Ngày hiệu lực", "Effective")),
    ("recorded", Text("Ngày ghi nhận", "Recorded")),
    ("sections", Text("Mục sửa đổi", "Sections")),
    ("summary", Text("Nội dung sửa đổi", "What changed")),
    ("reason", Text("Lý do", "Reason")),
    ("prepared", Text("Biên soạn", "Prepared by")),
    ("reviewed", Text("Xem xét", "Reviewed by")),
    ("approver", Text("Phê duyệt", "Approver")),
    ("instrument", Text("Văn bản ban hành", "Instrument")),
    ("check_code", Text("Mã kiểm tra", "Check code")),
    ("authors", Text("Người lưu vào git", "Who committed")),
    ("commits", Text("Phiên bản git", "Commits")),
)


def change_table(
    manual: Manual,
    life: Life,
    day: date,
    lang: Lang,
    *,
    blobs: Mapping[str, bytes],
    history: History | None = None,
    proofs: Mapping[tuple[str, int], Text] | None = None,
) -> Table:
    """Return the change table of a document, newest first.

    `blobs`: its texts by git blob; without a history the commits stay empty; `proofs`: how far each
    record is proved, by document and release, None where nobody asked.
    """
    changes = change_rows(manual.releases, life, day, blobs)
    before = _texts_before(life)
    rows = []
    for change in changes:
        row = _cells(manual, change, lang) | _committed(history, before, change)
        proof = (proofs or {}).get((change.item.key, change.release.number))
        rows.append(row | {"proof": proof.get(lang) if proof else ""})
    name = f"{life[-1][1].code} – {life[-1][1].title}" if life else ""
    columns = (*COLUMNS, PROOF) if proofs else COLUMNS
    return Table(TITLE.fill({"name": name}), columns, pick_cells(reversed(rows), columns))


def change_state(change: RecordedChange) -> Text:
    """Return how a record stands, in words: for a mistaken take-over, what replaces it and why."""
    by = change.replaced_by
    if by is not None:
        return REPLACED.fill({"by": str(by.number), "reason": by.reason})
    return state_text(change.state)


def sections(change: RecordedChange, lang: Lang) -> tuple[str, ...]:
    """Return the titles of the sections that a change touched, or in a word how much it did.

    Behind them stand the files beside the text that are not as they were.
    """
    if change.extent == "lost":
        return (LOST.get(lang),)
    if change.extent == "whole":
        return (WHOLE.get(lang),)
    titles = [section_title(section, lang) for section in change.sections]
    return (*titles, *(attachment_text(each, lang) for each in change.attachments))


def _cells(manual: Manual, change: RecordedChange, lang: Lang) -> dict[str, str]:
    release, item = change.release, change.item
    cells = {
        "release": str(release.number),
        "issue": display_value(item.issue, lang),
        "revision": display_value(item.revision, lang),
        "act": _act(change, lang),
        "state": change_state(change).get(lang),
        "effective": display_value(str(change.effective), lang),
        "recorded": display_value(str(release.recorded), lang),
        "sections": "; ".join(sections(change, lang)),
        "summary": display_value(item.summary, lang),
        "reason": display_value(item.reason, lang),
        "prepared": signed_by(manual, release, item.key, "author", lang),
        "reviewed": signed_by(manual, release, item.key, "reviewer", lang),
        "approver": signer_text(manual, release, lang),
        "instrument": instrument_text(release, lang),
        "check_code": item_check_code(item),
    }
    if item.taken_over:
        cells |= taken_over_cells(item.taken_over, lang)
    return cells


def _act(change: RecordedChange, lang: Lang) -> str:
    if change.act == "imported":
        return IMPORTED.get(lang)
    return ACTS[change.act].get(lang) if change.act in ACTS else change.act


def _texts_before(life: Life) -> dict[int, tuple[Release, ReleaseItem] | None]:
    """Return, by the number of each release, where the document's text was last recorded before.

    Be that text in force or not: what was withdrawn or never took effect was committed too.
    """
    before: dict[int, tuple[Release, ReleaseItem] | None] = {}
    last = None
    for release, item in life:
        before.setdefault(release.number, last)
        if item.files:
            last = release, item
    return before


def _committed(
    history: History | None,
    before: Mapping[int, tuple[Release, ReleaseItem] | None],
    change: RecordedChange,
) -> dict[str, str]:
    """The commits since the document's text was last recorded, up to a record of it."""
    if history is None or change.replaced_by is not None:
        return {"authors": "", "commits": ""}
    entry = (change.release, change.item)
    commits = origins.commits_between(history, before[change.release.number], entry)
    names = dict.fromkeys(who.name for commit in commits for who in commit.people)
    return {
        "authors": ", ".join(names),
        "commits": " ".join(commit.id[:10] for commit in commits),
    }
