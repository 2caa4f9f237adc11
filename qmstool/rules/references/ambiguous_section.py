"""Check that a number in a citation is that of one section or annex only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Subject, Violation
from qmstool.i18n import Text
from qmstool.references.numbers import ANNEX, SECTION
from qmstool.references.sections import annex_number, annexes_by_number, own_first
from qmstool.rules.base.hiding import about
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from qmstool.manual.documents import Document, Section
    from qmstool.references.model import Reference, ReferredPart
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule


@about
def doubled_chapter(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a number that two files of the manual open with: `duplicate-section` reports it."""
    main = facts.manual.main

    def is_doubled(subject: Subject) -> bool:
        if main is None or subject.within != main.key:
            return False
        sections = main.all_by_number.get(subject.name, ())
        return sum(section.heading.level == 1 for section in sections) > 1

    return is_doubled


@rule(
    "QMS142",
    "ambiguous-section",
    Severity.WARNING,
    Text("Viện dẫn một số mà hai mục cùng mang", "A citation of a number that two sections bear"),
    Text(
        (
            "«{words}» có thể là {count} chỗ khác nhau: {document} có {count} {what_vi} cùng mang "
            "số {number}. Hãy đánh số lại, hoặc viết thành liên kết đến đúng chỗ."
        ),
        (
            "«{words}» may mean {count} places: {document} has {what_en} {number} {count} times. "
            "Renumber them, or make the words a link to the one you mean."
        ),
    ),
    hidden_by=(doubled_chapter,),
)
def ambiguous_section(facts: Facts) -> Iterator[Violation]:
    """Find numbers in texts that several sections or annexes of the document meant bear."""
    annexes: dict[str, Mapping[str, Sequence[Section]]] = {}
    for reference in facts.references.all:
        part, target = reference.part, reference.target
        if part is None or part.kind == "clause" or target is None or target.kind != "section":
            continue
        owner = facts.manual.documents[part.owner]
        if part.kind == "annex" and owner.key not in annexes:
            annexes[owner.key] = annexes_by_number(owner, facts.manual)
        sections = _sections(owner, part, annexes.get(owner.key, {}))
        sections = _apart(own_first(sections, reference.file))
        if len(sections) > 1 and not _in_link(facts, reference):
            yield _violation(owner, reference, part, sections)


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
        other.kind == "link" and other.whole[0] <= reference.start < other.whole[1]
        for other in facts.references.by_path[reference.file.path]
    )


def _violation(
    owner: Document, reference: Reference, part: ReferredPart, sections: Sequence[Section]
) -> Violation:
    """Return the violation of a citation, with all places that it may mean."""
    values = {
        "words": reference.words,
        "number": part.number,
        "document": owner.name,
        "count": str(len(sections)),
        **dict(ANNEX if part.kind == "annex" else SECTION),
    }
    places = tuple(section.location for section in sections)
    subject = Subject(part.number, owner.key)
    return Violation(reference.location, values, related=places, about=(subject,))


RULES: tuple[Rule, ...] = (ambiguous_section,)
