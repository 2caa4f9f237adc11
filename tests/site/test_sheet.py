"""What is printed is on the sheet, whatever its words and columns."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.machine import needs
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


# Each of them takes the stamp away where an owner's style sheet reaches paper.
HIDING = {
    "by-name": ".q-paper, .q-print { display: none !important }",
    "by-place": "article > * { display: none !important } article > h1 { display: block !important }",
    "for-print": "@media print { .q-paper * { visibility: hidden !important; opacity: 0 } }",
    "by-layer": "@layer a { @media print { .q-paper { display: none !important } } }",
    "beyond-the-sheet": ".q-paper { position: absolute !important; left: -400cm !important }",
    "white": "@media all { .q-paper * { color: #fff !important; font-size: 0 !important } }",
    "margins": "@page { margin: 0 !important; @top-left { content: none } @bottom-left { content: none } }",
    "words": ":root { --q-sheet-head: '' !important; --q-sheet-foot: '' !important }",
    "unbalanced": "} } } @media print { .q-paper { display: none !important }",
}


@needs("pdftotext")
def test_no_style_sheet_of_the_owner_takes_the_stamp_off_a_printed_sheet(
    tmp_path: Path, browser: Any
) -> None:
    files: dict[str, str | bytes] = {
        f"templates/{name}.css": style for name, style in HIDING.items()
    }
    files["templates/screen.css"] = "article h1 { color: rgb(1, 2, 3) !important }"
    files["mkdocs.yml"] = f"extra_css: [{', '.join(name for name in files)}]\n"
    built(write(tmp_path / "repo", files), tmp_path / "site")
    visit = Visit(browser, Served(tmp_path / "site").address, 1280)
    visit.go("tai-lieu/qt-vp-01/")
    # On the screen they are the owner's to choose.
    assert visit.tab.locator("article h1").evaluate("e => getComputedStyle(e).color") == (
        "rgb(1, 2, 3)"
    )
    (tmp_path / "page.pdf").write_bytes(visit.tab.pdf(prefer_css_page_size=True))
    command = ["pdftotext", "-layout", str(tmp_path / "page.pdf"), "-"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for number, sheet in enumerate(said.split("\f")[:-1], 1):
        assert "Bản in không kiểm soát · in ngày" in sheet, number
        assert "Cơ quan Ví dụ" in sheet, number
    assert said.count("Bản in không kiểm soát") > said.count("\f"), "and once at the head"
    visit.tab.emulate_media(media="print")
    assert visit.tab.is_visible(".q-paper .q-print")
    assert visit.trouble == []
