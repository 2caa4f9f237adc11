"""The real manual's site in a real browser: nothing from outside, no dead link, near from home, no overflow, and the search."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from qmstool.site.audit import audit
from tests.site.browsing import Served, Visit, needed
from tests.site.scenes import built, released

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needed
CLICKS = 3

# What is typed → the page that must come first. «*» stands where the manual has several good answers: any result will do.
SEARCHES = [
    ("chính sách chất lượng", "so-tay/5.2/"),
    ("chinh sach chat luong", "so-tay/5.2/"),
    (unicodedata.normalize("NFD", "chính sách chất lượng"), "so-tay/5.2/"),
    ("CHÍNH SÁCH chat luong", "so-tay/5.2/"),
    ("đánh giá nội bộ", "so-tay/9.2/"),
    ("danh gia noi bo", "so-tay/9.2/"),
    ("dinh huong", "*"),
    ("xem xet cua lanh dao", "so-tay/9.3/"),
    ("thoả mãn", "so-tay/9.1/"),
    ("thỏa mãn", "so-tay/9.1/"),
    ("QT-BIS-01", "tai-lieu/qt-bis-01/"),
    ("qt bis 01", "tai-lieu/qt-bis-01/"),
    ("QT.BIS.01", "tai-lieu/qt-bis-01/"),
    ("QT_BIS_01", "tai-lieu/qt-bis-01/"),
    ("BIS01", "tai-lieu/qt-bis-01/"),
    ("QT VP 01", "tai-lieu/qt-vp-01/"),
    ("MTCL", "tai-lieu/mtcl/"),
    ("8.3", "so-tay/8.3/"),
    ("7.1.6", "so-tay/7.1/"),
    ("83/2006/NĐ-CP", "tai-lieu-ben-ngoai/nd-83-2006/"),
    ("83/2006", "tai-lieu-ben-ngoai/nd-83-2006/"),
    ("nghi dinh 83", "tai-lieu-ben-ngoai/nd-83-2006/"),
    ("24/2014", "tai-lieu-ben-ngoai/nd-24-2014/"),
]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_every_page_alone_quiet_and_within_its_width(site: Served, browser: Any, width: int, scheme: str) -> None:
    visit = Visit(browser, site.address, width, scheme)
    wide = []
    for page in site.pages():
        visit.go(page)
        if visit.tab.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(page)
    assert wide == []
    assert visit.outside == []
    # Only the version list of a site served from inside its own folder may be missing.
    assert [each for each in visit.trouble if "404" not in each] == []


def test_no_link_of_the_built_files_leads_nowhere(site: Served) -> None:
    assert [str(fault) for fault in audit(site.folder)] == []


def test_every_link_and_anchor_leads_somewhere_and_the_manual_is_near(site: Served, browser: Any) -> None:
    visit = Visit(browser, site.address, 1280)
    links: dict[str, list[str]] = {}
    ids: dict[str, set[str]] = {}
    for page in site.pages():
        visit.go(page)
        found = visit.tab.eval_on_selector_all(
            "article a[href]", "all => all.map(a => new URL(a.getAttribute('href'), document.baseURI).href)"
        )
        links[page] = [link.removeprefix(site.address) for link in found if link.startswith(site.address)]
        ids[page] = set(visit.tab.eval_on_selector_all("[id]", "all => all.map(each => each.id)"))
    for page, targets in links.items():
        for target in targets:
            path, _, anchor = target.partition("#")
            assert path in ids or (site.folder / path).is_file(), f"{page} → {target}"
            assert not anchor or path not in ids or anchor in ids[path], f"{page} → {target}"
    reached, edge = {""}, {""}
    for _ in range(CLICKS):
        edge = {target.partition("#")[0] for page in edge for target in links.get(page, [])} - reached
        reached |= edge
    assert [page for page in site.pages() if page.startswith("so-tay/") and page not in reached] == []


def test_the_search_finds_the_right_page_first(published: Served, browser: Any) -> None:
    visit = Visit(browser, published.address, 1280)
    visit.go("")
    visit.tab.click(".q-search")
    visit.tab.wait_for_selector(".md-search-result__meta:not(:has-text('Đang chuẩn bị'))")
    wrong = []
    for typed, page in SEARCHES:
        first = search(visit, typed)
        if page not in {first, "*"} or not first:
            wrong.append((typed, first))
    assert wrong == []
    assert visit.outside == []


def search(visit: Visit, typed: str) -> str:
    """Type into the search and return the address of the first result."""
    box = "[data-md-component=search-query]"
    visit.tab.fill(box, "")
    visit.tab.press(box, "End")
    visit.tab.wait_for_function("!document.querySelector('.md-search-result__link')")
    visit.tab.fill(box, typed)
    visit.tab.press(box, "End")
    visit.tab.wait_for_selector(".md-search-result__link", timeout=5000)
    href: str = visit.tab.eval_on_selector(
        ".md-search-result__link", "link => new URL(link.href).origin + new URL(link.href).pathname"
    )
    return href.removeprefix(visit.address)


def test_a_hit_is_marked_in_its_true_spelling(site: Served, browser: Any) -> None:
    visit = Visit(browser, site.address, 1280)
    visit.go("")
    visit.tab.click(".q-search")
    search(visit, "danh gia noi bo")
    marked = visit.tab.eval_on_selector_all(
        ".md-search-result__link:first-of-type mark", "all => all.map(each => each.textContent)"
    )
    assert "Đánh giá nội bộ" in " ".join(marked)


def test_the_home_page_opens_the_search_from_the_keyboard(site: Served, browser: Any) -> None:
    visit = Visit(browser, site.address, 390)
    visit.go("")
    visit.tab.focus(".q-search")
    visit.tab.keyboard.press("Enter")
    visit.tab.wait_for_function("document.activeElement.matches('[data-md-component=search-query]')")


def test_versions_are_offered_and_a_past_one_says_so(tmp_path: Path, browser: Any) -> None:
    repo = released(tmp_path / "repo")
    built(repo.folder, tmp_path / "web" / "qms")
    served = Served(tmp_path / "web")
    visit = Visit(browser, served.address, 1280)
    visit.go("qms/0001/tai-lieu/qt-vp-01/")
    visit.tab.wait_for_selector(".q-announce__past:visible")
    assert "không còn hiệu lực từ ngày 01/03/2025" in visit.tab.inner_text(".q-announce__past")
    options = visit.tab.eval_on_selector_all(".q-versions option", "all => all.map(each => each.textContent)")
    assert len(options) == 4
    visit.tab.select_option(".q-versions", label="Dự thảo")
    visit.tab.wait_for_url("**/qms/du-thao/")
    visit.go("qms/tai-lieu/qt-vp-01/")
    visit.tab.wait_for_selector(".q-versions")
    assert visit.tab.is_hidden(".q-announce__past")
    assert visit.trouble == []
    assert visit.outside == []


def test_a_printed_page_says_that_it_is_uncontrolled_and_when(site: Served, browser: Any) -> None:
    visit = Visit(browser, site.address, 1280)
    visit.go("tai-lieu/qt-bis-01/")
    assert visit.tab.is_hidden(".q-print")
    visit.tab.emulate_media(media="print")
    visit.tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert visit.tab.is_visible(".q-print")
    assert visit.tab.get_attribute(".q-print", "data-day")
    assert visit.tab.is_hidden(".md-header")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_pages_of_a_manual_with_a_life_stay_within_their_width(tmp_path: Path, browser: Any, width: int, scheme: str) -> None:
    repo = released(tmp_path / "repo")
    built(repo.folder, tmp_path / "site")
    served = Served(tmp_path / "site")
    visit = Visit(browser, served.address, width, scheme)
    wide = []
    listed = ("bang-theo-doi/", "ban-do-dieu-khoan/", "cac-dot-ban-hanh/", "kiem-chung/")
    for page in (*listed, "tai-lieu/qt-vp-01/", "du-thao/tai-lieu/qt-vp-02/"):
        visit.go(page)
        visit.tab.evaluate("document.querySelectorAll('article details').forEach(each => { each.open = true; })")
        if visit.tab.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(page)
    assert wide == []
    assert visit.outside == []
    assert visit.trouble == []
