"""Check that the records which a standard demands are named where its clauses are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Subject, Violation
from qmstool.i18n import Text
from qmstool.rules.base.hiders import damaged_entry
from qmstool.rules.base.rule import Rule
from qmstool.rules.coverage.hiding import mapped_clauses
from qmstool.rules.coverage.open_clauses import followed, place_of_answer, title_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.rules.base.facts import Facts


def _without_demanded_record(degree: str) -> Callable[[Facts], Iterator[Violation]]:
    """Return the check for rows that answer a clause which demands a record, and name none.

    `degree` is what the catalogue says under `retain`: «always» or «conditional».
    """

    def check(facts: Facts) -> Iterator[Violation]:
        for catalogue, coverage in followed(facts):
            for clause in catalogue.clauses.values():
                row = coverage.row_of(clause.number) if clause.retain == degree else None
                if row is None or row.records or row.excluded is not None:
                    continue
                place = place_of_answer(row, clause.number)
                values = {"clause": clause.number, **title_values(clause)}
                subject = Subject(row.clause.text, coverage.source.path)
                yield Violation(place.location, values, subjects=(subject,))

    return check


NO_RECORD = Rule(
    "QMS207",
    "no-record",
    Severity.WARNING,
    title=Text("Thiếu hồ sơ mà tiêu chuẩn đòi hỏi", "A demanded record that nothing names"),
    message=Text(
        (
            "Điều khoản {clause}{title_vi} đòi hỏi lưu hồ sơ, nhưng dòng này chưa nêu hồ sơ "
            "nào. Hãy ghi hồ sơ vào trường records."
        ),
        (
            "Clause {clause}{title_en} demands a record, but this row names none. Name it "
            "under records."
        ),
    ),
    check=_without_demanded_record("always"),
    hidden_by=(damaged_entry(mapped_clauses, "records"),),
)

NO_CONDITIONAL_RECORD = Rule(
    "QMS208",
    "no-conditional-record",
    Severity.INFO,
    title=Text(
        "Chưa nêu hồ sơ mà tiêu chuẩn đòi hỏi khi áp dụng",
        "A record demanded where applicable",
    ),
    message=Text(
        (
            "Điều khoản {clause}{title_vi} đòi hỏi lưu hồ sơ khi có trường hợp ấy, mà dòng "
            "này chưa nêu hồ sơ nào. Nếu có, hãy ghi vào trường records."
        ),
        (
            "Clause {clause}{title_en} demands a record where the case arises, and this row "
            "names none. If it arises, name it under records."
        ),
    ),
    check=_without_demanded_record("conditional"),
    hidden_by=(damaged_entry(mapped_clauses, "records"),),
)


RULES: tuple[Rule, ...] = (
    NO_RECORD,
    NO_CONDITIONAL_RECORD,
)
