"""Read the abbreviations of a text: where it uses them, and where it explains them.

In: a `Writing`. Out: short forms («KSNK») with their places, and those that the manual knows.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.parsing.citations import BLANK
from qmstool.parsing.codes import fold_name
from qmstool.patterns import regex
from qmstool.rules.base.file_answers import question
from qmstool.rules.base.text.capitals import capital_runs, capitals
from qmstool.rules.base.text.spans import lies_inside
from qmstool.rules.base.text.wording import alternatives, folded, whole_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.findings import Location
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.text.prose_text import Writing
    from qmstool.rules.base.text.wording import Wording

_ROMAN = regex(r"[IVXLCDM]+\Z")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_ENTRY = regex(r"[\s*\x01]*(?:[:–—=]|-\s|\||\0)")
_OPENING = ' \t\n\u00a0\u202f\x01«"“('
_LAST_WORD = regex(r"\w+")
_IN_BRACKETS = regex(r"\(\s*\Z")
# How far before a short form, in characters, the words may stand that explain it.
_REACH = 80
_ENTRY_REACH = 10
_PHRASE_REACH = 30


@cache
def _short_form() -> re.Pattern[str]:
    """Return the pattern of a short form."""
    letter = f"[{capitals()}]"
    return regex(rf"{letter}(?<![\w&/.-].){letter}+(?:[&-]{letter}{{2,}})*(?![\w/]|[&-]\w)")


class UsedShortForm(NamedTuple):
    """A short form in a text, and where."""

    short: str
    start: int
    end: int

    def place(self, writing: Writing) -> Location:
        """Return its place in the text that it was read in."""
        return writing.locate(self.start, self.end)


class ShortForms(NamedTuple):
    """What a text says of abbreviations.

    `unexplained`: uses of those that may need explaining. `explained`: those that it explains, in a
    glossary of its own, in brackets, or with «viết tắt là»; `plainly`: those of which it says what
    they stand for. `entries`: of its own glossaries. `used`: outside of them. `listed`: the first
    use of each that the manual's list has.
    """

    unexplained: tuple[UsedShortForm, ...]
    explained: frozenset[str]
    plainly: frozenset[str]
    entries: tuple[UsedShortForm, ...]
    used: frozenset[str]
    listed: tuple[UsedShortForm, ...]


@question
def short_forms(writing: Writing) -> ShortForms:
    """Read the abbreviations of a text."""
    return writing.wording.prepared(ShortFormReader).read(writing)


class ShortFormReader:
    """Reads the abbreviations of texts in the words of a language."""

    def __init__(self, wording: Wording) -> None:
        lists = wording.lists
        self.glossary_titles = folded(lists["glossary"])
        self.means = regex(rf"{BLANK}+(?:{alternatives(lists['means'])})(?!\w)", re.IGNORECASE)
        self.defines = regex(
            rf"(?:{alternatives(lists['defines'])}){BLANK}*[«\"“(]*\Z", re.IGNORECASE
        )
        self._defining = tuple(
            _LAST_WORD.findall(phrase)[-1] for phrase in folded(lists["defines"])
        )
        self._longest = max(map(len, self._defining), default=1)
        self.listed = whole_words(wording.abbreviations) if wording.abbreviations else None

    def read(self, writing: Writing) -> ShortForms:
        """Return what a text says of abbreviations."""
        uses = list(writing.matches_at(writing.capital_runs, _short_form()))
        glossaries = self._glossaries(writing) if uses else ()
        explained: set[str] = set()
        plainly: set[str] = set()
        for use in uses:
            if glossaries and lies_inside(glossaries, use.start()):
                explained.add(use[0])
            is_plain = self._is_explained(writing, use)
            if is_plain:
                plainly.add(use[0])
            if is_plain is not None:
                explained.add(use[0])
        entries = tuple(_entries(writing, glossaries))
        plainly.update(entry.short for entry in entries)
        used = {use[0] for use in uses if not (glossaries and lies_inside(glossaries, use.start()))}
        return ShortForms(
            tuple(_unexplained(writing, uses)),
            frozenset(explained),
            frozenset(plainly),
            entries,
            frozenset(used),
            tuple(self._first_uses(writing)),
        )

    def _first_uses(self, writing: Writing) -> Iterator[UsedShortForm]:
        """Yield the first use of each short form of the manual's list."""
        if self.listed is None:
            return
        met: set[str] = set()
        for use in self.listed.finditer(writing.words):
            if use[0] not in met:
                met.add(use[0])
                yield _used(use)

    def _glossaries(self, writing: Writing) -> tuple[tuple[int, int], ...]:
        """Return the sections of a text that explain words; one within another is left out."""
        spans: list[tuple[int, int]] = []
        end = 0
        for section in writing.sections:
            if section.start < end:
                continue
            title = fold_name(section.title)
            if any(word in title for word in self.glossary_titles):
                spans.append((section.start, section.end))
                end = section.end
        return tuple(spans)

    def _is_explained(self, writing: Writing, use: re.Match[str]) -> bool | None:
        """Whether the words before a short form plainly say what it stands for.

        None where it is not explained at all: neither in brackets nor after a word that defines.
        """
        before = writing.words[max(0, use.start() - _REACH) : use.start()]
        if self._is_defined(before) or self._is_listed(writing, use):
            return True
        return _are_initials(before, use[0]) if _is_in_brackets(writing, use) else None

    def _is_defined(self, before: str) -> bool:
        """Whether words end in one that defines: «viết tắt là»."""
        if not before.rstrip(_OPENING)[-self._longest :].casefold().endswith(self._defining):
            return False
        return self.defines.search(before) is not None

    def _is_listed(self, writing: Writing, use: re.Match[str]) -> bool:
        """Whether a sentence about abbreviations says what one means.

        «Chữ viết tắt: ĐGV là đánh giá viên».
        """
        if self.means.match(writing.words, use.end()) is None:
            return False
        start, _ = writing.sentence(use.start())
        before = fold_name(writing.words[max(start, use.start() - _REACH) : use.start()])
        return any(word in before for word in self.glossary_titles)


def known_short_forms(facts: Facts) -> frozenset[str]:
    """Return the short forms that need no explaining.

    Those of the manual's list, of its codes and units, of standards, and common ones.
    """
    manual, config = facts.manual, facts.manual.config
    lists = facts.prose.lists
    known = {*manual.abbreviations, *config.units}
    known.update(lists["known_abbreviations"], lists["placeholders"])
    texts = [document.code for document in manual.documents.values()]
    texts += [kind.code.text for kind in config.types.values() if kind.code]
    for catalogue in manual.catalogues.values():
        texts += [catalogue.standard, *catalogue.cited_as]
    for text in texts:
        known.update(capital_runs().findall(text))
    return frozenset(known)


def _unexplained(writing: Writing, uses: list[re.Match[str]]) -> Iterator[UsedShortForm]:
    """Yield the uses of what looks like an abbreviation."""
    for use in uses:
        if _ROMAN.match(use[0]) or _is_word(use[0]):
            continue
        if not _is_shouted(writing.words, *use.span()):
            yield _used(use)


def _entries(writing: Writing, glossaries: tuple[tuple[int, int], ...]) -> Iterator[UsedShortForm]:
    """Yield the entries of a text's own glossaries.

    «KSNK: kiểm soát nhiễm khuẩn», a cell of its own, «TKB – thời khóa biểu».
    """
    words = writing.words
    for start, end in glossaries:
        for use in _short_form().finditer(words, start, end):
            before = words[max(start, use.start() - _ENTRY_REACH) : use.start()]
            before = before.rstrip("* \x01")
            begins = not before or before[-1] in "\n\0;,"
            if begins and _ENTRY.match(words, use.end()):
                yield _used(use)


def _used(use: re.Match[str]) -> UsedShortForm:
    return UsedShortForm(use[0], *use.span())


def _is_in_brackets(writing: Writing, use: re.Match[str]) -> bool:
    if writing.words[use.end() : use.end() + 1] != ")":
        return False
    before = writing.words[max(0, use.start() - _REACH) : use.start()]
    return _IN_BRACKETS.search(before) is not None


def _are_initials(before: str, short: str) -> bool:
    """Whether a short form is the first letters of the words before it: «Thời khóa biểu (»."""
    letters = [letter for letter in short.casefold() if letter.isalpha()]
    words = re.findall(r"[^\W\d_]+", before.casefold())
    if len(words) < len(letters):
        return False
    return [word[0] for word in words[-len(letters) :]] == letters


def _is_word(short: str) -> bool:
    """Whether capitals are but a word written large: «MẬT» bears a tone, an abbreviation none."""
    return bool(_TONES & set(unicodedata.normalize("NFD", short)))


def _is_shouted(words: str, start: int, end: int) -> bool:
    """Whether a short form is part of a phrase in capitals: «SƠ ĐỒ MÔ TẢ»."""
    run = capital_runs()
    before = words[max(0, start - _PHRASE_REACH) : start].rstrip(" \x01").rpartition(" ")[2]
    if run.fullmatch(before):
        return True
    after = words[end : end + _PHRASE_REACH].lstrip(" \x01")
    following = run.match(after)
    if following is None:
        return False
    return not after[following.end() : following.end() + 1].isalnum()
