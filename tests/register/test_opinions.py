"""How the opinion of a unit stands on a day, and who was never asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from qmstool.manual.loading.loader import load
from qmstool.manual.values import Unknown
from qmstool.register.opinions import (
    open_opinions,
    opinion_state,
    opinion_text,
    opinions_behind,
    overdue_opinions,
    units_never_asked,
)
from tests.support.memory import MANIFEST, PROCEDURE, files

if TYPE_CHECKING:
    from qmstool.manual.model import Manual

UNITS = """\
units:
  VP: {name: Văn phòng}
  KT: {name: Phòng Kỹ thuật, head: truong-kt}
  TC: {name: Phòng Tài chính}
roles:
  truong-kt: {name: Trưởng phòng Kỹ thuật, unit: KT}
people:
  b: {name: Bà B, holds: [{role: truong-kt, from: 2024-01-01, to: 2024-06-30}]}
"""


def manual(rows: str, more: str = "", head: str = "", **extra: str) -> Manual:
    text = PROCEDURE.replace("title:", f"{head}title:")
    opinions = f"schema: 1\ncandidate: dot-2\nasked:\n{rows}{more}"
    given = {
        "qms.yml": MANIFEST + UNITS,
        "procedures/qt-a-01.md": text,
        "releases/opinions/dot-2.yml": opinions,
    }
    made = load(files(**given, **extra))
    assert [
        problem
        for problem in made.problems
        if problem.violation.location.path.startswith("releases/")
    ] == []
    return made


@pytest.mark.parametrize(
    ("row", "day", "closed", "stands"),
    [
        ("due: 2024-02-19", "2024-02-19", "", "waiting"),
        ("due: 2024-02-19", "2024-02-20", "", "overdue"),
        ("due: 2024-02-19", "2024-02-20", "2024-02-20", "unanswered"),
        ("due: 2024-02-19", "2024-02-19", "2024-02-20", "waiting"),
        ("due: 2024-02-19", "2024-02-18", "unknown", "unanswered"),
        ("due: unknown", "2030-01-01", "", "waiting"),
        ("due: 2024-02-19, answered: 2024-02-16, answer: agrees", "2024-02-16", "", "agrees"),
        ("due: 2024-02-19, answered: 2024-02-16, answer: agrees", "2024-02-15", "", "waiting"),
        ("due: 2024-02-19, answered: 2024-02-25, answer: comments", "2024-02-20", "", "overdue"),
        (
            "due: 2024-02-19, answered: 2024-02-25, answer: comments",
            "2024-03-01",
            "2024-02-28",
            "comments",
        ),
        ("answered: unknown, answer: no-comment", "2024-02-12", "", "no-comment"),
        ("answered: 2024-02-16", "2024-02-17", "", "waiting"),  # a day without an answer is none
    ],
)
def test_states(row: str, day: str, closed: str, stands: str) -> None:
    asked = manual(f"  - {{unit: VP, sent: 2024-02-12, {row}}}\n").opinions["dot-2"].requests[0]
    unsaid = {"": None, "unknown": Unknown.UNKNOWN}
    recorded = unsaid[closed] if closed in unsaid else date.fromisoformat(closed)
    assert opinion_state(asked, date.fromisoformat(day), recorded) == stands


def test_a_late_answer_is_said_to_be_late() -> None:
    row = (
        "  - {unit: VP, sent: 2024-02-12, due: 2024-02-19, answered: 2024-02-25, answer: "
        "comments}\n"
    )
    asked = manual(row).opinions["dot-2"].requests[0]
    assert opinion_text(asked, date(2024, 3, 1)).vi == "có góp ý (trả lời muộn)"
    assert opinion_text(asked, date(2024, 2, 20)).vi == "quá hạn trả lời"


RECORD = (
    "schema: 1\nrelease: 1\ntitle: x\ninstrument: {kind: notice}\nsigner: {person: unknown}\n"
    "effective: 2024-03-01\n"
    "evidence: [{kind: candidate, file: releases/candidates/dot-2.yml}]\nrecorder: x\n"
    "recorded: 2024-03-05\n"
    "previous: none\nbasis: []\nitems: [{code: QT A 01, act: new, title: x}]\n"
)


def test_what_is_recorded_is_overdue_no_more() -> None:
    row = "  - {unit: VP, sent: 2024-02-12, due: 2024-02-19}\n"
    waiting = manual(row)
    assert [
        (found.candidate, asked.unit.text)
        for found, asked in overdue_opinions(waiting, date(2024, 2, 20))
    ] == [("dot-2", "VP")]
    done = manual(row, **{"releases/0001.yml": RECORD})
    assert list(overdue_opinions(done, date(2024, 2, 20))) == []
    assert list(open_opinions(done)) == []
    assert opinions_behind(done, done.releases[0]) is done.opinions["dot-2"]


def missing(
    rows: str, more: str = "", head: str = "", day: str = "2024-02-01"
) -> dict[str, tuple[str, ...]]:
    made = manual(rows, more, head)
    return units_never_asked(made, ["qt-a-01"], made.opinions["dot-2"], date.fromisoformat(day))


def test_units_of_the_list_and_of_reviewers_are_concerned_and_the_owner_is_not() -> None:
    head = "owner: VP\ndistribution: [{unit: VP}, {unit: TC}, {unit: unknown}]\nreviewers: [b]\n"
    assert missing("  - {unit: VP, sent: 2024-01-10}\n", head=head) == {
        "TC": ("QT A 01",),
        "KT": ("QT A 01",),
    }
    assert (
        missing("  - {unit: TC, sent: 2024-01-10}\n  - {unit: KT, sent: 2024-01-10}\n", head=head)
        == {}
    )
    assert (
        missing("  - {unit: TC, sent: 2024-01-10}\n", head=head, day="2024-07-01") == {}
    )  # b heads it no longer


def test_asked_about_another_document_is_not_asked_about_this_one() -> None:
    head = "owner: VP\ndistribution: [{unit: TC}]\n"
    assert missing("  - {unit: TC, documents: [ST], sent: 2024-01-10}\n", head=head) == {
        "TC": ("QT A 01",)
    }
    assert missing("  - {unit: TC, documents: [QT-A-01], sent: 2024-01-10}\n", head=head) == {}


def test_a_reviewer_who_signed_was_heard() -> None:
    head = "owner: VP\nreviewers: [truong-kt]\n"
    signed = "signed:\n  - {as: reviewer, person: Bà B, unit: KT, date: 2024-01-20}\n"
    assert missing("  - {unit: VP, sent: 2024-01-10}\n", head=head) == {"KT": ("QT A 01",)}
    assert missing("  - {unit: VP, sent: 2024-01-10}\n", signed, head) == {}


def test_a_file_of_another_candidate_is_told() -> None:
    made = load(files(**{"releases/opinions/dot-3.yml": "schema: 1\ncandidate: dot-2\n"}))
    assert [(each.slug, each.violation.suggestion) for each in made.problems] == [
        ("wrong-value", "dot-3")
    ]
