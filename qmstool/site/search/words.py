"""Say what a word is, where the index of the search is made.

The same as `search/words.js` of the theme says in the browser; the tests hold the two together.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from qmstool.unseen import COMPARED

# Letters and digits part, so that BIS01 is BIS and 01; a dot between digits stays, so that 7.1.6 is
# one word.
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)*|[^\W_0-9]+")
_ACCENT = re.compile("[\u0300-\u036f]")
# lý and lí, kỹ and kĩ, quý and quí are one word.
_FINAL_Y = re.compile("^((?:[bcdghklmnpqrstvx]|[cgknpt]h|qu))y([\u0300-\u036f]*)$")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def normalize(text: str) -> str:
    """Compose accents (NFC) and drop what is not seen: soft hyphens, zero-width characters."""
    return unicodedata.normalize("NFC", text).translate(COMPARED)


def tokens(text: str) -> list[str]:
    """Return the words of a normalized text, as written."""
    return _TOKEN.findall(text)


@lru_cache(maxsize=1 << 16)
def fold_word(token: str) -> tuple[str, str]:
    """Return a word folded, and exact.

    Folded: lower case, no accents, đ is d. Exact: with its accents, the tone mark last, so that hoà
    is hòa.
    """
    decomposed = unicodedata.normalize("NFD", token.lower())
    decomposed = _FINAL_Y.sub(r"\1i\2", decomposed)
    folded = _ACCENT.sub("", decomposed).replace("đ", "d")
    tone = _TONE.search(decomposed)
    exact = unicodedata.normalize("NFC", _TONE.sub("", decomposed))
    if tone:
        exact += tone[0]
    return folded, exact
