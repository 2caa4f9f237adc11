"""A built site + the labels of its pages → the files that its search reads: a table of pages, words by first letters, texts.

They are made from the finished pages, so any renderer will do. Everything but the table lies in a folder named by its content, so
that a browser never joins two builds. The other half is in the theme: `assets/javascripts/search/`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qmstool.register.status import STATES
from qmstool.site.search.index import BODY, CODE, HEADING, TITLE, SearchIndex
from qmstool.site.search.text import extract_passages
from qmstool.site.search.words import normalize
from qmstool.site.words.general import REGISTERED, SHORT_STATES
from qmstool.site.words.search import NUMBER
from qmstool.storage import files
from qmstool.tables.registers import STATUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage
    from qmstool.site.parts.search_label import SearchLabel
    from qmstool.site.search.text import SearchPassage

FORMAT = 1
FOLDER = "search"
# Characters of a file of texts: ten results should not fetch much more than they show.
LARGEST = 16 * 1024
# How many words a slip of the finger is looked up among.
VOCABULARY = 20_000


@dataclass
class _Table:
    """Values that many pages share, each written once."""

    values: dict[tuple[str, ...], int] = field(default_factory=dict)

    def number(self, *value: str) -> int:
        return self.values.setdefault(value, len(self.values))


def write_search(folder: Path, pages: Iterable[SitePage], edition: Edition) -> None:
    """Write the search of a built version into `folder`."""
    index, kinds, states = SearchIndex(), _Table(), _Table()
    rows: list[list[object]] = []
    names: list[tuple[int, str, str]] = []
    texts: list[list[SearchPassage]] = []
    for page in pages:
        label = page.label
        found = extract_passages((folder / page.address / "index.html").read_text("utf-8"))
        length = index.add(_blocks(page, label, found))
        state = label.link.state or label.link.status
        shown = states.number(state, _state(edition, label)) if state else -1
        code, words = normalize(label.link.code), normalize(label.link.words)
        names += [(len(rows), normalize(name), anchor) for name, anchor in label.names]
        rows.append(
            [
                page.address,
                code,
                words,
                kinds.number(normalize(label.kind)),
                shown,
                label.tier,
                page.boost,
                length,
            ]
        )
        texts.append(found)
    parts = {f"w{number}.json": (first, text) for number, (first, text) in enumerate(index.files())}
    chunks = dict(_chunks(texts))
    vocabulary = " ".join(index.vocabulary()[:VOCABULARY])
    made = {name: text for name, (_, text) in parts.items()} | {
        name: text for name, (_, text) in chunks.items()
    }
    made["all.txt"] = vocabulary
    stamp = hashlib.sha256("\0".join(made.values()).encode()).hexdigest()[:12]
    for name, text in made.items():
        files.write(folder / FOLDER / stamp, name, text)
    table = {
        "format": FORMAT,
        "stamp": stamp,
        "words": [first for first, _ in parts.values()],
        "texts": [first for first, _ in chunks.values()],
        "kinds": [value[0] for value in kinds.values],
        "states": list(states.values),
        "abbreviations": [
            (normalize(each.short), normalize(each.expansion))
            for each in edition.manual.abbreviations.values()
        ],
        "announce": [normalize(word) for word in _announcing(edition)],
        "number": NUMBER.get(edition.lang),
        "names": names,
        "pages": rows,
    }
    files.write(
        folder / FOLDER, "index.json", json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    )


def _blocks(
    page: SitePage, label: SearchLabel, found: Iterable[SearchPassage]
) -> Iterator[tuple[str, int]]:
    """What stands on a page, weightiest first."""
    if label.link.code:
        yield normalize(label.link.code), CODE
    yield normalize(label.link.words or page.title), TITLE
    for name, _ in label.names:
        yield normalize(name), TITLE
    for passage in found:
        yield passage.heading, HEADING
        for block in passage.blocks:
            yield block, BODY


def _state(edition: Edition, label: SearchLabel) -> str:
    """The word of a state."""
    link = label.link
    words = (
        {**{str(name): text for name, text in STATES.items()}, **REGISTERED, **SHORT_STATES}
        if link.state
        else STATUS
    )
    word = (
        words[link.state or link.status].get(edition.lang)
        if (link.state or link.status) in words
        else ""
    )
    return word[:1].upper() + word[1:]


def _announcing(edition: Edition) -> tuple[str, ...]:
    """The words that stand before a number: «mục 8.3», «điều khoản 8.3»."""
    words = edition.manual.config.all_words
    return (*words.clause, *words.section)


def _chunks(texts: Iterable[Iterable[SearchPassage]]) -> Iterator[tuple[str, tuple[int, str]]]:
    """The texts of pages in files: name, number of the first page, and `[[[anchor, heading, text], …], …]`."""
    parts: list[str] = []
    first = size = number = 0
    for at, found in enumerate(texts):
        part = json.dumps(
            [(each.anchor, each.heading, each.text) for each in found],
            ensure_ascii=False,
            separators=(",", ":"),
        )
        if parts and size + len(part) > LARGEST:
            yield f"t{number}.json", (first, "[" + ",\n".join(parts) + "]")
            parts, size, first, number = [], 0, at, number + 1
        parts.append(part)
        size += len(part)
    yield f"t{number}.json", (first, "[" + ",\n".join(parts) + "]")
