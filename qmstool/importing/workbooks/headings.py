"""Recognize a table by the heads of its columns, in Vietnamese and English.

What goes in: the first rows of a table. What comes out: which column holds what.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from qmstool.importing.recognized import expressions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Kinds = Mapping[str, re.Pattern[str]]


def _heads(name: str) -> dict[str, re.Pattern[str]]:
    return {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in expressions(name).items()}


RECORDS = _heads("columns_records")
ABBREVIATIONS = _heads("columns_abbreviations")
EXTERNAL = _heads("columns_external")
DISTRIBUTION = _heads("columns_distribution")
CHANGES = _heads("columns_changes")
DOCUMENTS = _heads("columns_documents")
CLAUSES = _heads("columns_clauses")
HEAD_ROWS = 3
LONGEST_HEAD = 80
_NOTE = re.compile(r"\(([^()]*)\)")


def find_columns(
    rows: Sequence[Sequence[str]], kinds: Kinds, needed: tuple[str, ...]
) -> tuple[int, dict[str, int]]:
    """Return the row of heads and kind → column; (-1, {}) where `needed` are not all there."""
    for number, row in enumerate(rows[:HEAD_ROWS]):
        columns = match_heads([(text,) for text in row], kinds, {})
        if all(kind in columns for kind in needed):
            return number, columns
    return -1, {}


def match_heads(
    heads: Sequence[Sequence[str]], kinds: Kinds, said: Mapping[str, str]
) -> dict[str, int]:
    """Return kind → column, the first column that fits each.

    `heads`: for each column the texts that it may go by; `said`: head, folded → the kind that
    somebody says it has, "" for none.
    """
    columns: dict[str, int] = {}
    here = {fold_head(text) for texts in heads for text in texts}
    own = {kind for head, kind in said.items() if head in here}
    for column, texts in enumerate(heads):
        told = next((said[fold_head(text)] for text in texts if fold_head(text) in said), None)
        if told is not None and told in kinds:
            columns[told] = column
        if told is not None and (told in kinds or not told):
            continue
        for kind, pattern in kinds.items():
            if kind not in columns and kind not in own and _fits(texts, pattern):
                columns[kind] = column
                break
    return columns


@cache
def _any_head() -> re.Pattern[str]:
    registers = (RECORDS, ABBREVIATIONS, EXTERNAL, DISTRIBUTION, DOCUMENTS)
    patterns = (pattern.pattern for kinds in registers for pattern in kinds.values())
    return re.compile("|".join(dict.fromkeys(patterns)), re.IGNORECASE)


def may_be_head(text: str, said: Mapping[str, str]) -> bool:
    """Whether a cell may be the head of a column of some register."""
    if not text or len(text) > LONGEST_HEAD:
        return False
    return (bool(said) and fold_head(text) in said) or _is_like_head(text)


@lru_cache(maxsize=10_000)
def _is_like_head(text: str) -> bool:
    return _fits((text,), _any_head())


def fold_head(text: str) -> str:
    """Return a head as heads are compared: small letters, single blanks, no sign at its end."""
    return " ".join(text.split()).strip(" :.*").casefold()


def _fits(texts: Sequence[str], pattern: re.Pattern[str]) -> bool:
    return any(pattern.fullmatch(reading) for text in texts for reading in _readings(text))


def _readings(text: str) -> Iterator[str]:
    """Give what a head may say: all of it, without its note in brackets, one of two languages."""
    whole = " ".join(text.split()).strip(" :.*")
    if not whole:
        return
    yield whole
    notes = _NOTE.findall(whole)
    bare = " ".join(_NOTE.sub(" ", whole).split()).strip(" :.*")
    for part in (bare, *re.split(r"\s*/\s*", bare), *text.splitlines(), *notes):
        piece = " ".join(part.split()).strip(" :.*()")
        if piece and piece != whole:
            yield piece
