"""A document's life in releases → its change table («theo dõi sửa đổi»): numbers, dates, sections, reasons, people. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.diff.document import redline
from qmstool.diff.format import title
from qmstool.i18n import Text
from qmstool.register import origins
from qmstool.register.status import code_of, item_state, state_text
from qmstool.register.versions import texts
from qmstool.tables.registers import Columns, Table, instrument, pick, said, signer
from qmstool.tables.signatures import signed_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from qmstool.git.history import History
    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release, ReleaseItem
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
        commits = origins.commits(history, before, (release, item)) if history else ()
        rows.append(
            {
                "release": str(release.number),
                "issue": said(item.issue, lang),
                "revision": said(item.revision, lang),
                "act": _act(release, item, lang),
                "state": state_text(item_state(life, at, day)).get(lang),
                "effective": said(release.effective, lang),
                "recorded": said(release.recorded, lang),
                "sections": "; ".join(sections(before[1] if before else None, item, blobs, lang)),
                "summary": said(item.summary, lang),
                "reason": said(item.reason, lang),
                "prepared": signed_by(manual, release, item.key, "author", lang),
                "reviewed": signed_by(manual, release, item.key, "reviewer", lang),
                "approver": signer(manual, release, lang),
                "instrument": instrument(release, lang),
                "check_code": code_of(item),
                "authors": ", ".join(
                    dict.fromkeys(who.name for commit in commits for who in commit.people)
                ),
                "commits": " ".join(commit.id[:10] for commit in commits),
            }
        )
    name = f"{life[-1][1].code} – {life[-1][1].title}" if life else ""
    return Table(TITLE.fill({"name": name}), COLUMNS, pick(reversed(rows), COLUMNS))


def _act(release: Release, item: ReleaseItem, lang: Lang) -> str:
    """What a release did; taking a text over as it was found puts nothing in force."""
    if release.imported and item.act == "new":
        return IMPORTED.get(lang)
    return ACTS[item.act].get(lang) if item.act in ACTS else item.act


def sections(
    before: ReleaseItem | None, item: ReleaseItem, blobs: Mapping[str, bytes], lang: Lang
) -> Iterator[str]:
    """Yield the titles of the sections that a version changed."""
    if item.act == "withdraw":
        return
    old, new = texts(before, blobs) if before else (), texts(item, blobs)
    if old is None or new is None:
        yield LOST.get(lang)
    elif not old:
        yield WHOLE.get(lang)
    else:
        yield from (title(section, lang) for section in redline(old, new).changed)
