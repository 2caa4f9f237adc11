"""Codes that are spelled otherwise: which are told, as what, and which are put right by themselves."""

from __future__ import annotations

import pytest

from tests.support.manuals import check_tree, tiny_with, told_of

FORM = (
    "---\ncode: BM VP 01.01\ntype: form\ntitle: Phiếu\nparent: QT VP 01\nowner: VP\ntext: "
    "not-held\n---\n"
)
QUIET = {"relies-on-not-held", "unmapped-document", "form-file-missing"}


def told(text: str) -> list[tuple[str, str | None, str | None]]:
    """What is said of a text: (slug, suggestion, fix)."""
    body = (
        "# 1.2. Thông tin dạng văn bản\n\nTheo QT VP 01, mục 2 và Nghị định 30/2020/NĐ-CP.\n\n"
        f"{text}\n"
    )
    return told_of("manual/1.2.md", {"manual/1.2.md": body, "procedures/bm-vp-01-01.md": FORM})


@pytest.mark.parametrize(
    ("words", "code", "fix"),
    [
        ("QTVP01", "QT VP 01", True),
        ("QT VP01", "QT VP 01", True),
        ("QTVP 01", "QT VP 01", True),
        ("QT/VP/02", "QT VP 02", True),
        ("QT – VP – 02", "QT VP 02", False),
        ("QT VP 1", "QT VP 01", False),
        ("QT-VP-1", "QT VP 01", False),
        ("QT-VP-001", "QT VP 01", False),
        ("qt vp 2", "QT VP 02", False),
        ("QT VP o2", "QT VP 02", False),
        ("QT VP 0l", "QT VP 01", False),
        ("QT VP 0I", "QT VP 01", False),
        ("QT—VP—01", "QT VP 01", False),
        ("QТ VP 01", "QT VP 01", True),  # a Cyrillic Т
        ("QT VР 01", "QT VP 01", True),  # a Cyrillic Р
        ("BM VP 1.1", "BM VP 01.01", False),
        ("BM VP 0101", "BM VP 01.01", True),
        ("BMVP01.01", "BM VP 01.01", True),
        ("**QT** VP 2", "QT VP 02", False),
    ],
)
def test_a_miswritten_code(words: str, code: str, fix: bool) -> None:
    assert told(f"Làm theo {words} và lưu lại.") == [
        ("miswritten-code", code, code if fix else None)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Làm theo QT&nbsp;VP 01 và QT&#160;VP&nbsp;02.",
        "Làm theo QT VP 01.2 và qtvp.",
        "Tệp QTVP02.pdf, QT-VP-02.docx, qt-vp-02.md, QT-VP-02-v1.XLSX, QT_VP_02.html.",
        "Làm 1 việc, 01 lần; vp 1, khổ A4, 12 qt.",
        "Số 01/QT-VP và tệp [đây](../procedures/qt-vp-01.md).",
        "Làm theo QT VP 1/2.",
        "Có 3 QT.",
    ],
)
def test_what_is_no_code_of_this_manual(text: str) -> None:
    assert [each for each in told(text) if each[0] != "abbreviation-undefined"] == []


def test_a_no_break_entity_is_a_blank() -> None:
    assert [slug for slug, *_ in told("Làm theo QT&nbsp;VP 09.")] == ["unknown-code"]


@pytest.mark.parametrize("text", ["Theo QTVP01, mục 9.", "Theo mục 9 của QT VP 1."])
def test_a_section_of_a_miswritten_code_is_looked_for_nowhere(text: str) -> None:
    assert [slug for slug, *_ in told(text)] == ["miswritten-code"]


def test_where_two_codes_are_possible_none_is_suggested() -> None:
    texts = {
        "procedures/a.md": "---\ncode: HD 1\ntype: note\ntitle: Một\ntext: not-held\n---\n",
        "procedures/b.md": "---\ncode: HD 01\ntype: note\ntitle: Hai\ntext: not-held\n---\n",
        "manual/1.1.md": "# 1.1. Phạm vi\n\nTheo HD1 và HD 001.\n",
    }
    found = [
        each for each in check_tree(tiny_with(texts)).findings if each.slug == "miswritten-code"
    ]
    assert [(each.suggestion, each.fix) for each in found] == [(None, None)] * 2
    assert "«HD1» đọc như mã HD 1 hoặc HD 01 viết lệch" in found[0].message.vi


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("QTVP01", "sai khoảng trống hoặc dấu ngăn"),
        ("QT VP 1", "thừa hoặc thiếu chữ số"),
        ("QT VP o1", "chữ o, l hoặc i đứng thay con số"),
        ("QТ VP 01", "có chữ của bảng chữ cái khác trông giống chữ Latinh"),
    ],
)
def test_the_message_says_what_is_wrong(words: str, why: str) -> None:
    body = f"# 1.1. Phạm vi\n\nTheo {words}.\n"
    (found,) = [
        each
        for each in check_tree(tiny_with({"manual/1.1.md": body})).findings
        if each.slug == "miswritten-code"
    ]
    assert found.message.vi == (
        f"«{words}» đọc như mã QT VP 01 viết lệch ({why}), nên không thành viện dẫn: chỗ này "
        "không được kiểm tra, và trên trang "
        "không bấm vào được. Hãy viết đúng mã đã đăng ký."
    )
