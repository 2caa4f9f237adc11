"""Two periods for one activity: what is a period, how long it is, of what activity, and where."""

from __future__ import annotations

import pytest

from tests.support.marked import assert_marked
from tests.support.memory import MANIFEST

SLUG = "two-periods"
DONE = "Máy nén được hiệu chuẩn {}. Máy nén được hiệu chuẩn {}."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("⟦hằng năm⟧", "‹hằng quý›"),
        ("⟦hằng năm⟧", "‹nửa năm›"),
        ("⟦hằng năm⟧", "‹hằng năm hai lần›"),
        ("⟦hằng năm⟧", "‹2 lần/năm›"),
        ("⟦hằng năm⟧", "‹hai lần mỗi năm›"),
        ("⟦hằng năm⟧", "‹6 tháng một lần›"),
        ("⟦hằng năm⟧", "‹mỗi 6 tháng›"),
        ("⟦hằng năm⟧", "‹một năm hai lần›"),
        ("⟦hằng quý⟧", "‹4 tuần một lần›"),
        ("⟦hằng ngày⟧", "‹2 ngày một lần›"),
        ("⟦hằng tuần⟧", "‹8 ngày một lần›"),
        ("⟦10 ngày một lần⟧", "‹12 ngày một lần›"),
        ("⟦12 ngày một lần⟧", "‹10 ngày một lần›"),
        ("⟦hằng năm⟧", "‹từng giai đoạn›"),
        ("⟦năm ngày một lần⟧", "‹bốn ngày một lần›"),
    ],
)
def test_of_different_length(one: str, other: str) -> None:
    told = assert_marked(SLUG, DONE.format(one, other) + "\n")
    assert told.value("one") == [one.strip("⟦⟧")]
    assert told.value("two") == [other.strip("‹›")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hằng năm", "mỗi năm"),
        ("hằng năm", "12 tháng một lần"),
        ("hằng năm", "một năm một lần"),
        ("hằng năm", "1 lần/năm"),
        ("hằng năm", "mỗi 12 tháng"),
        ("hằng năm hai lần", "6 tháng một lần"),
        ("hằng năm hai lần", "nửa năm"),
        ("hằng quý", "3 tháng một lần"),
        ("hằng quý", "4 lần một năm"),
        ("hằng tuần", "7 ngày một lần"),
        ("hằng ngày", "mỗi ngày"),
        ("hằng tháng", "4 tuần một lần"),
        ("10 ngày một lần", "11 ngày một lần"),
        ("hai năm một lần", "24 tháng một lần"),
        ("mười ngày một lần", "10 ngày một lần"),
        ("một tháng một lần", "hằng tháng"),
    ],
)
def test_of_one_length_but_for_a_tenth(one: str, other: str) -> None:
    assert_marked(SLUG, DONE.format(one, other) + "\n")
    assert_marked(SLUG, DONE.format(other, one) + "\n")


@pytest.mark.parametrize(
    ("text", "activity"),
    [
        # Who does it may be named, or not; the activity before or after the period.
        (
            "Kho lạnh được kiểm tra ⟦hằng năm⟧. Tổ kiểm tra kho lạnh ‹hằng quý›.",
            "kiểm tra kho lạnh",
        ),
        ("⟦Hằng năm⟧, kiểm tra kho lạnh. Kiểm tra kho lạnh ‹hằng quý›.", "kiểm tra kho lạnh"),
        (
            "Kho lạnh được kiểm tra ⟦hằng năm⟧. Việc kiểm tra kho lạnh được thực hiện ‹hằng quý›.",
            "việc kiểm tra kho lạnh",
        ),
        (
            "Phòng kho tổ chức kiểm tra kho lạnh ⟦hằng năm⟧. Kho lạnh được kiểm tra ‹hằng quý›.",
            "kiểm tra kho lạnh",
        ),
        (
            "Văn phòng kiểm tra kho lạnh ⟦hằng năm⟧. Kho lạnh được kiểm tra ‹hằng quý›.",
            "kiểm tra kho lạnh",
        ),
        (
            "Văn phòng phải kiểm tra kho lạnh ⟦hằng năm⟧. Kho lạnh được kiểm tra ‹hằng quý›.",
            "kiểm tra kho lạnh",
        ),
        (
            "Kho lạnh được kiểm tra ⟦hằng năm⟧ tại xưởng. Kho lạnh được kiểm tra ‹hằng quý› tại xưởng.",
            "kiểm tra kho lạnh",
        ),
        (
            "Kho lạnh được kiểm tra ⟦hằng năm⟧. Kho lạnh được kiểm tra ‹hằng quý› tại xưởng.",
            "kiểm tra kho lạnh",
        ),
        (
            "Kho lạnh được kiểm tra theo lịch ⟦hằng năm⟧. Kho lạnh được kiểm tra ‹hằng quý›.",
            "kiểm tra kho lạnh",
        ),
        # Of one thing several periods: each is told against the first.
        (
            "Kho lạnh được kiểm tra ⟦hằng năm⟧. Kho lạnh được kiểm tra mỗi năm. Kho lạnh được kiểm tra ‹hằng quý›.",
            "kiểm tra kho lạnh",
        ),
    ],
)
def test_of_one_activity_in_other_words(text: str, activity: str) -> None:
    told = assert_marked(SLUG, text + "\n")
    assert [value.lower() for value in told.value("activity")] == [activity]


@pytest.mark.parametrize(
    "text",
    [
        # Other activities, other things, other places, on a condition.
        "Kho lạnh được kiểm tra hằng năm. Kho lạnh được vệ sinh hằng quý.",
        "Kho lạnh được kiểm tra hằng năm. Kho nóng được kiểm tra hằng quý.",
        "Kho lạnh được kiểm tra hằng năm tại xưởng. Kho lạnh được kiểm tra hằng quý tại nhà.",
        "Kho lạnh được kiểm tra hằng năm. Kho lạnh được kiểm tra hằng quý khi mới.",
        "Kho lạnh được kiểm tra hằng năm. Riêng kho lạnh được kiểm tra hằng quý.",
        # A plan for a year is no yearly activity; nor what somebody else follows.
        "Kho lạnh được kiểm tra hằng năm. Kế hoạch kiểm tra kho lạnh được thực hiện hằng quý.",
        "Kho lạnh được kiểm tra hằng năm. Phòng kho theo dõi việc kiểm tra kho lạnh hằng quý.",
        "Kho lạnh được kiểm tra hằng năm. Phòng kho lạnh mới xây năm ngoái tổ chức kiểm tra kho lạnh hằng quý.",
        "Kho lạnh được kiểm tra hằng năm. Việc kiểm tra kho lạnh được bàn lại hằng quý.",
        # Who «Phòng kho» is, nobody can tell: it may be what is checked.
        "Kho lạnh được kiểm tra hằng năm. Phòng kho kiểm tra kho lạnh hằng quý.",
        # A common noun names the same thing in its section only.
        "Thiết bị được kiểm tra hằng năm.\n\n## 2. Khác\n\nThiết bị được kiểm tra hằng quý.",
    ],
)
def test_of_two_activities(text: str) -> None:
    assert_marked(SLUG, text + "\n")


def test_a_common_noun_in_one_section_is_one_thing() -> None:
    assert_marked(SLUG, "Thiết bị được kiểm tra ⟦hằng năm⟧. Thiết bị được kiểm tra ‹hằng quý›.\n")
    head = "---\ncode: QT A 02\ntype: procedure\ntitle: Khác\n---\n# Khác\n\n"
    assert_marked(
        SLUG,
        "Thiết bị được kiểm tra hằng năm.\n",
        **{"procedures/b.md": f"{head}Thiết bị được kiểm tra hằng quý.\n"},
    )
    assert_marked(
        SLUG,
        "Kho lạnh được kiểm tra ⟦hằng năm⟧.\n",
        **{"procedures/b.md": f"{head}Kho lạnh được kiểm tra ‹hằng quý›.\n"},
    )


@pytest.mark.parametrize(
    "text",
    [
        "Hồ sơ mật được ⟦lưu 5 năm⟧. Hồ sơ mật được ‹lưu 3 năm›.",
        "Hồ sơ mật được ⟦lưu 5 năm⟧. Văn phòng ‹lưu hồ sơ mật 3 năm›.",
        "Hồ sơ mật được ⟦lưu ít nhất 5 năm⟧. Hồ sơ mật được ‹lưu 4 năm›.",
        "Hồ sơ mật được lưu 1 năm. Hồ sơ mật được lưu 12 tháng.",
        "Hồ sơ mật được lưu 10 năm. Hồ sơ mật được lưu 9 năm.",
        "Hồ sơ mật được lưu 1 năm. Hồ sơ thường được lưu 2 năm.",
        "Sổ quỹ và hồ sơ mật được ⟦lưu 1 năm⟧. Hồ sơ mật được ‹lưu 2 năm›.",
        "Sổ quỹ, hồ sơ mật được ⟦lưu 1 năm⟧. Sổ quỹ được ‹lưu 2 năm›.",
        "Hồ sơ mật được lưu 1 năm khi cần. Hồ sơ mật được lưu 2 năm.",
        "Hồ sơ được ⟦lưu 1 năm⟧. Hồ sơ được ‹lưu 2 năm›.",
        # Seven words between are too many.
        "Hồ sơ mật được ⟦lưu một hai ba bốn sáu bảy 5 năm⟧. Hồ sơ mật được ‹lưu 3 năm›.",
        "Hồ sơ mật được lưu a b c d e f g 5 năm. Hồ sơ mật được lưu 3 năm.",
    ],
)
def test_how_long_a_record_is_kept(text: str) -> None:
    assert_marked(SLUG, text + "\n")


SHORT = {
    "manual/abbreviations.yml": "schema: 1\nabbreviations:\n  HTQL: {expansion: Hệ thống quản lý}\n"
}
NEAR = "Giám đốc nhấn mạnh {} trong dịp họp {}.\n\nGiám đốc nhấn mạnh {} trong dịp họp {}."


@pytest.mark.parametrize(
    "words",
    ["xem xét HTQL", "HTQL xem xét", "xem xét cái hệ này: HTQL", "xem xét hệ thống quản lý"],
)
def test_what_the_manual_abbreviates_is_one_thing_near_its_activity(words: str) -> None:
    assert_marked(SLUG, NEAR.format(words, "⟦hằng năm⟧", words, "‹hằng quý›") + "\n", **SHORT)


@pytest.mark.parametrize("words", ["xem xét cả bốn cái hệ HTQL", "xem xét. HTQL"])
def test_it_is_not_farther_off(words: str) -> None:
    assert_marked(SLUG, NEAR.format(words, "hằng năm", words, "hằng quý") + "\n", **SHORT)


def test_it_is_compared_in_its_document_alone() -> None:
    head = "---\ncode: QT A 02\ntype: procedure\ntitle: Khác\n---\n# Khác\n\n"
    text = "Giám đốc nhấn mạnh xem xét HTQL trong dịp họp {}.\n"
    assert_marked(
        SLUG,
        text.format("hằng năm"),
        **SHORT,
        **{"procedures/b.md": head + text.format("hằng quý")},
    )


def test_of_two_things_near_the_activity_each_side_counts() -> None:
    short = {
        "manual/abbreviations.yml": SHORT["manual/abbreviations.yml"]
        + "  KSNK: {expansion: Kiểm soát nhiễm khuẩn}\n"
    }
    one = "Giám đốc nhấn mạnh HTQL xem xét KSNK trong dịp họp {}.\n\n"
    for thing in ("xem xét HTQL", "xem xét KSNK"):
        other = f"Giám đốc nhấn mạnh {thing} trong dịp họp {{}}.\n"
        assert_marked(SLUG, one.format("⟦hằng năm⟧") + other.format("‹hằng quý›"), **short)


def test_a_period_may_be_the_first_words_of_a_file() -> None:
    first = {"manual/1/4.2.md": "‹Cứ 6 tháng›, máy nén được hiệu chuẩn.\n"}
    assert_marked(SLUG, "Máy nén được hiệu chuẩn ⟦hằng năm⟧.\n", **first)


def test_roles_and_units_carry_out() -> None:
    units = (
        MANIFEST
        + "units: {KT: {name: Đội sửa chữa lưu động}}\nroles: {x: {name: Đội trưởng sửa chữa}}\n"
    )
    text = (
        "Kho lạnh được kiểm tra ⟦hằng năm⟧. Đội sửa chữa lưu động kiểm tra kho lạnh ‹hằng quý›.\n"
    )
    assert_marked(SLUG, text, **{"qms.yml": units})
    assert_marked(SLUG, "".join(sign for sign in text if sign not in "‹›⟦⟧"))


def test_of_two_things_on_one_side_the_nearer_counts() -> None:
    short = {
        "manual/abbreviations.yml": SHORT["manual/abbreviations.yml"]
        + "  KSNK: {expansion: Kiểm soát nhiễm khuẩn}\n"
    }
    for one in (
        "HTQL KSNK xem xét trong dịp họp hằng năm",
        "xem xét KSNK HTQL trong dịp họp hằng năm",
    ):
        assert_marked(SLUG, f"Nhấn mạnh {one}.\n\nNhấn mạnh xem xét HTQL hằng quý.\n", **short)
