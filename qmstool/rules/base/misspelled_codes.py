"""Codes written so that no shape knows them: «QTBIS01», «QT BIS 1», «QT/BIS/01», a Cyrillic letter, the letter o for a zero.

Read is what begins like a registered code; told is what has its letters and, by their value, its numbers. One pass over a text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.manual.documents import TextFile
    from qmstool.manual.model import Manual
    from qmstool.references.model import Reference, References

LETTERS = re.compile(r"[^\W\d_]+")
DIGITS = re.compile(r"[0-9]+")
SEPARATORS = "[ \\t\\n\\u00a0\\u202f\\x01.\\-\u2010-\u2014\u2212_/]{0,6}"
NUMBER = "(?:[0-9]|[oOiIlL](?=[0-9]))[0-9oOiIlL]*"
# Fewer letters are too like other words («A4»); fewer than so many have to be in the capitals of
# the code.
LEAST_LETTERS, PLAIN_LETTERS = 2, 4
# Greek and Cyrillic letters that look like Latin ones.
LOOKS = str.maketrans(
    "АВЕКМНОРСТХУІЅЈавекмнорстхуіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧοντ",
    "ABEKMHOPCTXYISJabekmhopctxyisjABEZHIKMNOPTYXovt",
)
# How near a miswritten code, in characters, a number is that may be a part of it.
REACH = 40


class Miswritten(NamedTuple):
    """A stretch that is a code in all but its spelling, with the registered codes that it may be, and how it differs."""

    start: int
    end: int
    codes: tuple[str, ...]
    foreign: bool
    digits: bool
    letters: bool


class Codes:
    """The registered codes of a manual, as they are looked for in running text."""

    def __init__(self, manual: Manual, references: References) -> None:
        self._manual = manual
        self._references = references
        self._known: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        self._joined: dict[tuple[str, str], list[str]] = {}
        heads = set()
        for document in manual.documents.values():
            runs = LETTERS.findall(document.code.lower())
            numbers = DIGITS.findall(document.code)
            letters = "".join(runs)
            if numbers and len(letters) >= LEAST_LETTERS and document.code[:1].isalpha():
                self._known.setdefault((letters, _values(numbers)), []).append(document.code)
                self._joined.setdefault((letters, "".join(numbers)), []).append(document.code)
                heads.add(runs[0])
        self._heads = sorted({spelt for each in heads for spelt in (each, each.upper())})
        head = "|".join(re.escape(each) for each in sorted(heads, key=len, reverse=True))
        letters = f"(?:{SEPARATORS}[^\\W\\d_]{{1,8}}){{0,3}}?"
        more = f"(?:[.\\-_]{NUMBER})*"
        self._pattern = re.compile(
            rf"(?:{head}){letters}{SEPARATORS}{NUMBER}{more}(?![\w/%])", re.IGNORECASE
        )

    @cached_property
    def by_path(self) -> Mapping[str, tuple[Miswritten, ...]]:
        """The miswritten codes by the file they stand in."""
        files = (file for document in self._manual.documents.values() for file in document.files)
        return {file.path: found for file in files if (found := tuple(self._file(file)))}

    def at(self, reference: Reference) -> bool:
        """Whether a reference is a code with letters of another alphabet in it."""
        return any(
            each.start == reference.start for each in self.by_path.get(reference.file.path, ())
        )

    def near(self, reference: Reference) -> bool:
        """Whether a number may be a part of a document whose code beside it is miswritten."""
        found = self.by_path.get(reference.file.path, ())
        return any(
            each.start - REACH <= reference.end and reference.start <= each.end + REACH
            for each in found
        )

    def _file(self, file: TextFile) -> Iterator[Miswritten]:
        prose, foreign = file.page.prose, file.source.foreign
        plain = prose.translate(LOOKS) if foreign else prose
        cited = self._references.by_path.get(file.path, ())
        starts = {each.start for each in cited if each.kind == "code"} if not foreign else ()
        left = [start for start in self._openings(plain) if start not in starts]
        if not left:
            return
        cited = tuple(each for each in cited if each.kind in {"code", "name"})
        if foreign:
            cited = tuple(
                each
                for each in cited
                if each.target is not None or each.words == each.words.translate(LOOKS)
            )
        for start in sorted(set(left)):
            found = None if _within_word(prose, start) else self._pattern.match(plain, start)
            if found is not None:
                end = found.end()
                meant = self._meant(found[0])
                following = bisect_left(cited, start, key=_begins)
                around = cited[max(0, following - 1) : following + 1]
                if meant and not any(each.start < end and start < each.end for each in around):
                    yield _miswritten(prose[start:end], plain[start:end], (start, end), meant)

    def _openings(self, text: str) -> Iterator[int]:
        """Where a text has the first letters of a code.

        Plain search is several times faster than a pattern of them.
        """
        for head in self._heads:
            # Capitals are rare, and one letter is found many times sooner than two.
            first = head[0] if head[0].isupper() else head
            at = text.find(first)
            while at >= 0:
                if first is head or text.startswith(head, at):
                    yield at
                at = text.find(first, at + 1)

    def _meant(self, words: str) -> tuple[str, ...]:
        """The registered codes that have these letters and numbers."""
        letters, numbers = _parts(words)
        codes = self._known.get((letters, _values(numbers))) or self._joined.get(
            (letters, "".join(numbers)), []
        )
        short = len(letters) < PLAIN_LETTERS
        capitals = "".join(LETTERS.findall(words))
        return tuple(
            code
            for code in codes
            if not short or capitals.startswith("".join(LETTERS.findall(code)))
        )


def _begins(reference: Reference) -> int:
    return reference.start


def _values(numbers: list[str]) -> tuple[str, ...]:
    """Numbers by what they count: without their leading zeros."""
    return tuple(number.lstrip("0") for number in numbers)


def _parts(words: str) -> tuple[str, list[str]]:
    """The letters of a candidate, lower case, and its numbers, where «o» and «l» within them are read as figures."""
    at = re.search(rf"{NUMBER}(?:[.\-_]{NUMBER})*\Z", words.lower())
    head, tail = (words[: at.start()], words[at.start() :]) if at else (words, "")
    figures = tail.lower().replace("o", "0").replace("l", "1").replace("i", "1")
    return "".join(LETTERS.findall(head)).lower(), DIGITS.findall(figures)


def _miswritten(said: str, plain: str, span: tuple[int, int], codes: tuple[str, ...]) -> Miswritten:
    exact = [number for code in codes for number in DIGITS.findall(code)]
    tail = plain[len(plain) - len(re.split(r"[^0-9oilOIL.\-_]", plain)[-1]) :]
    return Miswritten(
        *span,
        codes,
        said != plain,
        "".join(DIGITS.findall(plain)) != "".join(exact),
        any(map(str.isalpha, tail)),
    )


def _within_word(prose: str, at: int) -> bool:
    before = prose[at - 1 : at] if at else ""
    return before.isalnum() or before in {"_", "/"}
