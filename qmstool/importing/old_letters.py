"""Turn text typed for the old Vietnamese fonts into Unicode: .VnTime (TCVN3), VNI-Times (VNI).

What goes in: text as a file keeps it, whose letters are those of Latin-1, and the name of its font.
What comes out: the Vietnamese that the font shows. Source of the tables: TCVN 5712:1993, VSCII-3,
as glibc's iconv has it under the name TCVN (a test compares the two); VNI for Windows, a letter and
its mark behind it, as three programs that know nothing of each other have it (a test holds all of
their letters).
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

from qmstool.i18n import Text

TURNED = Text(
    "Chữ gõ theo phông cũ ({coding}) đã đổi sang Unicode. Hãy đọc lại.",
    "Text typed for an old font ({coding}) was turned into Unicode. Read it again.",
)


class Coding(Enum):
    """How an old font keeps Vietnamese."""

    TCVN3 = "TCVN3"
    VNI = "VNI"


_FROM = (
    "\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae\xb5\xb6\xb7\xb8\xb9\xbb\xbc\xbd\xbe"
    "\xc6\xc7\xc8\xc9\xca\xcb\xcc\xce\xcf\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xdc\xdd\xde\xdf"
    "\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee\xef\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8"
    "\xf9\xfa\xfb\xfc\xfd\xfe"
)
_TO = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_TABLE = str.maketrans(_FROM, _TO)

# VNI: letters that are one sign, and signs that stand behind their letter (here in small letters).
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị"} | {
    "î": "ỵ"
}
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_ROOF, _BREVE = "\u0302", "\u0306"
_TONES = dict(zip("ùøûõï", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True))
_ROOFED = {"â": _ROOF} | {
    sign: _ROOF + tone for sign, tone in zip("áàåãä", _TONES.values(), strict=True)
}
_BREVED = {"ê": _BREVE} | {
    sign: _BREVE + tone for sign, tone in zip("éèúüë", _TONES.values(), strict=True)
}
_MARKS = (
    {("a", sign): marks for sign, marks in _BREVED.items()}
    | {(letter, sign): marks for letter in "aeo" for sign, marks in _ROOFED.items()}
    | {(letter, sign): marks for letter in "aeouyôö" for sign, marks in _TONES.items()}
)
_VNI_SIGN = re.compile(f"[{''.join({*_TONES, *_ROOFED, *_BREVED})}]", re.IGNORECASE)

_FONTS = {Coding.TCVN3: re.compile(r"\.vn\w"), Coding.VNI: re.compile(r"vni[-_ ]")}
_IN_UNICODE = re.compile("[\u0103\u0111\u01a1\u01b0\u1ea0-\u1ef9]", re.IGNORECASE)
# What no text in Unicode has inside a word: by such signs each coding is known.
_TELLING = {
    Coding.TCVN3: re.compile(
        "(?<=[A-Za-z\xa1-\xfe])[\xad¨©ª«¬®µ¶·¸¹»¼½¾¦]|[§¨©ª«¬®¡¢£¤¥¦](?=[A-Za-z\xa1-\xfe])"
    ),
    Coding.VNI: re.compile(
        "(?<=[aeouyôö])[øûïõ]|(?<=[aeo])[âåä]|(?<=[ae])[áàã]|(?<=a)[êéèúüë]|(?<=[aeuyôö])ù"
        "|(?<=ö)ô|ñ(?=[a-zôö])",
        re.IGNORECASE,
    ),
}
FEWEST, FEWEST_KINDS, ONE_IN = 4, 3, 25  # signs, different ones, letters


def coding_of_font(font: str) -> Coding | None:
    """Return how a font keeps Vietnamese; None for one of Unicode."""
    name = font.strip().casefold()
    return next((coding for coding, known in _FONTS.items() if known.match(name)), None)


def coding_of_text(text: str) -> Coding | None:
    """Return how a text looks kept, whatever its font is called; None for Unicode."""
    if _IN_UNICODE.search(text):
        return None
    found = {coding: telling.findall(text) for coding, telling in _TELLING.items()}
    coding = max(found, key=lambda each: len(found[each]))
    signs = found[coding]
    enough = len(signs) >= FEWEST and len({*signs}) >= FEWEST_KINDS
    return coding if enough and len(signs) * ONE_IN > len(text) else None


def read_old_letters(text: str, coding: Coding, font: str = "") -> str:
    """Return the Vietnamese of a text; a font of TCVN3 whose name ends in H shows capitals."""
    if coding is Coding.VNI:
        return _read_vni(text)
    words = text.translate(_TABLE)
    return words.upper() if font.strip().endswith("H") else words


def begins_with_mark(text: str) -> bool:
    """Whether a text of VNI begins with what may be the mark of the letter before it."""
    return bool(_VNI_SIGN.match(text))


def _read_vni(text: str) -> str:
    """Return a text of VNI: a sign behind a letter that it may mark is its mark."""
    read: list[str] = []
    before = ""
    for sign in text:
        small = sign.lower()
        marks = _MARKS.get((before, small))
        if marks:
            read[-1] = unicodedata.normalize("NFC", read[-1] + marks)
            before = ""
            continue
        letter = _VNI_LETTERS.get(small, sign)
        read.append(letter.upper() if sign.isupper() else letter)
        before = small
    return "".join(read)
