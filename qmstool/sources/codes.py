"""Code shapes and how they are matched: `QT {unit} {nn}` finds «QT-BIS-01» in running text; `key` folds a code to its identity."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# What may stand between the parts of a code: separators, line breaks, and \x01, the scanner's sign for inline markup.
GAP = "[ \\t\\n\\u00a0\\u202f.\\-\\u2010\\u2011_\\x01]+"
_SEPARATORS = re.compile(r"[\s.\-\u2010\u2011_\x01]+")
_PLACE = re.compile(r"\{(unit|n+|yyyy|abc)\}")
LETTER = r"[^\W\d_]"
# Digits are 0–9: the engine skips to such a set, but not to `\d`.
_FORMS = {
    "unit": f"{LETTER}+",
    "yyyy": "(?:19|20)[0-9][0-9]",
    # A hyphen between every two runs of letters: were it optional, a long run that fails would be tried in every cut.
    "abc": f"{LETTER}+(?:-{LETTER}+)*[0-9]*",
    "n": "[0-9]+",
}


def key(code: str) -> str:
    """Fold a code to its identity: NFC, lower case, every separator one hyphen. «QT BIS 01» → «qt-bis-01»."""
    folded = unicodedata.normalize("NFC", code).casefold()
    return _SEPARATORS.sub("-", folded).strip("-")


def pattern(shape: str) -> str:
    """Return the regular expression of a code shape, without word boundaries; any text is a valid shape."""
    parts, at = [], 0
    for place in _PLACE.finditer(shape):
        parts.append(_literal(shape[at : place.start()]))
        name = place[1]
        parts.append(_FORMS[name] if name in _FORMS else f"[0-9]{{{len(name)}}}")
        at = place.end()
    parts.append(_literal(shape[at:]))
    return "".join(parts)


def _literal(text: str) -> str:
    words = _SEPARATORS.split(text)
    return GAP.join(re.escape(word) for word in words)


def fits(code: str, shape: str) -> bool:
    """Whether a code is of a shape, whole."""
    return _whole(shape).fullmatch(unicodedata.normalize("NFC", code)) is not None


@lru_cache(maxsize=256)
def _whole(shape: str) -> re.Pattern[str]:
    return re.compile(pattern(shape), re.IGNORECASE)


def phrase(name: str) -> str:
    """Return the regular expression of a name in running text: blanks and inline markup vary, dashes are one."""
    words = re.split(r"[\s\x01]+", unicodedata.normalize("NFC", name).strip())
    gap = "[ \\t\\n\\u00a0\\u202f\\x01]+"
    return gap.join(re.sub(r"(?:\\-|[–—‐‑])", "[-–—‐‑]", re.escape(word)) for word in words)
