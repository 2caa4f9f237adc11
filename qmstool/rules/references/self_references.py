"""Rules on where a right reference points: at itself, and a code given twice."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_name
from qmstool.register.status import items_by_key, valid_releases
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.model import Document, Item, Section
    from qmstool.references.model import Reference


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


def reused_code(facts: Facts) -> Iterator[Fault]:
    """Codes of withdrawn documents that another document bears now."""
    for key, life in items_by_key(valid_releases(facts.releases or ())).items():
        ended: Item | None = None
        for _, item in life:
            if ended is not None and item.act == "new":
                yield Fault(
                    item.mark.location,
                    {"code": item.code, "title": ended.title},
                    None,
                    (ended.mark.location,),
                )
            ended = item if item.act == "withdraw" else None
        document = facts.manual.documents.get(key)
        if (
            ended is not None
            and document
            and ended.title
            and fold_name(document.title) != fold_name(ended.title)
        ):
            values = {"code": document.name, "title": ended.title}
            yield Fault(document.mark.location, values, None, (ended.mark.location,))


E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741 - a column of the table

# fmt: off
RULES = (
    Rule(
        "QMS115", "points-to-itself", W,
        Text("Mục dẫn tới chính nó", "A section that points to itself"),
        Text(
            (
                "«{words}» chính là mục này. Có lẽ số mục đã đổi mà chỗ này còn giữ số cũ; hãy "
                "ghi số đúng."
            ),
            (
                "«{words}» is this very section. It was perhaps renumbered, and this place kept "
                "the old number; write the right one."
            ),
        ),
        points_to_itself,
    ),
    Rule(
        "QMS118", "reused-code", E,
        Text("Mã đã bãi bỏ được cấp lại", "A code given again after withdrawal"),
        Text(
            (
                "Mã «{code}» đã thuộc về «{title}», nay đã bãi bỏ. Một mã đã cấp thì không cấp "
                "cho tài liệu khác; hãy đặt mã mới."
            ),
            "The code «{code}» belonged to «{title}», which is withdrawn. A code once given "
            "is never given to another document; "
            "choose a new one.",
        ),
        reused_code, ("releases",),
    ),
)
