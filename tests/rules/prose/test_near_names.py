"""Names, codes and section numbers that are right but for one slip."""

from __future__ import annotations

import pytest

from tests.support.marked import assert_marked
from tests.support.memory import CATALOGUE, MANIFEST, PROCEDURE

SLUG = "misspelt-name"
# The name «quy trình chung của nhóm A» of the small manual, and «Quy trình kiểm soát» of another.
NAMED = (
    "---\ncode: QT A 02\ntype: procedure\ntitle: Kiểm soát hồ sơ\nnames: [{}]\n---\n# Việc\n\n{}\n"
)


@pytest.mark.parametrize(
    "text",
    [
        "Theo ‹quy trình chung của nhốm A› mà làm.",
        "Theo ‹quy trình chung cua nhóm A› mà làm.",
        "Theo ‹quy trinh chung của nhóm A› mà làm.",
        "Theo ‹quy trình chung của nhom A›.",
        "Theo quy trình chung của nhóm A mà làm.",
        "Theo quy trinh chung cua nhóm A mà làm.",  # two slips
        "Theo quy trình chung của nhóm.",  # a word less
        "Theo quy trình chung của phòng A mà làm.",  # another word
        "Theo quy trình chung. Cua nhóm A.",
        "Theo ‹quy trình chung – cua nhóm A›.",
        "Theo ‹quy trình, chung cua nhóm A›.",
        "Theo quy trình chung! cua nhóm A.",
        "trình chung cua nhóm A.",
        '!!! note "Ghi"\n    Theo ‹quy trình chung cua nhóm A›.',
    ],
)
def test_a_name_but_for_one_slip(text: str) -> None:
    told = assert_marked(SLUG, text + "\n")
    if "‹" in text:
        assert [str(name).lower() for name in told.suggestions] == ["quy trình chung của nhóm a"]
        assert [*map(str.lower, told.value("name"))] == [
            str(each).lower() for each in told.suggestions
        ]


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("Quy chế Văn tư", "Quy chế Văn thư"),
        ("quy chế Văn tư", "quy chế Văn thư"),
        ("quy chế văn tư", "quy chế văn thư"),
        ("QUY CHẾ VĂN TƯ", "QUY CHẾ VĂN THƯ"),
        ("Quy chế – Van Thư", "Quy chế Văn Thư"),
    ],
)
def test_a_name_is_suggested_with_the_capitals_of_the_text_and_shown_with_its_own(
    written: str, instead: str
) -> None:
    named = {"procedures/b.md": NAMED.format("Quy chế Văn thư", "")}
    told = assert_marked(SLUG, f"Theo ‹{written}› mà làm.\n", **named)
    assert told.suggestions == [instead]
    assert told.value("name") == ["Quy chế Văn thư"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lập sổ khách", "Theo ‹lập sổ khach›."),  # three words, ten letters
        ("lập sổ đơn", "Theo lập sổ đon."),  # three words, eight letters
        ("sổ khách", "Theo sổ khach."),
        ("đánh giá nhà thầu 2020", "Theo ‹đánh gía nhà thầu 2020›."),
        ("đánh giá nhà thầu 2020", "Theo đánh giá nhà thầu 2021."),  # a figure is no slip
        ("đánh giá nhà thầu 2020", "Theo đánh giá nhà thầu 202."),
        ("đánh giá nhà thầu mới", "Theo đánh giá nhà thầu 2020."),
        ("thu đơn hằng ngày", "Theo ‹thu đôn hằng ngày›."),
        ("thu đơn hằng ngày", "Theo thu ba hằng ngày."),
        (
            "cập nhật danh sách",
            "Theo ‹cập nhập danh sách›.",
        ),  # «nhập»/«nhật»: three letters of four
        ("cập nhật danh sách", "Theo cập nước danh sách."),
    ],
)
def test_what_is_like_enough(name: str, text: str) -> None:
    named = NAMED.format(name, "")
    assert_marked(SLUG, text + "\n", **{"procedures/b.md": named})


def test_a_slip_in_a_longer_name_is_told_of_the_longer_one_alone() -> None:
    first = NAMED.format("kiểm soát hồ sơ mật", "")
    second = NAMED.replace("A 02", "A 03").format("việc kiểm soát hồ sơ mật", "")
    more = {"procedures/b.md": first, "procedures/c.md": second}
    told = assert_marked(SLUG, "Theo ‹việc kiểm soát hồ sơ mất›.\n", **more)
    assert told.suggestions == ["việc kiểm soát hồ sơ mật"]


def test_what_is_cited_is_no_slip_of_another_name() -> None:
    first = NAMED.format("kiểm soát hồ sơ mật", "")
    second = NAMED.replace("A 02", "A 03").format("kiểm soát hồ sơ mặt", "")
    more = {"procedures/b.md": first, "procedures/c.md": second}
    assert_marked(SLUG, "Theo kiểm soát hồ sơ mật.\n", **more)


@pytest.mark.parametrize(
    "text",
    [
        "Xem ‹mục 4,1› ấy.",
        "Xem ‹mục 4. 1› ấy.",
        "Xem ‹mục 4 .1› ấy.",
        "Xem mục 4,7 ấy.",
        "Xem mục 4,1% ấy.",
        "Xem mục 4,1/2 ấy.",
        "Xem phần 4,1 ấy.",
        "Xem danh mục 5,2 ấy.",
        "Xem ‹Mục 4,1›, rồi thôi.",
    ],
)
def test_the_number_of_a_section_with_a_comma_or_a_blank(text: str) -> None:
    told = assert_marked(SLUG, text + "\n")
    assert told.suggestions == ["Mục 4.1" if "Mục" in text else "mục 4.1"] * ("‹" in text)


def test_a_number_is_looked_for_in_its_document_and_in_the_manual() -> None:
    assert_marked(SLUG, **{"procedures/qt-a-01.md": PROCEDURE + "\nXem ‹mục 5,2› và ‹mục 4,1›.\n"})
    assert_marked(SLUG, "Xem mục 5,2.\n")


@pytest.mark.parametrize(
    "text",
    [
        "Theo ‹VHSK› mà làm.",
        "Theo VHXY mà làm.",
        "Theo VHSX mà làm.",
        "Theo VHS mà làm.",
    ],
)
def test_a_code_of_one_word_but_for_one_letter(text: str) -> None:
    given = {
        "qms.yml": MANIFEST.replace("citations:", "  other: {name: Khác}\ncitations:"),
        "procedures/b.md": "---\ncode: VHSX\ntype: other\ntitle: Vận hành\n---\n# Việc\n",
    }
    told = assert_marked(SLUG, text + "\n", **given)
    assert told.suggestions == ["VHSX"] * ("‹" in text)


def test_the_names_of_a_standard_are_names_too() -> None:
    catalogue = CATALOGUE.replace("Tiêu chuẩn NORM", "Tiêu chuẩn chung NORM")
    told = assert_marked(
        SLUG, "Theo ‹Tiêu chuần chung NORM›.\n", **{"clauses/catalogues/small.yml": catalogue}
    )
    assert [str(name).lower() for name in told.suggestions] == ["tiêu chuẩn chung norm"]


def test_a_slip_may_be_the_first_words_of_a_file() -> None:
    assert_marked(SLUG, **{"manual/1/4.2.md": "‹Quy trình chung cua nhóm A› là việc.\n"})
