"""Check that a number in a citation means one thing: one section or annex, one clause."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Subject, Violation
from qmstool.i18n import Text
from qmstool.references.numbers import ANNEX, SECTION
from qmstool.rules.base.ambiguous_citations import ambiguous_citations, cited_by_shared_number
from qmstool.rules.base.hiding import about
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.references.model import Reference
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
        yield _with_places(citation)


def _with_places(citation: AmbiguousCitation) -> Violation:
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


@rule(
    "QMS145",
    "ambiguous-clause",
    Severity.INFO,
    title=Text(
        "Số điều khoản có ở nhiều tiêu chuẩn, mỗi nơi một nghĩa",
        "A clause number that means something else in each of several standards",
    ),
    message=Text(
        (
            "«{words}» có ở {standards}, và chưa có gì nói là cùng nghĩa{more_vi}. Hãy ghi rõ tiêu "
            "chuẩn ({example_vi}), hoặc ghi mục này vào bảng ánh xạ của một tiêu chuẩn (clauses/"
            "mapping/), hoặc ghi hai điều khoản là cùng nghĩa trong clauses/harmonized.yml."
        ),
        (
            "«{words}» stands in {standards}, and nothing says that they mean the same{more_en}. "
            "Name the standard ({example_en}), or map this section to one of them in clauses/"
            "mapping/, or say in clauses/harmonized.yml that they mean the same."
        ),
    ),
)
def ambiguous_clause(facts: Facts) -> Iterator[Violation]:
    """Find clause numbers of several standards that differ in meaning, once for each section."""
    groups: dict[tuple[str, int], list[Reference]] = {}
    for reference in facts.broken_references.get("ambiguous-clause", ()):
        groups.setdefault(_section_of(reference), []).append(reference)
    for first, *others in groups.values():
        values = dict(first.values)
        words, standard = first.words, values["standards"].partition(", ")[0]
        more_vi = more_en = ""
        if others:
            more_vi = f"; trong mục này còn {len(others)} số như vậy"
            more_en = f"; this section has {len(others)} more such numbers"
        values |= {
            "example_vi": f"«{words} của {standard}»",
            "example_en": f"«{words} of {standard}»",
            "more_vi": more_vi,
            "more_en": more_en,
        }
        related = tuple(other.location for other in others)
        yield Violation(first.location, values, None, related)


def _section_of(reference: Reference) -> tuple[str, int]:
    """Return the innermost section that a reference stands in, by its file and place."""
    sections = reference.file.sections
    following = bisect_right(sections, reference.start, key=lambda section: section.start)
    if not following:
        return reference.file.path, -1
    return reference.file.path, sections[following - 1].start


RULES: tuple[Rule, ...] = (
    ambiguous_section,
    ambiguous_clause,
)
