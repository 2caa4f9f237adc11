"""Numbers are written as Word writes them (ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

import pytest

from qmstool.importing.word.number_formats import format_number, is_known


@pytest.mark.parametrize(
    ("count", "form", "written"),
    [
        (4, "decimal", "4"), (4, "decimalZero", "04"), (12, "decimalZero", "12"), (4, "001", "004"),
        (4, "upperRoman", "IV"), (1949, "upperRoman", "MCMXLIX"), (9, "lowerRoman", "ix"),
        (1, "lowerLetter", "a"), (26, "lowerLetter", "z"), (27, "lowerLetter", "aa"), (54, "upperLetter", "BBB"),
        (21, "ordinal", "21st"), (12, "ordinal", "12th"), (3, "ordinal", "3rd"), (3, "decimalEnclosedCircle", "③"),
        (15, "vietnameseCounting", "mười lăm"), (21, "vietnameseCounting", "hai mươi mốt"), (4, "vietnameseCounting", "bốn"),
        (5, "none", ""), (255, "hex", "FF"), (0, "upperRoman", "0"), (999_999_999, "lowerLetter", "999999999"),
    ],
)  # fmt: skip
def test_writes(count: int, form: str, written: str) -> None:
    assert format_number(count, form) == written


def test_an_unknown_format_is_digits_and_told() -> None:
    assert format_number(3, "hebrew1") == "3"
    assert not is_known("hebrew1")
