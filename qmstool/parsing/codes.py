"""Match codes by their shapes, and fold a code to its identity.

The shape `QT {unit} {nn}` finds «QT-BIS-01» in running text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from qmstool.parsing.scripts import LETTER, is_plain, plainly
from qmstool.patterns import regex

# What may stand between the parts of a code: separators, line breaks, and \x01, which stands for
# inline markup in running text.
GAP = "[ \\t\\n\\u00a0\\u202f.\\-\\u2010\\u2011_\\x01]+"
_SEPARATORS = regex(r"[\s.\-\u2010\u2011_\x01]+")
# The edition of a standard behind its name: «ISO 9001:2008».
EDITION = regex(r":(\d{4})(?!\d)")
# What stands between a code and a title written behind it; a hyphen alone goes on with the code.
_BETWEEN = regex(r"\s*(?:[:·|–—]|\s-)\s*(?=\S)|\s+(?=\S)")
_PLACE = regex(r"\{(unit|n+|yyyy|abc)\}")
# Digits are 0–9: the engine skips to such a set, but not to `\d` or a repeated set. Every run has a
# longest, that of no code there is: else a line of digits would be read anew from each of them.
_FORMS = {
    "unit": f"{LETTER}{{1,60}}",
    "yyyy": "(?:19|20)[0-9][0-9]",
    # A hyphen between every two runs of letters: were it optional, a long run that fails would be
    # tried in every cut.
    "abc": f"{LETTER}{{1,40}}(?:-{LETTER}{{1,40}}){{0,9}}[0-9]{{0,20}}",
    "n": "[0-9][0-9]{0,19}",
}


def fold_code(code: str) -> str:
    """Fold a code to its identity: NFC, lower case, every separator one hyphen.

    «QT BIS 01» → «qt-bis-01».
    """
    folded = unicodedata.normalize("NFC", code).casefold()
    return _SEPARATORS.sub("-", folded).strip("-")


def title_without_code(title: str, code: str) -> str:
    """Return a title without the code that some write before it, where more than the code is said.

    «PG 05 - Auditoría» of PG 05 → «Auditoría».
    """
    folded = fold_code(code)
    for between in _BETWEEN.finditer(title) if folded else ():
        before = fold_code(title[: between.start()])
        if before == folded:
            return title[between.end() :]
        if not folded.startswith(before):
            break  # what is longer is not it either
    return title


def fold_number(number: str) -> str:
    """Fold the number of an outside document likewise; a word processor's dashes are hyphens.

    «30/2020/NĐ–CP» → «30/2020/nđ-cp».
    """
    return fold_code(number.replace("–", "-").replace("—", "-"))


def shape_pattern(shape: str, place: str = "{}") -> str:
    """Return the regular expression of a code shape, without word boundaries.

    Any text is a valid shape. `place`: what to put around the expression of each placeholder, as
    for `str.format`.
    """
    parts = []
    position = 0
    for placeholder in _PLACE.finditer(shape):
        parts.append(_literal(shape[position : placeholder.start()], GAP))
        name = placeholder[1]
        form = _FORMS[name] if name in _FORMS else f"[0-9]{{{len(name)}}}"
        parts.append(place.format(form))
        position = placeholder.end()
    parts.append(_literal(shape[position:], GAP))
    return "".join(parts)


def _literal(text: str, gap: str) -> str:
    """Return the pattern of words that stand in a shape as they are, with `gap` between them."""
    words = _SEPARATORS.split(text)
    return gap.join(re.escape(word) for word in words)


def fits_shape(code: str, shape: str) -> bool:
    """Whether a code is of a shape, whole."""
    code = unicodedata.normalize("NFC", code)
    return _whole(shape, is_plain(code)).fullmatch(code) is not None


@lru_cache(maxsize=256)
def _whole(shape: str, plain: bool) -> re.Pattern[str]:
    pattern = shape_pattern(shape)
    return regex(plainly(pattern) if plain else pattern, re.IGNORECASE)


def phrase(name: str) -> str:
    """Return the regular expression of a name in running text.

    Blanks and inline markup vary, and all dashes are one.
    """
    words = re.split(r"[\s\x01]+", unicodedata.normalize("NFC", name).strip())
    gap = "[ \\t\\n\\u00a0\\u202f\\x01]+"
    patterns = [re.sub(r"(?:\\-|[–—‐‑])", "[-–—‐‑]", re.escape(word)) for word in words]
    return gap.join(patterns)


def placeholder_values(code: str, shape: str) -> tuple[tuple[str, str], ...]:
    """Return what a code puts into the placeholders of a shape; () where it does not fit.

    Each value comes with its kind (letters, year, number), folded: «03» and «3» are one number.
    """
    code = unicodedata.normalize("NFC", code)
    match = _grouped(shape, is_plain(code)).fullmatch(code)
    if match is None:
        return ()
    values = []
    for name, text in zip(_PLACE.findall(shape), match.groups(), strict=True):
        kind = _KINDS.get(name, "number")
        folded = str(int(text)) if kind == "number" else text.casefold()
        values.append((kind, folded))
    return tuple(values)


_KINDS = {"unit": "letters", "abc": "letters", "yyyy": "year"}


@lru_cache(maxsize=256)
def _grouped(shape: str, plain: bool) -> re.Pattern[str]:
    pattern = shape_pattern(shape, "({})")
    return regex(plainly(pattern) if plain else pattern, re.IGNORECASE)


_LOOSE_GAP = "[ \\t\\u00a0\\u202f.\\-\\u2010\\u2011\\u2012\\u2013\\u2014\\u2212_\\x01]*"
_LOOSE_FORMS = {**_FORMS, "unit": f"{LETTER}{{1,12}}?", "n": "[0-9oil]{1,12}"}
_FIGURES = str.maketrans("oil", "011")


@lru_cache(maxsize=256)
def loose_shape(shape: str) -> LooseShape:
    """Return a shape as people mistype it, made once."""
    return LooseShape(shape)


class LooseShape:
    """A code shape as people mistype it; its `pattern` matches lower case.

    Blanks or dashes are missing, O stands for 0 and l for 1, or there is a figure too few.
    """

    def __init__(self, shape: str) -> None:
        self._shape = shape
        self.pattern = regex(_loose_pattern(shape.lower()) + r"(?![\w/])")

    def meant_code(self, match: re.Match[str], units: tuple[str, ...]) -> str | None:
        """Return the code that somebody meant, as its shape writes it; units as registered."""
        values = iter(match.groups())
        known = {unit.casefold(): unit for unit in units}

        def value_in(placeholder: re.Match[str]) -> str:
            text = next(values)
            name = placeholder[1]
            if set(name) == {"n"}:
                width = len(name) if len(name) > 1 else 0
                return text.translate(_FIGURES).zfill(width)
            return known.get(text, text.upper())

        return _PLACE.sub(value_in, self._shape)


def _loose_pattern(shape: str) -> str:
    """Return the pattern of a shape as people mistype it, with a group for each placeholder."""
    parts = []
    position = 0
    for placeholder in _PLACE.finditer(shape):
        name = placeholder[1]
        parts.append(_literal(shape[position : placeholder.start()], _LOOSE_GAP))
        counted = f"[0-9oil]{{1,{len(name)}}}"
        parts.append(f"({_LOOSE_FORMS.get(name, counted)})")
        position = placeholder.end()
    parts.append(_literal(shape[position:], _LOOSE_GAP))
    return "".join(parts)


@lru_cache(maxsize=1 << 15)
def fold_name(name: str) -> str:
    """Return a name as it is compared.

    NFC, lower case, one blank between words, one kind of dash without blanks around it.
    """
    words = name.replace("\x01", " ").split()
    folded = unicodedata.normalize("NFC", " ".join(words)).casefold()
    return _DASH.sub("-", folded)


_DASH = regex(" ?[-–—‐‑] ?")
