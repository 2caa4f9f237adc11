"""Read whole numbers as strangers write them: in figures of any script, and of any length.

«²» is a digit to Python and no figure; a number of thousands of figures is one that Python refuses
to read (ValueError, from 4,300 on).
"""

from __future__ import annotations

import unicodedata

# More figures than a year, a length in days or a number of a release has.
MOST_FIGURES = 9


def plain_figures(text: str) -> str:
    """Return figures of any script as ours, without zeros in front; `text` has no other sign."""
    figures = "".join([str(unicodedata.decimal(sign)) for sign in text])
    return figures.lstrip("0") or "0"


def whole_number(text: str) -> int | None:
    """Return what some figures count; None for other signs, and for more than nine figures."""
    if not text.isdecimal():
        return None
    figures = plain_figures(text)
    return int(figures) if len(figures) <= MOST_FIGURES else None
