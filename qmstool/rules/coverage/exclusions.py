"""Check what is said not to apply: it has its reason, and nothing answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.standards import CoverageRow
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule


@rule(
    "QMS204",
    "exclusion-without-reason",
    Severity.ERROR,
    title=Text("Không áp dụng mà không nêu lý do", "Not applicable, without a reason"),
    message=Text(
        (
            "Điều khoản {clause} ghi là không áp dụng nhưng chưa nêu lý do, mà tiêu chuẩn "
            "đòi hỏi phải nêu. Hãy ghi lý do vào reason."
        ),
        (
            "Clause {clause} is said not to apply, without the justification that the "
            "standard asks for. Write it as reason."
        ),
    ),
)
def exclusion_without_reason(facts: Facts) -> Iterator[Violation]:
    """Find exclusions without the justification that ISO 9001 clause 4.3 asks for."""
    for coverage in facts.manual.coverage.values():
        for row in coverage.rows.values():
            reason = row.excluded
            if reason is not None and reason.text.strip() in {"", UNKNOWN}:
                values = {"clause": row.clause.text}
                yield Violation(reason.location, values, "excluded: {reason: … }")


@rule(
    "QMS205",
    "excluded-yet-mapped",
    Severity.ERROR,
    title=Text("Vừa không áp dụng vừa có đáp ứng", "Excluded and yet mapped"),
    message=Text(
        (
            "Điều khoản {clause} có đáp ứng ở đây, trong khi điều khoản {above} ghi là không "
            "áp dụng. Hãy bỏ một trong hai."
        ),
        (
            "Clause {clause} is answered here, while clause {above} is said not to apply. "
            "Take one of the two out."
        ),
    ),
)
def excluded_yet_mapped(facts: Facts) -> Iterator[Violation]:
    """Find excluded rows that name answers, and rows in use under an excluded clause."""
    for coverage in facts.manual.coverage.values():
        excluded = [row for row in coverage.rows.values() if row.excluded is not None]
        for row in coverage.rows.values():
            if row.excluded is not None:
                yield from _answers_of_excluded(row, row.excluded)
                continue
            number = row.clause.text
            for above in excluded:
                if number.startswith(f"{above.clause.text}."):
                    values = {"clause": number, "above": above.clause.text}
                    yield Violation(row.clause.location, values, related=(above.clause.location,))
                    break


def _answers_of_excluded(row: CoverageRow, reason: LocatedText) -> Iterator[Violation]:
    answers = (*row.documents, *row.external, *row.records, *row.covers)
    if answers:
        values = {"clause": row.clause.text, "above": row.clause.text}
        yield Violation(answers[0].location, values, related=(reason.location,))


RULES: tuple[Rule, ...] = (
    exclusion_without_reason,
    excluded_yet_mapped,
)
