"""Find two sections that say nearly the same, in one document or in two."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import combinations, groupby
from typing import TYPE_CHECKING
from zlib import crc32

from qmstool.findings import Severity, Violation
from qmstool.frozen import dataclass, replace
from qmstool.i18n import Text
from qmstool.rules.base.rule import rule
from qmstool.rules.prose.sections import own_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.documents import Section
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.prose_text import Writing
    from qmstool.rules.base.rule import Rule
    from qmstool.rules.prose.sections import OwnText

# From this share of common runs of words on, two sections say nearly the same.
ALIKE = 0.6
# How many words a run has, and in how many sections one may stand that is no formula.
RUN_WORDS = 3
MOST_SECTIONS = 4
# Shorter sections say little; longer ones are chapters.
FEWEST_WORDS = 20
MOST_WORDS = 400
# Between documents only sections of so many words are compared, by one run in so many.
LONG_WORDS = 40
SAMPLE = 4
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section's own text, up to the next heading.

    `size` is how many words it has, `marks` holds a number for each run of them, or for a sample.
    """

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


@rule(
    "QMS618",
    "near-duplicate",
    Severity.INFO,
    Text("Hai mục nói gần như một", "Two sections that say nearly the same"),
    Text(
        "Mục «{title}» gần như chép lại mục «{other}»: sửa một chỗ dễ quên chỗ kia. Hãy giữ một "
        "mục, mục kia viện dẫn sang.",
        "Section «{title}» nearly repeats section «{other}»: who changes one forgets the other. "
        "Keep one, and let the other cite it.",
    ),
)
def near_duplicate(facts: Facts) -> Iterator[Violation]:
    """Find two sections that say nearly the same, in one document or in two.

    Who changes one forgets the other.
    """
    sampled: list[SectionText] = []
    for _, group in groupby(own_texts(facts.prose), key=_document_of):
        texts = []
        for own_text in group:
            text = _section_text(*own_text)
            if FEWEST_WORDS <= text.size <= MOST_WORDS:
                texts.append(text)
        yield from _repeated_within(texts)
        sampled += [
            _sample(text) for text in texts if text.size >= LONG_WORDS and not text.writing.is_form
        ]
    for one, other in _candidate_pairs(sampled, SAMPLE):
        if one.section.document == other.section.document:
            continue
        if _repeats(_marks(one.words), _marks(other.words)):
            yield _repetition(one, other)


def _document_of(own_text: OwnText) -> str:
    return own_text[1].document


def _repeated_within(texts: list[SectionText]) -> Iterator[Violation]:
    """Find the sections of one document that say nearly the same."""
    for one, other in _candidate_pairs(texts, 1):
        if _is_same_place(one.section, other.section):
            continue  # reported as a number or an address that stands twice
        if _repeats(one.marks, other.marks) or _are_alike(one.words, other.words):
            yield _repetition(one, other)


def _sample(text: SectionText) -> SectionText:
    marks = frozenset(mark for mark in text.marks if mark % SAMPLE == 0)
    return replace(text, marks=marks)


def _is_same_place(one: Section, other: Section) -> bool:
    if one.number and one.number == other.number:
        return True
    return one.file is other.file and one.anchor == other.anchor


def _section_text(writing: Writing, section: Section, start: int, end: int) -> SectionText:
    words = _WORDS.findall(writing.words[start:end].casefold())
    marks: frozenset[int] = frozenset()
    if FEWEST_WORDS <= len(words) <= MOST_WORDS:
        marks = _marks(words)
    return SectionText(writing, section, start, end, len(words), marks)


def _repetition(one: SectionText, other: SectionText) -> Violation:
    values = {"title": other.section.heading.text, "other": one.section.heading.text}
    return Violation(other.section.location, values, related=(one.section.location,))


def _marks(words: list[str]) -> frozenset[int]:
    """Return a number for each run of words."""
    return frozenset(
        crc32(" ".join(words[at : at + RUN_WORDS]).encode())
        for at in range(len(words) - RUN_WORDS + 1)
    )


def _candidate_pairs(
    texts: list[SectionText], sample: int
) -> Iterator[tuple[SectionText, SectionText]]:
    """Yield the pairs that share enough runs of words to be worth comparing.

    Of the runs one in `sample` is known. A run that stands in many sections is a formula and counts
    for none.
    """
    index: dict[int, list[int]] = {}
    for at, text in enumerate(texts):
        for mark in text.marks:
            index.setdefault(mark, []).append(at)
    counts: Counter[tuple[int, int]] = Counter()
    for places in index.values():
        if 1 < len(places) <= MOST_SECTIONS:
            counts.update(combinations(places, 2))
    for (first, second), count in sorted(counts.items()):
        one, other = texts[first], texts[second]
        if count * sample * RUN_WORDS >= min(one.size, other.size) / RUN_WORDS:
            yield one, other


def _repeats(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether most runs of the shorter text stand in the other, in whatever order.

    The other may be at most twice as long.
    """
    fewer, more = sorted((len(one), len(other)))
    return more <= 2 * fewer and len(one & other) >= ALIKE * fewer


def _are_alike(one: list[str], other: list[str]) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


RULES: tuple[Rule, ...] = (near_duplicate,)
