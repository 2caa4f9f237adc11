"""Find the citations by a number that several sections or annexes of the document meant bear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.parsing.spans import Spans
from qmstool.references.sections import Namesakes, annex_number, annexes_by_number
from qmstool.rules.base.file_answers import citing_question

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qmstool.manual.documents import Document
    from qmstool.manual.text_files import Section
    from qmstool.references.model import Reference, ReferredPart
    from qmstool.references.outline import Outline
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.file_answers import Citing


class AmbiguousCitation(NamedTuple):
    """A citation, the part that it names, the document of that, and the sections it may mean."""

    reference: Reference
    part: ReferredPart
    owner: Document
    sections: Sequence[Section]


class _BorneTwice:
    """The numbers that several sections or annexes of a document bear, by its key."""

    def __init__(self, outline: Outline) -> None:
        self._manual = outline.manual
        self._numbers: dict[tuple[str, str], frozenset[str]] = {}

    def names(self, part: ReferredPart) -> bool:
        """Whether a part of a document may be one of several of its number."""
        asked = (part.kind, part.owner)
        if asked not in self._numbers:
            self._numbers[asked] = self._of_document(*asked)
        number = annex_number(part.number) if part.kind == "annex" else part.number
        return number in self._numbers[asked]

    def _of_document(self, kind: str, key: str) -> frozenset[str]:
        document = self._manual.documents[key]
        borne: Mapping[str, Sequence[Section]] = document.all_by_number
        if kind == "annex":
            borne = annexes_by_number(document, self._manual)
        return frozenset([number for number, sections in borne.items() if len(sections) > 1])


@citing_question
def cited_by_shared_number(citing: Citing) -> tuple[int, ...]:
    """Find which references of a file name a number that several parts of one document bear."""
    places = []
    for place, reference in enumerate(citing.references):
        part, target = reference.part, reference.target
        if part is None or part.kind == "clause" or target is None or target.kind != "section":
            continue
        if citing.outline.index(_BorneTwice).names(part):
            places.append(place)
    return tuple(places)


def ambiguous_citations(facts: Facts) -> Iterator[AmbiguousCitation]:
    """Yield the citations whose number is not that of one section only, in the order of texts.

    Those that may mean the same sections are given the very same row of them.
    """
    annexes: dict[str, Mapping[str, Sequence[Section]]] = {}
    namesakes: dict[str, Namesakes] = {}
    links: dict[str, Spans] = {}
    apart: dict[int, tuple[Sequence[Section], list[Section]]] = {}
    for reference in facts.references_of(cited_by_shared_number):
        part = reference.part
        if part is None:
            continue
        owner = facts.manual.documents[part.owner]
        if part.kind == "annex" and owner.key not in annexes:
            annexes[owner.key] = annexes_by_number(owner, facts.manual)
        file = reference.file
        if file.path not in namesakes:
            namesakes[file.path], links[file.path] = Namesakes(file), _links(facts, file.path)
        meant = _sections(owner, part, annexes.get(owner.key, {}))
        meant = namesakes[file.path].own_first(meant, reference.start)
        if id(meant) not in apart:
            apart[id(meant)] = meant, _apart(meant)
        sections = apart[id(meant)][1]
        if len(sections) > 1 and not links[file.path].holds(reference.start):
            yield AmbiguousCitation(reference, part, owner, sections)


def _sections(
    owner: Document, part: ReferredPart, annexes: Mapping[str, Sequence[Section]]
) -> Sequence[Section]:
    """Return all sections of a document that bear the number of a part."""
    if part.kind == "annex":
        return annexes.get(annex_number(part.number), ())
    return owner.all_by_number.get(part.number, ())


def _apart(sections: Sequence[Section]) -> list[Section]:
    """Return sections less those within one of the others, such as «Phụ lục 1 (tiếp)»."""
    kept: list[Section] = []
    for section in sections:
        last = kept[-1] if kept else None
        if last is None or last.file is not section.file or section.start >= last.end:
            kept.append(section)
    return kept


def _links(facts: Facts, path: str) -> Spans:
    """Return where a file's links stand: their words and address say what is meant."""
    references = facts.references.of(path)
    return Spans(each.whole_span for each in references if each.kind == "link")
