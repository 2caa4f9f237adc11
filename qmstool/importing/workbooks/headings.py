"""Recognize a table by the heads of its columns, in Vietnamese and English.

What goes in: the first rows of a table. What comes out: which column holds what.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.importing.recognized import expressions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RECORDS = expressions("columns_records")
ABBREVIATIONS = expressions("columns_abbreviations")
EXTERNAL = expressions("columns_external")
DISTRIBUTION = expressions("columns_distribution")
CHANGES = expressions("columns_changes")
DOCUMENTS = expressions("columns_documents")
CLAUSES = expressions("columns_clauses")
HEAD_ROWS = 3


def find_columns(
    rows: Sequence[Sequence[str]], kinds: Mapping[str, str], needed: tuple[str, ...]
) -> tuple[int, dict[str, int]]:
    """Return the row of heads and kind → column; (-1, {}) where `needed` are not all there."""
    for number, row in enumerate(rows[:HEAD_ROWS]):
        columns: dict[str, int] = {}
        for column, text in enumerate(row):
            bare = " ".join(text.split()).strip(" :.*")
            for kind, pattern in kinds.items():
                taken = kind in columns or column in columns.values()
                if bare and not taken and re.fullmatch(pattern, bare, re.IGNORECASE):
                    columns[kind] = column
        if all(kind in columns for kind in needed):
            return number, columns
    return -1, {}
