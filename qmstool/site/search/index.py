"""Make the inverted index of the search, cut into files: a query fetches only what it needs.

Each page gives its words by itself; the index only joins them, so that a page that is the same as
in the last build is not read again. A file is `{"word": [["exact", [numbers]], …]}`. The numbers of
a form go page by page: how far the page lies behind the page before, how often the form stands
there, then for each time `steps from the time before × 4 + field`. Words of two blocks never stand
side by side: a step lies between.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass as frozen
from qmstool.site.search.words import fold_word, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# The fields of a page in which a word may stand, weightiest last; two bits.
BODY, HEADING, TITLE, CODE = range(4)
_FIELDS = 4
# Bytes of a file of words: small enough for a telephone, large enough that a query needs a few
# only.
LARGEST = 64 * 1024


@frozen(frozen=True, slots=True)
class PageWords:
    """The words of one page, as they stand in the index whatever its other pages are.

    `words`: by folded word and exact form how often it stands there and where, as numbers with
    commas; `length`: how many words, steps between blocks included.
    """

    words: Mapping[str, Mapping[str, str]]
    length: int


def count_words(blocks: Iterable[tuple[str, int]]) -> PageWords:
    """Count the words of one page: normalized texts with their fields, in the order of reading."""
    places: dict[str, list[int]] = defaultdict(list)
    place = 0
    for text, text_field in blocks:
        found = tokens(text)
        first = place * _FIELDS + text_field
        for number, token in enumerate(found):
            places[token].append(first + number * _FIELDS)
        place += len(found) + 1
    forms: dict[tuple[str, str], list[int]] = {}
    for token, packed in places.items():
        forms.setdefault(fold_word(token), []).extend(packed)
    words: dict[str, dict[str, str]] = {}
    for (folded, exact), packed in forms.items():
        words.setdefault(folded, {})[exact] = _written(packed)
    return PageWords(words, place)


def _written(packed: list[int]) -> str:
    """Return how often a form stands on a page, and its places, each told from the one before."""
    if len(packed) == 1:
        return f"1,{packed[0]}"
    packed.sort()
    # Of the one before only its place counts, which is a multiple of the fields.
    steps = [after - before + before % _FIELDS for before, after in pairwise(packed)]
    return ",".join(map(str, (len(packed), packed[0], *steps)))


@dataclass(slots=True)
class _Word:
    """One folded word: on how many pages it stands, and for each exact form its numbers so far.

    `last`: the last page with a form.
    """

    pages: int = 0
    forms: dict[str, list[str]] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)


class SearchIndex:
    """The words of pages, joined in the pages' order."""

    def __init__(self) -> None:
        self.words: dict[str, _Word] = {}
        self.count = 0

    def add(self, page: PageWords) -> None:
        """Take the next page."""
        for folded, forms in page.words.items():
            word = self.words.get(folded)
            if word is None:
                self.words[folded] = word = _Word()
            word.pages += 1
            for exact, numbers in forms.items():
                behind = self.count - word.last.get(exact, 0)
                word.forms.setdefault(exact, []).append(f"{behind},{numbers}")
                word.last[exact] = self.count
        self.count += 1

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield the index as files: the first word of each, and its text.

        Sorted as a browser compares: by UTF-16 code units.
        """
        parts: list[str] = []
        first, size = "", 0
        for folded in sorted(self.words, key=lambda word: word.encode("utf-16-be")):
            part = f"{_quoted(folded)}:[{','.join(_forms(self.words[folded]))}]"
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


def _forms(word: _Word) -> Iterator[str]:
    for exact, numbers in word.forms.items():
        yield f"[{_quoted(exact)},[{','.join(numbers)}]]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _joined(parts: list[str]) -> str:
    return "{" + ",\n".join(parts) + "}"
