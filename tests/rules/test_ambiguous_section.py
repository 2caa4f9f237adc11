"""Citations by a number that two headings bear: told once each, with both places, and only they."""

from __future__ import annotations

import pytest

from qmstool.rules import BY_SLUG
from qmstool.rules.base.pages import HEADINGS, read_page
from tests.support.manuals import check_tree, findings_of, tiny, tiny_with
from tests.support.rule_examples import example

SLUG = "ambiguous-section"


def test_what_the_page_calls_bad_is_found_and_nothing_else() -> None:
    bad = example(read_page(BY_SLUG[SLUG], "vi"), HEADINGS["vi"][2])
    assert findings_of(dict(bad.files)) == [f"{SLUG} {place}" for place in bad.places]


TWICE = "## 3. Lưu hồ sơ\n\nBa năm.\n\n## 3. Hủy hồ sơ\n\nSau đó.\n"


def ambiguous(overlay: dict[str, str]) -> list[str]:
    found = findings_of(overlay)
    return [each.partition(" ")[2] for each in found if each.startswith(SLUG)]


def procedure(body: str) -> str:
    start = tiny()["procedures/qt-vp-01.md"].decode()
    return start[: start.index("\n---", 3) + 5] + body


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Làm theo mục 3.", True),
        ("Làm theo các mục 2 và 3.", True),
        ("Làm theo [mục 3](#muc-3-1).", False),
        ("Làm theo mục 2.", False),
        ("Theo điều khoản 3 của Luật Lưu trữ.", False),
    ],
)
def test_a_number_that_stands_twice(words: str, *, expected: bool) -> None:
    text = procedure(f"# Quy trình\n\n## 2. Làm\n\n{words}\n\n{TWICE}")
    assert bool(ambiguous({"procedures/qt-vp-01.md": text})) is expected


def test_both_places_are_told() -> None:
    text = procedure(f"# Quy trình\n\n## 2. Làm\n\nTheo mục 3.\n\n{TWICE}")
    report = check_tree(tiny_with({"procedures/qt-vp-01.md": text}))
    (found,) = [each for each in report.findings if each.slug == SLUG]
    lines = text.splitlines()
    assert [lines[place.line - 1] for place in found.related] == [
        "## 3. Lưu hồ sơ",
        "## 3. Hủy hồ sơ",
    ]


def test_a_citation_from_another_document() -> None:
    text = procedure(f"# Quy trình\n\n{TWICE}")
    page = "# 1.2. Thông tin\n\nLưu theo QT VP 01, mục 3.\n"
    assert ambiguous({"procedures/qt-vp-01.md": text, "manual/1.2.md": page}) == [
        "manual/1.2.md:3:20"
    ]


def test_a_part_of_an_annex_is_no_second_one() -> None:
    body = "# Quy trình\n\nTheo phụ lục 1.\n\n## Phụ lục 1. Sổ\n\nx\n\n### Phụ lục 1 (tiếp)\n\ny\n"
    assert ambiguous({"procedures/qt-vp-01.md": procedure(body)}) == []


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("## A\n\n### 5. x\n\nTheo mục 6.\n\n### 6. y\n\n## B\n\n### 6. z\n", False),
        ("## A\n\n### 6. y\n\n## B\n\n### 5. x\n\nTheo mục 6.\n\n### 6. z\n", False),
        ("## A\n\n### 6. y\n\n## B\n\n### 6. z\n\n## C\n\nTheo mục 6.\n", True),
        ("## A\n\n### 6. y\n\nTheo mục 6.\n\n## B\n\n### 6. z\n", True),
    ],
)
def test_the_nearest_under_the_same_heading_is_meant(before: str, *, expected: bool) -> None:
    text = procedure(f"# Quy trình\n\n{before}")
    assert bool(ambiguous({"procedures/qt-vp-01.md": text})) is expected
