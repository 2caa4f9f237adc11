"""Running text → the numbers that a word announces: «mục 5.2», «các mục 1, 2 và 7», «từ điều khoản 8.1 đến 8.4».

The one place where a list of numbers is read. Whether a whole number still belongs to a list is told by what stands after it: «mục
1, 2» ends well, «mục 1, 2 người» does not.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CitationKind = Literal["code", "external", "name", "clause", "section", "annex"]

_NUMBER = r"\d+(?:\.\d+)*(?:\.[a-zđ](?!\w))?"
_ROMAN = r"[IVX]+(?!\w)"
_LETTER = r"[A-Z](?!\w)"
_FIRST = {"clause": _NUMBER, "section": f"{_NUMBER}|{_ROMAN}", "annex": rf"\d+|{_LETTER}|{_ROMAN}"}
# How each may begin in lowered text: what only looks like the word («mục tiêu») is passed over in
# the engine.
_OPENS = {"clause": r"[0-9]", "section": r"[0-9ivx]", "annex": r"[0-9a-z]"}
# A number further on in a list: no year, date, share or great number, unless it has parts as a
# section's has.
_MORE = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*|\d{3,4}(?:\.\d{1,2})+)(?:\.[a-zđ](?!\w))?(?![\w%]|\.\d|/(?!\d+\.\d))"
)
_MORE_LETTERS = re.compile(f"{_LETTER}|{_ROMAN}")
_CAPITALS = re.compile(r" *[^\W\d_a-z]{2,}(?![a-z])")
_END = re.compile(r" *(?:[^\w )%]|\Z)")
# Signs that end a number, and no list goes on behind them.
_ENDS = frozenset(".)\x00")
_TIGHT = re.compile(r"[,;](?=\d)")
# How far back, in characters, the word before an announcing one is looked for.
BACK = 24


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The words around announced numbers, each a list of phrases; what they mean is said in `templates/words/`."""

    clause: tuple[str, ...]
    section: tuple[str, ...]
    annex: tuple[str, ...]
    to: tuple[str, ...] = ()
    both: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    plural: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


class AnnouncedNumber(NamedTuple):
    """One number: its span, and where the list that it is of begins (`lead`).

    The first of a list spans the announcing word too.
    """

    kind: CitationKind
    start: int
    end: int
    number: str
    lead: int


class NumberFinder:
    """Compiled `Words`: ask it for the numbers of a text."""

    def __init__(self, words: NumberWords) -> None:
        kinds: tuple[tuple[CitationKind, tuple[str, ...]], ...]
        kinds = ("clause", words.clause), ("section", words.section), ("annex", words.annex)
        between = alternation((*words.since, *words.numbered))
        self._announcing = [
            (
                kind,
                re.compile(
                    rf"{alternation((word,))}(?: *: *| +)(?:(?:{between})(?: *: *| +))*(?={_OPENS[kind]})"
                ),
                re.compile(_FIRST[kind]),
                tuple(_before(word, words.other)),
            )
            for kind, each in kinds
            for word in each
        ]
        joins = alternation((*words.to, *words.both))
        self._join = re.compile(rf" *(?:[,;](?: +|(?=\d+\.))|[/&÷~–—−‑-] *)?(?:(?:{joins}) +)*")
        self._words = words
        self._plural = frozenset(word.lower() for word in words.plural)

    def find(self, prose: str, low: str) -> Iterator[AnnouncedNumber]:
        """Every announced number of a text, given as it is and lowered (`citations.lowered`)."""
        for kind, word, number, other in self._announcing:
            for hit in word.finditer(low):
                first = number.match(prose, hit.end())
                if first is None or not begins_word(low, hit.start()):
                    continue
                at = hit.start()
                if (
                    other
                    and low.endswith(other, max(0, at - BACK), at)
                    and begins_word(low, low.rfind(" ", 0, at - 1) + 1)
                ):
                    continue
                yield from self._list(kind, prose, low, hit, first)

    def _list(
        self, kind: CitationKind, prose: str, low: str, hit: re.Match[str], first: re.Match[str]
    ) -> Iterator[AnnouncedNumber]:
        """The number after a word, and those joined to it."""
        start, rest = hit.start(), []
        ended = (
            low[first.end() : first.end() + 1] in _ENDS
            and ":" not in hit[0]
            and not self._ranges(hit[0])
        )
        whole = "." not in first[0]
        if not ended and (whole or self._joined(low, first.end())):
            before = low[max(0, start - BACK) : start].split()
            plural = (bool(before) and before[-1] in self._plural) or hit[0].strip(
                " :"
            ) in self._plural
            rest = list(self._more(prose, low, first, plural=plural))
            if whole and not plural and (":" in hit[0] or (not rest and self._ranges(hit[0]))):
                return  # «Mục: 5 cái», «mục từ 5 người»: not told for certain
        yield AnnouncedNumber(kind, start, first.end(), first[0], start)
        for more in rest:
            yield AnnouncedNumber(kind, more.start(), more.end(), more[0], start)

    def _more(
        self, prose: str, low: str, first: re.Match[str], *, plural: bool
    ) -> Iterator[re.Match[str]]:
        """The numbers that follow the first of a list."""
        at, form = first.end(), _MORE if first[0][0].isdigit() else _MORE_LETTERS
        while (join := self._joined(low, at) or (_TIGHT.match(low, at) if plural else None)) and (
            told := form.match(prose, join.end())
        ):
            at = told.end()
            if not (
                ("." in first[0] and "." in told[0])
                or self._ends_well(prose, low, at, plural=plural)
            ):
                return
            yield told

    def _joined(self, low: str, at: int) -> re.Match[str] | None:
        """What joins a number to the next one: a sign, words or both."""
        join = self._join.match(low, at)
        return join if join and join[0].strip() else None

    def _ranges(self, announcing: str) -> bool:
        """Whether an announcing word opens a range: «mục từ»."""
        return any(f" {word.lower()} " in announcing for word in self._words.since)

    @cached_property
    def _after(self) -> re.Pattern[str]:
        words = self._words
        return re.compile(rf" *(?:{alternation((*words.after, *words.to, *words.both))})(?!\w)")

    def _ends_well(self, prose: str, low: str, at: int, *, plural: bool) -> bool:
        """Whether a whole number of a list may end here: no thing is counted by it («2 người»), and no item numbered («2)»)."""
        if _END.match(low, at) or self._after.match(low, at):
            return True
        if low[at : at + 1] == ")":
            return prose.rfind("(", max(0, at - 80), at) > prose.rfind(")", max(0, at - 80), at)
        return plural or _CAPITALS.match(prose, at) is not None


def begins_word(text: str, at: int) -> bool:
    """Whether a word may begin here: no letter, digit or slash stands before it."""
    before = text[at - 1 : at]
    return not (before.isalnum() or before in {"_", "/"})


def alternation(words: Iterable[str]) -> str:
    """Any of some phrases, the longest first, as a pattern for lowered text; without phrases one that matches nothing."""
    longest = sorted(
        {" ".join(word.lower().split()): None for word in words}, key=len, reverse=True
    )
    return "|".join(re.escape(word).replace("\\ ", " +") for word in longest) or "(?!)"


def _before(word: str, others: Iterable[str]) -> Iterator[str]:
    """What makes another word of an announcing one, when it stands before it: «danh » before «mục»."""
    for each in others:
        end = each.lower().removesuffix(word.lower())
        if end.strip(" -") and end != each.lower():
            yield end
