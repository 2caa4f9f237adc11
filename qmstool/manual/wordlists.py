"""`templates/words/<language>.yml` → the word lists of the prose rules: the package's, and what a manual adds to them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.manual.schema import WORDS_FILE
from qmstool.parsing.source import Source
from qmstool.parsing.yaml import nodes
from qmstool.parsing.yaml import records as entries
from qmstool.parsing.yaml.nodes import Mark
from qmstool.parsing.yaml.records import Kind
from qmstool.storage import resources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.findings import Problem
    from qmstool.i18n import Lang
    from qmstool.parsing.yaml.records import Entry

FOLDER = "templates/words"
OWN = re.compile(rf"{FOLDER}/(vi|en)\.yml")
PLAIN = tuple(field.name for field in WORDS_FILE.fields if field.kind is Kind.TEXT)


@dataclass(frozen=True, slots=True)
class Period:
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
    periods: tuple[Period, ...]
    units: tuple[Period, ...]

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


def read(source: Source) -> tuple[WordLists, list[Problem]]:
    """One file of word lists, and what does not fit its shape."""
    node, problems = nodes.compose(source)
    entry, more = (
        entries.read(node, WORDS_FILE, Mark("", source, 0, 0))
        if node or not problems
        else (_nothing(source), [])
    )
    lists = WordLists(
        {name: tuple(mark.text for mark in entry.list(name)) for name in PLAIN},
        tuple((each.text("said"), each.text("meant")) for each in entry.entries("slips")),
        tuple((each.text("said"), each.text("instead")) for each in entry.entries("old_words")),
        _spellings(entry, "variants"),
        _spellings(entry, "tones"),
        _periods(entry, "periods"),
        _periods(entry, "units"),
    )
    return lists, problems + more


def _nothing(source: Source) -> Entry:
    return entries.Entry(Mark("", source, 0, 0), {}, {})


def _spellings(entry: Entry, name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(mark.text for mark in each.list("said")) for each in entry.entries(name))


def _periods(entry: Entry, name: str) -> tuple[Period, ...]:
    found = (
        (tuple(mark.text for mark in each.list("said")), each.text("days"))
        for each in entry.entries(name)
    )
    return tuple(Period(said, int(days) if days.isdigit() else 0) for said, days in found)


@cache
def packaged(lang: Lang) -> WordLists:
    """The package's own lists of a language."""
    path = f"{FOLDER}/{lang}.yml"
    return read(Source(path, resources.find(None, path) or b"schema: 1\n"))[0]


def own(sources: Mapping[str, Source]) -> tuple[dict[str, WordLists], list[Problem]]:
    """The lists that a manual adds, by language, and what does not fit in its files."""
    found, problems = {}, []
    for path, source in sources.items():
        named = OWN.fullmatch(path)
        if named and source.text.encode() != resources.find(
            None, path
        ):  # the package's list, copied to begin with, adds nothing
            found[named[1]], more = read(source)
            problems += more
    return found, problems
