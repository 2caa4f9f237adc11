"""Find the numbers that a word announces in running text.

«mục 5.2», «các mục 1, 2 và 7», «từ điều khoản 8.1 đến 8.4».
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.frozen import NamedTuple, dataclass
from qmstool.parsing.number_lists import BACK, alternation, words_before
from qmstool.parsing.scripts import WORD_END, begins_word, compiled, is_unparted
from qmstool.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from qmstool.parsing.number_lists import NumberLists

CitationKind = Literal["code", "external", "name", "designation", "clause", "section", "annex"]

# No number ends before a capital: «Abschnitt 8D-REPORT».
_NUMBER = r"\d+(?:\.\d+)*(?![\dA-Z])(?:\.[a-zđ](?!\w))?"
_ROMAN = rf"[IVX]+(?:(?:\.\d{{1,2}})+(?!\d)|{WORD_END})"
_LETTER = f"[A-Z]{WORD_END}"
# The number of a control: «A.5.1», and as ISO/IEC 27001 prints it «A 5.1».
CONTROL = r"[A-Z](?:\.| (?=\d+\.\d))\d{1,2}(?:\.\d{1,2})*(?!\d)"
# A number with parts that stands right after a standard, or after a word for any part of a text.
PARTED = r"\d{1,2}(?:\.\d{1,2})+(?!\d|\.\d)(?:\.[a-zđ](?!\w))?"
_FIRST = {
    "clause": f"{_NUMBER}|{CONTROL}",
    "section": f"{_NUMBER}|{CONTROL}|{_ROMAN}",
    "annex": rf"\d+|{CONTROL}|{_LETTER}|{_ROMAN}",
    "part": f"{PARTED}|{CONTROL}",
    "control": CONTROL,
}
# How each may begin in lowered text, so that the engine itself passes over what only looks like the
# word («mục tiêu»).
_CONTROL_OPENS = r"[a-z][. ][0-9]"
_OPENS = {
    "clause": f"(?:[0-9]|{_CONTROL_OPENS})",
    "section": f"(?:[0-9ivx]|{_CONTROL_OPENS})",
    "annex": "[0-9a-z]",
    "part": f"(?:[0-9]|{_CONTROL_OPENS})",
    "control": _CONTROL_OPENS,
}
# A number further on in a list: no year, date, share or great number, unless it has parts as a
# section's has.
_MORE = regex(
    r"(?:\d{1,2}(?:\.\d{1,2})*|\d{3,4}(?:\.\d{1,2})+)(?:\.[a-zđ](?!\w))?(?![\w%]|\.\d|/(?!\d+\.\d))"
)
_MORE_LETTERS = f"{CONTROL}|{_LETTER}|{_ROMAN}"
# Signs that end a number, and no list goes on behind them.
_ENDS = frozenset(".)\x00")
_TIGHT = regex(r"[,;](?=\d)")
# What may stand between a standard and a number without a word, and that number.
_BEHIND_STANDARD = regex(r"(?::\d{4})?(?:, *| +| *\()(?=[0-9a-z][0-9. ])")
_PARTED_ALONE = regex(rf"(?:{PARTED}|{CONTROL})(?![\w%°/]| *%|-\w)")


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The words around announced numbers; `templates/words/` says what each list is for.

    `letters`: those that open the numbers of controls in the standards followed. Such a number
    needs no word.
    """

    clause: tuple[str, ...]
    section: tuple[str, ...]
    annex: tuple[str, ...]
    part: tuple[str, ...] = ()
    control: tuple[str, ...] = ()
    letters: str = ""
    range_to: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    range_from: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    plural: tuple[str, ...] = ()
    after_numbers: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


class AnnouncedNumber(NamedTuple):
    """A number that a word announces.

    `start`, `end`: its span, for the first of a list with the announcing word; `list_start`: where
    its list begins.
    """

    kind: CitationKind
    start: int
    end: int
    number: str
    list_start: int


class _AnnouncingWord(NamedTuple):
    """A word that announces numbers of a kind.

    `opening`: how it begins; `pattern`: the word and all before its number; `number`: the first
    number; `others`: endings of the text before it that make another word of it («danh » before
    «mục»). `is_sign`: it may stand right behind a letter («QT-01§4»). The patterns of a word are
    compiled where a text has its opening: there are sixty such words, and most texts have five.
    """

    kind: CitationKind
    opening: str
    pattern: str
    number: str
    others: tuple[str, ...]
    is_sign: bool


class NumberFinder:
    """Finds the numbers of a text that some `NumberWords` announce; `lists` reads on in a list."""

    def __init__(self, words: NumberWords, lists: NumberLists) -> None:
        kinds: tuple[tuple[CitationKind, str, tuple[str, ...]], ...]
        kinds = (
            ("clause", "clause", words.clause),
            ("clause", "control", words.control),
            ("section", "section", words.section),
            ("section", "part", words.part),
            ("annex", "annex", words.annex),
        )
        between = "|".join(f"{alternation((word,))}{_gap(word)}" for word in _between(words))
        self._announcing = [
            _AnnouncingWord(
                kind,
                word.lower().split()[0],
                rf"{alternation((word,))}{_gap(word)}(?:{between or '(?!)'})*(?={_OPENS[form]})",
                _FIRST[form],
                tuple(_endings_before(word, words.other)),
                is_sign=not word[0].isalnum() or is_unparted(word[0]),
            )
            for kind, form, listed in kinds
            for word in dict.fromkeys(listed)
        ]
        letters = words.letters or "A"
        self._bare = regex(rf"[{letters}]\.\d{{1,2}}(?:\.\d{{1,2}})+(?![\w/]|\.\d)")
        self._lists = lists
        self._words = words
        self._plural = frozenset(word.lower() for word in words.plural)

    def find(self, prose: str, low: str, *, plain: bool = False) -> Iterator[AnnouncedNumber]:
        """Yield every announced number of a text.

        `low` is the text lowered by `citations.lower_in_place`; `plain`: whether it is
        (`scripts.is_plain`).
        """
        for word in self._announcing:
            if word.opening not in low:
                continue
            form = compiled(word.number, plain=plain)
            for announcement in compiled(word.pattern, plain=True).finditer(low):
                first = form.match(prose, announcement.end())
                if first is None:
                    continue
                if not word.is_sign and not begins_word(low, announcement.start()):
                    continue
                if word.others and _ends_other_word(low, announcement.start(), word.others):
                    continue
                yield from self._list(word.kind, prose, low, announcement, first)
        if self._words.letters:
            for number in self._bare.finditer(prose):
                start = number.start()
                if begins_word(prose, start) and prose[start - 1 : start] not in {".", "-"}:
                    yield AnnouncedNumber("clause", start, number.end(), number[0], start)

    def find_behind(self, prose: str, low: str, at: int) -> Iterator[AnnouncedNumber]:
        """Yield the numbers that stand without a word right behind the name of a standard.

        «ISO 17025, 6.4», «ISO 9001:2015 8.2.1 and 8.2.2», «ISO/IEC 27001 (A.5.1)».
        """
        announcement = _BEHIND_STANDARD.match(low, at)
        first = _PARTED_ALONE.match(prose, announcement.end()) if announcement else None
        if first is None:
            return
        for number in (first, *self._further(prose, low, first, plural=False)):
            words = plain_number(number[0])
            yield AnnouncedNumber("clause", number.start(), number.end(), words, first.start())

    def _list(
        self,
        kind: CitationKind,
        prose: str,
        low: str,
        announcement: re.Match[str],
        first: re.Match[str],
    ) -> Iterator[AnnouncedNumber]:
        """Yield the number after a word, and those joined to it."""
        start = announcement.start()
        further = []
        whole = "." not in first[0]
        if self._may_go_on(low, announcement[0], first):
            plural = self._is_plural(low, announcement)
            further = list(self._further(prose, low, first, plural=plural))
            ranges = not further and self._opens_range(announcement[0])
            if whole and not plural and (":" in announcement[0] or ranges):
                return  # «Mục: 5 cái», «mục từ 5 người»: nothing is certain
            if whole and not further and ":" in announcement[0]:
                return  # «Sections: 19»
        yield AnnouncedNumber(kind, start, first.end(), plain_number(first[0]), start)
        for number in further:
            words = plain_number(number[0])
            yield AnnouncedNumber(kind, number.start(), number.end(), words, start)

    def _may_go_on(self, low: str, announcement: str, first: re.Match[str]) -> bool:
        """Whether more numbers may follow the first, or what follows has to be looked at."""
        stopped = low[first.end() : first.end() + 1] in _ENDS
        if stopped and ":" not in announcement and not self._opens_range(announcement):
            return False
        return "." not in first[0] or self._lists.joined(low, first.end()) is not None

    def _is_plural(self, low: str, announcement: re.Match[str]) -> bool:
        """Whether more than one number is announced: «các mục», «những điều khoản»."""
        before = words_before(low, announcement.start())
        if before and before[-1] in self._plural:
            return True
        return announcement[0].strip(" :") in self._plural

    def _further(
        self, prose: str, low: str, first: re.Match[str], *, plural: bool
    ) -> Iterator[re.Match[str]]:
        """Yield the numbers that follow the first of a list."""
        form = _MORE if first[0][0].isdigit() else compiled(_MORE_LETTERS, plain=False)
        end = first.end()
        while True:
            join = self._lists.joined(low, end)
            if join is None and plural:
                join = _TIGHT.match(low, end)
            number = form.match(prose, join.end()) if join else None
            if number is None:
                return
            end = number.end()
            has_parts = "." in first[0] and "." in number[0]
            if not has_parts and not self._lists.ends_well(prose, low, end, plural=plural):
                return
            yield number

    def _opens_range(self, announcement: str) -> bool:
        """Whether an announcing word opens a range: «mục từ»."""
        return any(f" {word.lower()} " in announcement for word in self._words.range_from)


def plain_number(words: str) -> str:
    """Return a number as catalogues write it: «A 5.1» is A.5.1."""
    return words.replace(" ", ".")


def _between(words: NumberWords) -> tuple[str, ...]:
    """Return what may stand between an announcing word and its number, the longest first."""
    words_between = dict.fromkeys((*words.range_from, *words.numbered))
    return tuple(sorted(words_between, key=len, reverse=True))


def _gap(word: str) -> str:
    """Return the pattern of what parts a word from its number: behind a sign perhaps nothing."""
    last = word.strip()[-1:]
    return "(?: *: *| *)" if not last.isalnum() or is_unparted(last) else "(?: *: *| +)"


def _ends_other_word(low: str, at: int, endings: tuple[str, ...]) -> bool:
    """Whether the text before an announcing word makes another word of it: «danh mục»."""
    if not low.endswith(endings, max(0, at - BACK), at):
        return False
    return begins_word(low, low.rfind(" ", 0, at - 1) + 1)


def _endings_before(word: str, others: Iterable[str]) -> Iterator[str]:
    """Yield what stands before a word in other words that end with it: «danh » for «mục»."""
    end = word.lower()
    for other in map(str.lower, others):
        if other.endswith(end) and (ending := other.removesuffix(end)).strip(" -"):
            yield ending
