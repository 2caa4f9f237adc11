"""Tell numbers of clauses from what is none, and which of two stands above the other."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qmstool.patterns import regex

if TYPE_CHECKING:
    from qmstool.manual.standards import Catalogue
    from qmstool.manual.text_files import TextFile

CLAUSE_NUMBER = regex(r"[A-Z0-9]+(?:\.\d+)*")


def number_in_name(file: TextFile) -> str:
    """Return the number that a file of the manual is named after; "" where that is none."""
    stem = PurePosixPath(file.path).stem
    return stem if CLAUSE_NUMBER.fullmatch(stem) else ""


def misnumbered_clauses(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the clauses of a catalogue whose number is none."""
    return tuple(number for number in catalogue.clauses if not CLAUSE_NUMBER.fullmatch(number))


def on_one_branch(one: str, other: str) -> bool:
    """Whether one number is the other or stands above or below it, as 7.1 and 7.1.5 do."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")
