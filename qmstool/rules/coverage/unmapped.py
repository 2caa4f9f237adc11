"""Check that every document, and every section numbered like a clause, answers some clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.documents import MAIN_FILE
from qmstool.parsing.codes import fold_code
from qmstool.parsing.yaml.nodes import text_of
from qmstool.rules.base.form_parents import explain_impossible
from qmstool.rules.base.rule import rule
from qmstool.rules.coverage.hiding import disorder, disorder_beside_sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule

# States of documents that need to answer no clause any more.
ENDED = frozenset({"withdrawn", "superseded"})


@rule(
    "QMS206",
    "unmapped-document",
    Severity.WARNING,
    title=Text("Tài liệu không phục vụ điều khoản nào", "A document that no clause names"),
    message=Text(
        (
            "Bảng điều khoản chưa nêu {document} ở dòng nào. Hãy ghi tài liệu ấy vào dòng "
            "của điều khoản mà nó phục vụ."
        ),
        (
            "No clause of the mapping names {document}. Name it in the row of the clause "
            "that it serves."
        ),
    ),
    blocked_by=(disorder,),
)
def unmapped_document(facts: Facts) -> Iterator[Violation]:
    """Find documents in force that no clause names, once the mapping is in order.

    A form answers through the document it belongs to.
    """
    if not facts.manual.coverage:
        return
    mapped: set[str] = set()
    for coverage in facts.manual.coverage.values():
        for row in coverage.rows.values():
            mapped.update(fold_code(mark.text) for mark in row.documents)
    ended = _ended_documents(facts)
    for document in facts.manual.documents.values():
        if document.path == MAIN_FILE or document.key in mapped or document.key in ended:
            continue
        if _parent_is_wrong(facts.manual, document):
            continue
        if fold_code(text_of(document.front_matter.parent)) not in mapped:
            yield Violation(document.mark.location, {"document": document.name})


def _ended_documents(facts: Facts) -> set[str]:
    if facts.register is None:
        return set()
    return {key for key, status in facts.register.statuses.items() if status.state in ENDED}


def _parent_is_wrong(manual: Manual, document: Document) -> bool:
    """Whether the parent of a form has a finding of its own: absent, unknown or impossible."""
    document_type = manual.config.types.get(document.type)
    if document_type is not None and document_type.form_of and not document.front_matter.parent:
        return True
    parent = fold_code(text_of(document.front_matter.parent))
    if not parent:
        return False
    above = manual.documents.get(parent)
    return above is None or explain_impossible(manual, document, above) is not None


@rule(
    "QMS210",
    "unmapped-section",
    Severity.WARNING,
    title=Text(
        "Mục của sổ tay không có trong bảng điều khoản",
        "A section that the mapping does not name",
    ),
    message=Text(
        (
            "Mục {number} đánh số như một điều khoản, nhưng không dòng nào của bảng điều "
            "khoản nêu. Hãy ghi mục ấy vào section của một dòng, hoặc đánh số khác."
        ),
        (
            "Section {number} is numbered like a clause, but no row of the mapping names it. "
            "Write it as the section of a row, or number it otherwise."
        ),
    ),
    blocked_by=(disorder_beside_sections,),
)
def unmapped_section(facts: Facts) -> Iterator[Violation]:
    """Find sections of the manual numbered like a clause that no row of the mapping names.

    Checked once the mapping is in order.
    """
    main = facts.manual.main
    if main is None or not facts.manual.coverage:
        return
    named: set[str] = set()
    for coverage in facts.manual.coverage.values():
        for row in coverage.rows.values():
            if row.section:
                named.add(row.section.text.partition("#")[0])
    for section in main.sections:
        if section.heading.level == 1 and "." in section.number and section.number not in named:
            yield Violation(section.location, {"number": section.number})


RULES: tuple[Rule, ...] = (
    unmapped_document,
    unmapped_section,
)
