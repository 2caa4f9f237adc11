"""Pictures of every kind of page: desk and phone, light and dark, and what a printer gives.

Looked at by people.

python -m tests.support.site.pictures FOLDER [WORDS]   every page whose name holds WORDS python -m
tests.support.site.pictures --docs           the few that README and docs/tour.md show, into
docs/images/

Two sites are built for it: the real manual of this repository, and a small invented one whose
people, decisions and signatures are nobody's: only there can a release by decision, a notice of
application and copies to recall be shown.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qmstool.storage import files
from tests.support.cli import scenes
from tests.support.machine import CHROMIUM
from tests.support.site.browsing import Served
from tests.support.site.scenes import built

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.repository import Repo

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs/images"
REAL = {
    "trang-chu": "",
    "so-tay": "so-tay/",
    "muc": "so-tay/7.1/",
    "muc-khong-ap-dung": "so-tay/8.3/",
    "danh-muc": "tai-lieu/",
    "du-thao": "du-thao/tai-lieu/qt-bis-01/",
    "moi-dang-ky": "tai-lieu/qt-vp-01/",
    "bieu-mau": "du-thao/bieu-mau/",
    "mot-bieu-mau": "du-thao/tai-lieu/bm-bis-01-01/",
    "ben-ngoai": "tai-lieu-ben-ngoai/",
    "mot-van-ban": "tai-lieu-ben-ngoai/nd-83-2006/",
    "ho-so": "ho-so/",
    "ma-tran": "ma-tran/",
    "ap-dung": "ap-dung/",
    "ban-do": "ban-do-dieu-khoan/",
    "chuyen-doi": "chuyen-doi/",
    "chu-viet-tat": "chu-viet-tat/",
    "so-do": "so-do-qua-trinh/",
    "theo-doi": "bang-theo-doi/",
    "dot": "cac-dot-ban-hanh/",
    "kiem-chung": "kiem-chung/",
    "ve-so-tay": "ve-so-tay/",
    "ban-cu": "0001/",
    "khong-co": "404.html",
}
MADE = {
    "vd-tai-lieu": "tai-lieu/qt-vp-01/",
    "vd-moi": "tai-lieu/qt-kt-01/",
    "vd-du-thao": "du-thao/tai-lieu/qt-vp-01/",
    "vd-ban-cu": "0001/tai-lieu/qt-vp-01/",
    "vd-dot": "cac-dot-ban-hanh/",
    "vd-mot-dot": "cac-dot-ban-hanh/0002/",
    "vd-thong-bao": "cac-dot-ban-hanh/0002/thong-bao/",
    "vd-nhat-ky": "nhat-ky/",
    "vd-nhat-ky-loc": "nhat-ky/#q-u-1",
    "vd-theo-doi": "bang-theo-doi/",
    "vd-kiem-chung": "kiem-chung/",
    "vd-ban-do": "ban-do-dieu-khoan/",
}
WAYS = {
    "may": (1280, "light"),
    "may-toi": (1280, "dark"),
    "dt": (390, "light"),
    "dt-toi": (390, "dark"),
}
PRINTED = (
    "vd-tai-lieu",
    "vd-thong-bao",
    "vd-mot-dot",
    "vd-nhat-ky-loc",
    "danh-muc",
    "ban-do",
    "theo-doi",
    "so-do",
)
# What the documentation shows: page, width, height, scheme.
SHOWN = {
    "home": ("trang-chu", 1200, 760, "light"),
    "home-phone-dark": ("trang-chu", 390, 760, "dark"),
    "clause": ("muc", 1200, 760, "light"),
    "process-map": ("so-do", 1200, 760, "light"),
    "heat": ("ban-do", 1200, 760, "light"),
    "dashboard": ("theo-doi", 1200, 760, "light"),
    "document": ("vd-tai-lieu", 1200, 760, "light"),
    "notice": ("vd-thong-bao", 1200, 900, "light"),
    "release": ("vd-mot-dot", 1200, 900, "light"),
    "trail-phone": ("vd-nhat-ky", 390, 760, "light"),
}
NOW = datetime(2024, 4, 2, 1, 0, tzinfo=UTC)


def invented(folder: Path) -> Repo:
    """A small manual: a baseline, a release with its papers, a candidate waiting, a draft."""
    made = scenes.make_scene(folder)
    manifest = (folder / "qms.yml").read_text("utf-8")
    address = (
        "site:\n  url: https://so-tay.example.org\n  edit_url: "
        "https://forge.example.org/so-tay/_edit/main/{path}\n"
    )
    made.commit(
        "Địa chỉ của trang",
        {"qms.yml": manifest + address + "  contact: Văn phòng, phòng 101\n"},
        day="2024-01-20",
    )
    scenes.change(made)
    assert scenes.prepare(made) == 0
    made.commit("Lập hồ sơ trình ký", day="2024-02-20")
    paper = files.write(folder.parent, "quyet-dinh.pdf", b"%PDF-1.4 vi du")
    assert (
        scenes.record(
            made, "--recorded", "2024-03-05", "--evidence", f"signed-file={paper}", "--publish"
        )
        == 0
    )
    made.commit("Ghi nhận đợt 2", day="2024-03-05")
    draft = scenes.SECOND.replace("3 ngày làm việc", "2 ngày làm việc")
    made.commit(
        "Rút ngắn nữa\n\nReason: Phiếu đề nghị số 12",
        {"procedures/qt-vp-01.md": draft},
        day="2024-03-20",
    )
    return made


def shoot(browser: Any, address: str, path: Path, width: int, scheme: str, height: int = 0) -> None:
    """One picture, of the whole page or of what a screen of that height shows."""
    tab = browser.new_page(viewport={"width": width, "height": height or 900}, color_scheme=scheme)
    tab.goto(address, wait_until="networkidle")
    tab.screenshot(path=str(path), full_page=not height)
    tab.close()


def printed(browser: Any, address: str, path: Path) -> None:
    """What a printer gives."""
    tab = browser.new_page()
    tab.goto(address, wait_until="networkidle")
    tab.pdf(path=str(path), prefer_css_page_size=True, print_background=False)
    tab.close()


def sites(folder: Path) -> Iterator[tuple[Served, dict[str, str]]]:
    """Both sites, built and served."""
    made = invented(folder / "vi-du")
    for root, name, pages, day, now in (
        (ROOT, "that", REAL, datetime.now(UTC).date(), datetime.now(UTC)),
        (made.folder, "vi-du-trang", MADE, date(2024, 4, 2), NOW),
    ):
        built(root, folder / name, day=day, now=now)
        yield Served(folder / name), pages


def main() -> None:
    from playwright.sync_api import sync_playwright

    docs, words = sys.argv[1] == "--docs", "".join(sys.argv[2:3])
    target = DOCS if docs else Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for served, pages in sites(Path(temporary)):
            if docs:
                for name, (page, width, height, scheme) in SHOWN.items():
                    if page in pages:
                        shoot(
                            browser,
                            served.address + pages[page],
                            target / f"{name}.png",
                            width,
                            scheme,
                            height,
                        )
                continue
            for name, page in pages.items():
                if words in name:
                    for way, (width, scheme) in WAYS.items():
                        shoot(
                            browser,
                            served.address + page,
                            target / f"{name}-{way}.png",
                            width,
                            scheme,
                        )
                    if name in PRINTED:
                        printed(browser, served.address + page, target / f"{name}.pdf")
        browser.close()


if __name__ == "__main__":
    main()
