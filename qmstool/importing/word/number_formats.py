"""Write a number as one of Word's formats does: 4, 04, IV, iv, D, d, ④, bốn, fourth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
MOST_ROMAN, MOST_LETTER = 32_767, 780  # what Word itself goes to
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_PADDED = re.compile(r"0*1")


def is_known(form: str) -> bool:
    """Whether a format is written here as Word writes it; others come out as plain digits."""
    return form in _WRITERS or bool(_PADDED.fullmatch(form))


def format_number(count: int, form: str) -> str:
    """Return a count in a format of Word's."""
    if _PADDED.fullmatch(form):
        return str(count).zfill(len(form))
    return _WRITERS.get(form, str)(count)


def roman(count: int) -> str:
    """Return a number in Roman capitals; digits beyond what Word writes so."""
    if not 0 < count <= MOST_ROMAN:
        return str(count)
    written = ""
    for worth, letters in _ROMAN:
        times, count = divmod(count, worth)
        written += letters * times
    return written


def _letter(count: int) -> str:
    """Return A to Z, then AA, BB: Word repeats the letter."""
    if not 0 < count <= MOST_LETTER:
        return str(count)
    times, place = divmod(count - 1, len(_LETTERS))
    return _LETTERS[place] * (times + 1)


def _ordinal(count: int) -> str:
    if count // 10 % 10 == 1:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")


def vietnamese(count: int) -> str:
    """Return a number from 0 to 99 in Vietnamese words; digits above."""
    tens, ones = divmod(count, 10)
    if not 0 <= count < 100:  # noqa: PLR2004
        return str(count)
    if tens == 0:
        return _UNITS[ones]
    head = "mười" if tens == 1 else f"{_UNITS[tens]} mươi"
    if ones == 0:
        return head
    tail = {1: "mốt", 4: "tư"}.get(ones) if tens > 1 else None
    tail = "lăm" if ones == 5 else tail or _UNITS[ones]  # noqa: PLR2004
    return f"{head} {tail}"


def _circled(count: int) -> str:
    return _CIRCLED[count - 1] if 0 < count <= len(_CIRCLED) else str(count)


_WRITERS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda count: str(count).zfill(2),
    "upperRoman": roman,
    "lowerRoman": lambda count: roman(count).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda count: _letter(count).lower(),
    "ordinal": lambda count: f"{count}{_ordinal(count)}",
    "hex": lambda count: f"{count:X}",
    "numberInDash": lambda count: f"- {count} -",
    "vietnameseCounting": vietnamese,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "none": lambda _: "",
    "bullet": lambda _: "",
}
