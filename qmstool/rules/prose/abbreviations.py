"""Prose rules on abbreviations: used and nowhere explained, explained by the keeper only, explained and never used."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, cached_property
from typing import TYPE_CHECKING

from qmstool.findings import Violation
from qmstool.parsing.citations import BLANK
from qmstool.parsing.codes import fold_name
from qmstool.rules.base.prose_blocks import inside
from qmstool.rules.base.prose_text import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.rules.base.prose_text import Writing
    from qmstool.rules.base.rule import Facts

_ROMAN = re.compile(r"[IVXLCDM]+\Z")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_ENTRY = re.compile(r"[\s*\x01]*(?:[:–—=]|-\s|\||\0)")
_IN_BRACKETS = re.compile(r"\(\s*\Z")
SHOWN = 5
NEAR = 80
ABBREVIATIONS = "manual/abbreviations.yml"


@cache
def _runs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of a short form and of a run of capitals.

    A class of all capitals is slow to compile: once, and where asked for.
    """
    capitals = "".join(filter(str.isupper, map(chr, range(ord("A"), ord("ỹ") + 1))))
    run = f"[{capitals}]{{2,}}"
    return re.compile(rf"(?<![\w&/.-]){run}(?:[&-]{run})*(?![\w/]|[&-]\w)"), re.compile(run)


class Abbreviations:
    """What one manual explains, and where its texts use it."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._known: dict[str, tuple[tuple[int, int], ...]] = {}
        lists = facts.prose.lists
        self.glossary = {fold_name(word) for word in lists["glossary"]}
        self.means = re.compile(rf"{BLANK}+(?:{alternatives(lists['means'])})(?!\w)", re.IGNORECASE)
        self.defines = re.compile(
            rf"(?:{alternatives(lists['defines'])}){BLANK}*[«\"“(]*\Z", re.IGNORECASE
        )

    @cached_property
    def known(self) -> frozenset[str]:
        """Short forms that need no explaining: registered ones, the manual's codes and units, words of standards, common ones."""
        config, manual, (_, run) = self.facts.manual.config, self.facts.manual, _runs()
        codes = (document.code for document in manual.documents.values())
        shapes = (each.code.text for each in config.types.values() if each.code)
        names = (
            name for each in manual.catalogues.values() for name in (each.standard, *each.cited_as)
        )
        words = (word for text in (*codes, *shapes, *names) for word in run.findall(text))
        listed = (
            word
            for name in ("known_abbreviations", "placeholders")
            for word in self.facts.prose.lists[name]
        )
        own = (*manual.abbreviations, *config.units, *listed)
        return frozenset((*own, *words))

    def undefined(self, writing: Writing) -> Iterator[tuple[str, int]]:
        """Each short form of a text that nothing explains, where it is first used and ever after."""
        cited = [each.whole for each in self.facts.references.by_path.get(writing.file.path, ())]
        cited += [each[:2] for each in self.facts.miswritten.by_path.get(writing.file.path, ())]
        for found in _runs()[0].finditer(writing.words):
            short = found[0]
            if (
                short in self.known
                or _ROMAN.match(short)
                or _is_word(short)
                or _shouted(writing.words, *found.span())
            ):
                continue
            if not inside(cited, found.start()):
                yield short, found.start()

    def explained(self, writings: tuple[Writing, ...]) -> frozenset[str]:
        """Short forms that a document explains itself: in a glossary of its own, in brackets, or with «viết tắt là»."""
        found: set[str] = set()
        short_form, _ = _runs()
        for writing in writings:
            for start, end in self._glossaries(writing):
                found |= set(short_form.findall(writing.words, start, end))
            found |= {
                hit[0]
                for hit, plain in self._in_place(writing)
                if plain or _in_brackets(writing, hit)
            }
        return frozenset(found)

    @cached_property
    def anywhere(self) -> frozenset[str]:
        """Short forms that some document plainly explains: the entries of its glossary, and «Thời khóa biểu (TKB)»."""
        writings = self.facts.prose.writings
        entries = {short for writing in writings for short, _ in self.entries(writing)}
        return frozenset(
            entries
            | {hit[0] for writing in writings for hit, plain in self._in_place(writing) if plain}
        )

    def entries(self, writing: Writing) -> Iterator[tuple[str, int]]:
        """The entries of a text's own glossaries: «KSNK: kiểm soát nhiễm khuẩn», a cell of its own, «TKB – thời khóa biểu»."""
        for start, end in self._glossaries(writing):
            for hit in _runs()[0].finditer(writing.words, start, end):
                before = writing.words[max(start, hit.start() - 10) : hit.start()].rstrip("* \x01")
                if (not before or before[-1] in "\n\0;,") and _ENTRY.match(
                    writing.words, hit.end()
                ):
                    yield hit[0], hit.start()

    def _glossaries(self, writing: Writing) -> tuple[tuple[int, int], ...]:
        """The sections of a text that explain words; one within another is not told again."""
        if writing.file.path not in self._known:
            spans: list[tuple[int, int]] = []
            for section in writing.sections:
                if section.start >= (spans[-1][1] if spans else 0):
                    title = fold_name(section.title)
                    if any(word in title for word in self.glossary):
                        spans.append((section.start, section.end))
            self._known[writing.file.path] = tuple(spans)
        return self._known[writing.file.path]

    def _in_place(self, writing: Writing) -> Iterator[tuple[re.Match[str], bool]]:
        """The short forms in brackets or after a word that defines, and whether the words before plainly say what it stands for."""
        for hit in _runs()[0].finditer(writing.words):
            before = writing.words[max(0, hit.start() - NEAR) : hit.start()]
            defined = self.defines.search(before) is not None or self._listed(writing, hit)
            if defined or _in_brackets(writing, hit):
                yield hit, defined or _initials(before, hit[0])

    def _listed(self, writing: Writing, hit: re.Match[str]) -> bool:
        """Whether a sentence about abbreviations says what one means: «Chữ viết tắt: ĐGV là đánh giá viên»."""
        if self.means.match(writing.words, hit.end()) is None:
            return False
        start, _ = writing.sentence(hit.start())
        before = fold_name(writing.words[max(start, hit.start() - NEAR) : hit.start()])
        return any(word in before for word in self.glossary)

    def unused(self) -> Iterator[tuple[Writing, str, int]]:
        """The glossary entries of texts that no text uses."""
        prose = self.facts.prose
        listed = [
            (writing, short, at)
            for writing in prose.writings
            for short, at in self.entries(writing)
        ]
        used: set[str] = set()
        for writing in prose.writings if listed else ():
            spans = self._glossaries(writing)
            used |= {
                hit[0]
                for hit in _runs()[0].finditer(writing.words)
                if not inside(spans, hit.start())
            }
        for writing, short, at in listed:
            if (
                not used & {short, *re.split("[&-]", short)}
                and short not in self.facts.manual.abbreviations
            ):
                yield writing, short, at


def _in_brackets(writing: Writing, hit: re.Match[str]) -> bool:
    before = writing.words[max(0, hit.start() - NEAR) : hit.start()]
    return (
        _IN_BRACKETS.search(before) is not None and writing.words[hit.end() : hit.end() + 1] == ")"
    )


def _initials(before: str, short: str) -> bool:
    """Whether a short form is made of the first letters of the words before it: «Thời khóa biểu (»."""
    letters = [letter for letter in short.casefold() if letter.isalpha()]
    words = re.findall(r"[^\W\d_]+", before.casefold())
    return len(words) >= len(letters) and [word[0] for word in words[-len(letters) :]] == letters


def _is_word(short: str) -> bool:
    """Whether capitals are but a word written large: «MẬT» bears a tone, an abbreviation does not."""
    return bool(_TONES & set(unicodedata.normalize("NFD", short)))


def _shouted(words: str, start: int, end: int) -> bool:
    """Whether a short form is part of a phrase in capitals: «SƠ ĐỒ MÔ TẢ»."""
    before = words[max(0, start - 30) : start].rstrip(" \x01").rpartition(" ")[2]
    after = words[end : end + 30].lstrip(" \x01")
    _, run = _runs()
    following = run.match(after)
    return bool(
        run.fullmatch(before)
        or (following and not after[following.end() : following.end() + 1].isalnum())
    )


def abbreviation_undefined(facts: Facts) -> Iterator[Violation]:
    """Abbreviations that neither the manual's list nor a document explains, each told once a document."""
    abbreviations = Abbreviations(facts)
    for writings in facts.prose.by_document.values():
        used: dict[str, list[tuple[Writing, int]]] = {}
        for writing in writings:
            for short, start in abbreviations.undefined(writing):
                used.setdefault(short, []).append((writing, start))
        explained = abbreviations.explained(writings) if used else frozenset()
        for short, places in used.items():
            if short in explained or facts.lost.record(ABBREVIATIONS, short):
                continue
            if short not in abbreviations.anywhere:
                first, *rest = (
                    writing.locate(start, start + len(short)) for writing, start in places
                )
                yield Violation(
                    first, {"short": short}, f"  {short}: {{expansion: …}}", tuple(rest[:SHOWN])
                )


def abbreviation_inferred(facts: Facts) -> Iterator[Violation]:
    """Abbreviations whose meaning the keeper inferred: the texts use them and none of them says."""
    inferred = {short: each for short, each in facts.manual.abbreviations.items() if each.inferred}
    if inferred:
        abbreviations = Abbreviations(facts)
        told = {
            short
            for writings in facts.prose.by_document.values()
            for short in abbreviations.explained(writings)
        }
        inferred = {short: each for short, each in inferred.items() if short not in told}
    for short, (writing, start) in _first_uses(facts, inferred).items():
        place = writing.locate(start, start + len(short))
        yield Violation(
            place,
            {"short": short, "expansion": inferred[short].expansion},
            related=(inferred[short].mark.location,),
        )


def abbreviation_unused(facts: Facts) -> Iterator[Violation]:
    """Abbreviations of the list, or of a document's own glossary, that no text uses."""
    known = facts.manual.abbreviations
    used = _first_uses(facts, known)
    for short, each in known.items():
        if short not in used:
            yield Violation(each.mark.location, {"short": short})
    for writing, short, start in Abbreviations(facts).unused():
        yield Violation(writing.locate(start, start + len(short)), {"short": short})


def _first_uses(facts: Facts, shorts: Iterable[str]) -> dict[str, tuple[Writing, int]]:
    """Where each short form is first used."""
    wanted = sorted(shorts, key=len, reverse=True)
    found: dict[str, tuple[Writing, int]] = {}
    if not wanted:
        return found
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(each) for each in wanted)})(?!\w)")
    for writing in facts.prose.writings:
        for hit in pattern.finditer(writing.words):
            found.setdefault(hit[0], (writing, hit.start()))
        if len(found) == len(wanted):
            break
    return found
