"""Patterns for texts without marks and without scripts that part no words, and which texts are."""

from __future__ import annotations

import re
import sys

import pytest

from qmstool.parsing.scripts import (
    LETTER,
    MARKS,
    NOT_UNPARTED,
    UNPARTED,
    WORD_END,
    compiled,
    is_plain,
)

PLAIN = "QT VP 01, «mục 5.2» → ≥ 10 °C; Đường dẫn: a_b-c…\n\0\1–"


def test_no_mark_and_no_script_without_blanks_is_plain() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    taken = [sign for sign in re.findall(f"[{MARKS}{UNPARTED}]", every) if is_plain(sign)]
    assert not taken


def test_what_manuals_are_written_in_is_plain() -> None:
    assert is_plain(PLAIN)
    assert not is_plain("quy trình e\u0301")
    assert not is_plain("第3条")


@pytest.mark.parametrize(
    "pattern", [f"{LETTER}+{WORD_END}", f"[0-9]{WORD_END}", f"{NOT_UNPARTED}{LETTER}{{1,60}} [0-9]"]
)
def test_a_pattern_finds_the_same_in_plain_texts(pattern: str) -> None:
    plainly, fully = (compiled(pattern, plain=plain) for plain in (True, False))
    assert [hit.span() for hit in plainly.finditer(PLAIN)] == [
        hit.span() for hit in fully.finditer(PLAIN)
    ]
