"""Make text from strangers harmless on a terminal: show what drives or deceives as its number."""

from __future__ import annotations

import unicodedata

# Cc drives the terminal, Cf turns the direction of text or hides letters, Zl and Zp break lines,
# Cs is half a character.
_HARMFUL = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
# Zero-width joiners are part of how some scripts are written.
_JOINERS = "\u200c\u200d"
_TWO_DIGITS = 0x100


def escape_controls(text: str) -> str:
    """Return a text with every harmful character as its number; tabs and line ends are harmful."""
    if text.isprintable():
        return text
    return "".join(_escaped(char) if _is_harmful(char) else char for char in text)


def escape_lines(text: str) -> str:
    """Escape the controls of a text of many lines; its line ends and tabs stay as they are."""
    return "\n".join(map(_escape_line, text.split("\n")))


def _escape_line(line: str) -> str:
    return "\t".join(map(escape_controls, line.split("\t")))


def _is_harmful(char: str) -> bool:
    return unicodedata.category(char) in _HARMFUL and char not in _JOINERS


def _escaped(char: str) -> str:
    number = ord(char)
    return f"\\x{number:02x}" if number < _TWO_DIGITS else f"\\u{number:04x}"
