"""The front matter of a document is a value: words with their places, numbers and days as such."""

from __future__ import annotations

from datetime import date

import pytest

from qmstool.manual.config import Habits
from qmstool.manual.front_matter import RegisteredPaper
from qmstool.manual.loading.front_matter import parse_front_matter
from qmstool.manual.values import Count, Unknown
from tests.support.memory import manual

DATA = """---
code: QT A 02
type: procedure
title: Quy trình hai
owner: A
authors: [ba-b, ong-c]
approver: unknown
review_months: {months}
distribution:
  - unit: A
    medium: paper
    copies: 2
  - unit: B
replaces: [QT A 00]
paper: {{issue: "2", effective: {day}}}
---
# Quy trình hai
"""


def test_each_word_has_its_place() -> None:
    text = DATA.format(months=12, day="2020-05-01")
    data = manual(procedures__hai_dot_md=text).documents["qt-a-02"].front_matter
    assert data.owner is not None
    assert (data.owner.text, data.owner.location.line) == ("A", 5)
    assert [mark.text for mark in data.authors] == ["ba-b", "ong-c"]
    assert [mark.location.line for mark in data.replaces] == [14]
    assert (data.parent, data.reviewers, data.note) == (None, (), "")
    assert {"owner", "authors", "paper"} <= data.keys
    assert "reviewers" not in data.keys


def test_recipients_and_paper() -> None:
    data = parse_front_matter(DATA.format(months=12, day="2020-05-01"), Habits())
    assert data is not None
    rows = [(row.unit and row.unit.text, row.medium, row.copies) for row in data.distribution]
    assert rows == [("A", "paper", 2), ("B", "", None)]
    assert data.paper == RegisteredPaper("2", "unknown", date(2020, 5, 1))


@pytest.mark.parametrize(
    ("months", "count"),
    [
        ("12", 12),
        ("unknown", Unknown.UNKNOWN),
        ("", None),
        ("mười hai", None),
        ("9" * 5000, None),
    ],
)
def test_a_number_is_known_unknown_or_not_said(months: str, count: Count | None) -> None:
    data = parse_front_matter(DATA.format(months=months, day="unknown"), Habits())
    assert data is not None
    assert data.review_months == count
    assert data.paper == RegisteredPaper("2", "unknown", Unknown.UNKNOWN)


def test_a_day_that_is_none_is_not_said_and_told() -> None:
    text = DATA.format(months=12, day="2020-02-30")
    read = manual(procedures__hai_dot_md=text)
    paper = read.documents["qt-a-02"].front_matter.paper
    assert paper == RegisteredPaper("2", "unknown", None)
    assert [problem.slug for problem in read.problems] == ["wrong-value"]


def test_a_text_without_data_has_no_front_matter() -> None:
    assert parse_front_matter("# Quy trình hai\n", Habits()) is None
