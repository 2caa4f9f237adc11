"""Read the word lists of the prose rules: the package's, and what a manual adds to them.

`templates/words/<language>.yml` in both.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.manual.schema import WORDS_FILE
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml.record_reader import read_source
from qmstool.parsing.yaml.schema import ValueKind
from qmstool.storage import resources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.findings import LoadError
    from qmstool.i18n import Lang
    from qmstool.parsing.yaml.records import Record

FOLDER = "templates/words"
OWN_LIST_PATH = re.compile(rf"{FOLDER}/(vi|en)\.yml")
PLAIN_LISTS = tuple(field.name for field in WORDS_FILE.fields if field.kind is ValueKind.TEXT)


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A stretch of time and the ways to name it; `days` is 0 where they cannot be counted."""

    said: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists of one language.

    `plain`: the words of each list, by its name; `slips`, `old_words`: what is written, and what
    should be; `variants`, `tones`: spellings of one word.
    """

    plain: Mapping[str, tuple[str, ...]]
    slips: tuple[tuple[str, str], ...]
    old_words: tuple[tuple[str, str], ...]
    variants: tuple[tuple[str, ...], ...]
    tones: tuple[tuple[str, ...], ...]
    periods: tuple[NamedPeriod, ...]
    units: tuple[NamedPeriod, ...]

    def __getitem__(self, name: str) -> tuple[str, ...]:
        """Return the words of a plain list. Raises KeyError where no list has that name."""
        return self.plain[name]

    def __add__(self, more: WordLists) -> WordLists:
        """Return both lists together, these first."""
        return WordLists(
            {name: (*words, *more.plain[name]) for name, words in self.plain.items()},
            (*self.slips, *more.slips),
            (*self.old_words, *more.old_words),
            (*self.variants, *more.variants),
            (*self.tones, *more.tones),
            (*self.periods, *more.periods),
            (*self.units, *more.units),
        )


def read_word_lists(source: SourceFile) -> tuple[WordLists, list[LoadError]]:
    """Read one file of word lists, with what does not fit its schema."""
    record, problems = read_source(source, WORDS_FILE)
    slips = record.entries("slips")
    old_words = record.entries("old_words")
    lists = WordLists(
        plain={name: record.texts(name) for name in PLAIN_LISTS},
        slips=tuple((entry.text("said"), entry.text("meant")) for entry in slips),
        old_words=tuple((entry.text("said"), entry.text("instead")) for entry in old_words),
        variants=_spellings(record, "variants"),
        tones=_spellings(record, "tones"),
        periods=_periods(record, "periods"),
        units=_periods(record, "units"),
    )
    return lists, problems


def _spellings(record: Record, name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(entry.texts("said") for entry in record.entries(name))


def _periods(record: Record, name: str) -> tuple[NamedPeriod, ...]:
    return tuple(_period(entry) for entry in record.entries(name))


def _period(record: Record) -> NamedPeriod:
    days = record.text("days")
    return NamedPeriod(record.texts("said"), int(days) if days.isdigit() else 0)


@cache
def packaged_lists(lang: Lang) -> WordLists:
    """Return the package's own lists of a language."""
    path = f"{FOLDER}/{lang}.yml"
    data = resources.find(None, path) or b"schema: 1\n"
    lists, _ = read_word_lists(SourceFile(path, data))
    return lists


def read_own_lists(
    sources: Mapping[str, SourceFile],
) -> tuple[dict[str, WordLists], list[LoadError]]:
    """Read the lists that a manual adds, by language, with what does not fit in its files."""
    lists: dict[str, WordLists] = {}
    problems: list[LoadError] = []
    for path, source in sources.items():
        named = OWN_LIST_PATH.fullmatch(path)
        if not named:
            continue
        # A copy of the package's list, made to begin with, adds nothing.
        if source.text.encode() == resources.find(None, path):
            continue
        lists[named[1]], errors = read_word_lists(source)
        problems += errors
    return lists, problems
