"""Tell how a manual's texts call documents beside a number.

Documents are called by titles, by their kinds, or by «này», where no code is given. All patterns
run on text lowered by `parsing.citations.lower_in_place`, in which every blank is a space.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.parsing.codes import fold_name, phrase
from qmstool.parsing.number_lists import alternation
from qmstool.patterns import regex
from qmstool.references.joining import CLOSE, OPEN, JoiningWords, unquoted
from qmstool.references.model import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual

    WordsByList = Mapping[str, tuple[str, ...]]

LISTS = ("this", "any_document", "standard_words", "document_words", "outside_words", "articles")
# Within so many words the kind of a document of others stands, if its name opens with another word.
MOST_NAMING = 5
# What the plural of a document's kind may end in: «guidelines», «Leitlinien», «Verträge».
ENDINGS = ("", "s", "es", "n", "en", "e")
# How many words may call a document.
MOST_WORDS = 12
_PUNCTUATION = regex(rf"[,;:.!?{OPEN}{CLOSE}–—\x00]| -")
WORD = regex(r"\w+(?:[-/]\w+)*")


def citation_word_lists(manual: Manual) -> WordsByList:
    """Return the word lists that concern citations, in the manual's languages.

    With what its manifest adds to them, and what its own lists add.
    """
    words = manual.config.all_words
    lists: dict[str, tuple[str, ...]] = {
        "range_to": words.range_to,
        "joined": words.joined,
        "part_of": words.part_of,
    }
    for lang in manual.config.words:
        known = manual.word_lists.get(lang)
        if known is None:
            continue
        for name, more in known.plain.items():
            lists[name] = (*lists.get(name, ()), *more)
    return lists


class DocumentNaming:
    """The words of one manual, compiled, and its documents by what they may be called.

    `words`: its `citation_word_lists`.
    """

    def __init__(self, manual: Manual, words: WordsByList) -> None:
        self.manual = manual
        self.joining = JoiningWords(words)
        self._words = {name: words.get(name, ()) for name in LISTS}

    def without_title(self, between: str, target: Target) -> str:
        """Return what stands between a code and a number, less the document's own title.

        «QT BIS 01 – Quy trình mẫu, mục 5.2».
        """
        if target.kind != "document":
            return between
        title = self.manual.documents[target.key].title.lower()
        if not title:
            return between
        match = re.match(rf"[ ,:{OPEN}–—-]*{phrase(title)}(?!\w)", between)
        return between[match.end() :] if match else between

    @cached_property
    def _document_word(self) -> re.Pattern[str]:
        kinds = []
        for kind in self.manual.config.types.values():
            kinds += [kind.name.vi, kind.name.en]
        return regex(rf"(?:{alternation((*self._words['document_words'], *kinds))})(?!\w)")

    def only_calls(self, words: str, *, outside: bool) -> bool:
        """Whether words only call the document that follows them.

        None, «quy trình», and of an `outside` document «Nghị định số».
        """
        words = " ".join(self._without_article(unquoted(words).split()))
        if not words:
            return True
        blanks = words.count(" ")
        if blanks >= MOST_WORDS or _PUNCTUATION.search(words):
            return False
        if self.joining.holds_joint(words):
            return False
        if self._document_word.match(words):
            return True
        return outside and blanks < MOST_WORDS // 2

    def calling_words(self, words: str) -> tuple[str, ...]:
        """Return the words that may call a document without a code.

        They go up to the next sign of punctuation.
        """
        end = _PUNCTUATION.search(words)
        stretch = words[: end.start()] if end else words
        return tuple(self._without_article(WORD.findall(stretch)[:MOST_WORDS]))

    def _without_article(self, words: list[str]) -> list[str]:
        return words[1:] if words and words[0] in self._words["articles"] else words

    def find_titled(self, words: tuple[str, ...]) -> Target | None:
        """Return the document whose title or sole kind opens the words, the longest first."""
        for count in range(len(words), 0, -1):
            target = self.titles.get(" ".join(words[:count]))
            if target is not None:
                return target
        return None

    def this_document(self, words: tuple[str, ...]) -> str:
        """Return what «này» or «this» goes with, if a document: «sổ tay» of «sổ tay này».

        "" otherwise.
        """
        for at, word in enumerate(words[: MOST_WORDS // 2]):
            if word in self._words["this"]:
                called = " ".join(words[:at] or words[1:3])
                return called if self._document_word.match(called) else ""
        return ""

    def means_standard(self, words: tuple[str, ...]) -> bool:
        """Whether words mean the standard that the manual follows: «tiêu chuẩn này»."""
        bare = words[:-1] if words and words[-1] in self._words["this"] else words
        return " ".join(bare) in self._words["standard_words"]

    def means_outside(self, words: tuple[str, ...]) -> bool:
        """Whether words call a document of others by what is never a verb.

        «Luật Lưu trữ»; «Archives Act», where no word for a document opens them.
        """
        joined = " ".join(words)
        if _opens_with(joined, self._words["outside_words"]):
            return True
        if self._document_word.match(joined) or self.joining.holds_joint(joined):
            return False
        return any(word in self._words["outside_words"] for word in words[1:MOST_NAMING])

    def means_some_document(self, words: tuple[str, ...]) -> bool:
        """Whether words call some document, whichever: «hợp đồng», «tiêu chuẩn khác»."""
        joined = " ".join(words)
        if self._document_word.match(joined) or self.means_outside(words):
            return True
        return _opens_with(joined, self._words["standard_words"])

    def holds_document_word(self, words: tuple[str, ...]) -> bool:
        """Whether one of some words calls a document by its kind, alone or at a word's end."""
        for word in words:
            last = word.rpartition("-")[2]
            if any(last.removesuffix(ending) in self._document_words for ending in ENDINGS):
                return True
        return False

    def calls_kind(self, words: str) -> bool:
        """Whether words are a kind of document: «hợp đồng», «plan», «Management-Handbuch»."""
        return self._document_word.fullmatch(words) is not None or self.holds_document_word(
            (words,)
        )

    @cached_property
    def _document_words(self) -> frozenset[str]:
        return frozenset(map(str.lower, self._words["document_words"]))

    def may_be(self, document: Document, called: str) -> bool:
        """Whether a document may be called so: by its kind, title, or a word for any document."""
        if called in self._words["any_document"]:
            return True
        names = [document.title]
        kind = self.manual.config.types.get(document.type)
        if kind:
            names += [kind.name.vi, kind.name.en]
        low = [name.lower() for name in names if name]
        return any(name.startswith(called) or called.startswith(name) for name in low)

    @cached_property
    def titles(self) -> Mapping[str, Target]:
        """Documents by title, and by the name of their kind where they alone are of it.

        None by a name that two share.
        """
        keys_by_name: dict[str, set[str]] = {}
        keys_by_kind: dict[str, set[str]] = {}
        for document in self.manual.documents.values():
            keys_by_name.setdefault(_words_of(document.title), set()).add(document.key)
            keys_by_kind.setdefault(document.type, set()).add(document.key)
        for key, kind in self.manual.config.types.items():
            for name in (kind.name.vi, kind.name.en):
                keys_by_name.setdefault(_words_of(name), keys_by_kind.get(key, set()))
        return {
            name: Target("document", *keys)
            for name, keys in keys_by_name.items()
            if len(keys) == 1 and name
        }


def same_title(one: str, other: str) -> bool:
    """Whether two titles are one, quotes and capitals aside."""
    return bool(one) and fold_name(unquoted(one)) == fold_name(unquoted(other))


def _opens_with(words: str, phrases: Iterable[str]) -> bool:
    return any(f"{words} ".startswith(f"{known.lower()} ") for known in phrases)


def _words_of(name: str) -> str:
    return " ".join(WORD.findall(name.lower()))
