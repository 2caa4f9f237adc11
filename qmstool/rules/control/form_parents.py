"""Rules on what a form belongs to: a document of the type that has such forms, whose code the form's own code carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.rules.base.cascades import misshapen
from qmstool.rules.base.form_parents import carries, impossible, meant, places
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.documents import Document
    from qmstool.parsing.yaml.nodes import LocatedText


def _children(facts: Facts) -> Iterator[tuple[Document, LocatedText, Document]]:
    """Every document that names a parent which is there, with the word that names it."""
    for document in facts.manual.documents.values():
        mark = document.record.get("parent")
        parent = facts.manual.document(mark.text) if mark is not None else None
        if mark is not None and parent is not None:
            yield document, mark, parent


def parent_impossible(facts: Facts) -> Iterator[Violation]:
    """Parents that can be none: the document itself, or one of a type that has no such forms."""
    for document, mark, parent in _children(facts):
        why = impossible(facts.manual, document, parent)
        if why is not None:
            values = {
                "code": document.name,
                "parent": mark.text,
                "why_vi": why.vi,
                "why_en": why.en,
            }
            other = (parent.mark.location,) if parent is not document else ()
            yield Violation(mark.location, values, meant(facts.manual, document), other)


def form_not_of_parent(facts: Facts) -> Iterator[Violation]:
    """Forms whose code does not carry their parent's: «BM VP 01.01» under «QT VP 02»."""
    for document, mark, parent in _children(facts):
        kind = facts.manual.config.types.get(document.type)
        if (
            kind is None
            or kind.form_of is None
            or kind.form_of.text != parent.type
            or misshapen(facts.manual, document)
        ):
            continue
        if carries(places(facts.manual, document), places(facts.manual, parent)) is False:
            values = {"code": document.name, "parent": parent.name}
            yield Violation(
                mark.location, values, meant(facts.manual, document), (document.mark.location,)
            )


E, W = Severity.ERROR, Severity.WARNING

# fmt: off
RULES = (
    Rule(
        "QMS342", "parent-impossible", E,
        Text("Biểu mẫu thuộc về tài liệu không thể có nó", "A parent that cannot have this form"),
        Text(
            (
                "{code} không thể thuộc về «{parent}»: đó {why_vi}. Hãy ghi vào parent đúng tài "
                "liệu có biểu mẫu này."
            ),
            (
                "{code} cannot belong to «{parent}»: that {why_en}. Write the document that has "
                "this form as parent."
            ),
        ),
        parent_impossible,
    ),
    Rule(
        "QMS343", "form-not-of-parent", W,
        Text("Mã biểu mẫu khác mã tài liệu mà nó thuộc về", "A form whose code is not its parent's"),
        Text(
            (
                "Biểu mẫu {code} ghi là thuộc {parent}, nhưng mã của nó không theo mã {parent}. "
                "Hãy sửa parent; nếu mã sai thì sửa mã."
            ),
            "The form {code} is said to belong to {parent}, but its code does not carry that "
            "one. Fix the parent, or the code "
            "where that is wrong.",
        ),
        form_not_of_parent,
    ),
)
