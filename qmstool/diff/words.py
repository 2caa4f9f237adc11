"""Compare two stretches of text word by word: runs of kept, removed and added words. Pure."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass
from qmstool.parsing.matching import BoundedMatcher
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qmstool.parsing.matching import SharedSteps

RunKind = Literal["same", "old", "new"]
_TOKEN = regex(r"\d+(?:[.,/-]\d+)*|\w+|\s+|[^\w\s]")
_CELL = regex(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed, went or came."""

    kind: RunKind
    text: str


def tokens(text: str) -> list[str]:
    """Cut a text into words, numbers with their dots, blanks and signs."""
    return _TOKEN.findall(text)


def compare_words(old: str, new: str, steps: SharedSteps | None = None) -> tuple[Run, ...]:
    """Return the runs that lead from one text to the other.

    Old and same make the old text, new and same the new one. `steps`: those of a whole document.
    """
    before, after = tokens(old), tokens(new)
    runs: list[Run] = []
    matcher = BoundedMatcher(before, after, steps)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        removed = "".join(before[old_start:old_end])
        if tag == "equal":
            runs.append(Run("same", removed))
        else:
            runs += [Run("old", removed), Run("new", "".join(after[new_start:new_end]))]
    return merge(_without_islands(runs))


def _without_islands(runs: Sequence[Run]) -> list[Run]:
    """A blank or sign that stayed between two changes reads better as part of them."""
    kept: list[Run] = []
    for index, run in enumerate(runs):
        inside = 0 < index < len(runs) - 1
        if run.kind == "same" and inside and not any(char.isalnum() for char in run.text):
            kept += [Run("old", run.text), Run("new", run.text)]
        else:
            kept.append(run)
    return kept


def merge(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Join neighbours of one kind.

    Between two stretches that stayed stands at most one that went and one that came, in this order.
    """
    merged: list[Run] = []
    old = new = ""
    for run in (*runs, Run("same", "")):
        if run.kind == "old":
            old += run.text
        elif run.kind == "new":
            new += run.text
        elif run.text or old or new:
            if old:
                merged.append(Run("old", old))
            if new:
                merged.append(Run("new", new))
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
    """Return how much of two texts' words is common, 0 to 1, whatever their order."""
    if old == new:
        return 1.0
    return likeness_of_counts(word_counts(old), word_counts(new))


def likeness_of_counts(before: Counter[str], after: Counter[str]) -> float:
    """Return how much of the words of two texts is common, 0 to 1."""
    whole = before.total() + after.total()
    return 2 * (before & after).total() / whole if whole else 0.0


# Each of a stretch's blocks is compared with all of another's.
@lru_cache(maxsize=512)
def word_counts(text: str) -> Counter[str]:
    """Return how often each word stands in a text."""
    return Counter(word for word in tokens(text) if not word.isspace())
