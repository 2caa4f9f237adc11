"""Test the rule `misread-encoding`: its page first; cases that no reader of the page needs to see go here."""

from __future__ import annotations

import pytest

from qmstool.rules import BY_SLUG
from qmstool.rules.base.pages import HEADINGS, read_page
from tests.support.manuals import findings_of
from tests.support.rule_examples import example

SLUG = "misread-encoding"


def test_what_the_page_calls_bad_is_found_and_nothing_else() -> None:
    bad = example(read_page(BY_SLUG[SLUG], "vi"), HEADINGS["vi"][2])
    assert findings_of(dict(bad.files)) == [f"{SLUG} {place}" for place in bad.places]


def misread(text: str) -> str:
    """What a program makes of a text that takes its bytes for Western letters."""
    return "".join(
        bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in text.encode("utf-8")
    )


def told(sentence: str) -> list[str]:
    text = f"# 2.1. Đánh giá nội bộ\n\n{sentence}\n"
    return [each.split()[0] for each in findings_of({"manual/2.1.md": text})]


@pytest.mark.parametrize(
    "sentence",
    ["“Một” – hai…", "Quyển sổ lưu ở kho, bộ phận nào cũng đọc được.", "☑ ☐ ☑ ☐", "👉 a 👉 b 👉 c"],
)
def test_a_text_read_in_the_wrong_table_is_told_once(sentence: str) -> None:
    assert told(misread(sentence)) == [SLUG]


@pytest.mark.parametrize(
    "sentence",
    [
        "Người ta nói «khá»… rồi «lạ»… rồi thôi.",
        "“Đó là…” – “à…” – «ở đâu»?",
        "Xem mục “â”, “á”, “ô” – ba chữ cái.",
        "Ngoặc “kép” – gạch nối… và dấu ☑ đúng bảng mã.",
    ],
)
def test_right_letters_and_signs_are_not(sentence: str) -> None:
    assert SLUG not in told(sentence)
