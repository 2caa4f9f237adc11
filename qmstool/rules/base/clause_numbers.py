"""Tell numbers of clauses from what is none: in the names of files, and in catalogues."""

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
