"""Know the abbreviations of a manual: where its texts use them, and where they explain them.

In: `Facts`. Out: short forms («KSNK») with offsets into the words of a `Writing`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, cached_property
from typing import TYPE_CHECKING

from qmstool.parsing.citations import BLANK
from qmstool.parsing.codes import fold_name
from qmstool.rules.base.prose_blocks import lies_inside
from qmstool.rules.base.prose_text import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.prose_text import Writing

_ROMAN = re.compile(r"[IVXLCDM]+\Z")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_ENTRY = re.compile(r"[\s*\x01]*(?:[:–—=]|-\s|\||\0)")
_IN_BRACKETS = re.compile(r"\(\s*\Z")
# How far before a short form, in characters, the words may stand that explain it.
_REACH = 80
_ENTRY_REACH = 10
_PHRASE_REACH = 30


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a short form and of a run of capitals.

    A class of all capitals is slow to compile: once, and only where it is needed.
    """
    capitals = "".join(filter(str.isupper, map(chr, range(ord("A"), ord("ỹ") + 1))))
    run = f"[{capitals}]{{2,}}"
    short_form = rf"(?<![\w&/.-]){run}(?:[&-]{run})*(?![\w/]|[&-]\w)"
    return re.compile(short_form), re.compile(run)


class AbbreviationIndex:
    """What one manual explains, and where its texts use it."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._glossaries: dict[str, tuple[tuple[int, int], ...]] = {}
        lists = facts.prose.lists
        self.glossary_titles = {fold_name(word) for word in lists["glossary"]}
        self.means = re.compile(rf"{BLANK}+(?:{alternatives(lists['means'])})(?!\w)", re.IGNORECASE)
        self.defines = re.compile(
            rf"(?:{alternatives(lists['defines'])}){BLANK}*[«\"“(]*\Z", re.IGNORECASE
        )

    @cached_property
    def known(self) -> frozenset[str]:
        """Short forms that need no explaining.

        Those of the manual's list, of its codes and units, of standards, and common ones.
        """
        manual, config = self.facts.manual, self.facts.manual.config
        lists = self.facts.prose.lists
        known = {*manual.abbreviations, *config.units}
        known.update(lists["known_abbreviations"], lists["placeholders"])
        texts = [document.code for document in manual.documents.values()]
        texts += [kind.code.text for kind in config.types.values() if kind.code]
        for catalogue in manual.catalogues.values():
            texts += [catalogue.standard, *catalogue.cited_as]
        _, capitals = _patterns()
        for text in texts:
            known.update(capitals.findall(text))
        return frozenset(known)

    def undefined(self, writing: Writing) -> Iterator[tuple[str, int]]:
        """Yield each use in a text of a short form that neither lists nor codes explain."""
        path = writing.file.path
        cited = [reference.whole for reference in self.facts.references.by_path.get(path, ())]
        cited += [code[:2] for code in self.facts.misspelled_codes.by_path.get(path, ())]
        short_form, _ = _patterns()
        for use in short_form.finditer(writing.words):
            short = use[0]
            if short in self.known or _ROMAN.match(short) or _is_word(short):
                continue
            if not _is_shouted(writing.words, *use.span()) and not lies_inside(cited, use.start()):
                yield short, use.start()

    def explained(self, writings: tuple[Writing, ...]) -> frozenset[str]:
        """Return the short forms that a document explains itself.

        In a glossary of its own, in brackets, or with «viết tắt là».
        """
        explained: set[str] = set()
        short_form, _ = _patterns()
        for writing in writings:
            for start, end in self.glossaries(writing):
                explained.update(short_form.findall(writing.words, start, end))
            for use, is_plain in self._explained_in_place(writing):
                if is_plain or _is_in_brackets(writing, use):
                    explained.add(use[0])
        return frozenset(explained)

    @cached_property
    def explained_anywhere(self) -> frozenset[str]:
        """Short forms that some document plainly explains.

        The entries of its glossary, and «Thời khóa biểu (TKB)».
        """
        explained: set[str] = set()
        for writing in self.facts.prose.writings:
            explained.update(short for short, _ in self.entries(writing))
            for use, is_plain in self._explained_in_place(writing):
                if is_plain:
                    explained.add(use[0])
        return frozenset(explained)

    def entries(self, writing: Writing) -> Iterator[tuple[str, int]]:
        """Yield the entries of a text's own glossaries.

        «KSNK: kiểm soát nhiễm khuẩn», a cell of its own, «TKB – thời khóa biểu».
        """
        words = writing.words
        short_form, _ = _patterns()
        for start, end in self.glossaries(writing):
            for use in short_form.finditer(words, start, end):
                before = words[max(start, use.start() - _ENTRY_REACH) : use.start()]
                before = before.rstrip("* \x01")
                begins = not before or before[-1] in "\n\0;,"
                if begins and _ENTRY.match(words, use.end()):
                    yield use[0], use.start()

    def glossaries(self, writing: Writing) -> tuple[tuple[int, int], ...]:
        """Return the sections of a text that explain words; one within another is left out."""
        path = writing.file.path
        if path not in self._glossaries:
            spans: list[tuple[int, int]] = []
            end = 0
            for section in writing.sections:
                if section.start < end:
                    continue
                title = fold_name(section.title)
                if any(word in title for word in self.glossary_titles):
                    spans.append((section.start, section.end))
                    end = section.end
            self._glossaries[path] = tuple(spans)
        return self._glossaries[path]

    def _explained_in_place(self, writing: Writing) -> Iterator[tuple[re.Match[str], bool]]:
        """Yield the short forms in brackets or after a word that defines.

        With each, whether the words before plainly say what it stands for.
        """
        short_form, _ = _patterns()
        for use in short_form.finditer(writing.words):
            before = writing.words[max(0, use.start() - _REACH) : use.start()]
            if self.defines.search(before) is not None or self._is_listed(writing, use):
                yield use, True
            elif _is_in_brackets(writing, use):
                yield use, _are_initials(before, use[0])

    def _is_listed(self, writing: Writing, use: re.Match[str]) -> bool:
        """Whether a sentence about abbreviations says what one means.

        «Chữ viết tắt: ĐGV là đánh giá viên».
        """
        if self.means.match(writing.words, use.end()) is None:
            return False
        start, _ = writing.sentence(use.start())
        before = fold_name(writing.words[max(start, use.start() - _REACH) : use.start()])
        return any(word in before for word in self.glossary_titles)

    def unused_entries(self) -> Iterator[tuple[Writing, str, int]]:
        """Yield the glossary entries of texts that no text uses."""
        writings = self.facts.prose.writings
        entries = [
            (writing, short, start)
            for writing in writings
            for short, start in self.entries(writing)
        ]
        if not entries:
            return
        short_form, _ = _patterns()
        used: set[str] = set()
        for writing in writings:
            glossaries = self.glossaries(writing)
            for use in short_form.finditer(writing.words):
                if not lies_inside(glossaries, use.start()):
                    used.add(use[0])
        for writing, short, start in entries:
            if short in self.facts.manual.abbreviations:
                continue  # the manual's list has it: that entry is reported
            if used.isdisjoint({short, *re.split("[&-]", short)}):
                yield writing, short, start


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
    _, capitals = _patterns()
    before = words[max(0, start - _PHRASE_REACH) : start].rstrip(" \x01").rpartition(" ")[2]
    if capitals.fullmatch(before):
        return True
    after = words[end : end + _PHRASE_REACH].lstrip(" \x01")
    following = capitals.match(after)
    if following is None:
        return False
    return not after[following.end() : following.end() + 1].isalnum()
