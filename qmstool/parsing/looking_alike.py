"""Fold letters that look alike to a reader, whatever script they are of, into one spelling."""

from __future__ import annotations

import unicodedata

# Letters that are other ones to a machine and the same to a reader, once they are small.
_LOOKING_ALIKE = str.maketrans(
    "đðɖавеіјкмнорстухѕԁԛԝαβεζηικμνορτυχ", "dddabeijkmhopctyxsdqwabezhikmnoptyx"
)


def fold_looks(text: str) -> str:
    """Return text in small Latin letters without accents, blanks of no width and other such signs.

    Wide letters and those of another script that look like Latin ones become these.
    """
    apart = unicodedata.normalize("NFKD", text).casefold().translate(_LOOKING_ALIKE)
    # Accents, and what nobody sees: blanks of no width, marks of direction.
    return "".join([sign for sign in apart if unicodedata.category(sign) not in {"Mn", "Me", "Cf"}])
