"""Find codes spelled so that no shape knows them: «QTBIS01», «QT BIS 1», «QT/BIS/01».

What begins like a registered code is read, and found is what has its letters and, by their value,
its numbers; letters of other alphabets that look like Latin ones count as these, and the letter o
within a number as a zero. One pass over a text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.parsing.file_names import is_within_name
from qmstool.parsing.spans import Spans
from qmstool.patterns import regex
from qmstool.rules.base.file_answers import citing_question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qmstool.manual.text_files import TextFile
    from qmstool.references.model import Reference
    from qmstool.references.outline import Outline
    from qmstool.rules.base.file_answers import Citing

LETTERS = regex(r"[^\W\d_]+")
DIGITS = regex(r"[0-9]+")
SEPARATORS = "[ \\t\\n\\u00a0\\u202f\\x01.\\-\u2010-\u2014\u2212_/]{0,6}"
NUMBER = "(?:[0-9]|[oOiIlL](?=[0-9]))[0-9oOiIlL]*"
# Compiled where it is first asked for: that costs start-up.
NUMBERS_AT_END = rf"{NUMBER}(?:[.\-_]{NUMBER})*\Z"
# A code with fewer letters is too like other words («A4»); one with fewer than so many has to be
# written in its capitals.
LEAST_LETTERS, PLAIN_LETTERS = 2, 4
# Greek and Cyrillic letters that look like Latin ones.
LOOKALIKES = str.maketrans(
    "АВЕКМНОРСТХУІЅЈавекмнорстхуіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧοντ",
    "ABEKMHOPCTXYISJabekmhopctxyisjABEZHIKMNOPTYXovt",
)
# How near a misspelled code, in characters, a number is that may be a part of it.
REACH = 40

_start = attrgetter("start")


class MisspelledCode(NamedTuple):
    """A stretch that is a code in all but its spelling.

    `codes` are the registered codes that it may be. `foreign`, `digits` and `letters` say how it
    differs: letters of another alphabet, other digits, letters within its numbers.
    """

    start: int
    end: int
    codes: tuple[str, ...]
    foreign: bool
    digits: bool
    letters: bool


class CodeIndex:
    """The registered codes of a manual, to find what is written nearly like one of them."""

    def __init__(self, outline: Outline) -> None:
        # By their letters and the values of their numbers, and by their letters and all digits.
        self._by_values: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        self._by_digits: dict[tuple[str, str], list[str]] = {}
        heads = set()
        for document in outline.manual.documents.values():
            code = document.code
            runs, numbers = LETTERS.findall(code.lower()), DIGITS.findall(code)
            letters = "".join(runs)
            if numbers and len(letters) >= LEAST_LETTERS and code[:1].isalpha():
                self._by_values.setdefault((letters, _values(numbers)), []).append(code)
                self._by_digits.setdefault((letters, "".join(numbers)), []).append(code)
                heads.add(runs[0])
        self._heads = sorted(heads.union([head.upper() for head in heads]))
        self._pattern = _candidate_pattern(heads)

    def misspelled(
        self, file: TextFile, references: tuple[Reference, ...]
    ) -> Iterator[MisspelledCode]:
        """Yield the misspelled codes of a file, whose references are given."""
        prose, foreign = file.page.prose, file.source.foreign
        plain = prose.translate(LOOKALIKES) if foreign else prose
        starts = self._starts(file, references, plain)
        if not starts:
            return
        cited, code = _cited(file, references), Spans(file.page.code)
        for start in starts:
            candidate = None if _within_word(prose, start) else self._pattern.match(plain, start)
            if candidate is None:
                continue
            end, codes = candidate.end(), self._meant(candidate[0])
            if code.holds(start):
                continue  # in code it is the name of something else: of a table, a field
            if is_within_name(prose, end):
                continue  # names of files have no blanks
            if codes and not _overlaps(cited, start, end):
                yield _describe(prose[start:end], plain[start:end], (start, end), codes)

    def _starts(self, file: TextFile, references: tuple[Reference, ...], plain: str) -> list[int]:
        """Return where codes may begin that are not cited; with foreign letters, cited ones too."""
        openings = self._openings(plain)
        if not file.source.foreign:
            openings = openings.difference(
                [reference.start for reference in references if reference.kind == "code"]
            )
        return sorted(openings)

    def _openings(self, text: str) -> set[int]:
        """Return where a text has the first letters of a code.

        Plain search is several times faster than a pattern of them.
        """
        openings = set()
        for head in self._heads:
            # Capitals are rare, and one letter is found many times sooner than two.
            first = head[0] if head[0].isupper() else head
            start = text.find(first)
            while start >= 0:
                if first is head or text.startswith(head, start):
                    openings.add(start)
                start = text.find(first, start + 1)
        return openings

    def _meant(self, words: str) -> tuple[str, ...]:
        """Return the registered codes that have these letters and numbers."""
        letters, numbers = _letters_and_numbers(words)
        codes = self._by_values.get((letters, _values(numbers)))
        if codes is None:
            codes = self._by_digits.get((letters, "".join(numbers)), [])
        if len(letters) >= PLAIN_LETTERS:
            return tuple(codes)
        capitals = "".join(LETTERS.findall(words))
        return tuple(code for code in codes if capitals.startswith(_letters(code)))


class MisspelledCodes:
    """The misspelled codes in the texts of a manual, by the path of each that has any."""

    def __init__(self, by_path: Mapping[str, tuple[MisspelledCode, ...]]) -> None:
        self.by_path = by_path
        self._starts: dict[str, frozenset[int]] = {}
        self._around: dict[str, Spans] = {}

    def starts_at(self, path: str, start: int) -> bool:
        """Whether a code with letters of another alphabet in it starts at an offset of a text."""
        if path not in self._starts:
            self._starts[path] = frozenset(code.start for code in self.by_path.get(path, ()))
        return start in self._starts[path]

    def is_beside(self, path: str, start: int, end: int) -> bool:
        """Whether a number may be a part of a document whose code beside it is misspelled."""
        if path not in self._around:
            codes = self.by_path.get(path, ())
            self._around[path] = Spans((code.start - REACH, code.end + REACH) for code in codes)
        return self._around[path].meets(start - 1, end + 1)


@citing_question
def misspelled_codes(citing: Citing) -> tuple[MisspelledCode, ...]:
    """Find the misspelled codes of one file."""
    codes = citing.outline.index(CodeIndex)
    return tuple(codes.misspelled(citing.file, citing.references))


def _cited(file: TextFile, references: tuple[Reference, ...]) -> list[Reference]:
    """Return the references by code or name; not broken ones with foreign letters in them."""
    cited = []
    for reference in references:
        if reference.kind not in {"code", "name"}:
            continue
        broken = file.source.foreign and reference.target is None
        if not broken or reference.words == reference.words.translate(LOOKALIKES):
            cited.append(reference)
    return cited


def _candidate_pattern(heads: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of what begins like a code and ends in a number."""
    longest_first = sorted(heads, key=len, reverse=True)
    head = "|".join(map(re.escape, longest_first))
    letters = f"(?:{SEPARATORS}[^\\W\\d_]{{1,8}}){{0,3}}?"
    more_numbers = f"(?:[.\\-_]{NUMBER})*"
    return regex(rf"(?:{head}){letters}{SEPARATORS}{NUMBER}{more_numbers}(?![\w/%])", re.IGNORECASE)


def _letters(code: str) -> str:
    return "".join(LETTERS.findall(code))


def _values(numbers: list[str]) -> tuple[str, ...]:
    """Return numbers by what they count: without their leading zeros."""
    return tuple([number.lstrip("0") for number in numbers])


def _letters_and_numbers(words: str) -> tuple[str, list[str]]:
    """Return the letters of a candidate, in lower case, and its numbers.

    Within the numbers «o», «l» and «i» are read as figures.
    """
    at_end = re.search(NUMBERS_AT_END, words.lower())
    head_end = at_end.start() if at_end else len(words)
    figures = words[head_end:].lower().replace("o", "0").replace("l", "1").replace("i", "1")
    return _letters(words[:head_end]).lower(), DIGITS.findall(figures)


def _overlaps(cited: list[Reference], start: int, end: int) -> bool:
    """Whether a stretch overlaps a citation."""
    following = bisect_left(cited, start, key=_start)
    around = cited[max(0, following - 1) : following + 1]
    return any(reference.start < end and start < reference.end for reference in around)


def _describe(
    written: str, plain: str, span: tuple[int, int], codes: tuple[str, ...]
) -> MisspelledCode:
    """Return the misspelled code with how it differs; `plain` is it with Latin letters."""
    digits = "".join(DIGITS.findall("".join(codes)))
    numbers_at_end = re.split(r"[^0-9oilOIL.\-_]", plain)[-1]
    return MisspelledCode(
        *span,
        codes,
        foreign=written != plain,
        digits="".join(DIGITS.findall(plain)) != digits,
        letters=any(char.isalpha() for char in numbers_at_end),
    )


def _within_word(prose: str, at: int) -> bool:
    before = prose[at - 1 : at] if at else ""
    return before.isalnum() or before in {"_", "/"}
