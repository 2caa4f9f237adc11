"""Say how much of a table a sheet of A4 holds, measured in letters of an average word.

Whoever prints a table and whoever warns of one that is too wide go by the same measure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_WORD = 16
"""Letters without a place to break after which any place will do."""
# Letters on a line of A4 with our margins, for each size in points.
UPRIGHT = ((10.0, 86), (9.0, 96), (8.0, 108))
LYING = ((9.0, 140), (8.0, 158), (7.0, 180))
CELL_EDGES = 2.5  # letters that the inside edges of a cell take
NARROWEST = 3.0  # letters of the narrowest column


def letters_needed(longest_words: Sequence[float]) -> float:
    """Return the letters that a line of a table needs: each column's longest word, and edges."""
    return sum(longest_words) + CELL_EDGES * len(longest_words)


def fits_on_sheet(longest_words: Sequence[int]) -> bool:
    """Whether a table stands on a sheet, lying and in the smallest letters, no word broken."""
    columns = [min(max(word, NARROWEST), LONGEST_WORD) for word in longest_words]
    return letters_needed(columns) <= LYING[-1][1]
