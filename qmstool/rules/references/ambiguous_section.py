"""Check that a number in a citation is that of one section or annex only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Subject, Violation
from qmstool.i18n import Text
from qmstool.references.numbers import ANNEX, SECTION
from qmstool.rules.base.ambiguous_citations import ambiguous_citations, cited_by_shared_number
from qmstool.rules.base.hiding import about
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.rules.base.ambiguous_citations import AmbiguousCitation
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule

# So many places are named beside a citation; its message says how many there are.
SHOWN = 10


@about
def doubled_chapter(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a number that two files of the manual open with: `duplicate-section` reports it."""
    main = facts.manual.main

    def is_doubled(subject: Subject) -> bool:
        if main is None or subject.searched_in != main.key:
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
    reads=(cited_by_shared_number,),
)
def ambiguous_section(facts: Facts) -> Iterator[Violation]:
    """Find numbers in texts that several sections or annexes of the document meant bear."""
    for citation in ambiguous_citations(facts):
        yield _violation(citation)


def _violation(citation: AmbiguousCitation) -> Violation:
    """Return the violation of a citation, with all places that it may mean."""
    reference, part, owner, sections = citation
    kind = SECTION
    if part.kind == "annex":
        kind = ANNEX
    values = {
        "words": reference.words,
        "number": part.number,
        "document": owner.name,
        "count": str(len(sections)),
        **dict(kind),
    }
    places = tuple(section.location for section in sections[:SHOWN])
    subject = Subject(part.number, owner.key)
    return Violation(reference.location, values, related=places, subjects=(subject,))


RULES: tuple[Rule, ...] = (ambiguous_section,)
