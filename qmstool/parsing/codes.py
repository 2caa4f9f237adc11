"""Code shapes and how they are matched: `QT {unit} {nn}` finds «QT-BIS-01» in running text; `key` folds a code to its identity."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# What may stand between the parts of a code: separators, line breaks, and \x01, the scanner's sign
# for inline markup.
GAP = "[ \\t\\n\\u00a0\\u202f.\\-\\u2010\\u2011_\\x01]+"
_SEPARATORS = re.compile(r"[\s.\-\u2010\u2011_\x01]+")
# The edition of a standard behind its name: «ISO 9001:2008».
EDITION = re.compile(r":(\d{4})(?!\d)")
_PLACE = re.compile(r"\{(unit|n+|yyyy|abc)\}")
LETTER = r"[^\W\d_]"
# Digits are 0–9: the engine skips to such a set, but not to `\d`.
_FORMS = {
    "unit": f"{LETTER}+",
    "yyyy": "(?:19|20)[0-9][0-9]",
    # A hyphen between every two runs of letters: were it optional, a long run that fails would be
    # tried in every cut.
    "abc": f"{LETTER}+(?:-{LETTER}+)*[0-9]*",
    "n": "[0-9]+",
}


def fold_code(code: str) -> str:
    """Fold a code to its identity: NFC, lower case, every separator one hyphen.

    «QT BIS 01» → «qt-bis-01».
    """
    folded = unicodedata.normalize("NFC", code).casefold()
    return _SEPARATORS.sub("-", folded).strip("-")


def fold_number(number: str) -> str:
    """Fold the number of an outside document likewise; a word processor's dashes are hyphens.

    «30/2020/NĐ–CP» → «30/2020/nđ-cp».
    """
    return fold_code(number.replace("–", "-").replace("—", "-"))


def shape_pattern(shape: str, place: str = "{}") -> str:
    """Return the regular expression of a code shape, without word boundaries; any text is a valid shape.

    `place` is what to put around the expression of each place, as for `str.format`.
    """
    parts, at = [], 0
    for found in _PLACE.finditer(shape):
        parts.append(_literal(shape[at : found.start()]))
        name = found[1]
        parts.append(place.format(_FORMS[name] if name in _FORMS else f"[0-9]{{{len(name)}}}"))
        at = found.end()
    parts.append(_literal(shape[at:]))
    return "".join(parts)


def _literal(text: str) -> str:
    words = _SEPARATORS.split(text)
    return GAP.join(re.escape(word) for word in words)


def fits_shape(code: str, shape: str) -> bool:
    """Whether a code is of a shape, whole."""
    return _whole(shape).fullmatch(unicodedata.normalize("NFC", code)) is not None


@lru_cache(maxsize=256)
def _whole(shape: str) -> re.Pattern[str]:
    return re.compile(shape_pattern(shape), re.IGNORECASE)


def phrase(name: str) -> str:
    """Return the regular expression of a name in running text: blanks and inline markup vary, dashes are one."""
    words = re.split(r"[\s\x01]+", unicodedata.normalize("NFC", name).strip())
    gap = "[ \\t\\n\\u00a0\\u202f\\x01]+"
    return gap.join(re.sub(r"(?:\\-|[–—‐‑])", "[-–—‐‑]", re.escape(word)) for word in words)


def placeholder_values(code: str, shape: str) -> tuple[tuple[str, str], ...]:
    """What a code puts into the places of a shape, each with its kind (letters, year, number), folded; () where it does not fit."""
    found = _grouped(shape).fullmatch(unicodedata.normalize("NFC", code))
    kinds = (_KINDS.get(name, "number") for name in _PLACE.findall(shape))
    return (
        tuple((kind, _folded(kind, said)) for kind, said in zip(kinds, found.groups(), strict=True))
        if found
        else ()
    )


_KINDS = {"unit": "letters", "abc": "letters", "yyyy": "year"}


def _folded(kind: str, said: str) -> str:
    return str(int(said)) if kind == "number" else said.casefold()


@lru_cache(maxsize=256)
def _grouped(shape: str) -> re.Pattern[str]:
    return re.compile(shape_pattern(shape, "({})"), re.IGNORECASE)


def _filled(shape: str, gap: str, forms: Mapping[str, str], digit: str, least: int = 0) -> str:
    """The pattern of a shape with a group for each place; `least`: fewest digits where a number of them is given."""
    found, at = [], 0
    for place in _PLACE.finditer(shape):
        name = place[1]
        counted = f"{digit}{{{least or len(name)},{len(name)}}}"
        found += [_joined(shape[at : place.start()], gap), f"({forms.get(name, counted)})"]
        at = place.end()
    return "".join([*found, _joined(shape[at:], gap)])


def _joined(text: str, gap: str) -> str:
    return gap.join(re.escape(word) for word in _SEPARATORS.split(text))


_SLACK_GAP = "[ \\t\\u00a0\\u202f.\\-\\u2010\\u2011\\u2012\\u2013\\u2014\\u2212_\\x01]*"
_SLACK = {**_FORMS, "unit": f"{LETTER}{{1,12}}?", "n": "[0-9oil]{1,12}"}
_FIGURES = str.maketrans("oil", "011")


@lru_cache(maxsize=256)
def loose_shape(shape: str) -> LooseShape:
    """A shape as people mistype it, made once."""
    return LooseShape(shape)


class LooseShape:
    """A code shape as people mistype it: no blanks or dashes for them, O for 0, l for 1, a figure too few. Matches lower case."""

    def __init__(self, shape: str) -> None:
        self._shape = shape
        self.pattern = re.compile(
            _filled(shape.lower(), _SLACK_GAP, _SLACK, "[0-9oil]", 1) + r"(?![\w/])"
        )

    def written(self, found: re.Match[str], units: tuple[str, ...]) -> str | None:
        """The code that somebody meant, as its shape writes it; a unit as it is registered."""
        values = iter(found.groups())
        known = {unit.casefold(): unit for unit in units}

        def value(place: re.Match[str]) -> str:
            said = next(values)
            if set(place[1]) == {"n"}:
                return said.translate(_FIGURES).zfill(len(place[1]) if len(place[1]) > 1 else 0)
            return known.get(said, said.upper())

        return _PLACE.sub(value, self._shape)


@lru_cache(maxsize=1 << 15)
def fold_name(name: str) -> str:
    """A name as it is compared: NFC, lower case, one blank, one kind of dash without blanks around it."""
    folded = unicodedata.normalize("NFC", " ".join(name.replace("\x01", " ").split())).casefold()
    return _DASH.sub("-", folded)


_DASH = re.compile(" ?[-–—‐‑] ?")
