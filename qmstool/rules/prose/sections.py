"""Prose rules on whole sections: titles against the standard's, nothing but a reference, two that say nearly the same."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import combinations, groupby
from typing import TYPE_CHECKING
from zlib import crc32

from qmstool.findings import Violation
from qmstool.frozen import dataclass, replace
from qmstool.parsing.codes import fold_name
from qmstool.rules.base.prose_blocks import inside
from qmstool.rules.base.prose_text import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.documents import Section
    from qmstool.manual.standards import Catalogue
    from qmstool.rules.base.prose_text import Prose, Writing
    from qmstool.rules.base.rule import Facts

STRANGE = 1 / 3
ALIKE = 0.6
SHINGLE = 3
FEWEST_WORDS = 20
MOST_WORDS = 400
COMMON = 4
ABBREVIATIONS = "manual/abbreviations.yml"
LONG = 40
SAMPLE = 4
_WORDS = re.compile(r"[^\W_]+")


def title_not_of_clause(facts: Facts) -> Iterator[Violation]:
    """Sections numbered like a clause whose title brings words that the standard's title does not have."""
    main, catalogue = facts.manual.main, facts.manual.catalogue
    lang = facts.manual.config.language
    generic = {fold_name(title) for title in facts.prose.lists["generic_titles"]}
    readable = (
        main is not None and ABBREVIATIONS not in facts.lost.broken
    )  # they read the titles out
    writings = facts.prose.by_document.get(main.key, ()) if main and readable else ()
    sections = [
        section
        for writing in writings
        for section in writing.sections
        if section.heading.level == 1
    ]
    numbers = Counter(section.number for section in sections)
    for section in sections:
        clause = (
            catalogue.clauses.get(section.number)
            if catalogue and numbers[section.number] == 1
            else None
        )
        title = clause.title.get(lang) if clause and clause.title else ""
        if (
            title
            and fold_name(title) not in generic
            and _strange(facts.prose, section.title, title)
        ):
            values = {
                "clause": section.number,
                "title": title,
                "said": section.title,
                "standard": _name(catalogue),
            }
            yield Violation(
                section.location, values, section.heading.text.removesuffix(section.title) + title
            )


def _name(catalogue: Catalogue | None) -> str:
    return f"{catalogue.standard}:{catalogue.edition}" if catalogue else ""


def _strange(prose: Prose, title: str, standard: str) -> bool:
    """Whether a title leaves out words of the standard's and a third of its own are none of those; abbreviations are read out."""
    idle = {word for phrase in prose.lists["title_words"] for word in fold_name(phrase).split()}
    full = {fold_name(short): each.expansion for short, each in prose.manual.abbreviations.items()}
    said = [
        part
        for word in _WORDS.findall(fold_name(title))
        for part in _WORDS.findall(fold_name(full.get(word, word)))
    ]
    own = [word for word in said if word not in idle]
    known = set(_WORDS.findall(fold_name(standard)))
    complete = known - idle <= set(own)
    return (
        bool(own) and not complete and sum(word not in known for word in own) >= STRANGE * len(own)
    )


def reference_only(facts: Facts) -> Iterator[Violation]:
    """Sections that only point at a document, so that a reader learns nothing here; lists of documents or forms are meant to."""
    lead_in = facts.prose.lists["lead_in"]
    words = re.compile(rf"(?<!\w)(?:{alternatives(lead_in)})(?!\w)", re.IGNORECASE)
    titles = [
        fold_name(each)
        for each in (*(each for each in lead_in if " " in each), *facts.prose.lists["list_titles"])
    ]
    for writing, section, start, end in _leaves(facts.prose):
        if any(each in fold_name(section.title) for each in titles):
            continue
        there = facts.references.by_path.get(writing.file.path, ())
        cited = [each for each in there if each.kind != "image" and start <= each.start < end]
        cited = [each for each in cited if not inside(writing.notes, each.start)]
        if cited and not _own_words(writing, start, end, [each.whole for each in cited], words):
            values = {"title": section.heading.text, "words": cited[0].words}
            yield Violation(
                section.location, values, related=tuple(each.location for each in cited)
            )


def _own_words(
    writing: Writing, start: int, end: int, cited: list[tuple[int, int]], lead_in: re.Pattern[str]
) -> bool:
    """Whether a section has words besides what it cites and what leads in to that."""
    parts = []
    for first, last in cited:
        parts.append(writing.words[start:first])
        start = max(start, last)
    rest = "\0".join([*parts, writing.words[start:end]])
    return any(char.isalnum() for char in lead_in.sub("\0", rest))


@dataclass(frozen=True, slots=True)
class Leaf:
    """A section's own text: how many words it has, and a mark for each run of them, or for some."""

    writing: Writing
    section: Section
    start: int
    end: int
    size: int
    marks: frozenset[int]

    @property
    def words(self) -> list[str]:
        """Its words, read again: a manual's words are too many to be kept."""
        return _WORDS.findall(self.writing.words[self.start : self.end].casefold())


def near_duplicate(facts: Facts) -> Iterator[Violation]:
    """Two sections that say nearly the same, in one document or in two: change one, and the other is forgotten."""
    sampled: list[Leaf] = []
    for _, group in groupby(_leaves(facts.prose), key=lambda each: each[1].document):
        own = [leaf for each in group if FEWEST_WORDS <= (leaf := _leaf(*each)).size <= MOST_WORDS]
        for one, other in _pairs(own, 1):
            if _same_place(one.section, other.section):
                continue  # told as a number or an address that stands twice
            if _repeats(one.marks, other.marks) or _alike(one.words, other.words):
                yield _repetition(one, other)
        sampled += [
            replace(each, marks=frozenset(mark for mark in each.marks if mark % SAMPLE == 0))
            for each in own
            if each.size >= LONG and not each.writing.is_form
        ]
    for one, other in _pairs(sampled, SAMPLE):
        if one.section.document != other.section.document and _repeats(
            _marks(one.words), _marks(other.words)
        ):
            yield _repetition(one, other)


def _same_place(one: Section, other: Section) -> bool:
    return bool(one.number and one.number == other.number) or (
        one.file is other.file and one.anchor == other.anchor
    )


def _leaf(writing: Writing, section: Section, start: int, end: int) -> Leaf:
    words = _WORDS.findall(writing.words[start:end].casefold())
    return Leaf(
        writing,
        section,
        start,
        end,
        len(words),
        _marks(words) if FEWEST_WORDS <= len(words) <= MOST_WORDS else frozenset(),
    )


def _repetition(one: Leaf, other: Leaf) -> Violation:
    values = {"title": other.section.heading.text, "other": one.section.heading.text}
    return Violation(other.section.location, values, related=(one.section.location,))


def _marks(words: list[str]) -> frozenset[int]:
    return frozenset(
        crc32(" ".join(words[at : at + SHINGLE]).encode()) for at in range(len(words) - SHINGLE + 1)
    )


def _pairs(group: list[Leaf], sample: int) -> Iterator[tuple[Leaf, Leaf]]:
    """The pairs that share enough runs of words to be worth comparing; of the runs one in `sample` is known.

    A run that stands in many sections is a formula and counts for none.
    """
    index: dict[int, list[int]] = {}
    for at, leaf in enumerate(group):
        for mark in leaf.marks:
            index.setdefault(mark, []).append(at)
    counts = Counter(
        pair
        for places in index.values()
        if 1 < len(places) <= COMMON
        for pair in combinations(places, 2)
    )
    for (first, second), count in sorted(counts.items()):
        one, other = group[first], group[second]
        if count * sample * SHINGLE >= min(one.size, other.size) / SHINGLE:
            yield one, other


def _repeats(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether most runs of the shorter text stand in the other, in whatever order, and the other is not much longer."""
    fewer, more = sorted((len(one), len(other)))
    return more <= 2 * fewer and len(one & other) >= ALIKE * fewer


def _alike(one: list[str], other: list[str]) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _leaves(prose: Prose) -> Iterator[tuple[Writing, Section, int, int]]:
    """Each heading's own text: from it to the next heading of any level."""
    for writing in prose.writings:
        for at, section in enumerate(writing.sections):
            following = writing.sections[at + 1 : at + 2]
            end = following[0].heading.line_start if following else len(writing.words)
            yield writing, section, section.start, min(section.end, end)
