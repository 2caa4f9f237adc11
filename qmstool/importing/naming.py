"""Read codes, titles and numbers out of names and lines, and make the short names of files.

What goes in: the name of a file, a line of text. What comes out: plain values; "" for unknown.
"""

from __future__ import annotations

import re
import unicodedata

from qmstool.importing.recognized import expression

# A code begins with capitals and ends with a number: QT-VP-01, QT.7.5.01, BM 01.02, F-QT01-02.
CODE = re.compile(
    r"(?<![\w/.-])(?:[A-ZĐ]{1,6}\d{0,3}[ ._-]{0,2}){1,3}\d{1,3}(?:[._/-]\d{1,3}){0,3}(?![\w/]|"
    r"[.-]\d)"
)
# In the name of a file a longer number that begins with 0 is one too: no year does, no standard.
_FILE_CODE = re.compile(
    r"(?:[A-ZĐ]{1,6}\d{0,3}[ ._-]{0,2}){1,3}(?:0\d{3,5}|\d{1,3})(?:[._/-]\d{1,3}){0,3}"
    r"(?![\w/]|[.-]\d)"
)
_LETTER_CODE = re.compile(r"[A-ZĐ]{2,6}")
_DATE = re.compile(
    r"(?:ngày\s*)?(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4})", re.IGNORECASE
)
_MONTHS = tuple(dict.fromkeys(name[:3] for name in expression("months").split("|")))
_NAMED_MONTH = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?\b(?P<month>{expression('months')})\b\.?,?\s+"
    rf"(?:(?P<later>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(?P<year>\d{{4}})",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SECTION = re.compile(
    r"(?:(?P<word>phụ lục|chương|phần|điều|annex|appendix|chapter|part|article)\s+)?"
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4}|[IVXL]{1,6}|[A-Z](?=[.:)\s–-]))"
    r"(?:[.):–-]+\s*|\s+|$)(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
_ROMAN = re.compile(r"[IVXL]+")
MOST_SLUG = 60
_LONGEST_CODE = 24


def slug(text: str) -> str:
    """Return a short name: small letters without marks, digits, hyphens."""
    folded = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = re.sub(r"[^a-z0-9]+", "-", bare.casefold()).strip("-")
    if len(words) <= MOST_SLUG:
        return words
    return words[:MOST_SLUG].rpartition("-")[0] or words[:MOST_SLUG]


def find_code(text: str) -> str:
    """Return the first code in a text."""
    match = CODE.search(unicodedata.normalize("NFC", text))
    return " ".join(match[0].split()) if match else ""


def read_code(text: str) -> str:
    """Return what stands as a code beside its label, "" for what can be none."""
    code = " ".join(text.split()).strip(" .;,:")
    fits = re.fullmatch(r"[\w .,/()+-]*\w", code) and len(code) <= _LONGEST_CODE
    has_form = bool(re.search(r"\d", code)) or bool(_LETTER_CODE.fullmatch(code))
    return code if fits and has_form else find_code(text)


def split_file_name(stem: str) -> tuple[str, str]:
    """Return code and title of a file by its name: «QT-VP-01 Kiểm soát tài liệu»."""
    stem = unicodedata.normalize("NFC", stem).strip()
    match = _FILE_CODE.match(stem.replace("_", " "))
    if " " not in stem and not match:
        stem = stem.replace("-", " ")
    if not match:
        first, _, rest = stem.replace("_", " ").partition(" ")
        if _LETTER_CODE.fullmatch(first) and rest and not rest[0].isdigit():
            return first, _title(rest)
        return "", _title(stem.replace("_", " "))
    code = stem[: match.end()].strip(" _.-")
    return " ".join(code.replace("_", " ").split()), _title(stem[match.end() :].replace("_", " "))


def _title(text: str) -> str:
    text = " ".join(text.split()).strip(" .,-–_")
    return text[:1].upper() + text[1:]


def read_date(text: str) -> str:
    """Return a day as YYYY-MM-DD; "" where none is written or it cannot be one."""
    iso = _ISO.search(text)
    match = _DATE.search(text)
    named = _NAMED_MONTH.search(text)
    if iso:
        year, month, day = iso.groups()
    elif match:
        day, month, year = match.groups()
    elif named:
        day, year = named["day"] or named["later"], named["year"]
        month = str(_MONTHS.index(named["month"].casefold()[:3]) + 1)
    else:
        return ""
    if not day:
        return ""
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31 and 1900 <= int(year) <= 2200):  # noqa: PLR2004
        return ""
    return f"{year}-{int(month):02}-{int(day):02}"


def read_number(text: str) -> str:
    """Return issue or revision as it is written, digits alone."""
    match = re.search(r"\d{1,4}(?:\.\d{1,3})?", text)
    return match[0] if match else ""


def section_number(text: str) -> tuple[str, str, str]:
    """Return word, number and title of a heading: («phụ lục», «01», «Sơ đồ»); "" for none."""
    match = _SECTION.match(text.strip())
    if match is None:
        return "", "", text.strip()
    word, number = (match["word"] or "").casefold(), match["number"]
    if not word and not number[0].isdigit() and not _ROMAN.fullmatch(number):
        return "", "", text.strip()
    if not word and number.isalpha() and not re.match(r"[IVXL]+\s*[.):–-]", text.strip()):
        return "", "", text.strip()
    return word, number, match["title"].strip()
