"""`templates/words/<language>.yml` → the word lists of the prose rules: the package's, and what a manual adds to them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.manual.schema import WORDS_FILE
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml import composer, record_reader
from qmstool.parsing.yaml import records as entries
from qmstool.parsing.yaml.nodes import LocatedText
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
    """A stretch of time and the ways to name it; `days` is 0 where it cannot be counted."""

    said: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists of one language.

    `plain`: list → its words; a swap is (what is said, what should be).
    """

    plain: Mapping[str, tuple[str, ...]]
    slips: tuple[tuple[str, str], ...]
    old_words: tuple[tuple[str, str], ...]
    variants: tuple[tuple[str, ...], ...]
    tones: tuple[tuple[str, ...], ...]
    periods: tuple[NamedPeriod, ...]
    units: tuple[NamedPeriod, ...]

    def __getitem__(self, name: str) -> tuple[str, ...]:
        """The words of a plain list. Raises KeyError where no list has that name."""
        return self.plain[name]

    def __add__(self, more: WordLists) -> WordLists:
        """Both lists together, these first."""
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
    """One file of word lists, and what does not fit its shape."""
    node, problems = composer.compose(source)
    entry, more = (
        record_reader.read_record(node, WORDS_FILE, LocatedText("", source, 0, 0))
        if node or not problems
        else (_nothing(source), [])
    )
    lists = WordLists(
        {name: tuple(mark.text for mark in entry.list(name)) for name in PLAIN_LISTS},
        tuple((each.text("said"), each.text("meant")) for each in entry.entries("slips")),
        tuple((each.text("said"), each.text("instead")) for each in entry.entries("old_words")),
        _spellings(entry, "variants"),
        _spellings(entry, "tones"),
        _periods(entry, "periods"),
        _periods(entry, "units"),
    )
    return lists, problems + more


def _nothing(source: SourceFile) -> Record:
    return entries.Record(LocatedText("", source, 0, 0), {}, {})


def _spellings(entry: Record, name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(mark.text for mark in each.list("said")) for each in entry.entries(name))


def _periods(entry: Record, name: str) -> tuple[NamedPeriod, ...]:
    found = (
        (tuple(mark.text for mark in each.list("said")), each.text("days"))
        for each in entry.entries(name)
    )
    return tuple(NamedPeriod(said, int(days) if days.isdigit() else 0) for said, days in found)


@cache
def packaged_lists(lang: Lang) -> WordLists:
    """The package's own lists of a language."""
    path = f"{FOLDER}/{lang}.yml"
    return read_word_lists(SourceFile(path, resources.find(None, path) or b"schema: 1\n"))[0]


def read_own_lists(
    sources: Mapping[str, SourceFile],
) -> tuple[dict[str, WordLists], list[LoadError]]:
    """The lists that a manual adds, by language, and what does not fit in its files."""
    found, problems = {}, []
    for path, source in sources.items():
        named = OWN_LIST_PATH.fullmatch(path)
        if named and source.text.encode() != resources.find(
            None, path
        ):  # the package's list, copied to begin with, adds nothing
            found[named[1]], more = read_word_lists(source)
            problems += more
    return found, problems
