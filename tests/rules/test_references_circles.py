"""Circles: sections and documents that only point at each other, whether they name the section or the whole document."""

from __future__ import annotations

import pytest

from tests.support.manuals import check_tree, tiny_with

HEAD = (
    "---\ncode: QT VP {n}\ntype: procedure\ntitle: Quy trình {n}\nowner: VP\n---\n\n# Quy trình "
    "{n}\n\n"
)
FIRST, SECOND = (
    "## 1. Mục đích\n\n{0}\n\n## 2. Cách làm\n\n{1}\n",
    "Mọi người luôn dùng đúng bản đang có hiệu lực.",
)


def told(one: tuple[str, str], two: tuple[str, str]) -> list[tuple[str, str]]:
    """The circles told of two procedures with two sections each: what points, and at what."""
    texts = {
        f"procedures/qt-vp-0{n}.md": HEAD.format(n=f"0{n}") + FIRST.format(*said)
        for n, said in ((1, one), (2, two))
    }
    found = [
        each for each in check_tree(tiny_with(texts)).findings if each.slug == "points-in-circle"
    ]
    return [(each.values["title"], each.values["other"]) for each in found]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("Xem QT VP 02.", "Theo QT VP 02."), ("Xem QT VP 01.", "Theo QT VP 01.")),
        (
            ("Việc này thực hiện theo quy định tại QT VP 02.", "Theo QT VP 02."),
            ("Xem [ở đây](qt-vp-01.md).", "Theo QT VP 01."),
        ),
        (
            ("Xem QT VP 02, mục 1.", "Theo QT VP 02."),
            ("Xem QT VP 01.", "Theo QT VP 01 và điều khoản 2.1."),
        ),
    ],
)
def test_two_documents_that_only_point_at_each_other(
    one: tuple[str, str], two: tuple[str, str]
) -> None:
    assert told(one, two) == [("QT VP 01", "QT VP 02")]


def test_two_sections_that_only_point_at_each_other() -> None:
    found = told(
        (SECOND, "Thực hiện theo QT VP 02, mục 2."), (SECOND, "Thực hiện theo QT VP 01, mục 2.")
    )
    assert found == [("2. Cách làm", "2. Cách làm")]


def test_where_sections_say_it_the_documents_need_not() -> None:
    one, two = (
        ("Xem QT VP 02, mục 1.", "Xem QT VP 02, mục 2."),
        ("Xem QT VP 01, mục 1.", "Xem QT VP 01, mục 2."),
    )
    assert told(one, two) == [("1. Mục đích", "1. Mục đích"), ("2. Cách làm", "2. Cách làm")]


def test_a_section_and_a_document_that_only_point_at_each_other() -> None:
    found = told(
        (SECOND, "Thực hiện theo QT VP 02."), ("Theo QT VP 01, mục 2.", "Xem QT VP 01, mục 2.")
    )
    assert found == [("2. Cách làm", "QT VP 02")]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (
            ("Xem QT VP 02.", "Theo QT VP 02."),
            (SECOND, "Theo QT VP 01."),
        ),  # the second says something
        (("Xem QT VP 02.", "Theo QT VP 02."), ("Xem STCL.", "Theo STCL.")),
        (
            ("Xem QT VP 02.", "Theo Nghị định 30/2020/NĐ-CP."),
            ("Xem QT VP 01.", "Theo QT VP 01."),
        ),  # the law may say it
        (
            ("Xem QT VP 02.", "Văn phòng lập danh mục, giám đốc ký theo QT VP 02."),
            ("Xem QT VP 01.", "Theo QT VP 01."),
        ),
        ((SECOND, "Theo QT VP 02."), (SECOND, "Theo QT VP 01.")),
    ],
)
def test_no_circle_where_something_is_said(one: tuple[str, str], two: tuple[str, str]) -> None:
    assert told(one, two) == []


@pytest.mark.parametrize(
    ("title", "text", "told_of"),
    [
        ("2. Cách làm", "Thực hiện theo QT VP 02.", True),
        ("2. Cách làm", "Văn phòng lập danh mục theo QT VP 02.", False),
        ("2. Tài liệu viện dẫn", "QT VP 02", False),
        ("2. Biểu mẫu", "QT VP 02", False),
        ("2. Hồ sơ lưu", "- QT VP 02", False),
        ("2. Cách làm", '!!! note "Ghi chú"\n    Xem QT VP 02.', False),
    ],
)
def test_a_section_of_a_procedure_that_is_only_a_reference(
    title: str, text: str, told_of: bool
) -> None:
    body = HEAD.format(n="01") + f"## 1. Mục đích\n\n{SECOND}\n\n## {title}\n\n{text}\n"
    found = check_tree(tiny_with({"procedures/qt-vp-01.md": body})).findings
    assert any(each.slug == "reference-only" for each in found) is told_of
