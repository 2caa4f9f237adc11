"""Find circles: sections or documents that say nothing of their own and cite each other."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Subject, Violation
from qmstool.frozen import NamedTuple
from qmstool.i18n import Text
from qmstool.parsing.scripts import WORD
from qmstool.patterns import regex
from qmstool.rules.base.file_answers import citing_question
from qmstool.rules.base.hiders import doubled_sections
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.base.text.spans import starting_within
from qmstool.rules.base.text.title_index import own_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from qmstool.findings import Location
    from qmstool.manual.documents import Document
    from qmstool.manual.text_files import Section, TextFile
    from qmstool.manual.wordlists import WordLists
    from qmstool.references.model import Reference
    from qmstool.references.outline import Outline
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.file_answers import Citing

    # The key of a document and the anchor of a section of it; "" for the whole.
    Place = tuple[str, str]

# A section says nothing of its own if it is at most this long, in characters, ...
SHORT = 300
# ... and has at most this many words beside its references, ...
FEW_WORDS = 6
# ... or this many when «thực hiện theo» and the like are left out too.
FEW_OWN_WORDS = 3


class EmptyPlace(NamedTuple):
    """A section or document that only points elsewhere: its name, its place, where it points."""

    name: str
    location: Location
    targets: frozenset[Place]


class _LeadIn:
    """The words that lead to a reference, and say nothing themselves."""

    def __init__(self, lists: WordLists) -> None:
        self._words = [word.lower() for word in lists["lead_in"]]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A pattern of these words, for lowered text with single blanks."""
        words = sorted(self._words, key=len, reverse=True)
        # This compiles ten times sooner than a pattern that takes any blanks between words.
        choice = "|".join(map(re.escape, words)) or "(?!)"
        return regex(rf"(?<!\w)(?:{choice})(?!\w)")


def _lead_in(outline: Outline) -> _LeadIn:
    return _LeadIn(own_words(outline))


@citing_question
def pointing_stretches(citing: Citing) -> tuple[int, ...]:
    """Find where the sections of a file, and stretches between its headings, only point elsewhere.

    Of each, where it begins.
    """
    file, lead_in = citing.file, citing.outline.index(_lead_in)
    finder = _EmptyPlaceFinder(lambda _: citing.references, lead_in)
    starts = [start for start, end in _stretches(file) if finder.only_points(file, start, end)]
    sections = [each.start for each in citing.writing.sections if any(finder.sections([each]))]
    return (*starts, *sections)


@rule(
    "QMS117",
    "points-in-circle",
    Severity.WARNING,
    title=Text("Hai nơi chỉ viện dẫn lẫn nhau", "Two places that only point at each other"),
    message=Text(
        (
            "«{title}» chỉ dẫn sang «{other}», mà nơi ấy lại chỉ dẫn về đây, nên không nơi "
            "nào quy định việc phải làm. Hãy viết nội dung vào một trong hai nơi."
        ),
        (
            "«{title}» only points at «{other}», and that only points back, so nowhere is it "
            "said what to do. Write it into one of the two."
        ),
    ),
    hidden_by=(doubled_sections,),
    reads=(pointing_stretches,),
)
def points_in_circle(facts: Facts) -> Iterator[Violation]:
    """Find sections or documents that say nothing and cite each other; two documents once."""
    finder = _EmptyPlaceFinder(facts.references.of, _LeadIn(facts.prose.lists))
    answers = facts.citing.answers_to(pointing_stretches)
    pointing = {writing.file.path for writing, _ in answers}
    sections: dict[Place, EmptyPlace] = {}
    documents: dict[Place, EmptyPlace] = {}
    for document in facts.manual.documents.values():
        if document.held and any(file.path in pointing for file in document.files):
            sections.update(finder.sections(document.sections))
            documents.update(finder.whole(document))
    places = {**sections, **documents}
    reported: set[frozenset[str]] = set()
    for one, two in _circles(sections, documents):
        keys = frozenset({one[0], two[0]})
        if keys in reported and not (one[1] and two[1]):
            continue
        reported.add(keys)
        values = {"title": places[one].name, "other": places[two].name}
        related = (places[two].location,)
        subjects = Subject(one[1], one[0]), Subject(two[1], two[0])
        yield Violation(places[one].location, values, None, related, subjects=subjects)


def _circles(
    sections: Mapping[Place, EmptyPlace], documents: Mapping[Place, EmptyPlace]
) -> Iterator[tuple[Place, Place]]:
    """Yield the pairs: of sections, of whole documents, then of a section and a document."""
    for one, place in sections.items():
        for two in sorted(place.targets):
            if one < two and two in sections and one in sections[two].targets:
                yield one, two
    for one, place in documents.items():
        for key in sorted({key for key, _ in place.targets}):
            two = (key, "")
            if one < two and two in documents and _cites(documents[two], one[0]):
                yield one, two
    for one, place in sections.items():
        for two in sorted(place.targets):
            if two in documents and two[0] != one[0] and one in documents[two].targets:
                yield one, two


def _cites(place: EmptyPlace, key: str) -> bool:
    """Whether a place cites a document, or a section of it."""
    return any(target == key for target, _ in place.targets)


class _EmptyPlaceFinder:
    """Finds the stretches of texts that are nothing but references."""

    def __init__(
        self, references: Callable[[str], tuple[Reference, ...]], lead_in: _LeadIn
    ) -> None:
        self.references = references
        self.lead_in = lead_in

    def sections(self, sections: Iterable[Section]) -> Iterator[tuple[Place, EmptyPlace]]:
        """Yield the sections that only point, with the sections and documents they point at."""
        for section in sections:
            start, end = section.start, section.end
            if end - start > SHORT:
                continue
            cited = self.references_within(section.file, start, end)
            targets = _targets(cited)
            if targets and self.says_nothing(section.file, start, end, cited, FEW_WORDS):
                place = EmptyPlace(section.heading.text, section.location, targets)
                yield (section.document, section.anchor), place

    def whole(self, document: Document) -> Iterator[tuple[Place, EmptyPlace]]:
        """Yield the document if all of it only points, at one and the same other document."""
        targets: set[Place] = set()
        for file in document.files:
            # With more than this one stretch at least is too long to be nothing but references.
            if len(file.page.prose) - file.body > SHORT * (len(file.page.headings) + 1):
                return
            for start, end in _stretches(file):
                pointed_at = self.only_points(file, start, end)
                if not pointed_at:
                    return
                targets |= pointed_at
        if len({key for key, _ in targets} - {document.key}) == 1:
            place = EmptyPlace(document.name, document.mark.location, frozenset(targets))
            yield (document.key, ""), place

    def only_points(self, file: TextFile, start: int, end: int) -> frozenset[Place]:
        """Return where a stretch of a document points; nothing where it says anything else."""
        if end - start > SHORT:
            return frozenset()
        cited = self.references_within(file, start, end)
        targets = _targets(cited)
        if not targets or _leads_away(cited):
            return frozenset()
        return targets if self.says_nothing(file, start, end, cited, few=0) else frozenset()

    def references_within(self, file: TextFile, start: int, end: int) -> tuple[Reference, ...]:
        """Return the references of a stretch."""
        return starting_within(self.references(file.path), start, end)

    def says_nothing(
        self, file: TextFile, start: int, end: int, cited: Iterable[Reference], few: int
    ) -> bool:
        """Whether a stretch has at most a few words that are no references."""
        parts = []
        for reference in cited:
            first, last = reference.whole_span
            parts.append(file.page.prose[start : max(start, first)])
            start = max(start, last)
        rest = "\0".join([*parts, file.page.prose[start:end]])
        if len(WORD.findall(rest)) <= few:
            return True
        low = " ".join(rest.replace("\x01", "").lower().split())
        return len(WORD.findall(self.lead_in.pattern.sub("\0", low))) <= FEW_OWN_WORDS


def _stretches(file: TextFile) -> Iterator[tuple[int, int]]:
    """Yield the stretches of words between the headings of a file."""
    prose, start = file.page.prose, file.body
    for heading in file.page.headings:
        if WORD.search(prose, start, heading.line_start):
            yield start, heading.line_start
        start = heading.line_end
    if WORD.search(prose, start):
        yield start, len(prose)


def _targets(cited: Iterable[Reference]) -> frozenset[Place]:
    """Return where references lead; not a document named only to say whose section is meant."""
    places = set()
    for reference in cited:
        target = reference.target
        if target is not None and target.kind in {"document", "section"}:
            places.add((target.key, target.anchor))
    owners = {key for key, anchor in places if anchor}
    return frozenset([(key, anchor) for key, anchor in places if anchor or key not in owners])


def _leads_away(cited: Iterable[Reference]) -> bool:
    """Whether what is not said here may be said outside the manual, or in a file."""
    for reference in cited:
        target = reference.target
        if target is None or target.kind in {"external", "outside", "file"}:
            return True
    return False


RULES: tuple[Rule, ...] = (points_in_circle,)
