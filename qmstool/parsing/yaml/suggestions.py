"""Suggest what a value that does not fit its key was meant to be.

A day written another way, «12 tháng», «chưa rõ», the words of everyday speech for a choice.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN = "unknown"
# How people say that they do not know, and how they say the values that a file takes: without
# accents.
_NOT_KNOWN = frozenset(
    {
        "chua ro",
        "khong ro",
        "chua biet",
        "khong biet",
        "chua xac dinh",
        "chua co",
        "not known",
        "n/a",
        "tbd",
        "?",
    }
)
_CALLED = {
    "con hieu luc": "in_force",
    "dang co hieu luc": "in_force",
    "co hieu luc": "in_force",
    "da sua doi": "amended",
    "duoc sua doi": "amended",
    "da thay the": "superseded",
    "bi thay the": "superseded",
    "da duoc thay the": "superseded",
    "het hieu luc mot phan": "partly_superseded",
    "thay the mot phan": "partly_superseded",
    "bai bo": "repealed",
    "bi bai bo": "repealed",
    "da bai bo": "repealed",
    "dang chuyen doi": "in_transition",
    "co": "held",
    "luu": "held",
    "co luu": "held",
    "khong": "not-held",
    "khong luu": "not-held",
    "no": "not-held",
    "yes": "held",
    "giay": "paper",
    "ban giay": "paper",
    "dien tu": "electronic",
    "ban dien tu": "electronic",
    "dong y": "agrees",
    "thong nhat": "agrees",
    "co y kien": "comments",
    "khong co y kien": "no-comment",
    "quyet dinh": "decision",
    "thong bao": "notice",
}
_DAY_FIRST = regex(
    r"(?:ngày\s+)?(\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+)(\d{4})\Z",
    re.IGNORECASE,
)
# Only so written may the month come first; «20.02.2026» and words have one order.
_EITHER_FIRST = regex(r"(\d{1,2})\s*[/-]\s*(\d{1,2})\s*[/-]\s*(\d{4})\Z")
_YEAR_FIRST = regex(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\Z")
_NUMBER = regex(r"\D*(\d+)\D*\Z")
_LISTED = regex(r"[^\[\]{}:\"',;\n]+(?:[,;][^\[\]{}:\"',;\n]+)*\Z")
ALIKE = 0.75


def says_unknown(word: str) -> bool:
    """Whether a word says that nobody knows, in any way but the one that files take."""
    if _bare(word) in _NOT_KNOWN:
        return True
    from difflib import get_close_matches  # noqa: PLC0415 - start-up counts

    return bool(get_close_matches(word.casefold(), (UNKNOWN,), cutoff=ALIKE))


def suggest_choice(word: str, choices: tuple[str, ...]) -> str | None:
    """Return that of the values of a key which people call so."""
    meant = _CALLED.get(_bare(word))
    if meant in choices:
        return meant
    return UNKNOWN if UNKNOWN in choices and says_unknown(word) else None


def suggest_key(word: str, titles: Mapping[str, str]) -> str | None:
    """Return the key whose title holds a word: «chủ trì» for the one of «đơn vị chủ trì».

    `titles`: those of the keys.
    """
    bare = _bare(word)
    if not bare:
        return None
    keys = [key for key, title in titles.items() if f" {bare} " in f" {_bare(title)} "]
    return keys[0] if len(keys) == 1 else None


def suggest_date(word: str) -> str | None:
    """Return a day written another way, as YYYY-MM-DD; None for none, or where it may be two.

    14/3/2026, 2026-3-14, ngày 14 tháng 3 năm 2026.
    """
    readings = day_readings(word)
    if readings:
        return readings[0] if len(readings) == 1 else None
    return UNKNOWN if says_unknown(word) else None


def day_readings(word: str) -> tuple[str, ...]:
    """Return the days that a day written another way may be, as YYYY-MM-DD, the day first.

    03/04/2026 is two days, 20/02/2026 is one, and so are 03.04.2026 and 03/03/2026.
    """
    written = word.strip()
    orders: list[tuple[str, str, str]] = []
    if match := _YEAR_FIRST.match(written):
        orders.append((match[1], match[2], match[3]))
    elif match := _DAY_FIRST.match(written):
        orders.append((match[3], match[2], match[1]))
        if _EITHER_FIRST.match(written):
            orders.append((match[3], match[1], match[2]))
    days = []
    for year, month, day in orders:
        with suppress(ValueError):
            days.append(date(int(year), int(month), int(day)).isoformat())
    return tuple(dict.fromkeys(days))


def suggest_number(word: str) -> str | None:
    """Return the one number in a text."""
    number = _NUMBER.match(word)
    if number:
        return number[1]
    return UNKNOWN if says_unknown(word) else None


def suggest_list(word: str) -> str | None:
    """Return names with commas between them as the list that they were to be."""
    if not _LISTED.match(word):
        return None
    names = [name.strip() for name in re.split("[,;]", word)]
    return f"[{', '.join(names)}]"


def _bare(word: str) -> str:
    """Return a text in lower case, without accents, one blank between words."""
    one_blank = " ".join(word.casefold().replace("đ", "d").split())
    decomposed = unicodedata.normalize("NFD", one_blank)
    return "".join(char for char in decomposed if not unicodedata.combining(char))
