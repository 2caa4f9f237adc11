"""Read a manual's texts in their author's own words: blocks, sentences, and listed phrases.

The notes of a keeper (admonitions) are nobody's text here, and neither is the stub of a document
whose text is not held.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.citations import lower_in_place, names_pattern
from qmstool.parsing.codes import fold_name, phrase
from qmstool.rules.base.prose_blocks import has_own_text
from qmstool.rules.base.spans import starting_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qmstool.findings import Location
    from qmstool.manual.documents import Document, Section, TextFile
    from qmstool.manual.model import Manual
    from qmstool.manual.wordlists import WordLists
    from qmstool.parsing.markdown.page import TextBlock
    from qmstool.rules.base.prose_blocks import Span

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
_MERGE = re.compile(r"^(?:<{7}|>{7}|={7})(?: .*)?$", re.MULTILINE)
_SENTENCE_END = re.compile(r"\x00+|[.;!?](?=[\s\x00\x01)»”\"]|\Z)")


@dataclass(frozen=True, slots=True)
class PhraseHit:
    """A phrase of a word list in running text: the phrase, folded, and where it stands."""

    phrase: str
    start: int
    end: int


@dataclass(frozen=True)
class Writing:
    """One file in its author's words; all offsets are those of the file."""

    document: Document
    file: TextFile
    prose: Prose

    @cached_property
    def words(self) -> str:
        """The running text, with what is not the author's or not words covered by signs."""
        words = self.file.page.prose
        parts, copied = [], 0
        for start, end, cover in sorted(self._covers()):
            if start >= copied:
                parts += [words[copied:start], cover * (end - start)]
                copied = end
        parts.append(words[copied:])
        return "".join(parts)

    def _covers(self) -> Iterator[tuple[int, int, str]]:
        """Yield what is covered, and with what: notes, pieces of code, and markers of a merge."""
        text = self.file.source.text
        for start, end in self.notes:
            yield start, end, "\0"
        for start, end in self.file.page.code:
            yield start, end, "\x01"
        if "<<<<<<<" in text:
            for marker in _MERGE.finditer(text):
                yield *marker.span(), "\0"

    @property
    def is_form(self) -> bool:
        """Whether its document is a form: with blanks to be filled in, one form like another."""
        document_type = self.prose.manual.config.types.get(self.document.type)
        return document_type is not None and document_type.form_of is not None

    @property
    def notes(self) -> tuple[Span, ...]:
        """Where the keeper's notes stand."""
        return self.file.page.notes

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The document's sections that stand in this file."""
        return tuple(section for section in self.document.sections if section.file is self.file)

    @property
    def blocks(self) -> tuple[TextBlock, ...]:
        """Every heading, paragraph, item and cell, those of notes among them."""
        return self.file.page.blocks

    @cached_property
    def hits(self) -> Mapping[str, tuple[PhraseHit, ...]]:
        """The places of the listed phrases, by list; one pass over the text for all of them."""
        groups: dict[str, list[PhraseHit]] = {}
        pattern, lists_of_phrase = self.prose.phrases
        if pattern is None:
            return {}
        low = lower_in_place(self.words)
        for match in pattern.finditer(low):
            start, end = match.span()
            if start and (low[start - 1].isalnum() or low[start - 1] == "_"):
                continue
            folded = fold_name(match[0])
            for name in lists_of_phrase.get(folded, ()):
                groups.setdefault(name, []).append(PhraseHit(folded, start, end))
        return {name: tuple(group) for name, group in groups.items()}

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The stretches between full stops and the edges of blocks."""
        spans, start = [], self.file.body
        for stop in _SENTENCE_END.finditer(self.words, start):
            if stop.start() > start:
                spans.append((start, stop.start()))
            start = stop.end()
        return (*spans, (start, len(self.words)))

    def sentence(self, offset: int) -> Span:
        """Return the sentence that holds an offset."""
        following = bisect_right(self.sentences, offset, key=itemgetter(0))
        return self.sentences[max(0, following - 1)]

    def within(self, name: str, start: int, end: int) -> tuple[PhraseHit, ...]:
        """Return the hits of a list that begin in a stretch."""
        return starting_within(self.hits.get(name, ()), start, end)

    def around(self, start: int, end: int) -> Span:
        """Return a stretch with the rest of the words that it touches."""
        while start > 0 and self.words[start - 1].isalpha():
            start -= 1
        while end < len(self.words) and self.words[end].isalpha():
            end += 1
        return start, end

    def said(self, start: int, end: int) -> str:
        """Return the words of a stretch, without markup, with single blanks."""
        return " ".join(self.words[start:end].replace("\x01", "").replace("\0", " ").split())

    def locate(self, start: int, end: int) -> Location:
        """Return the place of a stretch."""
        return self.file.source.locate(start, end)


@dataclass(frozen=True)
class Prose:
    """Every text of a manual that is held here, and the word lists of its language."""

    manual: Manual

    @cached_property
    def writings(self) -> tuple[Writing, ...]:
        """The files, in the order of documents; not one whose bytes could not be read rightly."""
        writings: list[Writing] = []
        for document in self.manual.written:
            if document.held or has_own_text(document):
                files = [file for file in document.files if "not-utf8" not in file.source.flaws]
                writings += [Writing(document, file, self) for file in files]
        return tuple(writings)

    @cached_property
    def by_document(self) -> Mapping[str, tuple[Writing, ...]]:
        """The files of each document, by its key."""
        groups: dict[str, list[Writing]] = {}
        for writing in self.writings:
            groups.setdefault(writing.document.key, []).append(writing)
        return {key: tuple(group) for key, group in groups.items()}

    @cached_property
    def lists(self) -> WordLists:
        """The word lists of the package, and what the manual adds to them."""
        return self.manual.word_lists[self.manual.config.language]

    @cached_property
    def objects(self) -> Mapping[str, str]:
        """What an activity can be about: the manual's abbreviations, by short form and expansion.

        Both are folded; each maps to the short form.
        """
        objects = {}
        for short, abbreviation in self.manual.abbreviations.items():
            objects[fold_name(abbreviation.expansion)] = short
            objects[fold_name(short)] = short
        return objects

    @cached_property
    def phrases(self) -> tuple[re.Pattern[str] | None, Mapping[str, tuple[str, ...]]]:
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
        lists, config = self.lists, self.manual.config
        for name in PHRASE_LISTS:
            yield name, lists[name]
        yield "slips", (slip for slip, _ in lists.slips)
        yield "old_words", (word for word, _ in lists.old_words)
        for variants in self.variants:
            yield "variants", variants
        for period in lists.periods:
            yield "periods", period.names
        yield "bodies", (role.name for role in config.roles.values())
        yield "bodies", (unit.name for unit in config.units.values())
        yield "objects", self.objects

    @cached_property
    def variants(self) -> tuple[tuple[str, ...], ...]:
        """The listed variants of terms, and the names of each standard."""
        standards = [catalogue.cited_as for catalogue in self.manual.catalogues.values()]
        return (*self.lists.variants, *(names for names in standards if len(names) > 1))


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern for any of some phrases, the longest first; without any it never matches."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(map(phrase, longest_first)) or "(?!)"


def match_case(model: str, word: str) -> str:
    """Return a word that begins with a capital as its model does; «ISO» and its like stay."""
    if word[1:2].isupper() or model[1:2].isupper():
        return word
    first = word[0].upper() if model[0].isupper() else word[0].lower()
    return first + word[1:]
