"""The rule on circles: two sections, or two whole documents, that say nothing of their own and point at each other."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qmstool.findings import Location
    from qmstool.manual.documents import Document, TextFile
    from qmstool.references.model import Reference

    # The key of a document and the anchor of a section of it; "" for the whole.
    Place = tuple[str, str]

WORD = re.compile(r"[^\W_]+")
# A stretch says nothing of its own with so few words beside its references, or so few when «thực
# hiện theo» and the like are left out, and if it is so short, in characters.
FEW_WORDS, FEW_OWN, SHORT = 6, 3, 300


class Bare(NamedTuple):
    """A section or document that only points elsewhere: how it is called, where it stands, and where it points."""

    called: str
    location: Location
    targets: frozenset[Place]


def points_in_circle(facts: Facts) -> Iterator[Violation]:
    """Two sections or documents that say nothing of their own and point at each other; of a pair of documents once."""
    reader = _Reader(facts)
    sections: dict[Place, Bare] = {}
    wholes: dict[str, Bare] = {}
    for document in facts.manual.documents.values():
        if document.held and not facts.lost.section(document):
            sections.update(reader.sections(document))
            wholes.update(reader.whole(document))
    told: set[frozenset[str]] = set()
    for one, two in _circles(sections, wholes):
        ends = frozenset({one[0], two[0]})
        if ends not in told or (one[1] and two[1]):
            told.add(ends)
            first, second = (sections[each] if each[1] else wholes[each[0]] for each in (one, two))
            yield Violation(
                first.location,
                {"title": first.called, "other": second.called},
                None,
                (second.location,),
            )


def _circles(
    sections: Mapping[Place, Bare], wholes: Mapping[str, Bare]
) -> Iterator[tuple[Place, Place]]:
    """The pairs: of sections, of whole documents, then of a section and a document."""
    for one, bare in sections.items():
        yield from (
            (one, two)
            for two in sorted(bare.targets)
            if two in sections and one < two and one in sections[two].targets
        )
    for key, bare in wholes.items():
        others = sorted({other for other, _ in bare.targets if other in wholes and key < other})
        yield from (
            ((key, ""), (other, ""))
            for other in others
            if key in {each for each, _ in wholes[other].targets}
        )
    for one, bare in sections.items():
        others = sorted(
            key for key, anchor in bare.targets if not anchor and key in wholes and key != one[0]
        )
        yield from ((one, (key, "")) for key in others if one in wholes[key].targets)


class _Reader:
    """Which stretches of the texts are nothing but references."""

    def __init__(self, facts: Facts) -> None:
        self.references = facts.references
        self.facts = facts

    @cached_property
    def lead_in(self) -> re.Pattern[str]:
        """Words that lead to a reference, in a lowered text with single blanks: compiled ten times sooner than for any."""
        words = sorted(
            (each.lower() for each in self.facts.prose.lists["lead_in"]), key=len, reverse=True
        )
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words)) or '(?!)'})(?!\w)")

    def sections(self, document: Document) -> Iterator[tuple[Place, Bare]]:
        """The sections that only point, as far as they name sections and whole documents."""
        for section in document.sections:
            if section.end - section.start <= SHORT:
                cited = self.within(section.file, section.start, section.end)
                targets = _targets(cited)
                if targets and self.says_nothing(
                    section.file, section.start, section.end, cited, FEW_WORDS
                ):
                    yield (
                        (document.key, section.anchor),
                        Bare(section.heading.text, section.location, targets),
                    )

    def whole(self, document: Document) -> Iterator[tuple[str, Bare]]:
        """The document, if every stretch of it only points, and all of them at one and the same other document."""
        targets: set[Place] = set()
        for file in document.files:
            if len(file.page.prose) - file.body > SHORT * (len(file.page.headings) + 1):
                return  # one stretch at least is too long to be nothing but references
            edges = [
                (file.body, file.body),
                *((each.line_start, each.line_end) for each in file.page.headings),
            ]
            for (_, start), (end, _) in pairwise([*edges, (len(file.page.prose), 0)]):
                if not WORD.search(file.page.prose, start, end):
                    continue
                cited = self.within(file, start, end) if end - start <= SHORT else ()
                own = _targets(cited)
                if (
                    not own
                    or _leads_away(cited)
                    or not self.says_nothing(file, start, end, cited, 0)
                ):
                    return
                targets |= own
        if len({key for key, _ in targets} - {document.key}) == 1:
            yield document.key, Bare(document.name, document.mark.location, frozenset(targets))

    def within(self, file: TextFile, start: int, end: int) -> tuple[Reference, ...]:
        """The references of a stretch."""
        cited = self.references.by_path.get(file.path, ())
        return cited[bisect_left(cited, start, key=_begins) : bisect_left(cited, end, key=_begins)]

    def says_nothing(
        self, file: TextFile, start: int, end: int, cited: Iterable[Reference], few: int
    ) -> bool:
        """Whether a stretch has hardly a word that is no reference."""
        parts = []
        for each in cited:
            parts.append(file.page.prose[start : max(start, each.whole[0])])
            start = max(start, each.whole[1])
        rest = "\0".join([*parts, file.page.prose[start:end]])
        if len(WORD.findall(rest)) <= few:
            return True
        low = " ".join(rest.replace("\x01", "").lower().split())
        return len(WORD.findall(self.lead_in.sub("\0", low))) <= FEW_OWN


def _begins(reference: Reference) -> int:
    return reference.start


def _targets(cited: Iterable[Reference]) -> frozenset[Place]:
    """Where references lead; a document only named to say whose section is meant is left out."""
    places = {
        (each.target.key, each.target.anchor)
        for each in cited
        if each.target and each.target.kind in {"document", "section"}
    }
    owners = {key for key, anchor in places if anchor}
    return frozenset((key, anchor) for key, anchor in places if anchor or key not in owners)


def _leads_away(cited: Iterable[Reference]) -> bool:
    """Whether what is not said here may be said outside the manual, or in a file."""
    return any(
        each.target is None or each.target.kind in {"external", "outside", "file"} for each in cited
    )


# fmt: off
RULES = (
    Rule(
        "QMS117", "points-in-circle", Severity.WARNING,
        Text("Hai nơi chỉ viện dẫn lẫn nhau", "Two places that only point at each other"),
        Text(
            "«{title}» chỉ dẫn sang «{other}», mà nơi ấy lại chỉ dẫn về đây, nên không nơi "
            "nào quy định việc phải làm. Hãy viết "
            "nội dung vào một trong hai nơi.",
            "«{title}» only points at «{other}», and that only points back, so nowhere is it "
            "said what to do. Write it into one "
            "of the two.",
        ),
        points_in_circle,
    ),
)
