"""What is not finished: cut off, trailing away, left blank, put off, held by a placeholder."""

from __future__ import annotations

import pytest

from tests.support.marked import assert_marked
from tests.support.memory import MANIFEST

SLUG = "unfinished-text"
# The words that put off what is to be written, such as TODO, are what this rule looks for.


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Việc giao cho các phòng ‹và›", ["giao cho các phòng và"]),
        ("Việc **‹và›**", ["Việc và"]),
        ("Việc **‹và›**\n\nLàm ngay.", ["Việc và"]),
        ("Việc và.", []),
        ("Việc xác thực", []),
        ("Việc là để ‹thực›", ["Việc là để thực"]),
        ("Xem N/A, I/O và/hoặc", []),
        # A list or a table finishes the sentence, deeper where it begins in a list.
        ("Phạm vi gồm các\n\n- phòng;\n- ban.", []),
        ("Phạm vi gồm các\n\n| Việc | Kỳ |\n|---|---|\n| Họp | tháng |", []),
        ("- Phạm vi ‹các›\n- Ban.", ["Phạm vi các"]),
        ("- Phạm vi các\n    - phòng;\n    - ban.", []),
        ("- Phòng\n    - phạm vi ‹các›\n- Ban.", ["phạm vi các"]),
        ("Phạm vi ‹các›\n\n## 2. Việc", ["Phạm vi các"]),
        # «And», «or» at the end of an item lead to the next one.
        ("- Phòng, và\n- Ban.", []),
        ("- Phòng, ‹và›", ["Phòng, và"]),
        ("- Phòng ‹của›\n- Ban.", ["Phòng của"]),
        ("- Phòng, ‹và›\n\nLàm ngay.", ["Phòng, và"]),
        ("## 2. Việc của\n\nLàm.", []),
        ("| Việc của | Kỳ |\n|---|---|\n| Họp và | tháng |", []),
        ('!!! note "Ghi"\n    Việc của\n\nLàm.', []),
        ("Trạng thái là `nháp`", []),
        ("Ghi «‹và›", ["Ghi «và"]),
    ],
)
def test_what_is_cut_off_ends_in_a_word_that_demands_another(text: str, words: list[str]) -> None:
    assert assert_marked(SLUG, text + "\n").value("words") == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Theo bản sao ‹(công chứng của phường này kia›", ["(công chứng của phường này"]),
        ("Theo bản sao ‹(công chứng›.", ["(công chứng"]),
        ("Theo bản sao (công chứng).", []),
        ("Theo (bản) sao ‹(công chứng›", ["(công chứng"]),
        ("Theo bản sao (công chứng,", []),
        ("Theo bản sao (gồm:\n\nLàm ngay.", []),
        ("Theo bản sao (công chứng\n\n- một.", []),
        ("Theo bản sao (công chứng ‹của›", ["bản sao (công chứng của"]),
        ("Theo bản sao ‹(›", ["("]),
        ("Theo bản sao ‹(công chứng›\n\nLàm) ngay.", ["(công chứng"]),
    ],
)
def test_a_bracket_left_open_is_told_up_to_the_end(text: str, words: list[str]) -> None:
    assert assert_marked(SLUG, text + "\n").value("words") == words


@pytest.mark.parametrize(
    "text",
    [
        "Còn nữa‹....›",
        "Còn nữa‹.....›",
        "Còn nữa...",
        "Điền: ......",
        "Còn nữa‹….› Rồi thôi",
        "Còn nữa‹…..›",
        "Còn nữa…",
        "Còn nữa…...",
    ],
)
def test_four_or_five_dots_trail_away(text: str) -> None:
    assert_marked(SLUG, text + "\n")


HEAD = "| Việc | Kỳ |\n|---|---|\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}| Họp | ‹…› |\n| Nghe | ⟦...⟧ |\n| Nhìn | ⟦___⟧ |\n| Ghi | ⟦??⟧ |",
        f"{HEAD}| Họp | .. |\n| Nghe | __ |\n| Nhìn | ? |",
        f"{HEAD}| Họp | khi … |\n| Nghe | … cần |",
        f"{HEAD}| … | … |",
        f"{HEAD}| … | … |\n| Họp | khi |",
        f"Còn nữa …\n\n{HEAD}| Họp | tháng |",
        '!!! note "Ghi"\n    | Việc | Kỳ |\n    |---|---|\n    | Họp | … |\n\nLàm.',
    ],
)
def test_blank_cells_beside_words_are_told_once_a_file(text: str) -> None:
    assert_marked(SLUG, text + "\n")


@pytest.mark.parametrize(
    "text",
    [
        "Viết ở đây: ‹TODO› và ‹TBD›.",
        "Theo QT-TODO, TODO-2026, {n}-TBD, a_TBD và TBD/1.",
        "Viết - ‹TODO› - ở đây.",
        "Viết -‹TODO›- ở đây.",
        "Viết: ‹TODO›-.",
        "Chỗ này: ‹XXX›, chỗ kia: ⟦xx⟧.",
        "Số UN-XXX, XXX-2026, thế kỷ XX.",
        "Số <XXX> và [XXX], \\<xxx\\>.",
        "Số ‹xxxx› và xxxxx, axx, x.",
        "Điền \\<tên thiết bị\\>, rồi XXX.",
        "Điền &lt;tên thiết bị&gt;, rồi XXX.",
        "Tìm \\<3 rồi ‹XXX›.",
    ],
)
def test_what_holds_a_place_for_words_to_come(text: str) -> None:
    assert_marked(SLUG, text + "\n")


@pytest.mark.parametrize(
    "text",
    [
        "Mức thu (‹bổ sung sau›).",
        "Mức thu [‹bổ sung sau›].",
        "Mức thu …‹bổ sung sau›…",
        "Mức thu ( ‹bổ sung sau› ).",
        "Mức thu (**‹bổ sung sau›**).",
        "Mức thu bổ sung sau.",
        "Mức thu (bổ sung sau khi họp).",
        "Mức thu (sẽ được bổ sung sau).",
    ],
)
def test_what_is_put_off_stands_in_brackets(text: str) -> None:
    assert_marked(SLUG, text + "\n")


def test_a_form_has_blanks_by_its_nature() -> None:
    forms = MANIFEST.replace(
        "citations:", '  form: {name: Biểu mẫu, code: "BM {nn}", form_of: procedure}\ncitations:'
    )
    head = "---\ncode: BM 01\ntype: form\ntitle: Phiếu\nparent: QT A 01\n---\n# Phiếu\n\n"
    assert_marked(SLUG, **{"qms.yml": forms, "procedures/bm.md": f"{head}Tên: .....\n\nViệc của\n"})


def test_the_first_blank_cell_is_named() -> None:
    told = assert_marked(SLUG, f"{HEAD}| Họp | ‹…› |\n| Nghe | ⟦...⟧ |\n")
    assert told.value("words") == ["…"]
