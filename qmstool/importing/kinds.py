"""Tell what a file is by its name, title and code, and of what shape the codes of a kind are."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from qmstool.importing.recognized import expressions
from qmstool.parsing.codes import fold_code, shape_pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

_BY_WORD = expressions("kinds_by_word")
_BY_CODE = expressions("kinds_by_code")
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_SEPARATORS = {"", " ", "-", ".", "_"}  # what a shape takes as equal, and nothing
_WIDTHS = {2: "{nn}", 3: "{nnn}"}


def kind_of(code: str, title: str, stem: str) -> tuple[str, bool]:
    """Return a type's key and whether anything said so; a procedure where nothing did."""
    letters = re.match(r"[^\W\d_]+", code)
    for kind, pattern in _BY_CODE.items():
        if letters and re.fullmatch(pattern, letters[0]):
            return kind, True
    texts = [bare_letters(text) for text in (title, stem)]
    for find in (re.match, re.search):
        for text in texts:
            for kind, pattern in _BY_WORD.items():
                if find(rf"\b(?:{bare_letters(pattern)})", text):
                    return kind, True
    return "procedure", False


def bare_letters(text: str) -> str:
    """Return a text in small letters without marks: names of files often have none."""
    folded = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D")).casefold()
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.sub(r"[-_ ]+", " ", bare).strip()


def prefix(code: str) -> str:
    """Return the letters that a code begins with."""
    match = re.match(r"[^\W\d_]+", code)
    return match[0] if match else ""


def code_shape(codes: Sequence[str], prefixes: Iterable[str]) -> str:
    """Return the shape that all codes of a kind share, "" where they share none.

    `prefixes`: letters that name kinds; inside a form's code they are no unit.
    """
    lists = [_TOKEN.findall(code) for code in codes]
    known = set(prefixes)
    if not lists or len({len(tokens) for tokens in lists}) != 1:
        return ""
    shape: list[str] = []
    between = list(map(_gaps, codes))
    for place, column in enumerate(zip(*lists, strict=True)):
        part = _shape_of_column(place, column, known)
        if not part or (part == "{unit}" and part in shape):
            return ""
        gaps = [each[place - 1] for each in between] if place else [""]
        shape.append(_separator(gaps) + part)
    return "".join(shape)


def _shape_of_column(place: int, column: tuple[str, ...], known: set[str]) -> str:
    if all(token.isdigit() for token in column):
        widths = {len(token) for token in column}
        return _WIDTHS.get(widths.pop(), "{n}") if len(widths) == 1 else "{n}"
    if any(token.isdigit() for token in column):
        return ""
    same = len(set(column)) == 1
    if place == 0:
        return column[0] if same else ""
    return column[0] if same and column[0] in known else "{unit}"


def _gaps(code: str) -> list[str]:
    """Return what stands between the tokens of a code."""
    tokens = list(_TOKEN.finditer(code))
    return [code[one.end() : other.start()] for one, other in pairwise(tokens)]


def _separator(gaps: Collection[str]) -> str:
    """Return what all codes have at a place, as - in QT-01: `new` then writes as they do."""
    same = set(gaps)
    return same.pop() if len(same) == 1 and same <= _SEPARATORS else " "


def cited_codes(texts: Iterable[str], shapes: Mapping[str, str]) -> dict[str, list[str]]:
    """Return type → the codes of that shape that texts name, each once, as it stands first."""
    cited: dict[str, dict[str, str]] = {}
    for text in texts:
        for kind, shape in shapes.items():
            if "{" not in shape:
                continue  # the manual itself, and what is known by a name
            for match in shape_pattern_of(shape).finditer(text):
                code = " ".join(match[0].split())
                cited.setdefault(kind, {}).setdefault(fold_code(code), code)
    return {kind: list(codes.values()) for kind, codes in cited.items()}


@cache
def shape_pattern_of(shape: str) -> re.Pattern[str]:
    """Return a shape of codes as a pattern for running text."""
    return re.compile(rf"(?<!\w){shape_pattern(shape)}(?!\w)")


def unit_in(code: str, shape: str) -> str:
    """Return the unit that a code carries by its shape."""
    tokens = _TOKEN.findall(code)
    parts = re.findall(r"\{\w+\}|[^\W\d_]+", shape)
    for token, part in zip(tokens, parts, strict=False):
        if part == "{unit}":
            return str(token)
    return ""
