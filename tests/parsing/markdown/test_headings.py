"""Numbers of headings as people, ISO and Word type them."""

from __future__ import annotations

import pytest

from qmstool.manual.loading.loader import load
from qmstool.parsing.markdown.headings import headings
from qmstool.parsing.markdown.reader import read
from tests.support.manuals import check_tree, tiny_with


def numbers(text: str) -> list[str | None]:
    return [heading.number for heading in headings(read(text))]


@pytest.mark.parametrize(("title", "number"), [
    ("1. Mục đích", "1"), ("1 Mục đích", "1"), ("1\u00a0Mục đích", "1"), ("1.Mục đích", "1"),
    ("1) Mục đích", "1"), ("2.2 Sát", "2.2"), ("2.2.Sát", "2.2"), ("2.2)Sát", "2.2"),
    ("2.2. sát", "2.2"), ("1.2.3.Ba", "1.2.3"), ("I. Chung", "I"), ("4.4.2", "4.4.2"),
    ("1/ Mục đích", "1"), ("1 – Mục đích", "1"), ("1- Mục đích", "1"), ("1: Mục đích", "1"),
    ("(1) Mục đích", "1"), ("1 . Mục đích", "1"), ("1.1— Mục đích", "1.1"), ("I/ Chung", "I"),
    ("II - Chung", "II"), ("A.1 Chung", "A.1"), ("B.2.1. Chung", "B.2.1"),
    ("\uff11\uff0e\uff12 Mục đích", "1.2"), ("\uff11\uff0eMục đích", "1"), ("1.\u200bMục đích", "1"),
    ("\u200b1. Mục đích", "1"), ("1.\u2003Mục đích", "1"), ("1.&nbsp;Mục đích", "1"),
    ("X-Ray", None), ("24/7 Hỗ trợ", None), ("3-Way", None), ("5 - bước", None), ("V model", None),
    ("2026 – Năm học", None), ("2024 Năm học", None), ("5 bước", None), ("1.a Tiểu mục", None), ("2.2.sát", None),
])  # fmt: skip
def test_the_number_at_the_head_of_a_title(title: str, number: str | None) -> None:
    assert numbers(f"# {title}\n") == [number]


def test_a_bare_number_counts_where_it_goes_on_from_the_one_before() -> None:
    text = "# Quy trình\n\n## 1 Mục đích\n\n## 2 Phạm vi\n\n### 1 Chung\n\n## 3 Nội dung\n"
    assert numbers(text) == [None, "1", "2", "1", "3"]
    assert numbers("# Quy trình\n\n## 3 Nguyên tắc\n\n## 7 Công cụ\n") == [None, None, None]


def test_sections_numbered_so_can_be_cited() -> None:
    head = "---\ncode: QT VP 09\ntype: procedure\ntitle: Quy trình mua sắm\nowner: VP\n---\n"
    text = (
        f"{head}# Quy trình mua sắm\n\n## 1 Mục đích\n\nA.\n\n## 2 Cách làm\n\n### 2.1.Mua\n\n"
        "Theo mục 1.\n\n### 2.2.Sát\n\nTheo mục 2.1.\n"
    )
    tree = tiny_with({"procedures/qt-vp-09.md": text})
    assert {each.slug for each in check_tree(tree).findings} & {"unknown-section"} == set()


@pytest.mark.parametrize(("title", "number", "words"), [
    ("Điều 3. Phạm vi", "3", "Phạm vi"), ("Điều 3: Phạm vi", "3", "Phạm vi"),
    ("ĐIỀU 3 Phạm vi", "3", "Phạm vi"), ("Điều 3 – Phạm vi", "3", "Phạm vi"),
    ("Điều 3", "3", "Điều 3"), ("Mục 2.1. Phạm vi", "2.1", "Phạm vi"),
    ("Mục II. Phạm vi", "II", "Phạm vi"), ("1/ Mục đích", "1", "Mục đích"),
    ("Điều kiện 3", "", "Điều kiện 3"), ("Mục tiêu 3", "", "Mục tiêu 3"),
    ("Điều 3000 của ai", "", "Điều 3000 của ai"),
])  # fmt: skip
def test_a_word_announces_the_number_of_a_heading(title: str, number: str, words: str) -> None:
    head = "---\ncode: QT VP 09\ntype: procedure\ntitle: Quy chế\nowner: VP\n---\n# Quy chế\n"
    manual = load(tiny_with({"procedures/qt-vp-09.md": f"{head}\n## {title}\n\nA.\n"}))
    section = manual.documents["qt-vp-09"].sections[1]
    assert (section.number, section.title) == (number, words)
