"""Check the statement of applicability: what an auditor asks of every control, and is not said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import known_day
from qmstool.parsing.yaml.nodes import text_of
from qmstool.rules.base.rule import rule
from qmstool.rules.coverage.hiding import disorder
from qmstool.rules.coverage.open_clauses import followed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.standards import Catalogue, CoverageRow
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule

WHOLE = Text("cả bảng", "the whole table")
NO_DOCUMENT = Text(
    "phiên bản và phê duyệt: đăng ký một tài liệu có trường file là tệp này",
    "version and approval: register a document whose key file is this file",
)
NO_REASON = Text("lý do áp dụng (because)", "why it applies (because)")
NO_STATE = Text("đã thực hiện chưa (implemented)", "whether it is implemented (implemented)")
NO_DAY = Text("ngày dự kiến xong (planned)", "by which day it will be (planned)")
NO_PLACE = Text(
    "ở đâu (section, documents hoặc records)", "where it is (section, documents or records)"
)
NO_OWNER = Text("ai chịu trách nhiệm (role)", "who answers for it (role)")


@rule(
    "QMS234",
    "statement-hole",
    Severity.WARNING,
    title=Text("Tuyên bố áp dụng còn thiếu", "A hole in the statement of applicability"),
    message=Text(
        "Tuyên bố áp dụng, {what_vi}: còn thiếu {lacks_vi}. Hãy ghi vào bảng này.",
        "Statement of applicability, {what_en}: it lacks {lacks_en}. Write it in this mapping.",
    ),
    blocked_by=(disorder,),
)
def statement_hole(facts: Facts) -> Iterator[Violation]:
    """Find what an auditor asks of a control and its row does not say (ISO/IEC 27001, 6.1.3 d).

    One finding for a row; one for the table that is no document. Not asked of a standard without
    controls, nor of a mapping that has no row for any.
    """
    for catalogue, coverage in followed(facts):
        rows = [row for row in coverage.rows.values() if _is_stated(catalogue, row)]
        if not rows:
            continue
        path = coverage.source.path
        if not any(each.text_file == path for each in facts.manual.documents.values()):
            yield Violation(coverage.catalogue.location, _values(WHOLE, [NO_DOCUMENT]))
        for row in rows:
            lacks = list(_lacks(row))
            if lacks:
                number = row.clause.text
                yield Violation(row.clause.location, _values(Text(number, number), lacks))


def _is_stated(catalogue: Catalogue, row: CoverageRow) -> bool:
    """Whether a row answers a control, itself or among what it covers."""
    answered = (row.clause, *row.covers)
    return any(mark.text in catalogue.controls for mark in answered)


def _lacks(row: CoverageRow) -> Iterator[Text]:
    """Yield what a row does not say of its control.

    Why one does not apply is asked with its value.
    """
    if row.excluded is not None:
        return
    if not row.because:
        yield NO_REASON
    if not row.implemented:
        yield NO_STATE
    if row.implemented == "planned" and known_day(row.planned) is None:
        yield NO_DAY
    if row.implemented in {"yes", "partly"} and not (row.section or row.documents or row.records):
        yield NO_PLACE
    if text_of(row.role, UNKNOWN) == UNKNOWN:
        yield NO_OWNER


def _values(what: Text, lacks: list[Text]) -> dict[str, str]:
    return {
        "what_vi": what.vi,
        "what_en": what.en,
        "lacks_vi": "; ".join(text.vi for text in lacks),
        "lacks_en": "; ".join(text.en for text in lacks),
    }


RULES: tuple[Rule, ...] = (statement_hole,)
