"""Read the numbers and days of a record: known, unknown, or None for what is not said."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qmstool.manual.values import LocatedCount, LocatedDay, Unknown

if TYPE_CHECKING:
    from qmstool.manual.values import Count, Day
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.parsing.yaml.records import Record


def find_place(record: Record, name: str) -> LocatedText:
    """Return where a value stands: the value, the key over what does not fit, the whole entry."""
    return record.get(name) or record.keys.get(name) or record.mark


def read_count(record: Record, name: str) -> Count | None:
    """Return the number under a key; its schema has made sure that it is one, or unknown."""
    text = record.text(name)
    if not text:
        return None
    return Unknown.UNKNOWN if text == Unknown.UNKNOWN.value else int(text)


def read_day(record: Record, name: str) -> Day | None:
    """Return the day under a key; its schema has made sure that it is one, or unknown."""
    text = record.text(name)
    if not text:
        return None
    return Unknown.UNKNOWN if text == Unknown.UNKNOWN.value else date.fromisoformat(text)


def read_located_day(record: Record, name: str) -> LocatedDay | None:
    """Return the day under a key, with its place."""
    day, mark = read_day(record, name), record.get(name)
    return None if day is None or mark is None else LocatedDay(day, mark)


def read_counts(record: Record, name: str) -> tuple[LocatedCount, ...]:
    """Return the numbers listed under a key, each with its place."""
    counts = []
    for mark in record.list(name):
        known = mark.text != Unknown.UNKNOWN.value
        counts.append(LocatedCount(int(mark.text) if known else Unknown.UNKNOWN, mark))
    return tuple(counts)
