"""Write what the search of a built version reads: a table of pages, words by first letters, texts.

What the search knows of a page is made from the page and its label alone (`read_for_search`), and
kept with it; here it is joined. Everything but the table lies in a folder named by its content, so
that a browser never joins two builds. Each file is a call with a value in JSON: a script that is
read from a disk may load it, where it may not fetch. The other half is in the theme:
`assets/javascripts/search/`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass as frozen
from qmstool.register.status import STATES
from qmstool.site.search.index import (
    BODY,
    CODE,
    HEADING,
    TITLE,
    PageWords,
    SearchIndex,
    count_words,
)
from qmstool.site.search.text import extract_passages
from qmstool.site.search.words import normalize
from qmstool.site.words.general import REGISTERED, SHORT_STATES
from qmstool.site.words.search import NUMBER
from qmstool.storage import files
from qmstool.tables.registers import EXTERNAL_STATUS
from qmstool.templating import capitalize_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from qmstool.i18n import Text
    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage
    from qmstool.site.parts.search_label import SearchLabel
    from qmstool.site.search.text import SearchPassage

FORMAT = 2
FOLDER = "search"
# Characters of a file of texts: ten results should not fetch much more than they show.
LARGEST = 16 * 1024
# How many words a slip of the finger is looked up among.
VOCABULARY = 20_000
# What a browser runs or, where it may fetch, cuts off to have the value in JSON.
CALL = "qmsSearch({name},{value});\n"


@frozen(frozen=True, slots=True)
class SearchedPage:
    """What the search knows of one page: its words, and its passages as they stand in a file."""

    words: PageWords
    texts: str


def read_for_search(page: SitePage, html: str) -> SearchedPage:
    """Read a page for the search: its label, and the text in its HTML, without its frame."""
    passages = extract_passages(f"<article>{html}</article>")
    texts = [(passage.anchor, passage.heading, passage.text) for passage in passages]
    return SearchedPage(count_words(_blocks(page, page.label, passages)), _compact(texts))


@dataclass
class _SharedValues:
    """Values that many pages share, each written once and known by its number."""

    values: dict[tuple[str, ...], int] = field(default_factory=dict)

    def number(self, *value: str) -> int:
        return self.values.setdefault(value, len(self.values))


def write_search(
    folder: Path, pages: Iterable[tuple[SitePage, SearchedPage]], edition: Edition
) -> None:
    """Write the search of a built version into its folder."""
    table = _PageTable(edition)
    for page, searched in pages:
        table.add(page, searched)
    words, first_words = {}, []
    for number, (first, text) in enumerate(table.index.files()):
        words[f"w{number}"] = text
        first_words.append(first)
    texts, first_pages = {}, []
    for number, (first_page, text) in enumerate(_text_files(table.texts)):
        texts[f"t{number}"] = text
        first_pages.append(first_page)
    vocabulary = " ".join(table.index.vocabulary()[:VOCABULARY])
    contents = {**words, **texts, "all": _compact(vocabulary)}
    stamp = hashlib.sha256("\0".join(contents.values()).encode()).hexdigest()[:12]
    for name, text in contents.items():
        files.write(folder / FOLDER / stamp, f"{name}.js", _call(f"{stamp}/{name}.js", text))
    head = {"format": FORMAT, "stamp": stamp, "words": first_words, "texts": first_pages}
    files.write(
        folder / FOLDER, "index.js", _call("index.js", _compact({**head, **table.values()}))
    )


class _PageTable:
    """The pages as the search knows them, with the index of their words and their texts."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.index = SearchIndex()
        self.texts: list[str] = []
        self.kinds = _SharedValues()
        self.states = _SharedValues()
        self.rows: list[list[object]] = []
        # Further names: number of the page, name, anchor.
        self.names: list[tuple[int, str, str]] = []

    def add(self, page: SitePage, searched: SearchedPage) -> None:
        """Take the next page, with what was read of it."""
        label = page.label
        self.index.add(searched.words)
        state = label.link.state or label.link.status
        state_number = self.states.number(state, self._state_word(label)) if state else -1
        for name, anchor in label.names:
            self.names.append((len(self.rows), normalize(name), anchor))
        self.rows.append(
            [
                page.address,
                normalize(label.link.code),
                normalize(label.link.words),
                self.kinds.number(normalize(label.kind)),
                state_number,
                label.tier,
                page.boost,
                searched.words.length,
            ]
        )
        self.texts.append(searched.texts)

    def _state_word(self, label: SearchLabel) -> str:
        """The word of a page's state or status; "" where it has no word."""
        link = label.link
        state = link.state or link.status
        words = _state_words() if link.state else EXTERNAL_STATUS
        return capitalize_first(self.edition.bilingual(words.get(state)))

    def values(self) -> dict[str, object]:
        """The rest of the table."""
        manual = self.edition.manual
        words = manual.config.all_words
        return {
            "kinds": [value[0] for value in self.kinds.values],
            "states": list(self.states.values),
            "abbreviations": [
                (normalize(abbreviation.short), normalize(abbreviation.expansion))
                for abbreviation in manual.abbreviations.values()
            ],
            # The words that stand before a number: «mục 8.3», «điều khoản 8.3».
            "announce": [normalize(word) for word in (*words.clause, *words.section)],
            "number": NUMBER.get(self.edition.lang),
            "names": self.names,
            "pages": self.rows,
        }


def _state_words() -> Mapping[str, Text]:
    words: dict[str, Text] = {str(state): text for state, text in STATES.items()}
    return words | REGISTERED | SHORT_STATES


def _blocks(
    page: SitePage, label: SearchLabel, passages: Iterable[SearchPassage]
) -> Iterator[tuple[str, int]]:
    """What stands on a page with its field, weightiest first."""
    if label.link.code:
        yield normalize(label.link.code), CODE
    yield normalize(label.link.words or page.title), TITLE
    for name, _ in label.names:
        yield normalize(name), TITLE
    for passage in passages:
        yield passage.heading, HEADING
        for block in passage.blocks:
            yield block, BODY


def _text_files(texts: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the texts of pages in files: number of the first page, and what the file holds.

    That is `[[[anchor, heading, text], …], …]`, a list for each page.
    """
    parts: list[str] = []
    first = size = 0
    for number, part in enumerate(texts):
        if parts and size + len(part) > LARGEST:
            yield first, _joined(parts)
            parts, size, first = [], 0, number
        parts.append(part)
        size += len(part)
    yield first, _joined(parts)


def _call(name: str, value: str) -> str:
    return CALL.format(name=json.dumps(name), value=value)


def _joined(parts: list[str]) -> str:
    return "[" + ",\n".join(parts) + "]"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
