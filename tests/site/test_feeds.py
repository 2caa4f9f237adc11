"""The feed of what came into force, and the calendar of reviews: sound, and without a clock."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from qmstool.manual.loading.loader import load
from qmstool.register.status import register
from qmstool.site.edition.addresses import Addresses
from qmstool.site.edition.feeds import CALENDAR, FEED, FeedWriter
from tests.support.manuals import tiny, tiny_with
from tests.support.site.scenes import built, released

if TYPE_CHECKING:
    from pathlib import Path

ATOM = "{http://www.w3.org/2005/Atom}"
MANIFEST = (
    tiny()["qms.yml"]
    .decode()
    .replace("check:\n", "site: {url: 'https://example.org/qms/'}\ncheck:\n")
)
RELEASE = """schema: 1
release: {number}
title: Đợt {number}
effective: {day}
recorded: {day}
items:
  - {{code: QT VP 01, key: qt-vp-01, title: "Quy trình <A> & B", act: {act}, issue: "{number}", revision: "0", summary: "sửa, bổ sung; mới"}}
"""
TEXT = (
    tiny()["procedures/qt-vp-01.md"]
    .decode()
    .replace("owner: VP\n", "owner: VP\nreview_months: 12\n")
)


def _files(day: date, *releases: tuple[str, str]) -> dict[str, str]:
    overlay = {"qms.yml": MANIFEST, "procedures/qt-vp-01.md": TEXT}
    for number, (effective, act) in enumerate(releases, 1):
        text = RELEASE.format(number=number, day=effective, act=act)
        overlay[f"releases/{number:04d}.yml"] = text
    manual = load(tiny_with(overlay))
    standing = register(manual, manual.releases, day)
    return FeedWriter(manual, standing, Addresses(manual, "vi"), "vi").files()


def _titles(text: str) -> list[str]:
    return [
        entry.findtext(f"{ATOM}title") or "" for entry in ET.fromstring(text).iter(f"{ATOM}entry")
    ]


def test_what_came_into_force_newest_first_and_nothing_that_is_still_to_come() -> None:
    files = _files(
        date(2026, 3, 1), ("2024-01-05", "new"), ("2025-02-01", "revise"), ("2027-01-01", "revise")
    )
    assert _titles(files[FEED]) == ["QT VP 01 Quy trình <A> & B: có hiệu lực"] * 2
    root = ET.fromstring(files[FEED])
    entries = root.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}updated") for entry in entries] == [
        "2025-02-01T00:00:00Z",
        "2024-01-05T00:00:00Z",
    ]
    assert root.findtext(f"{ATOM}updated") == "2025-02-01T00:00:00Z"
    link = entries[0].find(f"{ATOM}link")
    assert link is not None
    assert (link.get("href") or "").startswith("https://example.org/qms/")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == 2


def test_a_withdrawal_is_called_so_and_a_unit_has_its_own_feed() -> None:
    files = _files(date(2026, 3, 1), ("2024-01-05", "new"), ("2025-02-01", "withdraw"))
    assert _titles(files[FEED])[0].endswith("hết hiệu lực")
    assert _titles(files["feed/vp.xml"]) == _titles(files[FEED])


def test_without_releases_the_feed_is_empty_and_sound() -> None:
    assert _titles(_files(date(2026, 3, 1))[FEED]) == []


@pytest.mark.parametrize("day", [date(2024, 3, 1), date(2026, 3, 1)])
def test_the_calendar_has_the_day_of_review_whatever_day_it_is_built(day: date) -> None:
    text = _files(day, ("2024-01-05", "new"))[CALENDAR]
    assert text.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20250105" in text
    assert "DTSTAMP:20240105T000000Z" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    unfolded = text.replace("\r\n ", "")
    assert re.search(r"SUMMARY:Đến hạn xem xét QT VP 01 .+", unfolded)
    assert "\n" not in text.replace("\r\n", "")


def test_the_page_of_releases_leads_to_what_can_be_followed(tmp_path: Path) -> None:
    """Where they lie beside the pages: of what is in force, and of no other version."""
    repo = released(tmp_path / "repo")
    built(repo.folder, tmp_path / "site")
    page = (tmp_path / "site/cac-dot-ban-hanh/index.html").read_text("utf-8")
    links = re.findall(r'href="\.\./([^"]+\.(?:xml|ics))"', page)
    assert links[0] == FEED
    assert links[-1] == CALENDAR
    for link in links:
        assert (tmp_path / "site" / link).is_file(), link
    assert {path.name for path in (tmp_path / "site/feed").iterdir()} == {
        link[5:] for link in links[1:-1]
    }
    draft = (tmp_path / "site/du-thao/cac-dot-ban-hanh/index.html").read_text("utf-8")
    assert FEED not in draft
