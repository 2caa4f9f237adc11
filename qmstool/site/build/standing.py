"""Publish although findings stand: known ones, or all of a draft. Every page says how many.

What goes in: a checked manual. What comes out: one whose notice, which is on every page of every
version, says how many findings stand and since when.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.checking.known_findings import set_known_apart
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.site.edition.dates import format_dates

if TYPE_CHECKING:
    from datetime import date

    from qmstool.checking.known_findings import KnownFile
    from qmstool.findings import Report
    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual

KNOWN = Text(
    "Đăng khi còn {count} chỗ sổ tay chưa đúng mà chưa sửa, đã biết từ {day}.",
    "Published although known findings of the check stand: {count}, since {day}.",
)
UNDATED = Text("trước khi ghi ngày", "before days were kept")
DRAFT = Text(
    "Chỉ là bản nháp: không trang nào ở đây có hiệu lực. Kiểm tra ngày {day} còn {errors} lỗi, "
    "{warnings} cảnh báo.",
    "A draft only: nothing here is in force. Found by the check of {day}: {errors} errors, "
    "{warnings} warnings.",
)


def with_known(manual: Manual, report: Report, known: KnownFile) -> tuple[Manual, Report]:
    """Return the manual to publish, and its report with the known findings set apart."""
    report = set_known_apart(report, known.counts)
    standing = report.known_findings
    count = len(standing.known) if standing else 0
    if not count:
        return manual, report
    return _announcing(manual, KNOWN, {"count": str(count)}, known.since or UNDATED), report


def draft_alone(manual: Manual, report: Report, day: date) -> Manual:
    """Return the manual as a draft that knows of no release, so that nothing is in force."""
    summary = report.summary
    values = {"errors": str(summary.errors), "warnings": str(summary.warnings)}
    unreleased = replace(manual, releases=(), copies=(), reviews=(), readings=())
    return _announcing(unreleased, DRAFT, values, day.isoformat())


def _announcing(manual: Manual, words: Text, values: dict[str, str], day: str | Text) -> Manual:
    """Return a manual whose notice says something more, in the language of its pages too."""
    before = manual.config.notice or Text("", "")

    def in_words(lang: Lang) -> str:
        shown = day.get(lang) if isinstance(day, Text) else format_dates(day, lang)
        return words.get(lang).format_map({**values, "day": shown})

    page = manual.page_language
    english = in_words("en") if page == "vi" else in_words(page)
    notice = Text(f"{before.vi} {in_words('vi')}".strip(), f"{before.en} {english}".strip())
    return replace(manual, config=replace(manual.config, notice=notice))
