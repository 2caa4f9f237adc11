"""A document's life in releases → its change table («theo dõi sửa đổi»): numbers, dates, sections, reasons, people. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.diff.document import compare_versions
from qmstool.diff.format import section_title
from qmstool.i18n import Text
from qmstool.register import origins
from qmstool.register.status import item_check_code, item_state, state_text
from qmstool.register.versions import version_texts
from qmstool.tables.registers import (
    Columns,
    Table,
    display_value,
    instrument_text,
    pick_cells,
    signer_text,
)
from qmstool.tables.signatures import signed_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from qmstool.git.commits import History
    from qmstool.i18n import Lang
    from qmstool.manual.model import Item, Manual, Release
    from qmstool.register.status import Life

ACTS = {
    "new": Text("ban hành mới", "new"),
    "revise": Text("sửa đổi", "revised"),
    "reissue": Text("ban hành lại", "re-issued"),
    "correct": Text("đính chính", "corrected"),
    "withdraw": Text("bãi bỏ", "withdrawn"),
}
IMPORTED = Text("bản nhập", "imported")
LOST = Text("(kho không còn nội dung)", "(the text is lost)")
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
) -> Table:
    """Return the change table of a document, newest first.

    `blobs`: its texts; without a history the commits stay empty.
    """
    rows = []
    for at, (release, item) in enumerate(life):
        before = next((entry for entry in reversed(life[:at]) if entry[1].files), None)
        commits = origins.commits_between(history, before, (release, item)) if history else ()
        rows.append(
            {
                "release": str(release.number),
                "issue": display_value(item.issue, lang),
                "revision": display_value(item.revision, lang),
                "act": _act(release, item, lang),
                "state": state_text(item_state(life, at, day)).get(lang),
                "effective": display_value(release.effective, lang),
                "recorded": display_value(release.recorded, lang),
                "sections": "; ".join(sections(before[1] if before else None, item, blobs, lang)),
                "summary": display_value(item.summary, lang),
                "reason": display_value(item.reason, lang),
                "prepared": signed_by(manual, release, item.key, "author", lang),
                "reviewed": signed_by(manual, release, item.key, "reviewer", lang),
                "approver": signer_text(manual, release, lang),
                "instrument": instrument_text(release, lang),
                "check_code": item_check_code(item),
                "authors": ", ".join(
                    dict.fromkeys(who.name for commit in commits for who in commit.people)
                ),
                "commits": " ".join(commit.id[:10] for commit in commits),
            }
        )
    name = f"{life[-1][1].code} – {life[-1][1].title}" if life else ""
    return Table(TITLE.fill({"name": name}), COLUMNS, pick_cells(reversed(rows), COLUMNS))


def _act(release: Release, item: Item, lang: Lang) -> str:
    """What a release did; taking a text over as it was found puts nothing in force."""
    if release.imported and item.act == "new":
        return IMPORTED.get(lang)
    return ACTS[item.act].get(lang) if item.act in ACTS else item.act


def sections(
    before: Item | None, item: Item, blobs: Mapping[str, bytes], lang: Lang
) -> Iterator[str]:
    """Yield the titles of the sections that a version changed."""
    if item.act == "withdraw":
        return
    old, new = version_texts(before, blobs) if before else (), version_texts(item, blobs)
    if old is None or new is None:
        yield LOST.get(lang)
    elif not old:
        yield WHOLE.get(lang)
    else:
        yield from (section_title(section, lang) for section in compare_versions(old, new).changed)
