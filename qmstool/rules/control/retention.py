"""The rule on how long a record is kept: the register says one thing, a table of a document another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_code, fold_name
from qmstool.rules.base.prose_text import alternatives
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.manual.wordlists import WordLists
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.prose_blocks import Passage
    from qmstool.rules.base.prose_text import Writing

NEAR = 0.1


class _Spans:
    """Reads «05 năm», «6 tháng» as days; 0 for anything else."""

    def __init__(self, lists: WordLists) -> None:
        self._units = {fold_name(said): unit.days for unit in lists.units for said in unit.said}
        self._span = re.compile(
            rf"(\d{{1,3}})[\s\u00a0]+({alternatives(self._units)})\Z", re.IGNORECASE
        )

    def days(self, words: str) -> int:
        """How many days a text names that is nothing but a stretch of time."""
        found = self._span.match(words.strip())
        return int(found[1]) * self._units[fold_name(found[2])] if found else 0


def retention_differs(facts: Facts) -> Iterator[Violation]:
    """Rows of tables that keep a record for another time than the register does."""
    spans = _Spans(facts.prose.lists)
    kept = {name: mark for name, mark in _kept(facts) if spans.days(mark.text)}
    heads = [fold_name(each) for each in facts.prose.lists["retention"]]
    for writing in facts.prose.writings if kept else ():
        column = -1
        for row in _rows(writing):
            said = [writing.said(each.start, each.end) for each in row]
            head = next(
                (
                    at
                    for at, words in enumerate(said)
                    if any(each in fold_name(words) for each in heads)
                ),
                -1,
            )
            column = head if head >= 0 else column
            days = spans.days(said[column]) if head < 0 <= column < len(said) else 0
            mark = _record(said, kept) if days else None
            if mark is not None and abs(days - spans.days(mark.text)) > NEAR * days:
                cell = row[column]
                values = {"said": said[column], "known": mark.text}
                yield Violation(
                    writing.locate(cell.start, cell.end), values, None, (mark.location,)
                )


def _kept(facts: Facts) -> Iterator[tuple[str, LocatedText]]:
    """How long the register keeps each record, by its title and by the code of its form."""
    for record in facts.manual.records.values():
        mark = record.record.get("retention")
        if mark is not None:
            yield fold_name(record.title), mark
            if record.record.text("form"):
                yield fold_code(record.record.text("form")), mark


def _record(said: list[str], kept: Mapping[str, LocatedText]) -> LocatedText | None:
    """How long the register keeps the record that a row names."""
    names = (name for words in said for name in (fold_code(words), fold_name(words)))
    return next((kept[name] for name in names if name in kept), None)


def _rows(writing: Writing) -> list[list[Passage]]:
    rows: dict[int, list[Passage]] = {}
    for passage in writing.passages:
        if passage.kind == "cell" and not passage.note:
            rows.setdefault(passage.row, []).append(passage)
    return list(rows.values())


# fmt: off
RULES = (
    Rule(
        "QMS341", "retention-differs", Severity.WARNING,
        Text("Hai thời hạn bảo quản cho một hồ sơ", "Two times to keep one record"),
        Text(
            (
                "Ở đây hồ sơ này bảo quản {said}, trong danh mục hồ sơ (procedures/records.yml) "
                "là {known}. Chỉ một thời hạn là đúng."
            ),
            (
                "Here this record is kept for {said}, in the register (procedures/records.yml) "
                "for {known}. Only one can be right."
            ),
        ),
        retention_differs,
    ),
)
