"""The search's index without a browser: what is read off a page, and how files are cut."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from qmstool.site.pages.registry import pages
from qmstool.site.parts import search_label as label
from qmstool.site.search import index as search_index
from qmstool.site.search.index import BODY, CODE, HEADING, TITLE, SearchIndex, count_words
from qmstool.site.search.text import extract_passages
from qmstool.site.search.words import fold_word, normalize, tokens
from qmstool.storage.tree import FolderTree
from tests.support.site.scenes import edition_of, released, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = """<html><nav>Thanh bên</nav><article class="md-content__inner md-typeset">
<nav class="q-trail">Đường dẫn</nav><h1 id="q-title">Tên trang</h1><p class="q-strip">Trạng thái</p>
<p>Mở đầu, <a href="x" title="a > b"><em>rất</em> gọn</a>.<br>Dòng hai &amp; hết</p>
<!-- bỏ <p>này</p> -->
<div data-search-exclude=""><div>Bỏ <div>cả</div></div> đi</div>
<h2 id="muc-dich">1. Mục <code>đích</code><a class="headerlink" href="#muc-dich">¶</a></h2>
<ul><li>Một</li><li>Hai <del>ba</del></li></ul>
<dl><div><dt>Loại</dt><dd>Quy trình</dd></div>
<div><dt>Trống</dt><dd><span class="q-chip">x</span></dd></div></dl>
<table><tr><td>Ô</td><td>Bên</td></tr></table>
<h3>Không neo</h3><script>alert(1)</script><p>Cuối</p></article><p>Chân trang</p></html>"""


def test_a_page_is_read_as_its_reader_sees_it() -> None:
    assert [(each.anchor, each.heading, each.blocks) for each in extract_passages(PAGE)] == [
        ("", "", ["Mở đầu, rất gọn.", "Dòng hai & hết"]),
        ("muc-dich", "1. Mục đích", ["Một", "Hai", "Loại: Quy trình", "Ô", "Bên"]),
        ("", "Không neo", ["Cuối"]),
    ]


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<p>no article</p>",
        "<article",
        "</article><article>",
        "<article><p title='a>b\">x</article>",
    ],
)
def test_an_odd_page_is_read_without_a_fault(page: str) -> None:
    assert isinstance(extract_passages(page), list)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("QT-BIS_01.", ["QT", "BIS", "01"]),
        ("qtbis01", ["qtbis", "01"]),
        ("8.3.1. Mục 18.3, 83/2006/NĐ-CP", ["8.3.1", "Mục", "18.3", "83", "2006", "NĐ", "CP"]),
        ("«hoà»—hòa", ["hoà", "hòa"]),
    ],
)
def test_words_of_a_text(text: str, words: list[str]) -> None:
    assert tokens(normalize(text)) == words


@pytest.mark.parametrize(
    ("one", "other", "same_folded", "same_exact"),
    [
        ("hoà", "hòa", True, True),
        ("HUỶ", "hủy", True, True),
        ("lý", "lí", True, True),
        ("quý", "quí", True, True),
        ("Đánh", "danh", True, False),
        ("bàn", "bán", True, False),
        ("thuý", "thuy", True, False),
        ("tay", "tai", False, False),
    ],
)
def test_what_is_one_word(one: str, other: str, same_folded: bool, same_exact: bool) -> None:
    (folded, exact), (other_folded, other_exact) = (
        fold_word(normalize(one)),
        fold_word(normalize(other)),
    )
    assert (folded == other_folded) is same_folded
    assert (exact == other_exact) is same_exact


def unpacked(index: SearchIndex) -> dict[tuple[str, str], list[tuple[int, int, int]]]:
    """Page, place and field of each time a (folded, exact) word stands, by the format alone."""
    found: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for _, text in index.files():
        for folded, forms in json.loads(text).items():
            for exact, numbers in forms:
                found[folded, exact] = list(places(numbers))
    return found


def places(numbers: list[int]) -> Iterator[tuple[int, int, int]]:
    """Page, place and field of each time that one form stands."""
    page = at = 0
    while at < len(numbers):
        page, times, place = page + numbers[at], numbers[at + 1], 0
        for number in numbers[at + 2 : at + 2 + times]:
            step, field = divmod(number, 4)
            place += step
            yield page, place, field
        at += 2 + times


def test_every_word_stands_in_the_index_where_it_stands_on_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search_index, "LARGEST", 200)
    there = [
        [
            ("QT BIS 01", CODE),
            ("Đánh giá nội bộ", TITLE),
            ("Bàn giao", HEADING),
            ("bán giao, ban giao; đánh giá 8.3", BODY),
        ],
        [("Không có gì", TITLE)],
        [("đánh Đánh đanh", BODY), ("Bàn", BODY)],
    ]
    index = SearchIndex()
    expected: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for number, blocks in enumerate(there):
        place = 0
        for text, field in blocks:
            for token in re.findall(r"[0-9.]+|\w+", text):
                expected.setdefault(fold_word(token), []).append((number, place, field))
                place += 1
            place += 1
        index.add(count_words(blocks))
    assert unpacked(index) == expected
    files = list(index.files())
    assert len(files) > 1
    assert [first for first, _ in files] == sorted(first for first, _ in files)
    assert all(first == next(iter(json.loads(text))) for first, text in files)


def test_a_page_competes_by_what_it_is(tmp_path: Path) -> None:
    repo = released(tmp_path)
    draft = "---\ncode: QT VP 09\ntype: procedure\ntitle: Mới\nowner: VP\n---\n# Mới\n\nMới.\n"
    repo.commit("Draft", {"procedures/qt-vp-09.md": draft})
    shown = {
        page.address: page.label for page in pages(edition_of(FolderTree(repo.folder), draft=True))
    }
    assert shown["tai-lieu/qt-vp-01/"].tier == label.IN_FORCE
    assert shown["tai-lieu/qt-vp-09/"].tier == label.NOT_YET
    assert shown["tai-lieu/qt-vp-09/"].link.state == "draft"
    external = (
        "schema: 1\ndocuments:\n  a: {number: 1/2000/QĐ-X, type: Quyết định, issuer: unknown, "
        "title: A, issued: unknown,"
    )
    external += " status: repealed, checked_on: unknown, names: [Quyết định cũ]}\n"
    tree = FolderTree(write(tmp_path / "other", {"procedures/external.yml": external}))
    old = {page.address: page.label for page in pages(edition_of(tree))}["tai-lieu-ben-ngoai/a/"]
    assert (old.tier, old.names) == (
        label.NO_LONGER,
        (("Quyết định 1/2000/QĐ-X", ""), ("Quyết định cũ", "")),
    )
