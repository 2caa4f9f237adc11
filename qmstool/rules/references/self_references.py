"""Find sections that cite themselves, and codes given again after a withdrawal."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Subject, Violation
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_name
from qmstool.register.effect import items_by_key, valid_releases
from qmstool.rules.base.file_answers import citing_question
from qmstool.rules.base.hiders import doubled_sections
from qmstool.rules.base.rule import Rule, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.manual.releases import ReleaseItem
    from qmstool.manual.text_files import Section
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.references.model import Reference
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.file_answers import Citing


@citing_question
def numbers_of_own_section(citing: Citing) -> tuple[int, ...]:
    """Find which references of a file lead to a section of the number that they stand under."""
    places = []
    for place, reference in enumerate(citing.references):
        target = reference.target
        if reference.kind != "number" or target is None or target.kind != "section":
            continue
        if target.key != reference.document:
            continue
        section = _section_around(citing.writing.sections, reference)
        if section is not None and section.number == _number(reference):
            places.append(place)
    return tuple(places)


@rule(
    "QMS115",
    "points-to-itself",
    Severity.WARNING,
    title=Text("Mục dẫn tới chính nó", "A section that points to itself"),
    message=Text(
        (
            "«{words}» chính là mục này. Có lẽ số mục đã đổi mà chỗ này còn giữ số cũ; hãy "
            "ghi số đúng."
        ),
        (
            "«{words}» is this very section. It was perhaps renumbered, and this place kept "
            "the old number; write the right one."
        ),
    ),
    hidden_by=(doubled_sections,),
    reads=(numbers_of_own_section,),
)
def points_to_itself(facts: Facts) -> Iterator[Violation]:
    """Find numbers that lead to the very section they stand in, as renumbering leaves them."""
    for reference in facts.references_of(numbers_of_own_section):
        document = facts.manual.documents[reference.document]
        sections = reference.file.sections
        section = _section_around(sections, reference)
        number = _number(reference)
        if section is not None and section is document.by_number.get(number):
            values, subject = {"words": reference.words}, Subject(number, document.key)
            place, related = reference.location, (section.location,)
            yield Violation(place, values, None, related, subjects=(subject,))


def _number(reference: Reference) -> str:
    return reference.words.rpartition(" ")[2]


def _section_around(sections: Sequence[Section], reference: Reference) -> Section | None:
    """Return the innermost of a file's sections that a reference stands in."""
    following = bisect_right(sections, reference.start, key=lambda section: section.start)
    return sections[following - 1] if following else None


@rule(
    "QMS118",
    "reused-code",
    Severity.ERROR,
    title=Text("Mã đã bãi bỏ được cấp lại", "A code given again after withdrawal"),
    message=Text(
        (
            "Mã «{code}» đã thuộc về «{title}», nay đã bãi bỏ. Một mã đã cấp thì không cấp "
            "cho tài liệu khác; hãy đặt mã mới."
        ),
        (
            "The code «{code}» belonged to «{title}», which is withdrawn. A code once given "
            "is never given to another document; choose a new one."
        ),
    ),
    needs=("releases",),
)
def reused_code(facts: Facts) -> Iterator[Violation]:
    """Find codes of withdrawn documents that another document bears now."""
    for key, life in items_by_key(valid_releases(facts.releases or ())).items():
        withdrawn: ReleaseItem | None = None
        for _, item in life:
            # The same document issued anew is brought back by a decision, and no other one.
            if withdrawn and item.act == "new" and not _same_title(item.title, withdrawn.title):
                yield _given_again(item.mark, item.code, withdrawn)
            withdrawn = item if item.act == "withdraw" else None
        document = facts.manual.documents.get(key)
        if withdrawn is None or document is None or not withdrawn.title:
            continue
        if not _same_title(document.title, withdrawn.title):
            yield _given_again(document.mark, document.name, withdrawn)


def _same_title(one: str, other: str) -> bool:
    return fold_name(one) == fold_name(other)


def _given_again(mark: LocatedText, code: str, withdrawn: ReleaseItem) -> Violation:
    values = {"code": code, "title": withdrawn.title}
    return Violation(mark.location, values, None, (withdrawn.mark.location,))


RULES: tuple[Rule, ...] = (
    points_to_itself,
    reused_code,
)
