"""A value that does not fit its key → what was probably meant: a day written another way, «12 tháng», «chưa rõ»."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

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
_DAY_FIRST = re.compile(
    r"(?:ngày\s+)?(\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+)(\d{4})\Z",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\Z")
_NUMBER = re.compile(r"\D*(\d+)\D*\Z")
_LISTED = re.compile(r"[^\[\]{}:\"',;\n]+(?:[,;][^\[\]{}:\"',;\n]+)*\Z")
ALIKE = 0.75


def says_unknown(word: str) -> bool:
    """Whether a word says that nobody knows, in whatever way but the one that files take."""
    return _bare(word) in _NOT_KNOWN or bool(
        get_close_matches(word.casefold(), (UNKNOWN,), cutoff=ALIKE)
    )


def suggest_choice(word: str, choices: tuple[str, ...]) -> str | None:
    """Of the values that a key takes, the one that people call so."""
    meant = _CALLED.get(_bare(word))
    if meant in choices:
        return meant
    return UNKNOWN if UNKNOWN in choices and says_unknown(word) else None


def suggest_key(word: str, names: Mapping[str, str]) -> str | None:
    """The key that says what a word says: «chủ trì» for the one that holds «đơn vị chủ trì»."""
    bare = _bare(word)
    titles = {name: _bare(title) for name, title in names.items()}
    found = [name for name, title in titles.items() if bare and f" {bare} " in f" {title} "]
    return found[0] if len(found) == 1 else None


def suggest_date(word: str) -> str | None:
    """A day written another way (14/3/2026, 2026-3-14, ngày 14 tháng 3 năm 2026), as YYYY-MM-DD; None for no such day."""
    if found := _YEAR_FIRST.match(word.strip()):
        year, month, suggest_number = found.groups()
    elif found := _DAY_FIRST.match(word.strip()):
        suggest_number, month, year = found.groups()
    else:
        return UNKNOWN if says_unknown(word) else None
    try:
        return date(int(year), int(month), int(suggest_number)).isoformat()
    except ValueError:
        return None


def suggest_number(word: str) -> str | None:
    """The one number in a text."""
    found = _NUMBER.match(word)
    if found:
        return found[1]
    return UNKNOWN if says_unknown(word) else None


def suggest_list(word: str) -> str | None:
    """Names with commas between them, as the list that they were to be."""
    return (
        f"[{', '.join(each.strip() for each in re.split('[,;]', word))}]"
        if _LISTED.match(word)
        else None
    )


def _bare(word: str) -> str:
    folded = unicodedata.normalize("NFD", " ".join(word.casefold().replace("đ", "d").split()))
    return "".join(char for char in folded if not unicodedata.combining(char))
