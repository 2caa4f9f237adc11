"""Rules on where a right reference points: at itself, in a circle, a code given twice."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity, Text
from qmstool.register.standing import items_by_key, standing_records
from qmstool.rules.rule import Facts, Rule
from qmstool.sources.codes import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.model import Document, Item, Section
    from qmstool.references import Reference

WORD = re.compile(r"[^\W_]+")
# A section says nothing of its own with so few words beside its references, and in so short a stretch.
FEW_WORDS, SHORT = 6, 300


def points_to_itself(facts: Facts) -> Iterator[Fault]:
    """Numbers that lead to the very section they stand in, as renumbering leaves them behind."""
    for reference, document in _numbered(facts):
        here = _section_at(document, reference) if reference.document == document.key else None
        if here is not None and here is document.by_number.get(_number(reference)):
            yield Fault(reference.location, {"words": reference.words}, None, (here.location,))


def _numbered(facts: Facts) -> Iterator[tuple[Reference, Document]]:
    """References by number to a section, with its document; none of a document whose anchors stand twice."""
    for reference in facts.references.all:
        target = reference.target
        if reference.how == "number" and target and target.kind == "section":
            document = facts.manual.documents[target.key]
            if not facts.lost.section(document):
                yield reference, document


def _number(reference: Reference) -> str:
    return reference.words.rpartition(" ")[2]


def _section_at(document: Document, reference: Reference) -> Section | None:
    """The innermost section of a document that a reference stands in."""
    own = document.by_path.get(reference.file.path, ())
    at = bisect_right(own, reference.start, key=lambda section: section.start) - 1
    return own[at] if at >= 0 else None


def points_in_circle(facts: Facts) -> Iterator[Fault]:
    """Two sections that say nothing of their own and point at each other."""
    bare = {(section.document, section.anchor): (section, targets) for section, targets in _bare(facts)}
    for one, (section, targets) in bare.items():
        for two in targets:
            if two in bare and one in bare[two][1] and one < two:
                other = bare[two][0]
                values = {"title": section.heading.text, "other": other.heading.text}
                yield Fault(section.location, values, None, (other.location,))


def _bare(facts: Facts) -> Iterator[tuple[Section, set[tuple[str, str]]]]:
    """Sections that are nothing but references, with the sections these lead to."""
    for document in facts.manual.documents.values():
        for section in document.sections if document.held and not facts.lost.section(document) else ():
            start, end = section.start, section.end
            if end - start > SHORT:
                continue
            inside = [each for each in facts.references.by_path.get(section.file.path, ()) if start <= each.start < end]
            targets = {(each.target.key, each.target.anchor) for each in inside if each.target and each.target.kind == "section"}
            if targets and len(WORD.findall(_beside(section, inside))) <= FEW_WORDS:
                yield section, targets


def _beside(section: Section, references: list[Reference]) -> str:
    """The words of a section that are no reference."""
    text, at, kept = section.file.page.prose, section.start, []
    for each in references:
        kept.append(text[at : max(at, each.whole[0])])
        at = max(at, each.whole[1])
    return " ".join((*kept, text[at : section.end]))


def reused_code(facts: Facts) -> Iterator[Fault]:
    """Codes of withdrawn documents that another document bears now."""
    for key, life in items_by_key(standing_records(facts.releases or ())).items():
        ended: Item | None = None
        for _, item in life:
            if ended is not None and item.act == "new":
                yield Fault(item.mark.location, {"code": item.code, "title": ended.title}, None, (ended.mark.location,))
            ended = item if item.act == "withdraw" else None
        document = facts.manual.documents.get(key)
        if ended is not None and document and ended.title and fold_name(document.title) != fold_name(ended.title):
            values = {"code": document.name, "title": ended.title}
            yield Fault(document.mark.location, values, None, (ended.mark.location,))


E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741 - a column of the table

# fmt: off
RULES = (
    Rule(
        "QMS115", "points-to-itself", W,
        Text("Mục dẫn tới chính nó", "A section that points to itself"),
        Text(
            "«{words}» chính là mục này. Có lẽ số mục đã đổi mà chỗ này còn giữ số cũ; hãy ghi số đúng.",
            "«{words}» is this very section. It was perhaps renumbered, and this place kept the old number; write the right one.",
        ),
        points_to_itself,
    ),
    Rule(
        "QMS117", "points-in-circle", W,
        Text("Hai mục chỉ viện dẫn lẫn nhau", "Two sections that only point at each other"),
        Text(
            "«{title}» chỉ dẫn sang «{other}», mà mục ấy lại chỉ dẫn về đây, nên không nơi nào quy định việc phải làm. Hãy viết "
            "nội dung vào một trong hai mục.",
            "«{title}» only points at «{other}», and that only points back, so nowhere is it said what to do. Write it into one "
            "of the two.",
        ),
        points_in_circle,
    ),
    Rule(
        "QMS118", "reused-code", E,
        Text("Mã đã bãi bỏ được cấp lại", "A code given again after withdrawal"),
        Text(
            "Mã «{code}» đã thuộc về «{title}», nay đã bãi bỏ. Một mã đã cấp thì không cấp cho tài liệu khác; hãy đặt mã mới.",
            "The code «{code}» belonged to «{title}», which is withdrawn. A code once given is never given to another document; "
            "choose a new one.",
        ),
        reused_code,
    ),
)
