"""List the rules on prose, sorted by id: what a careful reader would query.

Each can be switched off, and none of their findings is an error. A new module of prose rules is
listed in `qmstool/rules/__init__.py`, as those of every family are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.rules.prose import (
    abbreviations,
    announcements,
    duties,
    exclusions,
    near_duplicates,
    page_remnants,
    periods,
    punctuation,
    sections,
    terms,
    torn_words,
    typing_errors,
    unfinished,
    variants,
)

if TYPE_CHECKING:
    from qmstool.rules.base.rule import Rule

_TOPICS = (
    exclusions,
    typing_errors,
    torn_words,
    punctuation,
    announcements,
    unfinished,
    sections,
    near_duplicates,
    terms,
    duties,
    periods,
    abbreviations,
    variants,
    page_remnants,
)
_DECLARED = (declared for topic in _TOPICS for declared in topic.RULES)

RULES: tuple[Rule, ...] = tuple(sorted(_DECLARED, key=lambda declared: declared.id))
