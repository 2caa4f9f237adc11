"""Check what a form belongs to: a document of the type that has such forms, with a like code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.rules.base.form_parents import (
    carries_code,
    code_places,
    explain_impossible,
    find_meant_parent,
)
from qmstool.rules.base.lost_documents import has_misshapen_code
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.documents import Document
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule


def _children(facts: Facts) -> Iterator[tuple[Document, LocatedText, Document]]:
    """Yield every document that names a parent which is there, with the words that name it."""
    for document in facts.manual.documents.values():
        mark = document.front_matter.parent
        parent = facts.manual.document(mark.text) if mark is not None else None
        if mark is not None and parent is not None:
            yield document, mark, parent


@rule(
    "QMS342",
    "parent-impossible",
    Severity.ERROR,
    Text("Biểu mẫu thuộc về tài liệu không thể có nó", "A parent that cannot have this form"),
    Text(
        "{code} không thể thuộc về «{parent}»: đó {why_vi}. Hãy ghi vào parent đúng tài liệu có "
        "biểu mẫu này.",
        "{code} cannot belong to «{parent}»: that {why_en}. Write the document that has this "
        "form as parent.",
    ),
)
def parent_impossible(facts: Facts) -> Iterator[Violation]:
    """Find parents that can be none: the document itself, or one of a type without such forms."""
    for document, mark, parent in _children(facts):
        why = explain_impossible(facts.manual, document, parent)
        if why is None:
            continue
        values = {
            "code": document.name,
            "parent": mark.text,
            "why_vi": why.vi,
            "why_en": why.en,
        }
        related = () if parent is document else (parent.mark.location,)
        yield Violation(mark.location, values, find_meant_parent(facts.manual, document), related)


@rule(
    "QMS343",
    "form-not-of-parent",
    Severity.WARNING,
    Text("Mã biểu mẫu khác mã tài liệu mà nó thuộc về", "A form whose code is not its parent's"),
    Text(
        "Biểu mẫu {code} ghi là thuộc {parent}, nhưng mã của nó không theo mã {parent}. Hãy sửa "
        "parent; nếu mã sai thì sửa mã.",
        "The form {code} is said to belong to {parent}, but its code does not carry that one. "
        "Fix the parent, or the code where that is wrong.",
    ),
)
def form_not_of_parent(facts: Facts) -> Iterator[Violation]:
    """Find forms whose code does not carry their parent's: «BM VP 01.01» under «QT VP 02»."""
    manual = facts.manual
    for document, mark, parent in _children(facts):
        kind = manual.config.types.get(document.type)
        if kind is None or kind.form_of is None or kind.form_of.text != parent.type:
            continue
        if has_misshapen_code(manual, document):
            continue
        if carries_code(code_places(manual, document), code_places(manual, parent)) is False:
            values = {"code": document.name, "parent": parent.name}
            related = (document.mark.location,)
            yield Violation(mark.location, values, find_meant_parent(manual, document), related)


RULES: tuple[Rule, ...] = (
    parent_impossible,
    form_not_of_parent,
)
