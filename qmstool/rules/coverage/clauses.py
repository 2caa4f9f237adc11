"""Check the rows of a mapping: every clause is answered, by one row, in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Subject, Violation
from qmstool.i18n import Text
from qmstool.parsing.similar import nearest_name
from qmstool.rules.base.hiders import damaged_entry
from qmstool.rules.base.rule import rule
from qmstool.rules.coverage.hiding import (
    lost_row,
    mapped_clauses,
    meant_by_mistyped_row,
    unknown_clause,
)
from qmstool.rules.coverage.open_clauses import (
    followed,
    misplaced_covers,
    rows_before,
    title_values,
    unanswered,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule


@rule(
    "QMS201",
    "uncovered-clause",
    Severity.ERROR,
    title=Text("Điều khoản chưa được đáp ứng", "A clause that nothing covers"),
    message=Text(
        (
            "Chưa có dòng nào trong {path} đáp ứng điều khoản {clause}{title_vi}. Hãy thêm "
            "một dòng sau dòng được chỉ ở đây, hoặc ghi số ấy vào covers của dòng ở trên."
        ),
        (
            "No row of {path} answers clause {clause}{title_en}. Add a row after this one, "
            "or name it in the covers of a row above."
        ),
    ),
    hidden_by=(lost_row, meant_by_mistyped_row),
)
def uncovered_clause(facts: Facts) -> Iterator[Violation]:
    """Find clauses without an answer, the uppermost ones only.

    ISO 9001 4.3: every requirement applies, or it is justified why it does not.
    """
    for catalogue, coverage in followed(facts):
        missing = dict.fromkeys(unanswered(catalogue, coverage))
        places = rows_before(catalogue, coverage)
        for number in missing:
            clause = catalogue.clauses[number]
            if clause.parent in missing:
                continue
            values = {"clause": number, "path": coverage.source.path, **title_values(clause)}
            place = places[number].location
            subject = Subject(number, catalogue.key)
            yield Violation(place, values, _row_to_paste(facts, number), subjects=(subject,))


def _row_to_paste(facts: Facts, number: str) -> str:
    main = facts.manual.main
    if main is not None and number in main.by_number:
        return f'  "{number}":\n    section: "{number}"'
    return f'  "{number}":\n    section: '


@rule(
    "QMS202",
    "covers-not-below",
    Severity.ERROR,
    title=Text(
        "Điều khoản ghi trong covers không nằm dưới dòng ấy",
        "A covers that names a clause not below it",
    ),
    message=Text(
        (
            "Điều khoản {clause} không nằm dưới điều khoản {row}, nên dòng này không đáp ứng "
            "thay được. Hãy chuyển số ấy sang đúng dòng."
        ),
        (
            "Clause {clause} is not below clause {row}, so this row cannot answer for it. "
            "Move it to the row it belongs to."
        ),
    ),
    hidden_by=(unknown_clause,),
)
def covers_not_below(facts: Facts) -> Iterator[Violation]:
    """Find `covers` that name a clause which is not below the row's."""
    for catalogue, coverage in followed(facts):
        for row in coverage.rows.values():
            for mark in misplaced_covers(catalogue, row):
                number = row.clause.text
                below = [
                    clause
                    for clause in catalogue.clauses_under(number)
                    if clause not in coverage.rows
                ]
                values = {"clause": mark.text, "row": number}
                similar, subject = nearest_name(mark.text, below), Subject(mark.text, catalogue.key)
                yield Violation(mark.location, values, similar, subjects=(subject,))


@rule(
    "QMS203",
    "covered-twice",
    Severity.ERROR,
    title=Text("Một điều khoản được đáp ứng hai lần", "A clause answered twice"),
    message=Text(
        "Điều khoản {clause} đã được đáp ứng ở một dòng khác. Hãy chỉ giữ một chỗ.",
        "Clause {clause} is answered by another row already. Keep one of them.",
    ),
)
def covered_twice(facts: Facts) -> Iterator[Violation]:
    """Find `covers` that name a clause with a row of its own, or named by another `covers`."""
    for _, coverage in followed(facts):
        first_by_clause = {number: row.clause for number, row in coverage.rows.items()}
        for row in coverage.rows.values():
            for mark in row.covers:
                first = first_by_clause.setdefault(mark.text, mark)
                if first is not mark:
                    yield Violation(mark.location, {"clause": mark.text}, related=(first.location,))


@rule(
    "QMS209",
    "row-without-answer",
    Severity.WARNING,
    title=Text("Dòng không đáp ứng gì", "A row that answers nothing"),
    message=Text(
        (
            "Điều khoản {clause} có dòng riêng nhưng chưa nêu mục nào của sổ tay hay tài "
            "liệu nào. Hãy ghi vào section hoặc documents."
        ),
        (
            "Clause {clause} has a row, but it names neither a section of the manual nor a "
            "document. Write it under section or documents."
        ),
    ),
    hidden_by=(
        damaged_entry(mapped_clauses, "documents"),
        damaged_entry(mapped_clauses, "section"),
    ),
)
def row_without_answer(facts: Facts) -> Iterator[Violation]:
    """Find rows that apply and yet name neither a section nor a document."""
    for _, coverage in followed(facts):
        for row in coverage.rows.values():
            if row.excluded is not None or row.section is not None or row.documents:
                continue
            number = row.clause.text
            example, subject = f'    section: "{number}"', Subject(number, coverage.source.path)
            yield Violation(row.clause.location, {"clause": number}, example, subjects=(subject,))


RULES: tuple[Rule, ...] = (
    uncovered_clause,
    covers_not_below,
    covered_twice,
    row_without_answer,
)
