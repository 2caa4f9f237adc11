"""Prose rules on abbreviations: used and nowhere explained, explained by the keeper only, explained and never used."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, cached_property
from typing import TYPE_CHECKING

from qmstool.findings import Fault
from qmstool.rules.prose_passages import inside
from qmstool.rules.prose_text import alternatives
from qmstool.sources.citations import BLANK
from qmstool.sources.codes import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.rules.prose_text import Writing
    from qmstool.rules.rule import Facts

_ROMAN = re.compile(r"[IVXLCDM]+\Z")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_IN_BRACKETS = re.compile(r"\(\s*\Z")
SHOWN = 5
ABBREVIATIONS = "manual/abbreviations.yml"


@cache
def _runs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of a short form and of a run of capitals. A class of all capitals is slow to compile: once, and where asked for."""
    capitals = "".join(filter(str.isupper, map(chr, range(ord("A"), ord("ỹ") + 1))))
    run = f"[{capitals}]{{2,}}"
    return re.compile(rf"(?<![\w&/.-]){run}(?:[&-]{run})*(?![\w/]|[&-]\w)"), re.compile(run)


class Abbreviations:
    """What one manual explains, and where its texts use it."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        lists = facts.prose.lists
        self.glossary = {fold_name(word) for word in lists["glossary"]}
        self.defines = re.compile(rf"(?:{alternatives(lists['defines'])}){BLANK}*[«\"“(]*\Z", re.IGNORECASE)

    @cached_property
    def known(self) -> frozenset[str]:
        """Short forms that need no explaining: registered ones, the manual's codes and units, words of standards, common ones."""
        config, manual, (_, run) = self.facts.manual.config, self.facts.manual, _runs()
        codes = (document.code for document in manual.documents.values())
        shapes = (each.code.text for each in config.types.values() if each.code)
        names = (name for each in manual.catalogues.values() for name in (each.standard, *each.cited_as))
        words = (word for text in (*codes, *shapes, *names) for word in run.findall(text))
        listed = (word for name in ("known_abbreviations", "placeholders") for word in self.facts.prose.lists[name])
        own = (*manual.abbreviations, *config.units, *listed)
        return frozenset((*own, *words))

    def undefined(self, writing: Writing) -> Iterator[tuple[str, int]]:
        """Each short form of a text that nothing explains, where it is first used and ever after."""
        cited = [each.whole for each in self.facts.references.by_path.get(writing.file.path, ())]
        cited += [each[:2] for each in self.facts.miswritten.by_path.get(writing.file.path, ())]
        for found in _runs()[0].finditer(writing.words):
            short = found[0]
            if short in self.known or _ROMAN.match(short) or _is_word(short) or _shouted(writing.words, *found.span()):
                continue
            if not inside(cited, found.start()):
                yield short, found.start()

    def explained(self, writings: tuple[Writing, ...]) -> frozenset[str]:
        """Short forms that a document explains itself: in a glossary of its own, in brackets, or with «viết tắt là»."""
        found: set[str] = set()
        short_form, _ = _runs()
        for writing in writings:
            for section in writing.sections:
                if any(word in fold_name(section.title) for word in self.glossary):
                    found |= set(short_form.findall(writing.words, section.start, section.end))
            for hit in short_form.finditer(writing.words):
                before = writing.words[max(0, hit.start() - 40) : hit.start()]
                in_brackets = _IN_BRACKETS.search(before) and writing.words[hit.end() : hit.end() + 1] == ")"
                if in_brackets or self.defines.search(before):
                    found.add(hit[0])
        return frozenset(found)


def _is_word(short: str) -> bool:
    """Whether capitals are but a word written large: «MẬT» bears a tone, an abbreviation does not."""
    return bool(_TONES & set(unicodedata.normalize("NFD", short)))


def _shouted(words: str, start: int, end: int) -> bool:
    """Whether a short form is part of a phrase in capitals: «SƠ ĐỒ MÔ TẢ»."""
    before = words[max(0, start - 30) : start].rstrip(" \x01").rpartition(" ")[2]
    after = words[end : end + 30].lstrip(" \x01")
    _, run = _runs()
    following = run.match(after)
    return bool(run.fullmatch(before) or (following and not after[following.end() : following.end() + 1].isalnum()))


def abbreviation_undefined(facts: Facts) -> Iterator[Fault]:
    """Abbreviations that neither the manual's list nor the document explains, each told once a document."""
    abbreviations = Abbreviations(facts)
    for writings in facts.prose.by_document.values():
        used: dict[str, list[tuple[Writing, int]]] = {}
        for writing in writings:
            for short, start in abbreviations.undefined(writing):
                used.setdefault(short, []).append((writing, start))
        explained = abbreviations.explained(writings) if used else frozenset()
        for short, places in used.items():
            if short not in explained and not facts.lost.entry(ABBREVIATIONS, short):
                first, *rest = (writing.locate(start, start + len(short)) for writing, start in places)
                yield Fault(first, {"short": short}, f"  {short}: {{expansion: …}}", tuple(rest[:SHOWN]))


def abbreviation_inferred(facts: Facts) -> Iterator[Fault]:
    """Abbreviations whose meaning the keeper inferred: the texts use them and none of them says."""
    inferred = {short: each for short, each in facts.manual.abbreviations.items() if each.inferred}
    if inferred:
        abbreviations = Abbreviations(facts)
        told = {short for writings in facts.prose.by_document.values() for short in abbreviations.explained(writings)}
        inferred = {short: each for short, each in inferred.items() if short not in told}
    for short, (writing, start) in _first_uses(facts, inferred).items():
        place = writing.locate(start, start + len(short))
        yield Fault(place, {"short": short, "expansion": inferred[short].expansion}, related=(inferred[short].mark.location,))


def abbreviation_unused(facts: Facts) -> Iterator[Fault]:
    """Abbreviations of the list that no text uses."""
    known = facts.manual.abbreviations
    used = _first_uses(facts, known)
    for short, each in known.items():
        if short not in used:
            yield Fault(each.mark.location, {"short": short})


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
