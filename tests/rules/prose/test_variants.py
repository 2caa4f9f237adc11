"""Several spellings of one term: which is the less used, where it is told, and what is put instead."""

from __future__ import annotations

import pytest

from tests.support.marked import assert_marked
from tests.support.memory import CATALOGUE

SLUG = "term-variant"
HEAD = "---\ncode: QT A 02\ntype: procedure\ntitle: Khác\n---\n# Khác\n\n"


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("Họp ⟦hằng năm⟧; ‹hàng năm› tổng kết; hằng năm báo cáo.", ["hằng năm"]),
        ("Họp ⟦hàng năm⟧; ‹hằng năm› tổng kết; hàng năm báo cáo.", ["hàng năm"]),
        ("Họp ‹hàng năm›; ⟦hằng năm⟧ tổng kết.", ["hằng năm"]),  # of equals the first listed
        ("Họp ⟦hằng năm⟧, hằng năm, hằng năm; ‹hàng năm› và ⟦hàng năm⟧.", ["hằng năm"]),
        ("Họp hằng năm; khách hàng năm ngoái.", []),
        # One spelling of the family of words: «hằng» or «hàng», whatever follows.
        ("Họp ⟦hằng tháng⟧ và hằng tháng; ‹hàng quý› tổng kết.", ["hằng tháng"]),
        ("Họp hằng tháng, ⟦hằng quý⟧; ‹hàng quý› tổng kết.", ["hằng quý"]),
        # Words that vary in more than one place are one family only with themselves.
        ("Theo ⟦quy trình⟧, quy trình; ‹qui trình› ấy.", ["quy trình"]),
        ("‹Hàng năm› họp; ⟦hằng năm⟧ ghi, hằng năm.", ["Hằng năm"]),
    ],
)
def test_the_less_used_spelling_is_told(text: str, usual: list[str]) -> None:
    assert assert_marked(SLUG, text + "\n").value("usual") == usual


def test_what_is_suggested_is_of_the_same_words() -> None:
    told = assert_marked(SLUG, "Họp hằng tháng, hằng tháng; ‹Hàng quý› tổng kết.\n")
    assert told.suggestions == ["Hằng quý"]
    assert told.value("usual") == ["Hằng tháng"]


def test_a_document_that_mixes_is_told_once_a_file_and_one_that_differs_once() -> None:
    usual = "Hằng năm họp; hằng năm ghi; hằng năm báo.\n"
    told = assert_marked(
        SLUG, usual, **{"procedures/b.md": f"{HEAD}Họp ‹hàng năm›; ghi hàng năm.\n"}
    )
    assert told.value("usual") == ["hằng năm"]
    # By its own count, where it mixes; whatever other documents write.
    mixed = {"procedures/b.md": f"{HEAD}Họp hàng năm; ghi hàng năm; ‹hằng năm› báo.\n"}
    assert_marked(SLUG, usual, **mixed)
    two = {
        "manual/1/4.2.md": "# 4.2. Khác\n\nHọp ‹hàng năm›.\n",
    }
    assert_marked(SLUG, "Hằng năm họp; hằng năm ghi; ‹hàng năm› báo; hằng năm.\n", **two)


NAMES = CATALOGUE.replace(
    'cited_as: ["NORM 1", "Tiêu chuẩn NORM"]', 'cited_as: ["NORM 1", "TC NORM"]'
)


@pytest.mark.parametrize(
    "text",
    [
        "Theo ⟦NORM 1⟧, NORM 1; ‹TC NORM› ghi.",
        "Theo NORM 1.",
        "Theo NORM 1:2008, NORM 1/2, NORM 1-3 và TC NORM.",
        "Theo ABC NORM 1, EN/NORM 1 và TC NORM.",
        "Theo ‹TC NORM›, ⟦NORM 1⟧: ba mục.",
        "SƠ ĐỒ THEO ⟦NORM 1⟧, NORM 1; ‹TC NORM› ghi.",
        "Theo đồ ⟦NORM 1⟧ và ‹TC NORM›.",
    ],
)
def test_the_names_of_a_standard_are_spellings_where_they_are_no_part_of_others(text: str) -> None:
    assert_marked(SLUG, text + "\n", **{"clauses/catalogues/small.yml": NAMES})


def test_another_name_of_a_standard_in_another_document_is_no_fault() -> None:
    other = {"procedures/b.md": f"{HEAD}Theo TC NORM.\n", "clauses/catalogues/small.yml": NAMES}
    assert_marked(SLUG, "Theo NORM 1; NORM 1.\n", **other)
