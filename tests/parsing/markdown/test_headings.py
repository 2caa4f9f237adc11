"""Numbers of headings as people, ISO and Word type them."""

from __future__ import annotations

import pytest

from qmstool.parsing.markdown.headings import headings
from qmstool.parsing.markdown.reader import read
from tests.support.manuals import check_tree, tiny_with


def numbers(text: str) -> list[str | None]:
    return [heading.number for heading in headings(read(text))]


@pytest.mark.parametrize(("title", "number"), [
    ("1. Mục đích", "1"), ("1 Mục đích", "1"), ("1\u00a0Mục đích", "1"), ("1.Mục đích", "1"),
    ("1) Mục đích", "1"), ("2.2 Sát", "2.2"), ("2.2.Sát", "2.2"), ("2.2)Sát", "2.2"),
    ("2.2. sát", "2.2"), ("1.2.3.Ba", "1.2.3"), ("I. Chung", "I"), ("4.4.2", "4.4.2"),
    ("2024 Năm học", None), ("5 bước", None), ("1.a Tiểu mục", None), ("2.2.sát", None),
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
