"""Words of pages → an inverted index cut into files by first letters, so that a browser fetches only what a query needs.

A file is `{"word": ["exact|exact…", [numbers]]}`. The numbers of a word go page by page: how far the page lies behind the page
before, how often the word stands there, then for each time `(steps from the time before × count of forms + form) × 4 + field`.
Words of two blocks never stand side by side: a step lies between.
"""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qmstool.site.search.words import fold_word, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BODY, HEADING, TITLE, CODE = range(4)
# Bytes of a file of words: small enough for a telephone, large enough that a query needs a few
# only.
LARGEST = 64 * 1024
_FORMS = 1 << 10


@dataclass(slots=True)
class _Word:
    """One folded word: its exact forms, and where it stands: page, count, then place × _FORMS × 4 + form × 4 + field."""

    forms: dict[str, int] = field(default_factory=dict)
    places: array[int] = field(default_factory=lambda: array("Q"))
    pages: int = 0


class SearchIndex:
    """Takes pages in their order."""

    def __init__(self) -> None:
        self.words: dict[str, _Word] = {}
        self.known: dict[str, tuple[_Word, int]] = {}
        self.count = 0

    def add(self, blocks: Iterable[tuple[str, int]]) -> int:
        """Take the next page as clean texts with their fields, in the order of reading; return how many words it has."""
        found: dict[int, tuple[_Word, list[int]]] = {}
        at = 0
        known = self.known
        for text, place in blocks:
            for token in tokens(text):
                word, form = known.get(token) or self._meet(token)
                entry = found.get(id(word))
                if entry is None:
                    found[id(word)] = entry = (word, [])
                entry[1].append((at * _FORMS + form) * 4 + place)
                at += 1
            at += 1
        for word, places in found.values():
            word.pages += 1
            word.places.extend((self.count, len(places), *places))
        self.count += 1
        return at

    def _meet(self, token: str) -> tuple[_Word, int]:
        folded, exact = fold_word(token)
        word = self.words.setdefault(folded, _Word())
        made = word, word.forms.setdefault(exact, min(len(word.forms), _FORMS - 1))
        self.known[token] = made
        return made

    def files(self) -> Iterator[tuple[str, str]]:
        """The index as files: the first word of each, and its text.

        Sorted as a browser compares.
        """
        parts: list[str] = []
        first, size = "", 0
        for folded in sorted(self.words, key=lambda word: word.encode("utf-16-be")):
            part = f"{json.dumps(folded, ensure_ascii=False)}:{_written(self.words[folded])}"
            if parts and size + len(part) > LARGEST:
                yield first, "{" + ",\n".join(parts) + "}"
                parts, size = [], 0
            first = first if parts else folded
            parts.append(part)
            size += len(part)
        if parts:
            yield first, "{" + ",\n".join(parts) + "}"

    def vocabulary(self) -> list[str]:
        """All words of letters, the most frequent first: what a slip of the finger may have meant."""
        letters = ((word.pages, folded) for folded, word in self.words.items() if folded.isalpha())
        return [folded for _, folded in sorted(letters, key=lambda each: (-each[0], each[1]))]


def _written(word: _Word) -> str:
    numbers: list[int] = []
    count = len(word.forms)
    places = iter(word.places)
    before = 0
    for page in places:
        times = next(places)
        numbers += (page - before, times)
        before, last = page, 0
        for _ in range(times):
            packed = next(places)
            at, form = divmod(packed >> 2, _FORMS)
            numbers.append(((at - last) * count + form) * 4 + (packed & 3))
            last = at
    return (
        f"[{json.dumps('|'.join(word.forms), ensure_ascii=False)},[{','.join(map(str, numbers))}]]"
    )
