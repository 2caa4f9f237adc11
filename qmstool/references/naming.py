"""How a manual's texts call documents beside a number: the words around it as patterns; titles, kinds or «này» instead of codes.

All patterns run on lowered text (`sources.citations.lowered`), in which every blank is a space.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, cast

from qmstool.manual.wordlists import packaged_lists
from qmstool.parsing.citation_numbers import alternation
from qmstool.parsing.codes import fold_name, phrase
from qmstool.references.model import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.i18n import Lang
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual

LISTS = ("this", "any_document", "standard_words", "document_words", "outside_words", "articles")
# How many words may call a document.
MOST_WORDS = 12
OPEN, CLOSE = "«“\"'‘(", "»”\"'’)"
QUOTED = r"(?: *(?:«[^»]{1,120}»|“[^”]{1,120}”|\"[^\"]{1,120}\"|\([^()]{1,120}\)))?"
HEAD = re.compile(rf" *\)?{QUOTED} *(?P<sep>[,(–—-])? *")
"""What may stand between a number and the word or document that follows it: a quoted title, and a sign."""
_PUNCTUATION = re.compile(rf"[,;:.!?{OPEN}{CLOSE}–—\x00]| -")
_QUOTES = re.compile(f"[{OPEN}{CLOSE}]")
_WORD = re.compile(r"\w+(?:[-/]\w+)*")


def citation_word_lists(manual: Manual) -> Mapping[str, tuple[str, ...]]:
    """The word lists that concern citations, in the manual's languages, with what its manifest adds to them."""
    words = manual.config.all_words
    lists: dict[str, tuple[str, ...]] = {
        "range_to": words.to,
        "joined": words.both,
        "part_of": words.of,
    }
    for lang in manual.config.words:
        if lang in {"vi", "en"}:
            own, known = manual.words.get(lang), packaged_lists(cast("Lang", lang))
            for name, more in (known + own if own else known).plain.items():
                lists[name] = (*lists.get(name, ()), *more)
    return lists


class DocumentNaming:
    """The words of one manual, compiled, and its documents by what they may be called."""

    def __init__(self, manual: Manual) -> None:
        self.manual = manual
        words = citation_word_lists(manual)
        self._words = {name: words.get(name, ()) for name in LISTS}
        self._possessive = frozenset(" ".join(word.lower().split()) for word in words["part_of"])
        self._of = re.compile(
            rf"(?<!\w)(?:{alternation((*words['part_of'], *words.get('within', ())))})(?!\w)"
        )
        self._joins = alternation((*words["joined"], *words["range_to"]))
        self._lead = alternation((*words.get("plural", ()), *words.get("range_from", ())))

    def of(self, low: str, at: int) -> re.Match[str] | None:
        """A word such as «của» at a place of a text."""
        return self._of.match(low, at)

    @cached_property
    def _before(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?::\d{{4}})?{QUOTED}[{CLOSE} ]*[,:({OPEN}–—-]? *(?:(?:{self._lead})(?!\w) *)*\Z"
        )

    def before(self, between: str) -> bool:
        """Whether so much may stand between a document and its number."""
        return self._before.match(between) is not None

    def before_loose(self, between: str) -> bool:
        """Whether so much may stand between a document and a number perhaps its: «QT BIS 01 tại mục 5.2», «QT BIS 01; mục 5.2»."""
        bare = between.lstrip(f"{CLOSE}{OPEN} ,;:–—-")
        of = self._of.match(bare)
        return self.before(bare[of.end() :] if of else bare)

    @cached_property
    def _chain(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?: *(?:[,;/&–—-]|(?:{self._joins})(?!\w)))* *(?:(?:{self._lead}) +)*\Z"
        )

    def chains(self, between: str) -> bool:
        """Whether so much joins two lists of numbers: «mục 1 và mục 2»."""
        return self._chain.match(between) is not None

    def nests(self, between: str) -> bool:
        """Whether so much joins a part to a greater one: «mục 2 Phụ lục I»."""
        bare = between.strip(" ,")
        return not bare or self._of.fullmatch(bare) is not None

    @cached_property
    def _calling(self) -> re.Pattern[str]:
        kinds = [
            text
            for each in self.manual.config.types.values()
            for text in (each.name.vi, each.name.en)
        ]
        return re.compile(rf"(?:{alternation((*self._words['document_words'], *kinds))})(?!\w)")

    @cached_property
    def _joining(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{self._joins})(?!\w)")

    def calls(self, words: str, *, outside: bool) -> bool:
        """Whether words only call the document that follows them: none, «quy trình», and of an outside one «Nghị định số»."""
        words = " ".join(self._bare(unquoted(words).split()))
        if not words:
            return True
        if (
            words.count(" ") >= MOST_WORDS
            or _PUNCTUATION.search(words)
            or self._of.search(words)
            or self._joining.search(words)
        ):
            return False
        return self._calling.match(words) is not None or (
            outside and words.count(" ") < MOST_WORDS // 2
        )

    def untitled(self, between: str, target: Target) -> str:
        """What stands between a code and a number, less the document's own title: «QT BIS 01 – Quy trình mẫu, mục 5.2»."""
        title = self.manual.documents[target.key].title.lower() if target.kind == "document" else ""
        found = re.match(rf"[ ,:{OPEN}–—-]*{phrase(title)}(?!\w)", between) if title else None
        return between[found.end() :] if found else between

    def entitled(self, words: str) -> tuple[str, str, str]:
        """«Cách làm của quy trình» → the title after a number, the word that joins, and what calls the document; empty without."""
        of = max(self._of.finditer(words), key=lambda found: found.start(), default=None)
        return (
            (unquoted(words[: of.start()]).strip(" :–—-"), of[0], words[of.end() :])
            if of
            else ("", "", "")
        )

    def possessive(self, of: str) -> bool:
        """Whether what follows a word such as «của» has to be a document, and not a place as after «tại»."""
        return " ".join(of.split()) in self._possessive

    def said(self, words: str) -> tuple[str, ...]:
        """The words that may call a document without a code: up to the next sign of punctuation."""
        end = _PUNCTUATION.search(words)
        return tuple(self._bare(_WORD.findall(words[: end.start()] if end else words)[:MOST_WORDS]))

    def _bare(self, words: list[str]) -> list[str]:
        return words[1:] if words and words[0] in self._words["articles"] else words

    def titled(self, said: tuple[str, ...]) -> Target | None:
        """The document whose title or sole kind opens the words, the longest first."""
        tried = (" ".join(said[:count]) for count in range(len(said), 0, -1))
        return next((self.titles[words] for words in tried if words in self.titles), None)

    def this(self, said: tuple[str, ...]) -> str:
        """What «này» or «this» is said of, if a document: «sổ tay» of «sổ tay này»; "" otherwise."""
        for at, word in enumerate(said[: MOST_WORDS // 2]):
            if word in self._words["this"]:
                called = " ".join(said[:at] or said[1:3])
                return called if self._calling.match(called) else ""
        return ""

    def standard(self, said: tuple[str, ...]) -> bool:
        """Whether words mean the standard that the manual follows: «tiêu chuẩn», «tiêu chuẩn này»."""
        bare = " ".join(said[:-1] if said and said[-1] in self._words["this"] else said)
        return bare in self._words["standard_words"]

    def outside(self, said: tuple[str, ...]) -> bool:
        """Whether words call a document of others by what is never a verb: «Luật Lưu trữ»."""
        return _opens(" ".join(said), self._words["outside_words"])

    def unknown(self, said: tuple[str, ...]) -> bool:
        """Whether words call some document, whichever: «hợp đồng», «tiêu chuẩn khác»."""
        words = " ".join(said)
        return (
            self._calling.match(words) is not None
            or self.outside(said)
            or _opens(words, self._words["standard_words"])
        )

    def may_be(self, document: Document, called: str) -> bool:
        """Whether a document may be called so: by its kind, its title, or a word for any document."""
        kind = self.manual.config.types.get(document.type)
        names = [
            name.lower()
            for name in (document.title, *((kind.name.vi, kind.name.en) if kind else ()))
            if name
        ]
        return called in self._words["any_document"] or any(
            name.startswith(called) or called.startswith(name) for name in names
        )

    @cached_property
    def titles(self) -> Mapping[str, Target]:
        """Documents by title, and by the name of their kind where no other document is of it; none that two share."""
        found: dict[str, set[str]] = {}
        kinds: dict[str, set[str]] = {}
        for document in self.manual.documents.values():
            found.setdefault(_worded(document.title), set()).add(document.key)
            kinds.setdefault(document.type, set()).add(document.key)
        for key, kind in self.manual.config.types.items():
            for name in (kind.name.vi, kind.name.en):
                found.setdefault(_worded(name), kinds.get(key, set()))
        return {
            name: Target("document", *keys)
            for name, keys in found.items()
            if len(keys) == 1 and name
        }


def unquoted(words: str) -> str:
    """Words without quotes and brackets, blanks made one."""
    return " ".join(_QUOTES.sub(" ", words).split())


def same_title(one: str, other: str) -> bool:
    """Whether two titles are one, quotes and capitals aside."""
    return bool(one) and fold_name(unquoted(one)) == fold_name(unquoted(other))


def _opens(words: str, phrases: Iterable[str]) -> bool:
    return any(f"{words} ".startswith(f"{each.lower()} ") for each in phrases)


def _worded(name: str) -> str:
    return " ".join(_WORD.findall(name.lower()))
