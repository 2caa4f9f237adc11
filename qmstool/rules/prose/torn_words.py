"""Find words that the extraction of text tore apart: «chấ t lượ ng»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.citations import BLANK
from qmstool.patterns import regex
from qmstool.rules.base.rule import file_rule
from qmstool.rules.base.text.wording import alternatives

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.text.prose_text import Writing
    from qmstool.rules.base.text.wording import Wording

_LETTER = r"[^\W\d_]"
# How far before a tear, in characters, a semivowel may stand that was torn off too.
SEMIVOWEL_REACH = 6


@file_rule(
    "QMS606",
    "split-word",
    Severity.WARNING,
    Text("Chữ bị tách rời", "A word torn apart"),
    Text(
        "«{words}» là chữ bị tách rời, thường do rút chữ từ tệp PDF. Hãy nối lại.",
        "«{words}» is torn apart, as happens when text is taken out of a PDF. Join it.",
    ),
)
def split_word(writing: Writing) -> Iterator[Violation]:
    """Find words torn apart by the extraction of text («chấ t lượ ng»).

    A rhyme that cannot stand open, a blank, and the consonant that it lost.
    """
    finder = writing.wording.prepared(TornWordFinder)
    for start, *edges in finder.torn_runs(writing):
        end = edges[-1]
        stretches = _kept_stretches(start, edges)
        whole = "".join(writing.words[first:last] for first, last in stretches)
        yield Violation(
            writing.locate(start, end), {"words": writing.plain_words(start, end)}, whole
        )


class TornWordFinder:
    """Finds the places where extraction tore words of a language apart."""

    def __init__(self, wording: Wording) -> None:
        lists = wording.lists
        self._rhymes = tuple(lists["open_rhymes"])
        self._pairs = {tuple(pair.split()) for pair in lists["torn_pairs"]}
        self._orphans = {*lists["orphans"], *(last for _, last in self._pairs)}
        orphans = alternatives(self._orphans)
        self._orphan = regex(rf"{BLANK}(?={_LETTER}{{1,2}}(?!\w))(?P<orphan>{orphans})(?!\w)")
        self._semivowel = regex(
            rf"(?<={_LETTER}){BLANK}(?:{alternatives(lists['semivowels'])})(?={BLANK}\Z)"
        )

    def torn_runs(self, writing: Writing) -> list[list[int]]:
        """Return each torn run: where it starts, then the gap and the end of each orphan."""
        if self._orphans.isdisjoint(writing.vocabulary):
            return []
        lower = writing.lower_words
        torn: list[list[int]] = []
        end = -2
        for orphan in self._orphan.finditer(lower):
            if not self._is_torn(lower, orphan):
                continue
            start, _ = writing.whole_words(*orphan.span())
            if end + 1 != start:
                torn.append(self._begin_run(writing, lower, start))
            end = orphan.end()
            torn[-1] += [orphan.start(), end]
        return torn

    def _begin_run(self, writing: Writing, lower: str, start: int) -> list[int]:
        """Begin a torn run at a word, or before it where a semivowel was torn off there."""
        semivowel = self._semivowel.search(lower, max(0, start - SEMIVOWEL_REACH), start)
        if semivowel is None:
            return [start]
        first, _ = writing.whole_words(*semivowel.span())
        return [first, *semivowel.span()]

    def _is_torn(self, lower: str, orphan: re.Match[str]) -> bool:
        """Whether what stands before a lone consonant needs one."""
        before = lower[max(0, orphan.start() - 3) : orphan.start()]
        if before.endswith(self._rhymes):
            return True
        return before[1:].isalpha() and (before[-1:], orphan["orphan"]) in self._pairs


def _kept_stretches(start: int, edges: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a torn run that stay.

    Each word up to its gap, then its orphan and the blank after it.
    """
    for gap, following in zip(edges[::2], edges[1::2], strict=True):
        yield start, gap
        yield gap + 1, following
        start = following


RULES: tuple[Rule, ...] = (split_word,)
