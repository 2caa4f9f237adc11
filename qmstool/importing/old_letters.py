"""Turn text typed for the old Vietnamese fonts (.VnTime and their like, TCVN3) into Unicode.

What goes in: text as Word keeps it, whose letters are those of Latin-1, and the name of its font.
What comes out: the Vietnamese that the font shows. Source of the table: TCVN 5712:1993, VSCII-3,
as glibc's iconv has it under the name TCVN (a test compares the two).
"""

from __future__ import annotations

import re

_FROM = (
    "\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae\xb5\xb6\xb7\xb8\xb9\xbb\xbc\xbd\xbe"
    "\xc6\xc7\xc8\xc9\xca\xcb\xcc\xce\xcf\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xdc\xdd\xde\xdf"
    "\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee\xef\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8"
    "\xf9\xfa\xfb\xfc\xfd\xfe"
)
_TO = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_TABLE = str.maketrans(_FROM, _TO)
_FONT = re.compile(r"\.vn\w*", re.IGNORECASE)
# A word is Vietnamese in this form when it holds a letter that no text in Unicode has there.
_TELLING = re.compile("[\xadµ¶·¸¹»¼½¾®§¨©ª«¬¡¢£¤¥¦]")


def is_old_font(font: str) -> bool:
    """Whether a font is one of those whose letters are of TCVN3."""
    return bool(_FONT.match(font))


def read_old_letters(text: str, font: str) -> str:
    """Return the Vietnamese of a text in such a font; one whose name ends in H shows capitals."""
    words = text.translate(_TABLE)
    return words.upper() if font.endswith("H") else words


def has_old_letters(text: str) -> bool:
    """Whether a text looks typed for such a font, whatever its own is called."""
    telling = len(_TELLING.findall(text))
    return telling >= 4 and telling * 25 > len(text)  # noqa: PLR2004 (one letter in 25)
