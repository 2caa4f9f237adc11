"""Stray punctuation: which blank or sign is wrong, how far the words around it are named, and what is right."""

from __future__ import annotations

import pytest

from tests.support.marked import assert_marked

SLUG = "stray-punctuation"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Việc quản ‹lý ,› lưu trữ.", "lý,"),
        ("Việc quản ‹lý ,lưu› trữ.", "lý, lưu"),
        ("Sắp xếp, vệ ‹sinh .›", "sinh."),
        ("Ai làm ‹ạ ?›", "ạ?"),
        ("Gồm các ‹bước :› nhận đơn.", "bước:"),
        ("Khi (nếu ‹cần )› thì làm.", "cần)"),
        ("Khi ‹( nếu› cần) thì làm.", "(nếu"),
        ("Sản ‹phẩm /kết› quả.", "phẩm/kết"),
        ("Sản ‹phẩm/ kết› quả.", "phẩm/kết"),
        ("Từ ‹đi- đến› nơi.", "đi - đến"),
        ("Gửi ‹thư,lưu› bản sao.", "thư, lưu"),
        ("Gửi ‹thư;lưu› bản sao.", "thư; lưu"),
        ("Gửi ‹thư,ở› nhà.", "thư, ở"),
        ("Làm ‹lại..› Rồi nghỉ.", "lại."),
        ("Đơn, ‹thư,,› giấy tờ.", "thư,"),
        ("Đơn, ‹thư;;› giấy tờ.", "thư;"),
    ],
)
def test_a_stray_sign_is_named_with_the_words_it_touches(text: str, right: str) -> None:
    assert assert_marked(SLUG, text + "\n").suggestions == [right]


@pytest.mark.parametrize(
    "text",
    [
        "Vui lòng cười :) với khách.",
        "Tệp cấu hình .env nằm ở gốc.",
        "Xem 3 / 4, mục 3 ,5.",
        "Ngắn- và dài hạn, trước- hoặc sau khi làm.",
        "Hướng dẫn n/s và v.v.. là đủ.",
        "Gửi tới ai,do@example.org và xem www.example.org/a,b hay ftp://nơi,đây.",
        "Số 1,2 và 3;4.",
    ],
)
def test_a_sign_that_is_meant_stays(text: str) -> None:
    assert_marked(SLUG, text + "\n")


def test_a_sign_is_of_an_address_only_where_the_address_is_one_word_with_it() -> None:
    assert_marked(SLUG, "Thư ‹đến,đi› qua an@example.org.\n")
    assert_marked(SLUG, "Thư qua an@example.org ‹đến,đi› mỗi ngày.\n")
    near, far = "x" * 30, "x" * 45
    assert_marked(SLUG, f"Thư tep://{near},cd.\n")
    assert_marked(SLUG, f"Thư tep://‹{far},cd›.\n")


HABIT = "Chất lượng/ giá, "


def test_what_stands_three_times_in_a_file_is_a_way_of_writing() -> None:
    assert_marked(SLUG, "‹Đơn/ thư› và ‹sổ/ sách›.\n")
    assert_marked(SLUG, "Đơn/ thư, sổ/ sách và nhà/ cửa.\n")
    assert_marked(SLUG, "Đơn/ thư, sổ /sách và nhà/ cửa.\n")  # a slash with a blank on either side
    assert_marked(SLUG, "Đơn- thư, sổ- sách và nhà- cửa.\n")
    assert_marked(SLUG, "‹Đơn- thư›, ‹sổ- sách› và ‹nhà/ cửa›.\n")  # two habits
    assert_marked(SLUG, "‹Đơn ,thư›, ‹sổ ,sách› và ‹nhà ,cửa›.\n")  # nobody writes so on purpose


def _documents(count: int) -> dict[str, str]:
    head = "---\ncode: QT A {:02}\ntype: procedure\ntitle: Việc {:02}\n---\n# Việc\n\n"
    bodies = ("{}Đơn/ thư{} hay {}sổ/ sách{}.\n", "{}Đơn/ thư{}.\n")
    marks = ("‹", "›") if count < 8 else ("", "")
    found: dict[str, str] = {}
    left = count
    number = 2
    while left > 0:
        body = bodies[0] if left > 1 else bodies[1]
        filled = body.format(*marks, *marks) if left > 1 else body.format(*marks)
        found[f"procedures/{number}.md"] = head.format(number, number) + filled
        left -= 2
        number += 1
    return found


@pytest.mark.parametrize("count", [7, 8])
def test_what_stands_eight_times_in_a_manual_is_one_too(count: int) -> None:
    assert_marked(SLUG, **_documents(count))


def test_a_colon_ends_a_numbered_heading_alone() -> None:
    told = assert_marked(SLUG, "## ‹4.2. Cách làm:›\n\nLàm.\n\n## Cách khác:\n\nLàm.\n")
    assert told.suggestions == ["4.2. Cách làm"]
    assert_marked(SLUG, "## ‹4.2. Bước 1:›\n\nLàm.\n")
    assert_marked(SLUG, "## 4.2. Cách làm\n\nLàm.\n")
    assert_marked(SLUG, "## 4.2. Cách làm?:\n\nLàm.\n")
    assert_marked(SLUG, "4.2. Cách làm:\n---\n\nLàm.\n")


def test_colons_of_three_headings_are_a_way_of_writing() -> None:
    assert_marked(SLUG, "## ‹4.2. Việc:›\n\nLàm.\n\n## ‹4.3. Việc:›\n\nLàm.\n")
    assert_marked(SLUG, "".join(f"## 4.{number}. Việc:\n\nLàm.\n\n" for number in (2, 3, 4)))


def test_what_is_part_of_a_code_is_another_rules() -> None:
    assert_marked(SLUG, "Theo 83/2006/NĐ- CP mà làm.\n")
    assert_marked(SLUG, "Theo 83/2006/NĐ-CP mà ‹đi- đến› nơi.\n")


def test_a_blank_that_binds_is_a_blank() -> None:
    assert assert_marked(SLUG, "Việc quản ‹lý\u00a0,› lưu trữ.\n").suggestions == ["lý,"]
    assert assert_marked(SLUG, "Việc quản ‹lý\u202f;› lưu trữ.\n").suggestions == ["lý;"]


@pytest.mark.parametrize(
    "title",
    [
        "‹Quy trình “Hồ sơ›",
        "‹Quy trình Hồ sơ”›",
        "‹Quy trình «Hồ sơ›",
        "‹Quy trình (mới›",
        "Quy trình “Hồ sơ”",
        "Quy trình „Hồ sơ“",
        "Quy trình «Hồ sơ» (mới)",
        "a) Hồ sơ",
        "Ống 5” – 6”",
    ],
)
def test_a_title_closes_what_it_opens(title: str) -> None:
    head = "---\ncode: QT A 03\ntype: procedure\ntitle: {}\nowner: VP\n---\n# Việc\n"
    assert_marked(SLUG, **{"procedures/c.md": head.format(title)})
