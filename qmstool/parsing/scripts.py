"""Tell where a word may begin and end, in any script.

Most scripts part words by blanks. Chinese, Japanese, Thai, Lao, Khmer and Burmese do not, and
Korean ties particles to the word before: beside a letter of those another word may stand. A
combining mark belongs to the letter before it, so that no word ends there.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from qmstool.parsing.at_hand import FILES_AT_HAND
from qmstool.patterns import regex

if TYPE_CHECKING:
    import re

# Ranges of Unicode blocks: Thai, Lao; Burmese; Hangul; Khmer; CJK with kana and Hangul; their
# letters of double width.
UNPARTED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff"
    "\u3005-\u3007\u3031-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff"
)
# Combining marks of the scripts that are written with them: Latin, Greek and Cyrillic; Hebrew,
# Arabic, Syriac; those of India (the rest of a block is letters, figures and signs); Thai to
# Burmese; Khmer; variation selectors stand with the emoji.
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a"
    "\u07a6-\u07b0\u0816-\u082d\u08d3-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957\u0962\u0963"
    "\u0981-\u0983\u09bc\u09be-\u09cd\u09d7\u09e2\u09e3\u0a01-\u0a03\u0a3c-\u0a51\u0a70\u0a71"
    "\u0a75\u0a81-\u0a83\u0abc\u0abe-\u0acd\u0ae2\u0ae3\u0b01-\u0b03\u0b3c\u0b3e-\u0b57\u0b62"
    "\u0b63\u0b82\u0bbe-\u0bcd\u0bd7\u0c00-\u0c04\u0c3e-\u0c56\u0c62\u0c63\u0c81-\u0c83\u0cbc"
    "\u0cbe-\u0cd6\u0ce2\u0ce3\u0d00-\u0d03\u0d3b\u0d3c\u0d3e-\u0d4d\u0d57\u0d62\u0d63\u0d82"
    "\u0d83\u0dca-\u0ddf\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u0f71-\u0f84"
    "\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a"
)
WORD = regex(r"[^\W_]+")
"""A word where words are counted or compared: a run of letters and digits."""

LETTER = rf"(?:[^\W\d_]|[{MARKS}])"
"""The pattern of a letter, or of a mark upon one."""

WORD_END = rf"(?![{MARKS}]|[^\W{UNPARTED}])"
"""The pattern of a place where a word may end."""

NOT_UNPARTED = f"(?![{UNPARTED}])"
"""The pattern of a place where no letter follows of a script in which no blank parts words."""


# Classes of so many characters cost a millisecond each to compile: only what is needed is.
@cache
def _class(characters: str) -> re.Pattern[str]:
    return regex(f"[{characters}]")


# All but wide ranges around the two: a class of few ranges compiles fast, and repeating it passes a
# text three times as fast as a search for one of the ranges.
_PLAIN = regex("[\0-\u02ff\u1e00-\u20cf\u2100-\u2e7f]*")


def is_plain(text: str) -> bool:
    """Whether a text surely holds no mark upon a letter, and no script that parts no words.

    Where it holds none, it holds none in lower case.
    """
    return text.isascii() or _is_plain(text)


@lru_cache(maxsize=FILES_AT_HAND)
def _is_plain(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None


@cache
def compiled(pattern: str, *, plain: bool) -> re.Pattern[str]:
    """Compile a pattern that is made with the three above.

    `plain`: for texts that are. Such a pattern finds the same in them, and compiles in a tenth of
    the time.
    """
    return regex(plainly(pattern) if plain else pattern)


def plainly(pattern: str) -> str:
    """Return a pattern that is made with the three above as it is for plain texts."""
    pattern = pattern.replace(WORD_END, r"(?!\w)").replace(LETTER, r"[^\W\d_]")
    return pattern.replace(NOT_UNPARTED, "")


def is_unparted(character: str) -> bool:
    """Whether a character is of a script in which no blank parts words."""
    return character > "\u0dff" and _class(UNPARTED).match(character) is not None


def begins_word(text: str, at: int) -> bool:
    """Whether a word may begin here.

    No letter, digit or slash stands before it, save of a script in which no blank parts words.
    """
    before = text[at - 1 : at]
    if not before or before.isascii():
        return not (before.isalnum() or before in {"_", "/"})
    if is_unparted(before):
        return True
    return not before.isalnum() and _class(MARKS).match(before) is None
