"""What is announced and not there: lists after a colon, figures and tables below or by number."""

from __future__ import annotations

import pytest

from tests.support.marked import assert_marked
from tests.support.memory import MANIFEST

SLUG = "announced-missing"
PICTURE = "![Sơ đồ](so-do.png)"
TABLE = "| Việc | Kỳ |\n|---|---|\n| Họp | tháng |"


@pytest.mark.parametrize(
    "text",
    [
        # Nothing follows; a paragraph may be what was announced.
        "Các bước ‹như sau:›",
        "Các bước như sau:\n\nLàm ngay.",
        "Các bước ‹như sau.›",
        "Các bước ‹sau đây›",
        "Các bước ‹gồm:›",
        "Các bước gồm",
        "Các bước **‹gồm**:›",
        # A list, a table, a picture, code, an element of HTML.
        "Các bước như sau:\n\n- một;\n- hai.",
        f"Các bước như sau:\n\n{TABLE}",
        f"Các bước như sau:\n\n{PICTURE}",
        "Các bước như sau:\n\n```text\nA\n```",
        "Các bước như sau:\n\n    A\n",
        "Các bước như sau:\n\n<div>A</div>",
        "Các bước ‹như sau:›\n\n<!-- A -->",
        # A heading: of a lower level it is what was announced.
        "## 2. Việc\n\nCác bước như sau:\n\n### 2.1. Một\n\nLàm.",
        "## 2. Việc\n\nCác bước ‹như sau:›\n\n## 3. Một\n\nLàm.",
        "### 2.1. Việc\n\nCác bước ‹như sau:›\n\n## 3. Một\n\nLàm.",
        # In a list: the name of a field, and no field.
        "- Mã số thuế:\n- Nhận đơn của ‹khách:›",
        "- Mã số:\n- Tên:",
        "Ví dụ: `A-1`",
        # In a cell or a heading nothing is announced.
        "| Việc như sau: | Kỳ |\n|---|---|\n| Họp như sau: | tháng |",
        "## 2. Việc như sau:\n\nLàm.",
        "## 2. Việc như sau:",
        "| Việc | Kỳ |\n|---|---|\n| Họp | như sau: |",
        '!!! note "Ghi"\n    Các bước như sau:',
        # A keeper's note in its place says that it is lost.
        '!!! note "Ghi"\n    Các bước như sau:\n\nLàm.',
        "Các bước ‹như sau:›\n\n!!! note\n    Mất.\n\nLàm.",
        "Các bước như sau:\n\n!!! note\n    Mất.\n\n- một.",
        "Các bước ‹như sau:›\n\n!!! note\n    Mất.\n",
        "## 2. Việc\n\nCác bước như sau:\n\n!!! note\n    Mất.\n\n### 2.1. Một",
    ],
)
def test_what_keeps_an_announcement(text: str) -> None:
    assert_marked(SLUG, text + "\n", **{"so-do.png": ""})


@pytest.mark.parametrize(
    "text",
    [
        # By number: a caption of that number, as text or as the words of the picture.
        "Theo ‹Hình 1›.",
        "Theo ‹Bảng 2›.",
        "Theo ‹Hình 1.2›.",
        f"Theo Hình 1.\n\nHình 1. Việc\n\n{PICTURE}",
        "Theo Hình 1.\n\n![Hình 1. Việc](so-do.png)",
        "Theo ‹Hình 2›.\n\n![Hình 1. Việc](so-do.png)",
        f"Theo Hình 2.\n\n{PICTURE}",
        f"Theo Hình 2.\n\n{PICTURE}\n\n![Hình 1. Việc](so-do.png)",
        "Theo ‹Hình 1›.\n\nHình 1. Việc",
        f"Theo Bảng 1.\n\nBảng 1. Việc\n\n{TABLE}",
        f"Theo Bảng 2.\n\n{TABLE}",
        f"Theo ‹Bảng 2›.\n\nBảng 1. Việc\n\n{TABLE}",
        f"Theo Bảng 2.\n\n{PICTURE}",  # a table may be a picture
        f"Theo ‹Hình 2›.\n\n{TABLE}",  # and a figure no table
        f"Theo Bảng 1 và Bảng 3.\n\n{TABLE}\n\nLàm.\n\nBảng 1. Việc\n\n{TABLE}",
        # Small letters in mid-sentence count things, and name none.
        "Lập bảng 2 cột.",
        "Số lượng nêu tại ‹bảng 2›.",
        "Số lượng nêu tại (‹bảng 2›) ấy.",
        "Số lượng ở ‹Bảng 2› cột.",
        # Of another text.
        "Theo Hình 1 của sổ tay khác.",
        "Theo QT A 01, Hình 1.",
        "Theo ST, ‹Hình 1›.",
        "Theo QT A 01. Xem ‹Hình 1›.",
        "Theo QT A 09, Hình 1.",
    ],
)
def test_a_figure_by_number_is_shown_somewhere_in_its_document(text: str) -> None:
    assert_marked(SLUG, text + "\n", **{"so-do.png": ""})


@pytest.mark.parametrize(
    "text",
    [
        "Theo ‹sơ đồ dưới đây› mà làm.",
        "Theo ‹sơ đồ sau›, rồi làm.",
        "Theo sơ đồ sau khi làm.",
        f"Theo sơ đồ dưới đây mà làm.\n\n{PICTURE}",
        f"Theo sơ đồ dưới đây mà làm.\n\nLàm.\n\n{PICTURE}",
        f"## 2. Việc\n\nTheo ‹sơ đồ dưới đây› mà làm.\n\n## 3. Khác\n\n{PICTURE}",
        f"{PICTURE}\n\nTheo ‹sơ đồ dưới đây› mà làm.",
        "Theo sơ đồ dưới đây mà làm.\n\n1. Nhận",
        f"Theo sơ đồ dưới đây mà làm.\n\n{TABLE}",
        f"Theo ‹sơ đồ dưới đây› mà làm.\n\nLàm.\n\n{TABLE}",
        f"Theo bảng dưới đây mà làm.\n\nLàm.\n\n{TABLE}",
        f"Theo ‹bảng dưới đây› mà làm.\n\nLàm.\n\n## 2. Khác\n\n{TABLE}",
        "## 2. Việc\n\nTheo ‹sơ đồ dưới đây› mà làm.\n\n## 3. Khác\n\n- Nhận",
        # Announced at the end of the sentence: told once.
        "Làm theo ‹sơ đồ sau:›",
        "Theo Hình 1, làm theo ‹sơ đồ sau:›",
    ],
)
def test_a_figure_below_stands_before_the_next_heading(text: str) -> None:
    assert_marked(SLUG, text + "\n", **{"so-do.png": ""})


def test_the_longest_phrase_that_announces_is_named() -> None:
    own = {"templates/words/vi.yml": "schema: 1\nannounce: [sau, các bước như sau]\n"}
    assert_marked(SLUG, "Có ‹các bước như sau:›\n", **own)


def test_one_figure_is_told_once_with_the_other_places_and_documents_are_apart() -> None:
    more = "Xem ⟦Hình 1⟧. " * 5
    assert_marked(SLUG, f"Theo ‹Hình 1›. {more}Xem Hình 1.\n")
    head = "---\ncode: QT A 02\ntype: procedure\ntitle: Khác\n---\n# Khác\n\n"
    assert_marked(
        SLUG, "Theo ‹Hình 1› và ‹Hình 2›.\n", **{"procedures/b.md": f"{head}Theo ‹Hình 1›.\n"}
    )
    shown = {"procedures/b.md": f"{head}Hình 1. Việc\n\n{PICTURE}\n", "procedures/so-do.png": ""}
    assert_marked(SLUG, "Theo ‹Hình 1›.\n", **shown)


def test_how_far_in_its_sentence_another_documents_code_may_stand() -> None:
    assert_marked(SLUG, f"Theo QT A 01 {'nữa ' * 70}xem Hình 1.\n")
    assert_marked(SLUG, f"Theo QT A 01 {'nữa ' * 80}xem ‹Hình 1›.\n")
    assert_marked(SLUG, f"Theo ‹Hình 1›, {'nữa ' * 80}của QT A 01.\n")


def test_a_form_leaves_it_to_whom_fills_it_in() -> None:
    forms = MANIFEST.replace(
        "citations:", '  form: {name: Biểu mẫu, code: "BM {nn}", form_of: procedure}\ncitations:'
    )
    head = "---\ncode: BM 01\ntype: form\ntitle: Phiếu\nparent: QT A 01\n---\n# Phiếu\n\n"
    assert_marked(
        SLUG, **{"qms.yml": forms, "procedures/bm.md": f"{head}Các bước như sau:\n\nHình 1.\n"}
    )


def test_one_sentence_is_told_once() -> None:
    assert_marked(SLUG, "Làm trước. Theo Hình 1, có các bước ‹như sau:›\n")
    assert_marked(SLUG, "Theo ‹Hình 1›. Có các bước ‹như sau:›\n")
