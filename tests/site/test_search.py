"""The search in a browser, on the real manual and three hundred documents that compete with it."""

from __future__ import annotations

import json
import os
import re
import shutil
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from qmstool.site.search.text import extract_passages
from qmstool.site.search.words import fold_word, normalize, tokens
from qmstool.storage import files
from tests.support.shared import made_once
from tests.support.site import competing, scenes
from tests.support.site.browsing import BOX, HIT, META, ROOT, Served, Visit, needed, search, until
from tests.support.site.scenes import built, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = needed


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def page(code: str) -> str:
    return f"tai-lieu/{code}/"


POLICY, AUDIT, REVIEW, SYSTEM = "so-tay/5.2/", "so-tay/9.2/", "so-tay/9.3/", "so-tay/iv/"
DECREE = "tai-lieu-ben-ngoai/nd-83-2006/"
COMMON = page("qt-bis-01")

# What is typed → the page that must come first, by what is odd about it.
ROWS = {
    "with accents": [
        ("chính sách chất lượng", POLICY),
        ("đánh giá nội bộ", AUDIT),
        ("xem xét của lãnh đạo", REVIEW),
        ("định hướng", page("qt-dh-01")),
        ("điều động", page("qt-dd-01")),
        ("bàn giao", page("qt-bg-01")),
        ("thẩm tra quyết toán", page("qt-tt-01")),
    ],
    "without": [
        ("chinh sach chat luong", POLICY),
        ("danh gia noi bo", AUDIT),
        ("xem xet cua lanh dao", REVIEW),
        ("dinh huong", page("qt-dh-01")),
        ("dieu dong", page("qt-dd-01")),
        ("truc lien thong", page("qt-lb-01")),
    ],
    "NFD": [
        (nfd("chính sách chất lượng"), POLICY),
        (nfd("đánh giá nội bộ"), AUDIT),
        (nfd("điều động"), page("qt-dd-01")),
        (nfd("huỷ hồ sơ"), page("qt-hs-01")),
        ("kiểm đếm chứng từ", page("qt-tt-01")),
        ("kiem dem chung tu", page("qt-tt-01")),
    ],
    "mixed": [
        ("CHÍNH SÁCH chat luong", POLICY),
        ("đánh gia nội bo", AUDIT),
        ("dieu động", page("qt-dd-01")),
    ],
    "both places of the tone, i and y": [
        ("hoà giải", page("qt-hg-01")),
        ("hòa giải", page("qt-hg-01")),
        ("hoa giai", page("qt-hg-01")),
        ("hủy hồ sơ", page("qt-hs-01")),
        ("huỷ hồ sơ", page("qt-hs-01")),
        ("huy ho so", page("qt-hs-01")),
        ("hệ thống quản lí chất lượng", SYSTEM),
    ],
    "upper case": [
        ("CHÍNH SÁCH CHẤT LƯỢNG", POLICY),
        ("DANH GIA NOI BO", AUDIT),
        ("ĐỊNH HƯỚNG", page("qt-dh-01")),
        ("DIEU DONG", page("qt-dd-01")),
    ],
    "codes": [
        *(
            (typed, COMMON)
            for typed in (
                "QT-BIS-01",
                "qt bis 01",
                "QT BIS 01",
                "BIS01",
                "bis 01",
                "qtbis01",
                "QTBIS01",
            )
        ),
        *(
            (typed, COMMON)
            for typed in (
                "QT.BIS.01",
                "qt_bis_01",
                "QT–BIS–01",
                "qt bis01",
                "qtbis 01",
                "QT/BIS/01",
            )
        ),
        ("QT BIS 010", page("qt-bis-010")),
        ("qtbis011", page("qt-bis-011")),
        ("QT VP 01", page("qt-vp-01")),
        ("BM-BIS-01-03", page("bm-bis-01-03")),
        ("bmbis0103", page("bm-bis-01-03")),
    ],
    "clauses": [
        ("8.3", "so-tay/8.3/"),
        ("mục 8.3", "so-tay/8.3/"),
        ("điều khoản 8.3", "so-tay/8.3/"),
        ("dieu khoan 8.3", "so-tay/8.3/"),
        ("7.1", "so-tay/7.1/"),
        ("7.1.6", "so-tay/7.1/"),
        ("điều khoản 7.1.6", "so-tay/7.1/"),
    ],
    "numbers of laws": [
        ("83/2006", DECREE),
        ("nghị định 83", DECREE),
        ("nghi dinh 83", DECREE),
        ("NĐ 83", DECREE),
        ("83/2006/NĐ-CP", DECREE),
        ("83/2006/nd-cp", DECREE),
        ("Nghị định số 83/2006/NĐ-CP", DECREE),
        ("24/2014", "tai-lieu-ben-ngoai/nd-24-2014/"),
        ("83/2016", "tai-lieu-ben-ngoai/tt-83-2016/"),
    ],
    "abbreviations, both ways": [
        ("HTQLCL", SYSTEM),
        ("htqlcl", SYSTEM),
        ("hệ thống quản lý chất lượng", SYSTEM),
        ("he thong quan ly chat luong", SYSTEM),
        ("khiếu nại, tố cáo", page("qt-kn-01")),
        ("khieu nai to cao", page("qt-kn-01")),
        ("KNTC", page("qt-kn-01")),
        ("đào tạo CBCC", page("qt-cc-01")),
        ("dao tao cbcc", page("qt-cc-01")),
        ("ĐGNB", AUDIT),
        ("dgnb", AUDIT),
        ("CSCL", page("cscl")),
        ("MTCL", page("mtcl")),
    ],
    "while typing, and slips": [
        ("chính sách chất l", POLICY),
        ("đánh giá nội", AUDIT),
        ("danh gia noi b", AUDIT),
        ("qt bis 0", COMMON),
        ("danh gai noi bo", AUDIT),
        ("chinh sahc chat luong", POLICY),
    ],
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """What is in force today, of the real manual and everything that competes with it."""
    served = Served(made_once(tmp_path_factory, "competing", make_competing) / "site")
    yield served
    served.server.shutdown()


def make_competing(folder: Path) -> None:
    made = competing.in_force(competing.competing(folder / "repo"), folder / "work")
    made.rename(folder / "site")


@pytest.fixture(scope="module")
def open_search(site: Served, browser: Any) -> Iterator[Visit]:
    """A tab with the search open, for all tests that only type into it."""
    opened = opened_on(site, browser)
    yield opened
    opened.tab.context.close()


@pytest.fixture
def visit(open_search: Visit) -> Visit:
    """The tab, nothing typed yet."""
    open_search.tab.fill(BOX, "")
    return open_search


def opened_on(site: Served, browser: Any, width: int = 1280) -> Visit:
    visit = Visit(browser, site.address, width)
    visit.go("")
    visit.tab.keyboard.press("/")
    until(visit, f"document.activeElement.matches('{BOX}')")
    return visit


def every(visit: Visit, typed: str) -> list[str]:
    """All results of a query, with «more» pressed as often as it is there."""
    shown = search(visit, typed)
    while visit.tab.query_selector(".q-hits__more button"):
        visit.tab.click(".q-hits__more button")
        until(visit, f"document.querySelectorAll('{HIT}').length > {len(shown)}")
        shown = visit.tab.eval_on_selector_all(
            HIT, "all => all.map(each => each.pathname.slice(1))"
        )
    return shown


def words_of(path: Path) -> set[str]:
    """The words of a page as its reader sees them, title among them."""
    html = path.read_text("utf-8")
    seen = [re.sub("<[^>]*>", "", "".join(re.findall("<h1.*?</h1>", html, re.DOTALL)))]
    seen += [text for each in extract_passages(html) for text in (each.heading, each.text)]
    return {word.lower() for word in re.findall(r"\w+", normalize(" ".join(seen)))}


def marked(visit: Visit, number: int = 0) -> list[str]:
    found: list[str] = visit.tab.eval_on_selector_all(
        HIT, f"all => [...all[{number}].querySelectorAll('mark')].map(each => each.textContent)"
    )
    return found


def test_three_hundred_documents_compete() -> None:
    assert len(competing.files()) >= 300


@pytest.mark.parametrize("kind", ROWS)
def test_the_right_page_comes_first(visit: Visit, kind: str) -> None:
    found = [(typed, (search(visit, typed) or [""])[0]) for typed, _ in ROWS[kind]]
    assert found == ROWS[kind]


def test_a_clause_below_a_section_is_led_to(visit: Visit) -> None:
    search(visit, "7.1.6")
    assert visit.tab.get_attribute(HIT, "href").endswith("so-tay/7.1/#dk-7-1-6")


@pytest.mark.parametrize("typed", ["định hướng", "bàn giao", "điều động"])
def test_accents_as_typed_come_before_others(visit: Visit, site: Served, typed: str) -> None:
    shown = every(visit, typed)
    states = visit.tab.eval_on_selector_all(
        HIT, "all => all.map(each => (each.querySelector('.q-chip') || {}).className || '')"
    )
    there = [
        each
        for each, state in zip(shown, states, strict=True)
        if not re.search("withdrawn|superseded|repealed", state)
    ]
    exact = [set(typed.split()) <= words_of(site.folder / each / "index.html") for each in there]
    assert exact[0]
    assert not all(exact), "some have the words with other accents only"
    assert exact == sorted(exact, reverse=True)


@pytest.mark.parametrize(
    ("typed", "spelling"),
    [
        ("danh gia noi bo", "Đánh giá nội bộ"),
        (nfd("đánh giá nội bộ"), "Đánh giá nội bộ"),
        ("kiem dem chung tu", "kiểm đếm chứng từ"),
        ("hòa giải", "Hoà giải"),
        ("huỷ hồ sơ", "Hủy hồ sơ"),
        ("qtbis01", "QT BIS 01"),
        ("htqlcl", "HỆ THỐNG QUẢN LÝ CHẤT LƯỢNG"),
        ("khiếu nại tố cáo", "KNTC"),
        ("quản lí", "quản lý"),
    ],
)
def test_a_hit_is_marked_in_its_true_spelling(visit: Visit, typed: str, spelling: str) -> None:
    search(visit, typed)
    assert spelling in [each if typed != "quản lí" else each.lower() for each in marked(visit)]


def test_what_was_searched_for_is_marked_on_its_page(site: Served, browser: Any) -> None:
    visit = opened_on(site, browser)
    search(visit, "kiem dem chung tu")
    visit.tab.keyboard.press("Enter")
    visit.tab.wait_for_selector("article mark.q-sought")
    # The page's own source is NFD: what is marked is what stands there.
    words = visit.tab.eval_on_selector_all(
        "mark.q-sought", "all => all.map(each => each.textContent)"
    )
    assert [normalize(each) for each in words] == ["kiểm đếm chứng từ"]
    assert "?" not in visit.tab.url


def test_results_say_code_and_state_in_words_with_a_drawing(visit: Visit) -> None:
    search(visit, "qt bis 01")
    head = visit.tab.query_selector(f"{HIT} .q-hit__head")
    assert head.query_selector(".q-code").text_content() == "QT BIS 01"
    chip = head.query_selector(".q-chip--imported")
    assert chip.text_content() == "Bản tiếp nhận"
    drawn = chip.evaluate(
        "chip => [getComputedStyle(chip, '::before').maskImage, "
        "chip.querySelectorAll('svg').length]"
    )
    assert drawn[0].startswith('url("data:image/svg')
    assert drawn[1] == 0
    search(visit, "83/2006")
    assert (
        visit.tab.query_selector(f"{HIT} .q-chip--superseded").text_content() == "Đã được thay thế"
    )


@pytest.mark.parametrize(
    ("typed", "gone"),
    [("định hướng", "qt-zz-03"), ("điều động", "qt-zz-04"), ("dinh huong", "qt-zz-03")],
)
def test_what_is_no_longer_in_force_comes_after_all_that_is(
    visit: Visit, typed: str, gone: str
) -> None:
    shown = every(visit, typed)
    states = visit.tab.eval_on_selector_all(
        HIT, "all => all.map(each => (each.querySelector('.q-chip') || {}).className || '')"
    )
    no_longer = [
        any(name in state for name in ("withdrawn", "superseded", "repealed")) for state in states
    ]
    assert page(gone) in shown
    assert no_longer == sorted(no_longer)
    assert no_longer[shown.index(page(gone))]


def test_its_own_code_still_leads_to_what_is_withdrawn(visit: Visit) -> None:
    assert search(visit, "qtzz01")[0] == page("qt-zz-01")
    assert visit.tab.query_selector(f"{HIT} .q-chip--withdrawn").text_content() == "Bãi bỏ"


def test_a_draft_stands_behind_what_is_in_force(
    released_home: Path, tmp_path: Path, browser: Any
) -> None:
    repo, site = scenes.copy_released(released_home, tmp_path)
    words = "Kiểm soát tài liệu"
    draft = (
        f"---\ncode: QT VP 09\ntype: procedure\ntitle: {words}\nowner: VP\n---\n# {words}\n\n"
        f"{words}.\n"
    )
    repo.commit("New draft", {"procedures/qt-vp-09.md": draft})
    built(repo.folder, site)
    root = Served(site)
    visit = opened_on(root, browser)
    assert page("qt-vp-09") not in every(visit, "kiem soat tai lieu")
    beside = Served(site / "du-thao")
    visit = opened_on(beside, browser)
    shown = every(visit, "kiem soat tai lieu")
    chips = visit.tab.eval_on_selector_all(
        HIT, "all => all.map(each => (each.querySelector('.q-chip') || {}).textContent)"
    )
    assert shown[0] == page("qt-vp-01")
    assert chips[shown.index(page("qt-vp-09"))] == "Dự thảo"


def test_where_all_are_drafts_the_document_comes_before_the_pages_that_list_it(
    browser: Any, tmp_path: Path
) -> None:
    write(tmp_path / "manual", {})
    built(tmp_path / "manual", tmp_path / "site")
    visit = opened_on(Served(tmp_path / "site"), browser)
    assert every(visit, "kiem soat tai lieu")[0] == page("qt-vp-01")
    assert every(visit, "danh muc tai lieu noi bo")[0] == "tai-lieu/"


def test_the_index_is_fetched_when_the_search_is_opened_and_only_what_is_needed(
    site: Served, browser: Any
) -> None:
    visit = Visit(browser, site.address, 1280)
    asked: list[str] = []
    visit.tab.on("request", lambda request: asked.append(request.url.removeprefix(site.address)))
    visit.go("")
    visit.go("so-tay/9.2/")
    visit.tab.wait_for_timeout(300)
    assert not [each for each in asked if "search/" in each and not each.startswith("assets/")]
    assert not [each for each in asked if "engine" in each]
    with visit.tab.expect_event(
        "requestfinished", lambda request: request.url.endswith("search/index.js")
    ):
        visit.tab.keyboard.press("/")
    assert not [each for each in asked if each.startswith("search/") and "/w" in each]
    search(visit, "định hướng")
    fetched = [each for each in asked if each.startswith("search/") and "/w" in each]
    there = list((site.folder / "search").glob("*/w*.js"))
    assert 0 < len(set(fetched)) < len(there)
    assert len(fetched) == len(set(fetched))
    assert visit.outside == []
    assert [each for each in visit.trouble if "404" not in each] == []


def test_keys_open_choose_and_close(site: Served, browser: Any) -> None:
    visit = Visit(browser, site.address, 1280)
    visit.go("so-tay/9.2/")
    tab = visit.tab
    tab.focus("article a")
    tab.keyboard.press("f")
    until(visit, f"document.activeElement.matches('{BOX}')")
    assert tab.input_value(BOX) == ""
    tab.keyboard.type("dinh huong /f")
    assert tab.input_value(BOX) == "dinh huong /f"
    search(visit, "danh gia noi bo")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    assert (
        tab.evaluate(f"[...document.querySelectorAll('{HIT}')].indexOf(document.activeElement)")
        == 1
    )
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("ArrowUp")
    assert tab.evaluate(f"document.activeElement.matches('{BOX}')")
    tab.keyboard.press("Escape")
    until(visit, "!document.querySelector('[data-md-toggle=search]').checked")
    assert tab.evaluate("document.activeElement.matches('article a')")
    tab.keyboard.press("/")
    tab.fill(BOX, "qt bis 01")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/tai-lieu/qt-bis-01/")


def test_the_home_page_opens_the_search(site: Served, browser: Any) -> None:
    visit = Visit(browser, site.address, 390)
    visit.go("")
    visit.tab.focus(".q-search")
    visit.tab.keyboard.press("Enter")
    until(visit, f"document.activeElement.matches('{BOX}')")
    assert visit.tab.is_visible(BOX)


def test_a_screen_reader_hears_how_many(site: Served, browser: Any) -> None:
    visit = opened_on(site, browser)
    shown = every(visit, "định hướng")
    until(visit, f"document.querySelector('.q-hits__said').textContent === '{len(shown)} kết quả'")
    assert visit.tab.get_attribute(".q-hits__said", "aria-live") == "polite"


def test_nothing_found_says_what_to_do(visit: Visit) -> None:
    assert search(visit, "zzyzzx") == []
    said = visit.tab.inner_text(META)
    assert "Không tìm thấy trang nào cho «zzyzzx»" in said
    assert "gõ không dấu" in said
    assert visit.tab.eval_on_selector(f"{META} a", "each => each.pathname") == "/tai-lieu/"


def test_nearest_pages_and_slips_are_called_what_they_are(visit: Visit) -> None:
    assert search(visit, "điều động zzyzzx thuyền")
    assert "Không trang nào có đủ các từ đã gõ" in visit.tab.inner_text(META)
    assert search(visit, "danh gai noi bo")
    assert visit.tab.inner_text(META) == "Không có «gai»; đã tìm «gia»."


def test_on_a_telephone_the_box_fills_the_screen(site: Served, browser: Any) -> None:
    visit = opened_on(site, browser, 390)
    search(visit, "danh gia noi bo")
    visit.tab.wait_for_timeout(500)
    box = visit.tab.query_selector(".md-search__inner").bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    edges = visit.tab.eval_on_selector_all(
        HIT, "all => all.flatMap(each => [each.scrollWidth, each.getBoundingClientRect().right])"
    )
    assert max(edges) <= 390
    # Below 16 pixels a telephone zooms into the box.
    assert (
        visit.tab.evaluate(
            f"parseFloat(getComputedStyle(document.querySelector('{BOX}')).fontSize)"
        )
        >= 16
    )
    assert visit.tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_english_speaks_english_and_hostile_words_stay_words(tmp_path: Path, browser: Any) -> None:
    hostile = '<img src=x onerror="alert(1)"> & "quoted" {query}'
    head = f"code: QT VP 01\ntype: procedure\ntitle: {json.dumps(hostile)}\nowner: VP"
    text = f"---\n{head}\n---\n# T\n\nCarrots & <b>onions</b>: `<img src=x onerror=alert(2)>`.\n"
    built(write(tmp_path / "repo", {"procedures/qt-vp-01.md": text}), tmp_path / "site", "en")
    visit = opened_on(Served(tmp_path / "site"), browser)
    search(visit, "carrots onions")
    assert visit.tab.text_content(f"{HIT} .q-hit__title") == hostile
    assert "<img src=x onerror=alert(2)>" in visit.tab.text_content(f"{HIT} .q-hit__text")
    assert search(visit, "<img src=x onerror=alert(3)> zzyzzx") is not None
    assert search(visit, "zzyzzx") == []
    assert "Nothing was found for «zzyzzx»" in visit.tab.inner_text(META)
    assert [each for each in visit.trouble if "404" not in each] == []


def test_a_site_published_anew_while_the_search_is_open_is_read_anew(
    site: Served, tmp_path: Path, browser: Any
) -> None:
    # Other workers search the site itself.
    served = Served(shutil.copytree(site.folder, tmp_path / "site", copy_function=os.link))
    visit = opened_on(served, browser)
    search(visit, "điều động")
    home = served.folder / "search"
    table = (home / "index.js").read_text("utf-8")
    old = re.findall(r'"stamp":"(\w+)"', table)[0]
    (home / old).rename(home / "anew")
    (home / "index.js").unlink()
    files.write(home, "index.js", table.replace(old, "anew", 1))
    assert search(visit, "chính sách chất lượng")[0] == POLICY


def test_both_halves_take_words_alike(visit: Visit) -> None:
    """The index is made in Python and read in the browser: the manual's words, and odd ones."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "manual").rglob("*.md"))]
    odd = (
        nfd("Huỷ hoà Quý LÝ ty Đắk Lắk")
        + " İstanbul STRASSE ß 8.3.1. 01.03 a1b2 10⁵ ½ ⅷ x\u00ady q\u200bt _a_ Ⅷ ς Σ kỹ lí ÿ"
    )
    text = normalize("\n".join([*texts, odd]))
    theirs = (
        "text => self.qmsWords.words(text, self.qmsWords.TOKEN).map(each => [each.folded, "
        "each.exact])"
    )
    assert [tuple(each) for each in visit.tab.evaluate(theirs, text)] == [
        fold_word(token) for token in tokens(text)
    ]
