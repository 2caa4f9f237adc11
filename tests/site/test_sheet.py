"""What is printed is on the sheet, whatever its words and columns."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.cli import scenes
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


WIDE = {
    "wide": table(14, "Trách nhiệm của đơn vị"),
    "nine": table(9, "Nghiêng"),
    "addresses": table(3, "https://example.org/" + "a" * 200),
    "address": "Xem <https://example.org/" + "a" * 300 + "> và `" + "x" * 200 + "`.",
    "code": "```\n" + "y" * 250 + "\n```",
    "word": "- mục\n  - mục con " + "khong_co_dau_cach" * 20,
}


@pytest.mark.parametrize("text", WIDE.values(), ids=WIDE)
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


# --- what is put before a signer

SEVERAL = {
    **WIDE,
    "twelve": table(12, "Trách nhiệm"),
    "six": table(6, "Responsibilities"),
    "sixteen": table(16, "Responsibilities"),
    "twenty-four": table(24, "Nghiêng"),
    "forty": table(40, "chữ"),
    "capitals": table(4, "TRÁCHNHIỆMCHUNG"),
    "quoted": "\n".join(f"> {line}" for line in table(15, "Nghiêng").splitlines()) + "\n",
}
BOX = re.compile(
    r'<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)" yMax="[\d.-]+">(.*?)</word>'
)
SHEET = re.compile(r'<page width="([\d.]+)"')
NARROWEST_MARGIN = 28  # points: 10 mm


def beyond(path: Path) -> list[tuple[int, str]]:
    """The words of a PDF that reach into the margin of their sheet, with its number."""
    command = ["pdftotext", "-bbox", str(path), "-"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = []
    for number, sheet in enumerate(said.split("<page ")[1:], 1):
        width = SHEET.match(f"<page {sheet}")
        assert width
        edge = float(width[1]) - NARROWEST_MARGIN
        for left, right, word in BOX.findall(sheet):
            if float(right) > edge or float(left) < NARROWEST_MARGIN:
                found.append((number, word[:30]))
    return found


def letters(path: Path) -> str:
    """The text of a PDF without its blanks and breaks."""
    command = ["pdftotext", "-raw", str(path), "-"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return re.sub(r"[\s\u00ad\u200b-]+", "", said)


@pytest.fixture(scope="module")
def before_signer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of a text with everything that is too wide, as HTML and as PDF."""
    folder = tmp_path_factory.mktemp("trinh-ky")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1717200000")
        repo = scenes.make_scene(folder / "kho")
        more = "\n\n".join(["\n\n## 3. Bảng", *SEVERAL.values()])
        repo.commit("Bảng\n\nReason: thử", {"procedures/qt-vp-01.md": scenes.SECOND + more})
        assert scenes.prepare(repo, "--dossier", str(folder / "in")) == 0
        repo.commit("Hồ sơ")
        for words in (["QT VP 01"], ["--dossier", "dot-2"]):
            target = folder / f"typst-{len(words)}.pdf"
            assert scenes.tool(repo, "export", "pdf", *words, "--output", str(target)) == 0
    return folder


@needs("pdftotext")
def test_everything_before_the_signer_is_on_the_sheet(
    before_signer: Path, tmp_path: Path, browser: Any
) -> None:
    tab = browser.new_page()
    papers = sorted((before_signer / "in").glob("*.html"))
    assert len(papers) == 5
    for paper in papers:
        tab.goto(paper.as_uri())
        printed = tmp_path / f"{paper.stem}.pdf"
        printed.write_bytes(tab.pdf(prefer_css_page_size=True))
        assert beyond(printed) == [], paper.name
    # Nothing was cut off instead: every letter is there.
    text = letters(tmp_path / "3-toan-van-qt-vp-01.pdf")
    assert "y" * 250 in text
    assert text.count("chữ") >= 80
    assert text.count("Nghiêng") >= 2 * (9 + 24 + 15)
    # What cannot be read upright lies across the sheet, on sheets that say whose they are.
    sizes = subprocess.run(
        ["pdfinfo", "-l", "99", str(tmp_path / "3-toan-van-qt-vp-01.pdf")],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert re.search(r"size:\s+84[12][\d.]* x 59[456]", sizes), sizes


@needs("pdftotext")
def test_everything_in_a_pdf_is_on_the_sheet(before_signer: Path) -> None:
    for name in ("typst-1.pdf", "typst-2.pdf"):
        assert beyond(before_signer / name) == [], name
        text = letters(before_signer / name)
        assert text.count("chữ") >= 80, name
        assert text.count("Nghiêng") >= 2 * (9 + 24 + 15), name
