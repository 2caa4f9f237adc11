"""Make the inverted index of the search, cut into files: a query fetches only what it needs.

A file is `{"word": ["exact|exact…", [numbers]]}`. The numbers of a word go page by page: how far
the page lies behind the page before, how often the word stands there, then for each time
`(steps from the time before × count of forms + form) × 4 + field`. Words of two blocks never stand
side by side: a step lies between.
"""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qmstool.site.search.words import fold_word, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# The fields of a page in which a word may stand, weightiest last; two bits.
BODY, HEADING, TITLE, CODE = range(4)
_FIELDS = 4
# Bytes of a file of words: small enough for a telephone, large enough that a query needs a few
# only.
LARGEST = 64 * 1024
# So many exact forms of a folded word are told apart.
_FORMS = 1 << 10


@dataclass(slots=True)
class _Word:
    """One folded word: its exact forms, and where it stands.

    `places`: for each page its number, the count, then `(place × _FORMS + form) × 4 + field` for
    each time.
    """

    forms: dict[str, int] = field(default_factory=dict)
    places: array[int] = field(default_factory=lambda: array("Q"))
    pages: int = 0


class SearchIndex:
    """The words of pages, taken in the pages' order."""

    def __init__(self) -> None:
        self.words: dict[str, _Word] = {}
        # What was asked before, by the word as written: its folded word and number of its form.
        self.known: dict[str, tuple[_Word, int]] = {}
        self.count = 0

    def add(self, blocks: Iterable[tuple[str, int]]) -> int:
        """Take the next page: normalized texts with their fields, in the order of reading.

        Return how many words it has, steps between blocks included.
        """
        on_page: dict[int, tuple[_Word, list[int]]] = {}
        place = 0
        for text, text_field in blocks:
            for token in tokens(text):
                word, form = self.known.get(token) or self._meet(token)
                packed = (place * _FORMS + form) * _FIELDS + text_field
                entry = on_page.get(id(word))
                if entry is None:
                    on_page[id(word)] = entry = (word, [])
                entry[1].append(packed)
                place += 1
            place += 1
        for word, places in on_page.values():
            word.pages += 1
            word.places.extend((self.count, len(places), *places))
        self.count += 1
        return place

    def _meet(self, token: str) -> tuple[_Word, int]:
        """Remember a word that was not met before, as written."""
        folded, exact = fold_word(token)
        word = self.words.setdefault(folded, _Word())
        form = word.forms.setdefault(exact, min(len(word.forms), _FORMS - 1))
        self.known[token] = word, form
        return word, form

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield the index as files: the first word of each, and its text.

        Sorted as a browser compares: by UTF-16 code units.
        """
        parts: list[str] = []
        first, size = "", 0
        for folded in sorted(self.words, key=lambda word: word.encode("utf-16-be")):
            part = f"{json.dumps(folded, ensure_ascii=False)}:{_written(self.words[folded])}"
            if parts and size + len(part) > LARGEST:
                yield first, _joined(parts)
                parts, size = [], 0
            if not parts:
                first = folded
            parts.append(part)
            size += len(part)
        if parts:
            yield first, _joined(parts)

    def vocabulary(self) -> list[str]:
        """Return all words of letters, the most frequent first.

        What a slip of the finger may have meant is looked up among these.
        """
        letters = [folded for folded in self.words if folded.isalpha()]
        return sorted(letters, key=lambda folded: (-self.words[folded].pages, folded))


def _joined(parts: list[str]) -> str:
    return "{" + ",\n".join(parts) + "}"


def _written(word: _Word) -> str:
    """A word's forms and places as they stand in a file, each number told from the one before."""
    numbers: list[int] = []
    count = len(word.forms)
    places = iter(word.places)
    page_before = 0
    for page in places:
        times = next(places)
        numbers += (page - page_before, times)
        page_before, place_before = page, 0
        for _ in range(times):
            rest, text_field = divmod(next(places), _FIELDS)
            place, form = divmod(rest, _FORMS)
            numbers.append(((place - place_before) * count + form) * _FIELDS + text_field)
            place_before = place
    forms = json.dumps("|".join(word.forms), ensure_ascii=False)
    return f"[{forms},[{','.join(map(str, numbers))}]]"
