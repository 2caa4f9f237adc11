"""Read a manual's texts in their author's own words: blocks, sentences, and listed phrases.

The notes of a keeper (admonitions) are nobody's text here, and neither is the stub of a document
whose text is not held.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple, dataclass, replace
from qmstool.parsing.citations import lower_in_place
from qmstool.parsing.codes import fold_name
from qmstool.parsing.scripts import WORD, compiled, is_plain
from qmstool.patterns import regex
from qmstool.rules.base.text.capitals import capital_runs
from qmstool.rules.base.text.spans import starting_within
from qmstool.rules.base.text.wording import wording_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qmstool.findings import Location
    from qmstool.manual.config import DocumentType
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.text_files import Section, TextFile
    from qmstool.manual.wordlists import WordLists
    from qmstool.parsing.markdown.inlines import Span
    from qmstool.parsing.markdown.running_text import TextBlock
    from qmstool.rules.base.text.wording import Wording

_MERGE = regex(r"^(?:<{7}|>{7}|={7})(?: .*)?$", re.MULTILINE)
# It opens with one set of signs: to such the engine skips.
_SENTENCE_END = regex(r"[\x00.;!?](?:(?<=\x00)\x00*|(?<=[.;!?])(?=[\s\x00\x01)»”\"]|\Z))")
_COMMON_SIGNS = "\0.,:;()-/_?!'\"«»“”…–→"


class PhraseHit(NamedTuple):
    """A phrase of a word list in running text: the phrase, folded, and where it stands."""

    phrase: str
    start: int
    end: int


@dataclass(frozen=True)
class Writing:
    """What one file says, and the words to read it by; all offsets are those of the file.

    `is_form`: whether its document is a
    form, with blanks to be filled in, one form like another. `is_authored`: whether it is the text
    of its author, held here and readable. Nothing leads from here to another file.
    """

    file: TextFile
    wording: Wording
    is_form: bool
    is_authored: bool

    @property
    def document(self) -> str:
        """The key of the document whose text it is."""
        return self.file.document

    @property
    def sections(self) -> tuple[Section, ...]:
        """Its headings, each with the text under it."""
        return self.file.sections

    @cached_property
    def read_by(self) -> bytes:
        """What it is read as and by, besides its bytes: whatever else an answer of it goes by."""
        numbered_by = self.file.section_words.words
        read_as = self.document, self.is_form, self.is_authored, numbered_by
        return self.wording.digest + repr(read_as).encode()

    @cached_property
    def words(self) -> str:
        """The running text, with what is not the author's or not words covered by signs."""
        words = self.file.page.prose
        covers = sorted(self._covers())
        if not covers:
            return words
        parts, copied = [], 0
        for start, end, cover in covers:
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
    def notes(self) -> tuple[Span, ...]:
        """Where the keeper's notes stand."""
        return self.file.page.notes

    @property
    def blocks(self) -> tuple[TextBlock, ...]:
        """Every heading, paragraph, item and cell, those of notes among them."""
        return self.file.page.blocks

    @cached_property
    def lower_words(self) -> str:
        """The running text in lower case, every blank a space, all offsets kept."""
        return lower_in_place(self.words)

    @cached_property
    def own_texts(self) -> tuple[Span, ...]:
        """Where the own text of each section stands: up to the next heading of any level."""
        following = [section.heading.line_start for section in self.sections[1:]]
        ends = [*following, len(self.file.page.prose)]
        return tuple(
            (section.start, min(section.end, end))
            for section, end in zip(self.sections, ends, strict=False)
        )

    @cached_property
    def own_tokens(self) -> tuple[Sequence[str], ...]:
        """The words of the own text of each section, in lower case."""
        parted = self._parted_words
        return tuple([_words(parted[start:end]) for start, end in self.own_texts])

    @cached_property
    def _parted_words(self) -> str:
        """The running text in lower case, a blank for each of the signs that texts have most."""
        parted = self.lower_words
        for sign in _COMMON_SIGNS:
            parted = parted.replace(sign, " ")
        return parted

    @cached_property
    def tokens(self) -> Sequence[str]:
        """All words of the running text in lower case."""
        tokens: list[str] = []
        parted = self._parted_words
        position = 0
        for (start, end), own in zip(self.own_texts, self.own_tokens, strict=True):
            tokens += _words(parted[position:start])
            tokens += own
            position = end
        tokens += _words(parted[position:])
        return tokens

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The different words of the running text in lower case."""
        return frozenset(self.tokens)

    @cached_property
    def hits(self) -> Mapping[str, tuple[PhraseHit, ...]]:
        """The places of the listed phrases, by list; one pass over the text for all of them."""
        groups: dict[str, list[PhraseHit]] = {}
        pattern, lists_of_phrase = self.wording.phrases
        if not pattern:
            return {}
        low = self.lower_words
        for match in compiled(pattern, plain=is_plain(self.words)).finditer(low):
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

    @cached_property
    def _sentence_starts(self) -> Sequence[int]:
        return [start for start, _ in self.sentences]

    def sentence(self, offset: int) -> Span:
        """Return the sentence that holds an offset."""
        following = bisect_right(self._sentence_starts, offset)
        return self.sentences[max(0, following - 1)]

    def offsets_of(self, words: Iterable[str]) -> list[int]:
        """Return where some words begin, given in lower case; also as parts of others."""
        offsets: set[int] = set()
        for word in words:
            at = self.lower_words.find(word)
            while at >= 0:
                offsets.add(at)
                at = self.lower_words.find(word, at + 1)
        return sorted(offsets)

    def matches_from(
        self, words: Iterable[str], pattern: re.Pattern[str]
    ) -> Iterator[re.Match[str]]:
        """Yield the matches of a pattern all of whose matches begin with one of some words."""
        return self.matches_at(self.offsets_of(words), pattern)

    def matches_at(
        self, offsets: Iterable[int], pattern: re.Pattern[str]
    ) -> Iterator[re.Match[str]]:
        """Yield the matches of a pattern all of whose matches begin at one of some offsets."""
        end = 0
        for at in offsets:
            found = pattern.match(self.words, at) if at >= end else None
            if found is not None:
                yield found
                end = found.end()

    @cached_property
    def capital_runs(self) -> Sequence[int]:
        """Where runs of two capitals or more begin, also within words."""
        return [run.start() for run in capital_runs().finditer(self.words)]

    def hits_within(self, name: str, start: int, end: int) -> tuple[PhraseHit, ...]:
        """Return the hits of a list that begin in a stretch."""
        return starting_within(self.hits.get(name, ()), start, end)

    def whole_words(self, start: int, end: int) -> Span:
        """Return a stretch with the rest of the words that it touches."""
        while start > 0 and self.words[start - 1].isalpha():
            start -= 1
        while end < len(self.words) and self.words[end].isalpha():
            end += 1
        return start, end

    def plain_words(self, start: int, end: int) -> str:
        """Return the words of a stretch, without markup, with single blanks."""
        return " ".join(self.words[start:end].replace("\x01", "").replace("\0", " ").split())

    def locate(self, start: int, end: int) -> Location:
        """Return the place of a stretch."""
        return self.file.source.locate(start, end)

    def unread_copy(self) -> Writing:
        """Return the same without what was read of it so far: texts are too many to be kept."""
        return replace(self)


def _words(text: str) -> list[str]:
    """Return the words of a text: what blanks part, cut again only where it holds other signs."""
    parts = text.split()
    if "".join(parts).isalnum():
        return parts
    words: list[str] = []
    for part in parts:
        if part.isalnum():
            words.append(part)
        else:
            words += WORD.findall(part)
    return words


def writings_of(
    documents: Iterable[Document], types: Mapping[str, DocumentType], wording: Wording
) -> tuple[Writing, ...]:
    """Return what each file of some documents says."""
    texts: list[Writing] = []
    for document in documents:
        held = document.held or document.has_own_text
        kind = types.get(document.type)
        is_form = kind is not None and kind.form_of is not None
        for file in document.files:
            is_authored = held and "not-utf8" not in file.source.flaws
            texts.append(Writing(file, wording, is_form, is_authored))
    return tuple(texts)


@dataclass(frozen=True)
class Prose:
    """Every text of a manual, and the words to read them by."""

    manual: Manual

    @cached_property
    def wording(self) -> Wording:
        """The words that reading goes by."""
        return wording_of(self.manual)

    @property
    def lists(self) -> WordLists:
        """The word lists of the package, and what the manual adds to them."""
        return self.wording.lists

    @cached_property
    def texts(self) -> tuple[Writing, ...]:
        """Every file of every document, in the order of documents."""
        types = self.manual.config.types
        return writings_of(self.manual.written_documents, types, self.wording)

    @cached_property
    def writings(self) -> tuple[Writing, ...]:
        """The files in their author's words; not one whose bytes could not be read rightly."""
        return tuple(text for text in self.texts if text.is_authored)

    @cached_property
    def by_document(self) -> Mapping[str, tuple[Writing, ...]]:
        """The files in their author's words of each document, by its key."""
        groups: dict[str, list[Writing]] = {}
        for writing in self.writings:
            groups.setdefault(writing.document, []).append(writing)
        return {key: tuple(group) for key, group in groups.items()}
