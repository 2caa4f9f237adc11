"""Make text from strangers harmless where it goes: a terminal, a log, a runner, a spreadsheet.

What drives a terminal or deceives a reader is shown as its number, and so is what a runner of jobs
would take for a command of its own.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata

from qmstool.patterns import regex
from qmstool.unseen import JOINERS

# Cc drives the terminal, Cf turns the direction of text or hides letters, Zl and Zp break lines,
# Cs is half a character.
_HARMFUL = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
_TWO_DIGITS = 0x100
_COLUMNS = 80
# Two characters at the end of each plane, and 32 more, are none: XML has no place for them.
_NONE = range(0xFDD0, 0xFDF0)
_LAST_TWO = 0xFFFE
# Runners read commands: GitHub and Forgejo `::name` where a line begins and `##[name]`, Azure
# `##vso[name]`, TeamCity `##teamcity[name]`, wherever they stand.
_COMMAND = regex(r"##(?=(?:vso|teamcity)?\[)", re.IGNORECASE)
_LINE_COMMAND = regex(r"\A(\s*):(?=:)")
# In a style sheet two colons are its own, and a number would be none.
_SHEET_COMMAND = regex(
    r"<style\b.*?</style|^([^\S\n]*)(:)(?=:)", re.DOTALL | re.IGNORECASE | re.MULTILINE
)
# Spreadsheets take a cell for a formula by its first sign, full in width or small too; and a file
# whose columns they part otherwise than it was written has cells within cells.
_SIGNS = "=+@\\-\uff1d\uff0b\uff20\uff0d\ufe66\ufe62\ufe6b\ufe63"
_FIRST = rf"[ \u00a0\u3000]*[{_SIGNS}]"
_FORMULA = regex(rf"\A(?={_FIRST}|[\t\r])|(?<=[;\t\r\n|])(?={_FIRST})")


def columns() -> int:
    """Return how many characters fit into a line of the screen: 80 where nobody knows.

    As `shutil` has it, which takes half a dozen modules of archives with it at each start.
    """
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked):
        return int(asked)
    try:
        screen = sys.__stdout__.fileno() if sys.__stdout__ else -1
        return os.get_terminal_size(screen).columns or _COLUMNS
    except (OSError, ValueError):  # no screen, or closed
        return _COLUMNS


def escape_controls(text: str) -> str:
    """Return a text with every harmful character as its number; tabs and line ends are harmful."""
    if not text.isprintable():
        text = "".join(_escaped(char) if _is_harmful(char) else char for char in text)
    if "##" in text:
        text = _COMMAND.sub(r"\\x23#", text)
    return _LINE_COMMAND.sub(r"\1\\x3a", text) if "::" in text else text


def escape_lines(text: str) -> str:
    """Escape the controls of a text of many lines; its line ends and tabs stay as they are."""
    return "\n".join(map(_escape_line, text.split("\n")))


def escape_cell(text: str) -> str:
    """Return a cell of a table for a spreadsheet: its controls escaped, no formula in it."""
    return _FORMULA.sub("'", escape_lines(text))


def escape_json(text: str) -> str:
    """Return JSON that says the same with every harmful character as its escape of JSON."""
    if "##" in text:  # stands in strings alone
        text = _COMMAND.sub(r"\\u0023#", text)
    if text.isascii():
        return text
    return "".join(_json_escaped(char) if _is_harmful(char) else char for char in text)


def escape_sheet(text: str) -> str:
    """Return HTML without what drives a terminal or a runner, or turns the direction of words."""
    if "##" in text:
        text = _COMMAND.sub("&#35;#", text)
    if "::" in text:
        text = _SHEET_COMMAND.sub(lambda at: f"{at[1]}&#58;" if at[2] else at[0], text)
    return escape_turns(text)


def escape_turns(text: str) -> str:
    """Return a text of many lines with its controls and what turns its words as numbers."""
    return _TURNS.sub(lambda sign: _escaped(sign[0]), text)


# Controls but for tab and line end, and what turns the direction of the words after it.
_TURNS = regex("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _escape_line(line: str) -> str:
    # A tab that begins a cell of its own begins no line.
    return "\t".join(map(escape_controls, line.split("\t")))


def _is_harmful(char: str) -> bool:
    if unicodedata.category(char) in _HARMFUL:
        return char not in JOINERS
    number = ord(char)
    return number in _NONE or number & _LAST_TWO == _LAST_TWO


def _json_escaped(char: str) -> str:
    if char == "\n":
        return char
    units = char.encode("utf-16-be", "surrogatepass")
    pairs = [units[at : at + 2].hex() for at in range(0, len(units), 2)]
    return "".join(f"\\u{pair}" for pair in pairs)


def _escaped(char: str) -> str:
    number = ord(char)
    return f"\\x{number:02x}" if number < _TWO_DIGITS else f"\\u{number:04x}"
