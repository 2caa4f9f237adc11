"""Leave out of words what nobody sees in them.

A text loses `UNSEEN` when it is taken in; joiners it keeps, for Persian, Hindi and Sinhala are
spelt with them. Where words are compared or looked for, neither counts.
"""

from __future__ import annotations

UNSEEN = "\u00ad\u200b\u2060\ufeff"
"""The soft hyphen, blanks of no width, and the mark of the order of bytes."""

JOINERS = "\u200c\u200d"
"""They part and join letters, and have no width either."""

COMPARED = str.maketrans("", "", UNSEEN + JOINERS)
"""A table for `str.translate` that leaves out both."""

_UNSEEN = str.maketrans("", "", UNSEEN)


def without_unseen(text: str) -> str:
    """Return a text without what nobody sees and no word needs."""
    return text.translate(_UNSEEN)
