"""Check how long records are kept: the register and the tables of documents must agree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_code, fold_name
from qmstool.patterns import regex
from qmstool.rules.base.rule import rule
from qmstool.rules.base.text.wording import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.manual.wordlists import WordLists
    from qmstool.parsing.markdown.running_text import TextBlock
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.text.prose_text import Writing

# How far two stretches of time may differ and still be one: a year is twelve months.
TOLERANCE = 0.1


class _DurationReader:
    """Reads «05 năm», «6 tháng» as days; 0 for anything else."""

    def __init__(self, lists: WordLists) -> None:
        self._units = {fold_name(name): unit.days for unit in lists.units for name in unit.names}
        self._duration = regex(
            rf"(\d{{1,3}})[\s\u00a0]+({alternatives(self._units)})\Z", re.IGNORECASE
        )

    def days(self, words: str) -> int:
        """Return how many days a text names that is nothing but a stretch of time."""
        duration = self._duration.match(words.strip())
        if duration is None:
            return 0
        return int(duration[1]) * self._units[fold_name(duration[2])]


@rule(
    "QMS341",
    "retention-differs",
    Severity.WARNING,
    Text("Hai thời hạn bảo quản cho một hồ sơ", "Two times to keep one record"),
    Text(
        "Ở đây hồ sơ này bảo quản {said}, trong danh mục hồ sơ (procedures/records.yml) là "
        "{known}. Chỉ một thời hạn là đúng.",
        "Here this record is kept for {said}, in the register (procedures/records.yml) for "
        "{known}. Only one can be right.",
    ),
)
def retention_differs(facts: Facts) -> Iterator[Violation]:
    """Find rows of tables that keep a record for another time than the register does."""
    reader = _DurationReader(facts.prose.lists)
    registered = {name: mark for name, mark in _registered(facts) if reader.days(mark.text)}
    if not registered:
        return
    headers = [fold_name(words) for words in facts.prose.lists["retention"]]
    for writing in facts.prose.writings:
        column = -1
        for cells in _rows(writing):
            texts = [writing.plain_words(cell.start, cell.end) for cell in cells]
            header = _header_column(texts, headers)
            if header >= 0:
                column = header
                continue
            days = reader.days(texts[column]) if 0 <= column < len(texts) else 0
            mark = _registered_for(texts, registered) if days else None
            if mark is not None and abs(days - reader.days(mark.text)) > TOLERANCE * days:
                values = {"said": texts[column], "known": mark.text}
                place = writing.locate(cells[column].start, cells[column].end)
                yield Violation(place, values, None, (mark.location,))


def _header_column(texts: list[str], headers: list[str]) -> int:
    """Return the column whose header says that it is about retention; -1 in other rows."""
    for column, text in enumerate(texts):
        folded = fold_name(text)
        if any(header in folded for header in headers):
            return column
    return -1


def _registered(facts: Facts) -> Iterator[tuple[str, LocatedText]]:
    """Yield how long the register keeps each record, by its title and by its form's code."""
    for record in facts.manual.records.values():
        if record.retention is None:
            continue
        yield fold_name(record.title), record.retention
        if record.form is not None:
            yield fold_code(record.form.text), record.retention


def _registered_for(texts: list[str], registered: Mapping[str, LocatedText]) -> LocatedText | None:
    """Return how long the register keeps the record that a row names."""
    for text in texts:
        for name in (fold_code(text), fold_name(text)):
            if name in registered:
                return registered[name]
    return None


def _rows(writing: Writing) -> list[list[TextBlock]]:
    """Return the cells of each row of the tables of a text."""
    rows: dict[int, list[TextBlock]] = {}
    for passage in writing.blocks:
        if passage.kind == "cell" and not passage.note:
            rows.setdefault(passage.row, []).append(passage)
    return list(rows.values())


RULES: tuple[Rule, ...] = (retention_differs,)
