"""Two stretches of text → runs of kept, taken out and put in words. Pure."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RunKind = Literal["same", "old", "new"]
_TOKEN = re.compile(r"\d+(?:[.,/-]\d+)*|\w+|\s+|[^\w\s]")
_CELL = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed, went or came."""

    kind: RunKind
    text: str


def tokens(text: str) -> list[str]:
    """Cut a text into words, numbers with their dots, blanks and signs."""
    return _TOKEN.findall(text)


def compare_words(old: str, new: str) -> tuple[Run, ...]:
    """Return the runs that lead from one text to the other.

    Old and same make the old text, new and same the new one.
    """
    before, after = tokens(old), tokens(new)
    runs: list[Run] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run("same", "".join(before[a:b])))
        else:
            runs += [Run("old", "".join(before[a:b])), Run("new", "".join(after[c:d]))]
    return merge(_without_islands(runs))


def _without_islands(runs: Sequence[Run]) -> list[Run]:
    """A blank or sign that stayed between two changes reads better as part of them."""
    kept: list[Run] = []
    for at, run in enumerate(runs):
        inside = 0 < at < len(runs) - 1
        if run.kind == "same" and inside and not any(char.isalnum() for char in run.text):
            kept += [Run("old", run.text), Run("new", run.text)]
        else:
            kept.append(run)
    return kept


def merge(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Join neighbours: between two stretches that stayed stands at most one that went and one that came, in this order."""
    merged: list[Run] = []
    old = new = ""
    for run in (*runs, Run("same", "")):
        if run.kind == "old":
            old += run.text
        elif run.kind == "new":
            new += run.text
        elif run.text or old or new:
            merged += [each for each in (Run("old", old), Run("new", new)) if each.text]
            old = new = ""
            if merged and merged[-1].kind == "same":
                merged[-1] = Run("same", merged[-1].text + run.text)
            elif run.text:
                merged.append(run)
    return tuple(merged)


def split_cells(row: str) -> list[str]:
    """Return the cells of a table row, blanks around them taken off."""
    return [cell.strip() for cell in _CELL.split(row.strip().strip("|"))]


def likeness(old: str, new: str) -> float:
    """How much of two texts' words is common, 0 to 1, whatever their order."""
    if old == new:
        return 1.0
    before, after = (
        Counter(word for word in tokens(text) if not word.isspace()) for text in (old, new)
    )
    whole = before.total() + after.total()
    return 2 * (before & after).total() / whole if whole else 0.0
