"""Know all capitals, and the pattern of a run of them.

A class of all capitals is slow to make and to compile: once, and only where it is needed.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from qmstool.patterns import regex

if TYPE_CHECKING:
    import re


@cache
def capitals() -> str:
    """Return all capitals, those with accents among them."""
    return "".join(filter(str.isupper, map(chr, range(ord("A"), ord("ỹ") + 1))))


@cache
def capital_runs() -> re.Pattern[str]:
    """Return the pattern of a run of capitals."""
    letter = f"[{capitals()}]"
    return regex(f"{letter}{letter}+")  # to a set that opens it the engine skips
