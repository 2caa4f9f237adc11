"""Fold letters that look alike to a reader, whatever script they are of, into one spelling."""

from __future__ import annotations

import unicodedata

# Letters that are other ones to a machine and the same to a reader, once they are small.
_OTHER_SCRIPTS = str.maketrans(
    "авеіјкмнорстухѕԁԛԝαβεζηικμνορτυχ", "abeijkmhopctyxsdqwabezhikmnoptyx"
)
_BARRED = str.maketrans("đðɖ", "ddd")
_ONE_CAPITAL = str.maketrans("ðɖ", "đđ")


def fold_looks(text: str) -> str:
    """Return text in small Latin letters without accents, blanks of no width and other such signs.

    Wide letters and those of another script that look like Latin ones become these.
    """
    apart = unicodedata.normalize("NFKD", text).casefold()
    apart = apart.translate(_OTHER_SCRIPTS).translate(_BARRED)
    # Accents, and what nobody sees: blanks of no width, marks of direction.
    return "".join([sign for sign in apart if unicodedata.category(sign) not in {"Mn", "Me", "Cf"}])


def fold_scripts(text: str) -> str:
    """Return text in small letters, each of the script that it seems to be of, its accents kept.

    What nobody sees is left out; wide letters are plain ones, and what is «Đ» as a capital is «đ».
    """
    seen = unicodedata.normalize("NFKC", text).casefold()
    seen = seen.translate(_OTHER_SCRIPTS).translate(_ONE_CAPITAL)
    return "".join([sign for sign in seen if unicodedata.category(sign) != "Cf"])
