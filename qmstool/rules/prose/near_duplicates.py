"""Find two sections that say nearly the same, in one document or in two."""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import chain, combinations
from typing import TYPE_CHECKING, Literal
from zlib import crc32

from qmstool.findings import Severity, Violation
from qmstool.frozen import NamedTuple, dataclass
from qmstool.i18n import Text
from qmstool.parsing.matching import BoundedMatcher
from qmstool.rules.base.file_answers import question
from qmstool.rules.base.rule import rule
from qmstool.rules.base.text.known_words import KnownWords

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qmstool.manual.text_files import Section
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.text.prose_text import Writing

# From this share of common runs of words on, two sections say nearly the same.
ALIKE = 0.6
# How many words a run has, and in how many sections one may stand that is no formula.
RUN_WORDS = 3
MOST_SECTIONS = 4
# Shorter sections say little; longer ones are chapters.
FEWEST_WORDS = 20
MOST_WORDS = 400
# Between documents only sections of so many words are compared, by one run in so many: by those
# whose numbers are the least of all that eight bytes hold.
LONG_WORDS = 40
SAMPLE = 4
SAMPLED_BELOW = -(2**63) + 2**64 // SAMPLE
# Eight bytes for the number of a run, which is a hash.
_NUMBER: Literal["q"] = "q"


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section's own text, up to the next heading of any level.

    `index`: which of its file's sections it is. `size` is how many words it has, `marks` holds a
    number for each run of them, or for a sample.
    """

    writing: Writing
    index: int
    size: int
    marks: Sequence[int]

    @property
    def section(self) -> Section:
        """The section."""
        return self.writing.sections[self.index]

    @property
    def words(self) -> Sequence[str]:
        """Its words in lower case."""
        return self.writing.own_tokens[self.index]


class SectionMarks(NamedTuple):
    """What a file says of its longer sections, to be compared with those of other files.

    `repeated`: pairs of its sections that say nearly the same; `sampled`: of each longer section
    its index, how many words it has, and how many of the `marks` are its: samples of the numbers of
    their runs of words, one section after the other, packed, for of ten thousand documents there
    are a million.
    """

    repeated: tuple[tuple[int, int], ...]
    sampled: tuple[tuple[int, int, int], ...]
    marks: bytes

    @property
    def numbers(self) -> memoryview[int]:
        """The samples as numbers."""
        return memoryview(self.marks).cast(_NUMBER)

    def by_section(self) -> Iterator[memoryview[int]]:
        """Yield the samples of each of its longer sections."""
        numbers, end = self.numbers, 0
        for _, _, count in self.sampled:
            start, end = end, end + count
            yield numbers[start:end]


@question
def section_marks(writing: Writing) -> SectionMarks:
    """Compare the sections of one file, and sample the longer ones."""
    texts = _section_texts(writing)
    sampled = []
    marks = array(_NUMBER)
    for text in texts:
        if text.size >= LONG_WORDS and not writing.is_form:
            own = sorted({mark for mark in text.marks if mark < SAMPLED_BELOW})
            sampled.append((text.index, text.size, len(own)))
            marks.extend(own)
    pairs = [(one.index, other.index) for one, other in _repeated_within(texts)]
    return SectionMarks(tuple(pairs), tuple(sampled), marks.tobytes())


def _section_texts(writing: Writing) -> list[SectionText]:
    """Return the sections of a file that are long enough to be compared, and no chapters."""
    texts = []
    for index, words in enumerate(writing.own_tokens):
        if FEWEST_WORDS <= len(words) <= MOST_WORDS:
            texts.append(SectionText(writing, index, len(words), _marks(words)))
    return texts


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
    reads=(section_marks,),
    on_request=True,
)
def near_duplicate(facts: Facts) -> Iterator[Violation]:
    """Find two sections that say nearly the same, in one document or in two.

    Who changes one forgets the other.
    """
    files = list(facts.files.answers_to(section_marks))
    for writing, answer in files:
        if len(facts.prose.by_document[writing.document]) == 1:
            for first, second in answer.repeated:
                yield _repetition(writing.sections[first], writing.sections[second])
    doubled = {
        file.path: number
        for number, document in enumerate(facts.manual.doubled_documents)
        for file in document.files
    }
    for writings in facts.prose.by_document.values():
        if len(writings) > 1:
            yield from _repeated_in_files(writings, doubled)
    for one, other in _repeated_between(files):
        yield _repetition(one.section, other.section)


def _repeated_between(
    files: Sequence[tuple[Writing, SectionMarks]],
) -> Iterator[tuple[SectionText, SectionText]]:
    """Yield the pairs of longer sections of two documents that say nearly the same."""
    repeated = _repeated_marks(answer.numbers for _, answer in files)
    shared = [each for each in files if not repeated.isdisjoint(each[1].numbers)]
    texts = [
        SectionText(writing, index, size, ())
        for writing, answer in shared
        for index, size, _ in answer.sampled
    ]
    samples = chain.from_iterable(answer.by_section() for _, answer in shared)
    for one, other in _candidate_pairs(texts, samples, repeated, SAMPLE):
        if one.writing.document == other.writing.document:
            continue
        if _repeats(frozenset(_marks(one.words)), frozenset(_marks(other.words))):
            yield one, other


def _repeated_marks(files: Iterable[Iterable[int]]) -> set[int]:
    """Return the numbers that stand in more than one section of some files, and are no formulas."""
    times = Counter(chain.from_iterable(files))
    return {mark for mark, count in times.items() if 1 < count <= MOST_SECTIONS}


def _repeated_in_files(
    writings: Iterable[Writing], doubled: Mapping[str, int]
) -> Iterator[Violation]:
    """Find the sections of one document of several files that say nearly the same.

    `doubled`: of which document the files are whose code another bears already; two documents of
    one code are reported as that.
    """
    texts: list[SectionText] = []
    for writing in writings:
        texts += _section_texts(writing.unread_copy())
    for one, other in _repeated_within(texts):
        if doubled.get(one.writing.file.path) == doubled.get(other.writing.file.path):
            yield _repetition(one.section, other.section)


def _repeated_within(texts: list[SectionText]) -> Iterator[tuple[SectionText, SectionText]]:
    """Yield the pairs of some sections of one document that say nearly the same."""
    if len(texts) < 2:  # noqa: PLR2004 - a pair
        return
    met: set[int] = set()
    repeated: set[int] = set()
    most = 0
    for text in texts:
        known = met.intersection(text.marks)
        most = max(most, len(known))
        repeated |= known
        met.update(text.marks)
    if most < _fewest_common(texts, 1):  # none shares more with another than with all before it
        return
    for one, other in _candidate_pairs(texts, [text.marks for text in texts], repeated, 1):
        if _is_same_place(one.section, other.section):
            continue  # reported as a number or an address that stands twice
        if _repeats(frozenset(one.marks), frozenset(other.marks)) or _are_alike(
            one.words, other.words
        ):
            yield one, other


def _is_same_place(one: Section, other: Section) -> bool:
    if one.number and one.number == other.number:
        return True
    return one.file is other.file and one.anchor == other.anchor


def _repetition(one: Section, other: Section) -> Violation:
    values = {"title": other.heading.text, "other": one.heading.text}
    return Violation(other.location, values, related=(one.location,))


# The same in every run of the program, as `hash` of a word is not.
_numbers = KnownWords(lambda word: crc32(word.encode()))


def _marks(words: Sequence[str]) -> list[int]:
    """Return a number for each run of three words."""
    numbers = list(map(_numbers.__getitem__, words))
    return list(map(hash, zip(numbers, numbers[1:], numbers[2:], strict=False)))


def _candidate_pairs(
    texts: Sequence[SectionText], marks: Iterable[Iterable[int]], repeated: set[int], sample: int
) -> Iterator[tuple[SectionText, SectionText]]:
    """Yield the pairs that share enough runs of words to be worth comparing.

    `marks`: of each its runs, one in `sample`; `repeated` are those that stand in several sections.
    A run that stands in many is a formula and counts for none.
    """
    if not repeated:
        return
    index: dict[int, list[int]] = {}
    for at, own in enumerate(marks):
        for mark in repeated.intersection(own):
            index.setdefault(mark, []).append(at)
    few = (places for places in index.values() if len(places) <= MOST_SECTIONS)
    counts = Counter(chain.from_iterable(combinations(places, 2) for places in few))
    # Of many sections most pairs share one run by chance: they need not be put in order.
    fewest = _fewest_common(texts, sample)
    for first, second in sorted([pair for pair, count in counts.items() if count >= fewest]):
        one, other = texts[first], texts[second]
        common = counts[first, second] * sample * RUN_WORDS
        if common >= min(one.size, other.size) / RUN_WORDS:
            yield one, other


def _fewest_common(texts: Iterable[SectionText], sample: int) -> float:
    """Return how many runs two of some sections share at least that are worth comparing."""
    return min([text.size for text in texts]) / RUN_WORDS / RUN_WORDS / sample


def _repeats(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether most runs of the shorter text stand in the other, in whatever order.

    The other may be at most twice as long.
    """
    fewer, more = sorted((len(one), len(other)))
    return more <= 2 * fewer and len(one & other) >= ALIKE * fewer


def _are_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    matcher = BoundedMatcher(one, other)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


RULES: tuple[Rule, ...] = (near_duplicate,)
