"""What the pages of a small manual say."""

from __future__ import annotations

import re

import pytest

from qmstool.site.words.general import WORDS
from qmstool.site.words.search import SEARCH
from tests.support.manuals import tiny, tiny_with
from tests.support.memory import MemoryTree
from tests.support.site.scenes import FORM, edition_of, rendered

MAP = """\
schema: 1
title: Sơ đồ
groups: {chinh: {name: Chính}, ho-tro: {name: Hỗ trợ}}
parties: {dan: {name: Công dân, side: both}}
processes:
  a: {title: Tiếp nhận, group: chinh, procedure: QT VP 01}
  b: {title: Giải quyết, group: chinh, clauses: ["2.1"]}
  c: {title: Mua sắm, group: ho-tro}
flows: [{from: dan, to: a, item: Hồ sơ}, {from: a, to: b}, {from: b, to: dan, item: Kết quả}]
"""
CHAIN = """\
schema: 1
documents:
  a: {number: 1/2001/X, type: Luật, issuer: Q, title: Một, status: superseded,
    superseded_by: [b, 3/2003/X]}
  b: {number: 2/2002/X, type: Luật, issuer: Q, title: Hai, status: superseded, superseded_by: [c]}
  c: {number: 3/2003/X, type: Luật, issuer: Q, title: Ba, status: in_force, superseded_by: [a]}
"""


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return rendered(MemoryTree(dict(tiny())))


def test_every_kind_of_page_is_there(pages: dict[str, str]) -> None:
    assert {
        "",
        "so-tay/",
        "so-tay/1.2/",
        "tai-lieu/qt-vp-01/",
        "tai-lieu/",
        "bieu-mau/",
        "ho-so/",
        "ma-tran/",
        "ap-dung/",
    } <= set(pages)
    assert {"tai-lieu-ben-ngoai/", "tai-lieu-ben-ngoai/nd-30-2020/", "ve-so-tay/"} <= set(pages)


def test_english_is_a_switch() -> None:
    pages = rendered(MemoryTree(dict(tiny())), "en")
    assert {"manual/1.2/", "documents/qt-vp-01/", "matrix/", "about/"} <= set(pages)
    assert "Register of controlled documents" in pages["documents/"]


@pytest.mark.parametrize(
    ("address", "register"),
    [
        ("tai-lieu/", "internal"),
        ("bieu-mau/", "forms"),
        ("ho-so/", "records"),
        ("tai-lieu-ben-ngoai/", "external"),
    ],
)
def test_a_register_names_the_command_of_its_own(address: str, register: str) -> None:
    pages = rendered(tiny_with({"procedures/bm-vp-01-01.md": FORM}))
    assert f"qmstool register {register} --as-of" in pages[address]


def test_a_section_reads_both_ways(pages: dict[str, str]) -> None:
    text = pages["so-tay/1.2/"]
    for words in (
        'href="../../tai-lieu/qt-vp-01/" rel="noopener noreferrer">QT VP 01</a>',
        'href="../../tai-lieu/qt-vp-01/#muc-2" rel="noopener noreferrer">mục 2</a>',
        'id="dk-1-2-1"',
        "30/2020/NĐ-CP",
    ):
        assert words in text
    assert 'href="../2.1/"' in text, "cited by 2.1"


def test_an_excluded_clause_says_why(pages: dict[str, str]) -> None:
    assert "Cơ quan không thiết kế sản phẩm nào." in pages["ap-dung/"]


def test_a_document_is_cited_by_the_sections_that_name_it_and_not_by_itself(
    pages: dict[str, str],
) -> None:
    text = pages["tai-lieu/qt-vp-01/"].partition("Được viện dẫn tại")[2]
    assert "so-tay/1.2/" in text
    assert 'href="./"' not in text


def test_a_document_without_its_text_says_so() -> None:
    body = (
        tiny()["procedures/qt-vp-02.md"].decode().replace("owner: VP", "owner: VP\ntext: not-held")
    )
    pages = rendered(tiny_with({"procedures/qt-vp-02.md": body}))
    assert "Mới chỉ đăng ký, chưa có nội dung" in pages["tai-lieu/qt-vp-02/"]
    assert "Lập báo cáo" not in pages["tai-lieu/qt-vp-02/"]


def test_a_form_is_offered_with_its_size() -> None:
    files: dict[str, str | bytes] = {
        "procedures/bm-vp-01-01.md": FORM,
        "procedures/bm-vp-01-01.docx": b"x" * 3000,
    }
    pages = rendered(tiny_with(files))
    for address in ("bieu-mau/", "tai-lieu/bm-vp-01-01/"):
        assert re.search(r'href="[./]*tep/procedures/bm-vp-01-01\.docx"', pages[address])
        assert "3 kB" in pages[address]
    assert "../bm-vp-01-01/" in pages["tai-lieu/qt-vp-01/"]


def test_counts_are_counted(pages: dict[str, str]) -> None:
    assert "0 trên 3 tài liệu đã đăng ký" in pages[""]
    more = rendered(tiny_with({"procedures/bm-vp-01-01.md": FORM}))
    assert "0 trên 4 tài liệu đã đăng ký" in more[""]


def test_chains_of_successors_run_to_their_end_and_stop_in_a_circle() -> None:
    text = rendered(tiny_with({"procedures/external.yml": CHAIN}))["tai-lieu-ben-ngoai/a/"]
    chains = text.split('<ol class="q-chain">')[1:]
    assert [re.findall(r"\d/20\d\d/X", chain.partition("</ol>")[0]) for chain in chains] == [
        ["1/2001/X", "2/2002/X", "3/2003/X"],
        ["1/2001/X", "3/2003/X"],
    ]


def test_the_process_map_is_drawn_twice_and_told_in_words() -> None:
    text = rendered(tiny_with({"manual/process-map.yml": MAP}))["so-do-qua-trinh/"]
    assert text.count("<svg") >= 2
    assert text.count("<desc") == 2
    assert 'href="../tai-lieu/qt-vp-01/"' in text
    assert 'href="../so-tay/2.1/"' in text
    assert "Tiếp nhận</a> → <a" in text


def test_every_box_of_the_map_has_room_for_its_words() -> None:
    edition = edition_of(tiny_with({"manual/process-map.yml": MAP}))
    from qmstool.site.pages.map_layout_tall import draw_tall
    from qmstool.site.pages.map_layout_wide import draw_wide

    chart = edition.manual.process_map
    assert chart is not None
    for picture in (draw_wide(chart, "vi"), draw_tall(chart, "vi")):
        for box in picture.boxes:
            assert 0 <= box.x <= box.x + box.width <= picture.width
            assert box.y + box.height <= picture.height
            assert all(box.y < y < box.y + box.height for y, _, _ in box.baselines)
        inside = [(a, b) for a in picture.boxes for b in picture.boxes if a is not b]
        assert not [
            1
            for a, b in inside
            if a.x < b.x + b.width
            and b.x < a.x + a.width
            and a.y < b.y + b.height
            and b.y < a.y + a.height
        ]


def test_every_word_is_in_both_languages_and_a_template_can_name_it() -> None:
    """Where a template says `words.clear`, a method of `dict` would come before the word."""
    assert (WORDS.keys() | SEARCH.keys()) & set(dir(dict)) == set()
    for name, text in (WORDS | SEARCH).items():
        assert text.vi.strip(), name
        assert text.en.strip(), name
        assert set(re.findall(r"\{\w+\}", text.vi)) == set(re.findall(r"\{\w+\}", text.en)), name
