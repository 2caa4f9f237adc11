"""Tell whether two wordings of a title are one: a heading, and the title in a document's data."""

from __future__ import annotations

from qmstool.parsing.codes import fold_name
from qmstool.patterns import regex

_WORDS = regex(r"\w+")


def is_same_title(one: str, other: str) -> bool:
    """Whether all words of one wording are among those of the other.

    So a code, a number or «Procedure» before or behind makes no other title. A wording without
    words is as good as any.
    """
    ours, theirs = _words(one), _words(other)
    return ours <= theirs or theirs <= ours


def _words(title: str) -> set[str]:
    return set(_WORDS.findall(fold_name(title)))
