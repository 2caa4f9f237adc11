"""Know the words that reading goes by: the lists of a language, and what a manual adds to them.

In: a manual. Out: all that a look at one file may know besides that file. Nothing of other files,
of people, of dates or of releases is in it, so that what a file says depends on none of these.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from qmstool.digest import DIGEST_SIZE, blake2b
from qmstool.frozen import dataclass
from qmstool.parsing.citations import names_pattern
from qmstool.parsing.codes import fold_name, phrase
from qmstool.parsing.scripts import WORD
from qmstool.patterns import regex
from qmstool.references.shapes import registered_names
from qmstool.rules.base.one_word_codes import OneWordCodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.manual.wordlists import WordLists

# The word lists whose phrases are looked for in every text.
PHRASE_LISTS = (
    "weak",
    "not_weak",
    "periodic",
    "not_periodic",
    "not_variants",
    "keep",
    "activities",
    "either",
    "duties",
    "bodies",
    "unfinished",
)
Made = TypeVar("Made")


@dataclass(frozen=True)
class Wording:
    """The words by which a file is read.

    `lists`: those of the manual's language. `abbreviations`: expansions by short form. `bodies`:
    the names of roles and units. `standards`: the names of each standard that has several.
    `names`: by which a text may call documents and standards, as registered; `capital_codes`: codes
    of one word in capitals. `section_words` announce the number of a section. `screen`: the
    language in which words that take the place of others are written.
    """

    lists: WordLists
    abbreviations: Mapping[str, str]
    bodies: tuple[str, ...]
    standards: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    capital_codes: tuple[str, ...]
    section_words: tuple[str, ...]
    screen: Lang

    @cached_property
    def _made(self) -> dict[Callable[[Wording], Any], Any]:
        return {}

    def prepared(self, make: Callable[[Wording], Made]) -> Made:
        """Return what `make` makes of these words: patterns, sets. It is made once."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    @cached_property
    def digest(self) -> bytes:
        """A digest of all these words."""
        fields = tuple(getattr(self, name) for name in Wording.__match_args__)
        said = repr(fields).encode("utf-8", "surrogatepass")
        return blake2b(said, digest_size=DIGEST_SIZE).digest()

    @cached_property
    def objects(self) -> Mapping[str, str]:
        """What an activity can be about: the manual's abbreviations, by short form and expansion.

        Both are folded; each maps to the short form.
        """
        objects = {}
        for short, expansion in self.abbreviations.items():
            objects[fold_name(expansion)] = short
            objects[fold_name(short)] = short
        return objects

    @cached_property
    def phrases(self) -> tuple[str, Mapping[str, tuple[str, ...]]]:
        """One pattern for the phrases of every list, and the lists that each, folded, stands in."""
        lists_of_phrase: dict[str, tuple[str, ...]] = {}
        for name, phrases in self._phrase_lists():
            for folded in map(fold_name, phrases):
                names = lists_of_phrase.get(folded, ())
                if folded and name not in names:
                    lists_of_phrase[folded] = (*names, name)
        return names_pattern(lists_of_phrase), lists_of_phrase

    def _phrase_lists(self) -> Iterator[tuple[str, Iterable[str]]]:
        """Yield the name of each list with its phrases; a name may come several times."""
        lists = self.lists
        for name in PHRASE_LISTS:
            yield name, lists[name]
        yield "slips", (slip for slip, _ in lists.slips)
        yield "old_words", (word for word, _ in lists.old_words)
        for variants in self.variants:
            yield "variants", variants
        for period in lists.periods:
            yield "periods", period.names
        yield "bodies", self.bodies
        yield "objects", self.objects

    @cached_property
    def variants(self) -> tuple[tuple[str, ...], ...]:
        """The listed variants of terms, and the names of each standard."""
        return (*self.lists.variants, *self.standards)


def wording_of(manual: Manual) -> Wording:
    """Return the words by which the files of a manual are read."""
    config = manual.config
    names = [role.name for role in config.roles.values()]
    names += [unit.name for unit in config.units.values()]
    standards = [catalogue.cited_as for catalogue in manual.catalogues.values()]
    codes = [document.code for document in manual.documents.values()]
    return Wording(
        manual.word_lists[config.language],
        {short: entry.expansion for short, entry in manual.abbreviations.items()},
        tuple(names),
        tuple(cited_as for cited_as in standards if len(cited_as) > 1),
        registered_names(manual),
        OneWordCodes(codes, ()).plain,
        config.all_words.section,
        config.screen,
    )


def folded(words: Iterable[str]) -> frozenset[str]:
    """Return some phrases as they are compared."""
    return frozenset(map(fold_name, words))


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern for any of some phrases, the longest first; without any it never matches."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(map(phrase, longest_first)) or "(?!)"


def whole_words(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of some words as they are, the longest first, and no part of others.

    It begins with letters, so that a search passes quickly over all others.
    """
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(word[:1], []).append(re.escape(word[1:]))
    groups = []
    for first, ends in rests.items():
        letter = re.escape(first)
        groups.append(rf"{letter}(?<!\w{letter})(?:{'|'.join(ends)})")
    return regex(rf"(?:{'|'.join(groups) or '(?!)'})(?!\w)")


def words_of(phrases: Iterable[str]) -> tuple[frozenset[str], ...]:
    """Return the words of each phrase in lower case: a text with a phrase has all of its words."""
    return tuple(frozenset(WORD.findall(phrase.lower())) for phrase in phrases)


def match_case(model: str, word: str) -> str:
    """Return a word that begins with a capital as its model does; «ISO» and its like stay."""
    if word[1:2].isupper() or model[1:2].isupper():
        return word
    first = word[0].upper() if model[0].isupper() else word[0].lower()
    return first + word[1:]
