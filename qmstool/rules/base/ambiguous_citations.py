"""Find the citations by a number that several sections or annexes of the document meant bear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.references.sections import annex_number, annexes_by_number, own_first

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qmstool.manual.documents import Document, Section
    from qmstool.references.model import Reference, ReferredPart
    from qmstool.rules.base.facts import Facts


class AmbiguousCitation(NamedTuple):
    """A citation, the part that it names, the document of that, and the sections it may mean."""

    reference: Reference
    part: ReferredPart
    owner: Document
    sections: Sequence[Section]


def ambiguous_citations(facts: Facts) -> Iterator[AmbiguousCitation]:
    """Yield the citations whose number is not that of one section only, in the order of texts."""
    annexes: dict[str, Mapping[str, Sequence[Section]]] = {}
    for reference in facts.references.all:
        part, target = reference.part, reference.target
        if part is None or part.kind == "clause" or target is None or target.kind != "section":
            continue
        owner = facts.manual.documents[part.owner]
        if part.kind == "annex" and owner.key not in annexes:
            annexes[owner.key] = annexes_by_number(owner, facts.manual)
        sections = _sections(owner, part, annexes.get(owner.key, {}))
        sections = _apart(own_first(sections, reference.file, reference.start))
        if len(sections) > 1 and not _in_link(facts, reference):
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


def _in_link(facts: Facts, reference: Reference) -> bool:
    """Tell whether a citation stands in the words of a link, which says what is meant."""
    return any(
        other.kind == "link" and other.whole_span[0] <= reference.start < other.whole_span[1]
        for other in facts.references.by_path[reference.file.path]
    )
