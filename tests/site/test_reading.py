"""How pages come to a reader: weight, nothing that moves or scrolls sideways, keyboard, paper."""

from __future__ import annotations

import gzip
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.machine import needs
from tests.support.site.browsing import Served, Visit, needed
from tests.support.site.page_kinds import templates

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needed
HEAVIEST = 150 * 1024
PHONE = {"width": 390, "height": 844}
SHIFTS = """window.shifted = 0; window.moved = [];
new PerformanceObserver(list => list.getEntries().forEach(each => {
  window.shifted += each.value;
  each.sources.forEach(({node}) => window.moved.push(node && (node.className || node.nodeName)));
})).observe({type: 'layout-shift', buffered: true});"""


# So many slow phones read at once: each mostly waits for its line.
TOGETHER = 4
LINE = {
    "offline": False,
    "latency": 60,
    "downloadThroughput": 400_000,
    "uploadThroughput": 100_000,
}


class SlowPhone:
    """A phone on a slow line, without a cache, that keeps what it fetches for a page."""

    def __init__(self, browser: Any) -> None:
        self.page, self.address = "", ""
        self.fetched: dict[str, int] = {}
        self.tab = browser.new_page(viewport=PHONE)
        self.tab.on("response", self.keep)
        self.tab.add_init_script(SHIFTS)
        slow = self.tab.context.new_cdp_session(self.tab)
        slow.send("Network.enable")
        slow.send("Network.setCacheDisabled", {"cacheDisabled": True})
        slow.send("Network.emulateNetworkConditions", LINE)

    def open(self, served: Served, page: str) -> None:
        self.page, self.address = page, served.address
        self.tab.goto("about:blank")
        self.fetched.clear()
        self.tab.goto(served.address + page, wait_until="commit", timeout=300_000)

    def keep(self, answer: Any) -> None:
        self.fetched[answer.url] = len(gzip.compress(answer.body(), 6))

    def trouble(self) -> tuple[object, ...] | None:
        """Wait until the page is whole; return what is wrong with it."""
        self.tab.wait_for_load_state("networkidle", timeout=300_000)
        weight = sum(
            size
            for url, size in self.fetched.items()
            if "/search/" not in url.removeprefix(self.address)
        )
        shifted = self.tab.evaluate("window.shifted")
        wide = self.tab.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert len(self.fetched) > 4
        if weight <= HEAVIEST and shifted < 0.01 and wide <= 0:
            return None
        return (self.page, weight, round(shifted, 3), wide, self.tab.evaluate("window.moved"))


def test_nothing_moves_and_nothing_is_heavy_on_a_slow_phone(
    published: Served, life: Served, browser: Any
) -> None:
    pages = [(published, page) for page in templates(published.folder)]
    pages += [(life, page) for page in templates(life.folder, beyond=published.folder)]
    phones = [SlowPhone(browser) for _ in range(TOGETHER)]
    found = []
    for first in range(0, len(pages), TOGETHER):
        asked = list(zip(phones, pages[first : first + TOGETHER], strict=False))
        for phone, (served, page) in asked:
            phone.open(served, page)
        found += [phone.trouble() for phone, _ in asked]
    assert [each for each in found if each] == []


# --- the keyboard

FOCUSED = """() => {
  const each = document.activeElement, style = getComputedStyle(each);
  const box = each.getBoundingClientRect();
  const name = each.innerText || each.getAttribute('aria-label') || each.title || '';
  return {tag: each.tagName, id: each.id, name: name.trim(),
    shown: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0,
    inside: box.width > 0 && box.height > 0, main: !!each.closest('main'),
    article: !!each.closest('main article')};
}"""


def walk(visit: Visit, steps: int) -> list[dict[str, Any]]:
    """What gets the focus, tab key after tab key."""
    found = []
    for _ in range(steps):
        visit.tab.keyboard.press("Tab")
        found.append(visit.tab.evaluate(FOCUSED))
    return found


def test_the_first_key_leads_past_the_head_of_the_page(life: Served, browser: Any) -> None:
    visit = Visit(browser, life.address, 1280)
    visit.go("tai-lieu/qt-vp-01/")
    (first,) = walk(visit, 1)
    assert first["name"] == "Chuyển đến nội dung"
    assert first["inside"]
    visit.tab.keyboard.press("Enter")
    (second,) = walk(visit, 1)
    assert second["main"]


@pytest.mark.parametrize(
    "page", ["", "tai-lieu/qt-vp-01/", "cac-dot-ban-hanh/", "so-do-qua-trinh/", "ngay/"]
)
def test_every_link_and_control_of_a_page_is_reached_by_key_and_seen(
    life: Served, browser: Any, page: str
) -> None:
    visit = Visit(browser, life.address, 1280)
    visit.go(page)
    visit.tab.wait_for_selector("select.q-versions")
    visible = (
        "all => all.filter(each => each.checkVisibility() && each.getBoundingClientRect().width "
        "> 0 && each.tabIndex >= 0).length"
    )
    controls = visit.tab.eval_on_selector_all(
        "main article :is(a[href], button, input, select, summary)", visible
    )
    assert controls > 3
    reached, before = 0, []
    for _ in range(400):
        (now,) = walk(visit, 1)
        if now["tag"] == "BODY":
            break
        before.append(now)
        reached += now["article"]
    assert reached >= controls
    unseen = [each for each in before if not each["shown"] and each["tag"] != "INPUT"]
    assert unseen == []


def test_pictures_have_words(published: Served, browser: Any) -> None:
    visit = Visit(browser, published.address, 1280)
    for page in ("so-do-qua-trinh/", "ban-do-dieu-khoan/", "cac-dot-ban-hanh/"):
        visit.go(page)
        named = visit.tab.eval_on_selector_all(
            "article svg:not([aria-hidden])",
            """all => {
              const part = (each, name) => each.querySelector(`:scope > ${name}`) || {};
              const ids = each => (each.getAttribute('aria-labelledby') || '').split(' ');
              return all.map(each => ['title', 'desc'].every(name => part(each, name).textContent)
                && ids(each).every(id => document.getElementById(id)));
            }""",
        )
        assert named, page
        assert all(named), page


# --- paper


@needs("pdftotext")
def test_a_printed_page_has_head_foot_check_code_and_day(
    life: Served, browser: Any, tmp_path: Path
) -> None:
    visit = Visit(browser, life.address, 1280)
    visit.tab.clock.set_fixed_time("2026-11-25T10:00:00+07:00")
    visit.go("tai-lieu/qt-vp-01/")
    (tmp_path / "page.pdf").write_bytes(visit.tab.pdf(format="A4", prefer_css_page_size=True))
    said = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "page.pdf"), "-"],
        check=True,
        capture_output=True,
        text=True,
    )
    text = " ".join(said.stdout.split())
    for words in (
        "QT VP 01",
        "Đang có hiệu lực",
        "01/03/2025",
        "2/QĐ-VD",
        "Bản in không kiểm soát",
        "(25/11/2026)",
        "Cơ quan Ví dụ",
    ):
        assert words in text, words
    code = re.search(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}\b", text)
    assert code
    sheets = [" ".join(sheet.split()) for sheet in said.stdout.split("\f")[:-1]]
    for number, sheet in enumerate(sheets, 1):
        foot = (
            f"Bản in không kiểm soát · in ngày 25/11/2026 · Mã kiểm tra {code[0]} "
            f"{number}/{len(sheets)}"
        )
        for words in ("Cơ quan Ví dụ", "QT VP 01 · Quy trình kiểm soát tài liệu", foot):
            assert words in sheet, (number, words)
    assert code[0] in (life.folder / "tai-lieu/qt-vp-01/index.html").read_text("utf-8")
    assert "Tìm kiếm" not in text
