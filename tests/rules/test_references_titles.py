"""Codes, numbers and links beside titles: every way to write the two together, right ones left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.manuals import check_tree, tiny, tiny_with

if TYPE_CHECKING:
    from qmstool.findings import Location

HEAD = "# 2.1. Đánh giá nội bộ\n\nTheo QT VP 02 và mục 1.2, mỗi năm một lần.\n\n"
POLICY = (
    "---\ncode: CSCL\ntype: manual\ntitle: Chính sách chất lượng\nowner: VP\ntext: not-held\n---\n",
    "---\ncode: MTCL\ntype: manual\ntitle: Mục tiêu chất lượng\nowner: VP\ntext: not-held\n---\n",
)
FORM = (
    "---\ncode: BM VP 02.01\ntype: form\ntitle: Báo cáo đánh giá nội bộ\nparent: QT VP 02\n"
    "owner: VP\ntext: not-held\n---\n"
)
SLUGS = (
    "code-beside-other-title",
    "number-beside-other-title",
    "link-names-another",
    "cited-by-name-and-code",
)


def told(text: str) -> list[tuple[str, str, str | None]]:
    """What is said of titles: (slug, words pointed at, suggestion)."""
    body = HEAD + text + "\n"
    manifest = tiny()["qms.yml"].decode().replace("code: STCL, ", "")
    files = {"manual/2.1.md": body, "qms.yml": manifest, "procedures/bm-vp-02-01.md": FORM}
    files |= {"procedures/cscl.md": POLICY[0], "procedures/mtcl.md": POLICY[1]}
    report = check_tree(tiny_with(files))
    lines = body.split("\n")
    found = [
        each
        for each in report.findings
        if each.slug in SLUGS and each.location.path == "manual/2.1.md"
    ]
    return [(each.slug, _words(lines, each.location), each.suggestion) for each in found]


def _words(lines: list[str], place: Location) -> str:
    return lines[place.line - 1][place.column - 1 : place.end_column - 1]


@pytest.mark.parametrize(
    "text",
    [
        "Theo QT VP 01 – Quy trình đánh giá nội bộ.",
        "Theo QT VP 01 - Quy trình đánh giá nội bộ",
        "Theo QT VP 01 (Quy trình đánh giá nội bộ).",
        "Theo QT VP 01: quy trình đánh giá nội bộ.",
        "Theo QT VP 01 «Quy trình đánh giá nội bộ».",
        "Theo QT VP 01 “Quy trình đánh giá nội bộ”.",
        "Theo **QT VP 01** – *Quy trình đánh giá nội bộ*.",
        "Theo QT VP 01 Quy trình đánh giá nội bộ.",
        "Theo QT VP 01 – quy trình đánh giá nội bộ hằng năm.",
        "Theo quy trình đánh giá nội bộ (QT VP 01).",
        "Theo quy trình đánh giá nội bộ QT VP 01.",
        "Theo Quy trình đánh giá nội bộ – QT VP 01.",
        "Theo «Quy trình đánh giá nội bộ» (QT VP 01).",
        "**Quy trình đánh giá nội bộ** (mã số: QT VP 01)",
        "Quy trình đánh giá nội bộ, mã QT VP 01, được áp dụng.",
        "Quy trình đánh giá nội bộ (mã QT VP 01).",
        "Quy trình đánh giá nội bộ có mã số QT VP 01.",
        "| Mã | Tên |\n|---|---|\n| QT VP 01 | Quy trình đánh giá nội bộ |",
        "| Tên | Mã |\n|---|---|\n| Quy trình đánh giá nội bộ | QT VP 01 |",
        "| QT VP 01 | Quy trình đánh giá nội bộ |",
        "| TT | Mã | Tên |\n|---|---|---|\n| 1 | **QT VP 01** | *Quy trình đánh giá nội bộ* |",
    ],
)
def test_a_code_beside_the_title_of_another_document(text: str) -> None:
    assert told(text) == [("code-beside-other-title", "QT VP 01", "QT VP 02")]


@pytest.mark.parametrize(
    "text",
    [
        "CSCL - Mục tiêu chất lượng",
        "CSCL: Mục tiêu chất lượng.",
        "Theo CSCL (Mục tiêu chất lượng).",
        "Mục tiêu chất lượng (mã CSCL)",
    ],
)
def test_a_title_that_is_no_registered_name(text: str) -> None:
    assert told(text) == [("code-beside-other-title", "CSCL", "MTCL")]


@pytest.mark.parametrize(
    "text",
    [
        "Theo QT VP 02 – Quy trình đánh giá nội bộ.",
        "**Quy trình đánh giá nội bộ** (mã số: QT VP 02)",
        "Quy trình đánh giá nội bộ, mã QT VP 02.",
        "Theo QT VP 01, quy trình đánh giá nội bộ (QT VP 02) và mục 1.2.",  # a list
        "Theo chính sách chất lượng, MTCL và QT VP 01.",
        "Theo chính sách chất lượng (MTCL).",  # plain words until they are a registered name
        "Rà soát mục tiêu chất lượng (QT VP 01).",
        "Theo QT VP 01; Quy trình đánh giá nội bộ.",
        "Theo CSCL (Mục tiêu chất lượng năm nay).",  # not that title and no more
        "CSCL: Mục tiêu chất lượng được đặt hằng năm.",
        "Lập Báo cáo đánh giá nội bộ (QT VP 02).",  # a form of that procedure
        "Chính sách chất lượng (STCL, mục 1.2).",  # says where it is told
        (
            "| Mã | Tên |\n|---|---|\n| QT VP 01 | Quy trình kiểm soát tài liệu |\n| QT VP 02 | "
            "Quy trình đánh giá nội bộ |"
        ),
        "| Tài liệu | Thay cho |\n|---|---|\n| Quy trình đánh giá nội bộ | QT VP 01 |",
        "| Nội dung | Thực hiện theo |\n|---|---|\n| Mục tiêu chất lượng | QT VP 01 |",
        (
            "| A | B | C | D |\n|---|---|---|---|\n| QT VP 01 | Quy trình kiểm soát tài liệu | "
            "QT VP 02 | Quy trình đánh giá nội bộ |"
        ),
        "QT VP 01 – Quy trình đánh giá nội bộ (QT VP 02)",  # its own code on the other side
        "- QT VP 01\n- Quy trình đánh giá nội bộ (QT VP 02)",
    ],
)
def test_what_is_right_or_may_be_is_left_alone(text: str) -> None:
    assert told(text) == []


def test_the_message_says_both_readings() -> None:
    body = HEAD + "Theo QT VP 01 – Quy trình đánh giá nội bộ.\n"
    (found,) = [
        each
        for each in check_tree(tiny_with({"manual/2.1.md": body})).findings
        if each.slug == SLUGS[0]
    ]
    assert found.message.vi == (
        "«Quy trình đánh giá nội bộ» là tên của QT VP 02, còn mã «QT VP 01» ghi cạnh đó là "
        "của «Quy trình kiểm soát tài liệu». Nếu "
        "tên đúng thì ghi mã QT VP 02; nếu mã đúng thì ghi tên «Quy trình kiểm soát tài "
        "liệu». Người có thẩm quyền quyết định."
    )
    assert [each.path for each in found.related] == [
        "procedures/qt-vp-02.md",
        "procedures/qt-vp-01.md",
    ]


@pytest.mark.parametrize(
    ("text", "words", "right"),
    [
        ("Theo điều khoản 1.1 (Thông tin dạng văn bản).", "điều khoản 1.1", "điều khoản 1.2"),
        ("Theo điều khoản 1.1: Thông tin dạng văn bản.", "điều khoản 1.1", "điều khoản 1.2"),
        ("Theo điều khoản 1.2 (Đánh giá nội bộ).", "điều khoản 1.2", "điều khoản 2.1"),
        ("Theo điều khoản 1.2 (Phạm vi).", "điều khoản 1.2", "điều khoản 1.1"),
        ("Theo điều khoản 2.1 (Documented information).", "điều khoản 2.1", "điều khoản 1.2"),
        ("Theo «Thông tin dạng văn bản» (điều khoản 1.1).", "điều khoản 1.1", "điều khoản 1.2"),
        ("Theo «Thông tin dạng văn bản», mục 1.1.", "mục 1.1", "mục 1.2"),
        ("Theo mục 1.1 (Thông tin dạng văn bản).", "mục 1.1", "mục 1.2"),
    ],
)
def test_a_number_beside_the_title_of_another(text: str, words: str, right: str) -> None:
    assert told(text) == [("number-beside-other-title", words, right)]


@pytest.mark.parametrize(
    "text",
    [
        "Theo điều khoản 1.2 (Thông tin dạng văn bản).",
        "Theo điều khoản 1.2.1 (Thông tin dạng văn bản).",  # the clause above
        "Theo điều khoản 1.2 (phạm vi áp dụng).",
        "Theo mục 1.2, Đánh giá nội bộ là việc hằng năm.",
        "Đánh giá nội bộ (mục 1.2).",  # plain words
        "Theo điều khoản 1.1 (Phạm vi, Thông tin dạng văn bản).",
    ],
)
def test_numbers_that_are_right_or_may_be(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("[QT VP 02](../procedures/qt-vp-01.md)", "../procedures/qt-vp-02.md"),
        ("[**QT VP 02**](../procedures/qt-vp-01.md#muc-1)", "../procedures/qt-vp-02.md"),
        ("[quy trình đánh giá nội bộ](../procedures/qt-vp-01.md)", "../procedures/qt-vp-02.md"),
        ("[Mục tiêu chất lượng](../procedures/cscl.md)", "../procedures/mtcl.md"),
        ("[Quy trình QT VP 02](../procedures/qt-vp-01.md)", "../procedures/qt-vp-02.md"),
        ("[mục 1.1](1.2.md#muc-1-2)", "1.1.md#muc-1-1"),
        ("[QT VP 02](1.2.md)", "../procedures/qt-vp-02.md"),
    ],
)
def test_a_link_whose_words_name_another_place(text: str, right: str) -> None:
    address = text[text.index("(") + 1 : -1]
    assert told(f"Theo {text}.") == [("link-names-another", address, right)]


@pytest.mark.parametrize(
    "text",
    [
        "[QT VP 01](../procedures/qt-vp-01.md)",
        "[QT VP 01, mục 2](../procedures/qt-vp-01.md#muc-2)",
        "[bản thay cho QT VP 02](../procedures/qt-vp-01.md)",
        "[QT VP 01 và QT VP 02](../procedures/qt-vp-01.md)",
        "[mục 1.2](1.2.md)",
        "[mục 1.2](1.2.md#muc-1-2)",
        "[ở đây](../procedures/qt-vp-01.md)",
        "[mục tiêu chất lượng của năm](../procedures/cscl.md)",
    ],
)
def test_links_that_say_what_they_open(text: str) -> None:
    assert told(f"Theo {text}.") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mục tiêu chất lượng: QT VP 02 – Quy trình đánh giá nội bộ.", 0),
        ("Mục tiêu chất lượng – QT VP 02 (Quy trình đánh giá nội bộ).", 0),
        ("Mục tiêu chất lượng – QT VP 02.", 1),
        ("Mục tiêu chất lượng QT VP 02.", 0),
        ("Mục tiêu chất lượng CSCL.", 1),
    ],
)
def test_a_code_with_its_own_title_behind_it_and_a_title_that_is_about_it(
    text: str, found: int
) -> None:
    assert [slug for slug, *_ in told(text)].count("code-beside-other-title") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Các mục 1.1, 1.2: Đánh giá nội bộ.", 0),
        ("Các mục 1.1; 1.2 (Đánh giá nội bộ).", 0),
        ("Mục 1.2 (Đánh giá nội bộ).", 1),
    ],
)
def test_a_title_behind_several_numbers_is_of_all(text: str, found: int) -> None:
    assert [slug for slug, *_ in told(text)].count("number-beside-other-title") == found


@pytest.mark.parametrize(("address", "slugs"), [("huy", [SLUGS[1]]), ("luu", ["duplicate-anchor"])])
def test_a_section_whose_address_stands_twice_may_be_the_other_one(
    address: str, slugs: list[str]
) -> None:
    sections = (
        "\n## 3. Lưu trữ hồ sơ cũ {#luu}\n\nLời.\n\n"
        f"## 4. Hủy bỏ tài liệu cũ {{#{address}}}\n\nLời.\n"
    )
    text = "Theo mục 3 – Hủy bỏ tài liệu cũ của QT VP 01."
    path = "procedures/qt-vp-01.md"
    files = {"manual/2.1.md": f"{HEAD}{text}\n", path: tiny()[path].decode() + sections}
    assert [each.slug for each in check_tree(tiny_with(files)).findings] == slugs


@pytest.mark.parametrize(
    ("address", "slugs"), [("huy", ["link-names-another"]), ("luu", ["duplicate-anchor"])]
)
def test_words_that_name_a_section_whose_address_stands_twice(
    address: str, slugs: list[str]
) -> None:
    sections = f"\n## 1.2.1. Một {{#luu}}\n\nLời.\n\n## 1.2.2. Hai {{#{address}}}\n\nLời.\n"
    path = "manual/1.2.md"
    text = "Theo [mục 1.2.1](1.1.md#muc-1-1)."
    files = {"manual/2.1.md": f"{HEAD}{text}\n", path: tiny()[path].decode() + sections}
    assert [each.slug for each in check_tree(tiny_with(files)).findings] == slugs
