"""A manual → its author's own words, ready to be asked about: passages, sentences, and the places of every listed phrase.

A keeper's note (an admonition) is nobody's text here, and neither is the stub of a document whose text is not held.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.manual.wordlists import packaged_lists
from qmstool.parsing.citations import lower_in_place, names_pattern
from qmstool.parsing.codes import fold_name, phrase
from qmstool.rules.base.prose_blocks import code_spans, notes, passages, written_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qmstool.findings import Location
    from qmstool.manual.documents import Document, Section, TextFile
    from qmstool.manual.model import Manual
    from qmstool.manual.wordlists import WordLists
    from qmstool.rules.base.prose_blocks import Passage, Span

PHRASES = (
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
class Hit:
    """A phrase of a word list in running text: the phrase folded, and where."""

    phrase: str
    start: int
    end: int


@dataclass(frozen=True)
class Vocabulary:
    """The word lists of a manual's language, and what its files add to them.

    It knows nothing of the texts it is asked about: a text that led back to all texts would be a
    cycle, and no check could be freed without the garbage collector.
    """

    manual: Manual

    @cached_property
    def lists(self) -> WordLists:
        """The package's lists, and the manual's own."""
        lang = self.manual.config.language
        own = self.manual.words.get(lang)
        return packaged_lists(lang) + own if own else packaged_lists(lang)

    @cached_property
    def objects(self) -> Mapping[str, str]:
        """What an activity can be about: the manual's abbreviations and their expansions, folded → the short form."""
        found = {}
        for short, abbreviation in self.manual.abbreviations.items():
            found[fold_name(abbreviation.expansion)] = short
            found[fold_name(short)] = short
        return found

    @cached_property
    def phrases(self) -> tuple[re.Pattern[str] | None, Mapping[str, tuple[str, ...]]]:
        """One pattern for the phrases of every list, and the lists that each folded phrase stands in."""
        meanings: dict[str, tuple[str, ...]] = {}
        for name, listed in self._listed():
            folded = fold_name(listed)
            if folded and name not in meanings.get(folded, ()):
                meanings[folded] = (*meanings.get(folded, ()), name)
        return names_pattern(meanings), meanings

    def _listed(self) -> Iterator[tuple[str, str]]:
        lists, config = self.lists, self.manual.config
        for name in PHRASES:
            yield from ((name, listed) for listed in lists[name])
        yield from (("slips", said) for said, _ in lists.slips)
        yield from (("old_words", said) for said, _ in lists.old_words)
        yield from (("variants", said) for group in self.variants for said in group)
        yield from (("periods", said) for period in lists.periods for said in period.said)
        yield from (("bodies", role.name) for role in config.roles.values())
        yield from (("bodies", unit.name) for unit in config.units.values())
        yield from (("objects", named) for named in self.objects)

    @cached_property
    def variants(self) -> tuple[tuple[str, ...], ...]:
        """The listed variants of terms, and the names of each standard."""
        return (
            *self.lists.variants,
            *(each.cited_as for each in self.manual.catalogues.values() if len(each.cited_as) > 1),
        )


@dataclass(frozen=True)
class Writing:
    """One file in its author's words."""

    document: Document
    file: TextFile
    vocabulary: Vocabulary

    @cached_property
    def words(self) -> str:
        """The running text with the keeper's notes and pieces of code hidden; same offsets as the file."""
        words, parts, at = self.file.page.prose, [], 0
        text = self.file.source.text
        covers = [(*note, "\0") for note in self.notes]
        covers += [(*each, "\x01") for each in code_spans(text, words, self.file.body)]
        covers += [
            (*found.span(), "\0") for found in (_MERGE.finditer(text) if "<<<<<<<" in text else ())
        ]
        for start, end, cover in sorted(covers):
            if start >= at:
                parts += [words[at:start], cover * (end - start)]
                at = end
        return "".join([*parts, words[at:]])

    @property
    def is_form(self) -> bool:
        """Whether its document is a form: its blanks are there to be filled in, and one form is made after another."""
        kind = self.vocabulary.manual.config.types.get(self.document.type)
        return kind is not None and kind.form_of is not None

    @cached_property
    def notes(self) -> tuple[Span, ...]:
        """Where the keeper's notes stand."""
        return notes(self.file.source.text, self.file.body)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The document's sections that stand in this file."""
        return tuple(section for section in self.document.sections if section.file is self.file)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every heading, paragraph, item and cell, those of notes among them."""
        return passages(self.file.source.text, self.file.page, self.notes)

    @cached_property
    def hits(self) -> Mapping[str, tuple[Hit, ...]]:
        """The places of the listed phrases, by list; one pass over the text for all of them."""
        groups: dict[str, list[Hit]] = {}
        pattern, meanings = self.vocabulary.phrases
        low = lower_in_place(self.words)
        for found in pattern.finditer(low) if pattern else ():
            start, end = found.span()
            if start and (low[start - 1].isalnum() or low[start - 1] == "_"):
                continue
            folded = fold_name(found[0])
            for name in meanings.get(folded, ()):
                groups.setdefault(name, []).append(Hit(folded, start, end))
        return {name: tuple(group) for name, group in groups.items()}

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The stretches between full stops and the edges of passages."""
        found, at = [], self.file.body
        for stop in _SENTENCE_END.finditer(self.words, at):
            if stop.start() > at:
                found.append((at, stop.start()))
            at = stop.end()
        return (*found, (at, len(self.words)))

    def sentence(self, at: int) -> Span:
        """The sentence that holds an offset."""
        return self.sentences[max(0, bisect_right(self.sentences, at, key=itemgetter(0)) - 1)]

    def within(self, name: str, start: int, end: int) -> tuple[Hit, ...]:
        """The hits of a list that begin in a stretch."""
        hits = self.hits.get(name, ())
        return hits[bisect_left(hits, start, key=_begins) : bisect_left(hits, end, key=_begins)]

    def around(self, start: int, end: int) -> Span:
        """A stretch and the rest of the words that it touches."""
        while start > 0 and self.words[start - 1].isalpha():
            start -= 1
        while end < len(self.words) and self.words[end].isalpha():
            end += 1
        return start, end

    def said(self, start: int, end: int) -> str:
        """The words of a stretch, markup out and blanks one."""
        return " ".join(self.words[start:end].replace("\x01", "").replace("\0", " ").split())

    def locate(self, start: int, end: int) -> Location:
        """The place of a stretch."""
        return self.file.source.locate(start, end)


@dataclass(frozen=True)
class Prose:
    """Every text of a manual that is held here, and the word lists of its language."""

    manual: Manual

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The word lists that every text is read by."""
        return Vocabulary(self.manual)

    @property
    def lists(self) -> WordLists:
        """The package's lists, and the manual's own."""
        return self.vocabulary.lists

    @property
    def variants(self) -> tuple[tuple[str, ...], ...]:
        """The listed variants of terms, and the names of each standard."""
        return self.vocabulary.variants

    @cached_property
    def writings(self) -> tuple[Writing, ...]:
        """The files, in the order of documents; of one whose bytes could not be read rightly the words are not known."""
        held = (
            document
            for document in self.manual.documents.values()
            if document.held or written_out(document)
        )
        return tuple(
            Writing(document, file, self.vocabulary)
            for document in held
            for file in document.files
            if "not-utf8" not in file.source.flaws
        )

    @cached_property
    def by_document(self) -> Mapping[str, tuple[Writing, ...]]:
        """The files of each document, by its key."""
        groups: dict[str, list[Writing]] = {}
        for writing in self.writings:
            groups.setdefault(writing.document.key, []).append(writing)
        return {key: tuple(group) for key, group in groups.items()}


_begins = attrgetter("start")


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of some phrases, the longest first; for none it matches nothing."""
    return "|".join(phrase(each) for each in sorted(words, key=len, reverse=True)) or "(?!)"


def cased(model: str, word: str) -> str:
    """A word that begins with a capital as its model does; «ISO» and its like stay."""
    if word[1:2].isupper() or model[1:2].isupper():
        return word
    return (word[0].upper() if model[0].isupper() else word[0].lower()) + word[1:]
