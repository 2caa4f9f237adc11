"""What a stranger writes cannot drive a terminal, forge a line of a log, or hide and turn letters."""

from __future__ import annotations

import html
import json
import sys
import unicodedata

import pytest

from qmstool.terminal import escape_cell, escape_controls, escape_json, escape_lines, escape_sheet


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
        ("\ufffe", "\\ufffe"),
        ("::error file=x::y", "\\x3a:error file=x::y"),
        ("  ::stop-commands::t", "  \\x3a:stop-commands::t"),
        ("a ##vso[task.setvariable]b", "a \\x23#vso[task.setvariable]b"),
        ("a ##[error]b ##teamcity[x]", "a \\x23#[error]b \\x23#teamcity[x]"),
        ("## Mục ## a::b", "## Mục ## a::b"),
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


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("QT VP 01", "QT VP 01"),
        ("=1+1", "'=1+1"),
        ("\uff1d1", "'\uff1d1"),
        ("\uff0b1", "'\uff0b1"),
        ("\uff0d1", "'\uff0d1"),
        ("\uff20a", "'\uff20a"),
        ("\ufe661", "'\ufe661"),
        (" =1", "' =1"),
        ("a;\u3000\ufe621", "a;'\u3000\ufe621"),
        ("a;=1", "a;'=1"),
        ("a; @b", "a;' @b"),
        ("a\t-1", "a\t'-1"),
        ("a\n+1", "a\n'+1"),
        ("a, -1; b", "a, -1; b"),
        ("::error::x", "\\x3a:error::x"),
        ("\x1b[2J", "\\x1b[2J"),
    ],
)
def test_no_cell_is_a_formula_in_whatever_a_spreadsheet_makes_of_the_file(
    cell: str, shown: str
) -> None:
    assert escape_cell(cell) == shown


def test_json_says_the_same_without_a_harmful_character() -> None:
    value = {"a": "đ\x9b\u202e\U000e0001\udcff\u2028", "b": [1]}
    text = escape_json(json.dumps(value, ensure_ascii=False, indent=2))
    assert json.loads(text) == value
    assert "đ" in text
    assert not any(char in text for char in "\x9b\u202e\u2028\U000e0001\udcff")


def test_a_sheet_neither_drives_a_terminal_nor_turns_its_words() -> None:
    assert (
        escape_sheet("<p>a\x1b\x9b\u202e\n\tb\u00ad</p>") == "<p>a\\x1b\\x9b\\u202e\n\tb\u00ad</p>"
    )


def test_no_line_of_a_sheet_is_a_command_and_its_styles_stay() -> None:
    style = "<style>\n::marker { color: red }\n</style>"
    shown = escape_sheet(f"{style}\n<p>a\n  ::error::b a::b</p>")
    assert shown == f"{style}\n<p>a\n  &#58;:error::b a::b</p>"


@pytest.mark.parametrize("word", ["##vso[task.x]a", "##[group]a", "a ##teamcity[x]"])
def test_json_and_html_say_the_same_and_no_runner_takes_it_for_a_command(word: str) -> None:
    shown = escape_json(json.dumps({word: [word]}, ensure_ascii=False))
    assert "##" not in shown
    assert json.loads(shown) == {word: [word]}
    sheet = escape_sheet(f"<p title='{word}'>{word}</p>")
    assert "##" not in sheet
    assert html.unescape(sheet) == f"<p title='{word}'>{word}</p>"
