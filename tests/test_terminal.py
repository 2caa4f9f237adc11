"""What a stranger writes cannot drive a terminal, forge a line of a log, or hide and turn letters."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from qmstool.terminal import escape_controls, escape_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Quy trình «QT 01»", "Quy trình «QT 01»"),
        ("\x1b[31m đỏ", "\\x1b[31m đỏ"),
        ("a\u202eb\x07", "a\\u202eb\\x07"),
        ("xoá\u200b đi\u00ad", "xoá\\u200b đi\\xad"),
        ("một\u2028hai\u2029ba\x85", "một\\u2028hai\\u2029ba\\x85"),
        ("क\u200dष", "क\u200dष"),
        ("\ud800", "\\ud800"),
        ("có\u00a0dấu cách", "có\u00a0dấu cách"),
    ],
)
def test_what_drives_or_deceives_is_shown_as_its_number(text: str, shown: str) -> None:
    assert escape_controls(text) == escape_lines(text) == shown


def test_a_line_keeps_to_itself_and_many_lines_keep_their_ends() -> None:
    assert escape_controls("một\n::error::hai\tba\r") == "một\\x0a::error::hai\\x09ba\\x0d"
    assert escape_lines("một\nhai\tba\r\x00\n") == "một\nhai\tba\\x0d\\x00\n"


def test_nothing_that_is_left_is_a_control_or_a_format_character() -> None:
    every = "".join(chr(number) for number in range(sys.maxunicode + 1))
    left = {unicodedata.category(char) for char in escape_controls(every)}
    assert not left & {"Cc", "Zl", "Zp", "Cs"}
    assert {char for char in escape_controls(every) if unicodedata.category(char) == "Cf"} == {
        "\u200c",
        "\u200d",
    }
