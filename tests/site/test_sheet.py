"""What is printed is on the sheet, whatever its words and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.manuals import tiny
from tests.support.site.browsing import Served, Visit, needed
from tests.support.site.scenes import built, write

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needed
A4_BETWEEN_MARGINS = 673  # pixels: 210 mm less 16 mm on either side
BEYOND = """width => [...document.querySelectorAll('article *')]
  .filter(each => each.getBoundingClientRect().right > width + 1)
  .map(each => each.tagName + ' ' + each.textContent.slice(0, 30))"""


def table(columns: int, words: str) -> str:
    cells = " | ".join([words] * columns)
    return f"| {cells} |\n|{'---|' * columns}\n| {cells} |\n"


@pytest.mark.parametrize(
    "text",
    [
        table(14, "Trách nhiệm của đơn vị"),
        table(9, "Nghiêng"),
        table(3, "https://example.org/" + "a" * 200),
        "Xem <https://example.org/" + "a" * 300 + "> và `" + "x" * 200 + "`.",
        "```\n" + "y" * 250 + "\n```",
        "- mục\n  - mục con " + "khong_co_dau_cach" * 20,
    ],
    ids=["wide", "nine", "addresses", "address", "code", "word"],
)
def test_nothing_is_cut_off_at_the_edge(tmp_path: Path, browser: Any, text: str) -> None:
    page = tiny()["procedures/qt-vp-01.md"].decode() + f"\n## 3. Thêm\n\n{text}\n"
    built(write(tmp_path / "repo", {"procedures/qt-vp-01.md": page}), tmp_path / "site")
    visit = Visit(browser, Served(tmp_path / "site").address, A4_BETWEEN_MARGINS)
    visit.go("tai-lieu/qt-vp-01/")
    visit.tab.emulate_media(media="print")
    assert visit.tab.evaluate(BEYOND, A4_BETWEEN_MARGINS) == []
