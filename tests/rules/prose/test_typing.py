"""Slips of typing: phrases, words typed twice, words torn apart, what a printed page left behind."""

from __future__ import annotations

import pytest

from tests.support.marked import assert_marked
from tests.support.memory import MANIFEST

ENGLISH = {"qms.yml": MANIFEST.replace("language: vi", "language: en")}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Có ‹sổ xách› và ‹Sổ xách›.", ["sổ sách", "Sổ sách"]),
        ("Có sổ xáchx và xsổ xách.", []),
    ],
)
def test_a_slip_is_put_right_in_its_own_case(text: str, right: list[str]) -> None:
    assert assert_marked("likely-slip", text + "\n").suggestions == right


@pytest.mark.parametrize(
    "text",
    [
        "Xử lý ‹khi khi› có.",
        "Xử lý ‹Khi khi› có và ‹KHI KHI› có.",
        "Xử lý khi Khi có.",  # a title begins: «trưởng phòng Phòng Tổ chức»
        "Xử lý khi, khi có; a a.",
        "Xử lý khi-khi khi có.",
        "Việc khi khi-có.",
        # Reduplication, and compounds that meet.
        "Luôn luôn làm.",
        "Cơ quan quan trọng.",
        "Cơ ‹quan quan› lại.",
        "Họp nhà ‹quan quan› lại.",
        # A compound of this very text, which stands after other words too.
        "Việc mở mở màn; ngày mở màn đến.",
        "Việc ‹mở mở› màn. Rồi ngủ.",
        # A term before the sentence that says what it is.
        "Khiếunại Khiếunại là lời của khách.",
        "a) Khiếunại Khiếunại là lời của khách.",
        "Về ‹Khiếunại Khiếunại› là lời.",
        "Về **Khiếunại** Khiếunại là lời.",
        "Về **‹khiếunại** khiếunại› là lời.",
        "‹Khiế Khiế› là lời của khách.",
        "Khiến Khiến là lời của khách.",
        "abcd) ‹Khiến Khiến› là lời.",
        "abc) Khiến Khiến là lời.",
    ],
)
def test_a_word_typed_twice(text: str) -> None:
    told = assert_marked("doubled-word", text + "\n")
    if text.startswith("Xử lý ‹khi"):
        assert told.suggestions == ["khi"]


@pytest.mark.parametrize(
    "text",
    [
        "Việc ‹mở mở› màn. Việc mở màn đến.",  # after the same word: no use of it as a compound
        "Rồi việc mở mở màn; rồi mở màn đến.",  # after another word too
        "Đã ‹mở mở›.",
        "Đã ‹mở mở›\n\nMàn đến; ngày mở màn.",
    ],
)
def test_a_compound_of_the_text_itself_stands_after_other_words(text: str) -> None:
    assert_marked("doubled-word", text + "\n")


def test_a_language_without_compounds_has_none() -> None:
    assert_marked(
        "doubled-word", "See ‹the the› complete list, and all the complete ones.\n", **ENGLISH
    )


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Về ‹chấ t› này.", ["chất"]),
        ("Về ‹chấ t lượ ng› này.", ["chất lượng"]),
        ("Về ‹chấ t› rồi ‹lượ ng› này.", ["chất", "lượng"]),
        ("Về ‹Cả i tiế n chấ t› này.", ["Cải tiến chất"]),
        ("Về cả i này.", []),
        ("Về cả i rồi ‹tiế n› lên.", ["tiến"]),
        ("Việc ‹thàn h› nếp.", ["thành"]),
        ("Việc n h này.", []),
        ("Việc ‹an h› này.", ["anh"]),
        ("Việc ‹toan h› này.", ["toanh"]),
        ("Việc ta h này.", []),
        ("Về chất t này.", []),
        ("Về chấ tx này.", []),
        ("Về chấ t1 này.", []),
        ("Về ‹chấ T› này.", ["chấT"]),
    ],
)
def test_a_torn_word_is_joined(text: str, whole: list[str]) -> None:
    assert assert_marked("split-word", text + "\n").suggestions == whole


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("‹Trang 3/7›\n\nViệc.", ["Trang 3/7"]),
        ("‹Trang 3›\n\nViệc.\n\n⟦Trang 4⟧\n\nViệc.", ["Trang 3"]),
        ("‹Trang: 3 trên 7›\n\nViệc.", ["Trang: 3 trên 7"]),
        ("‹**Trang 3**›\n\nViệc.", ["Trang 3"]),
        ("Xem trang 3", []),
        ("Trang 3 này", []),
        ("Trang ba", []),
        ("- Trang 3", []),
        ("## 2. Trang 3\n\nViệc.", []),
        ('!!! note "Ghi"\n    Trang 3\n\nViệc.', []),
        (
            "".join(
                f"‹Trang {number}›\n\n" if number == 1 else f"⟦Trang {number}⟧\n\n"
                for number in range(1, 7)
            )
            + "Trang 7",
            ["Trang 1"],
        ),
        ("Văn phòng:\n\n‹o Lập› sổ;\n⟦o Ghi⟧ sổ.", ["o Lập"]),
        ("‹o Lập› sổ.", ["o Lập"]),
        ("‹ü Lập› sổ.", ["ü Lập"]),
        ("o lập sổ.", []),
        ("Việc o Lập sổ.", []),
        ("- ‹o Lập› sổ.", ["o Lập"]),
        ("| o Lập | Kỳ |\n|---|---|\n| o Họp | tháng |", []),
        ("## o Lập\n\nViệc.", []),
        ('!!! note "Ghi"\n    o Lập sổ.\n\nViệc.', []),
        ("o\n\nLập sổ.", []),
        ("Việc:\n\n‹o Lập› sổ;\n" + "⟦o Ghi⟧ sổ;\n" * 5 + "o Ghi sổ.", ["o Lập"]),
    ],
)
def test_what_a_printed_page_left_behind(text: str, words: list[str]) -> None:
    assert assert_marked("page-remnant", text + "\n").value("words") == words


def test_both_remnants_are_told_of_one_file() -> None:
    assert_marked("page-remnant", "‹Trang 3›\n\n‹o Lập› sổ.\n")
