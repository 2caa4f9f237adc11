"""What became of each release: from which day it counts, or what stopped it, and when."""

from __future__ import annotations

import pytest

from qmstool.register.outcomes import release_outcomes
from tests.support.planted import item, planted, record


def outcomes(*records: tuple[str, str]) -> dict[int, list[tuple[str, str, int]]]:
    manual = planted(*records)
    return {
        number: [(told.day.isoformat(), told.text.en, len(told.items)) for told in of_release]
        for number, of_release in release_outcomes(manual.releases).items()
    }


FIRST = record(1, "2024-01-01", "2024-01-01", item())


def test_what_it_put_in_force_and_withdrew() -> None:
    told = outcomes(
        FIRST,
        record(
            2,
            "2024-02-01",
            "2024-01-20",
            item("withdraw"),
            item(code="QT A 02"),
            item(code="QT A 03"),
        ),
    )
    assert told[1] == [("2024-01-01", "in force from 2024-01-01", 1)]
    assert told[2] == [
        ("2024-02-01", "withdrawn from 2024-02-01", 1),
        ("2024-02-01", "in force from 2024-02-01", 2),
    ]


def test_without_evidence_and_without_a_day() -> None:
    told = outcomes(
        record(1, "2024-01-01", "2024-01-01", item(), without_evidence="true"),
        record(2, "unknown", "2024-02-01", item("revise")),
    )
    assert told == {
        1: [("2024-01-01", "in force from 2024-01-01, approval not evidenced", 1)],
        2: [],
    }


CLAIMED = "{level: none, claims: [{what: effective, value: 2019-05-01}]}"


def test_what_was_taken_over_says_its_day_itself() -> None:
    told = outcomes(
        record(1, "2024-01-01", "2024-01-01", item(), imported="true"),
        record(2, "unknown", "2024-02-01", item(code="QT A 02", taken_over=CLAIMED)),
    )
    assert told[1] == [
        (
            "2024-01-01",
            "imported, its effective date said to be 2024-01-01, approval not evidenced",
            1,
        )
    ]
    assert told[2] == [
        (
            "2019-05-01",
            "imported, its effective date said to be 2019-05-01, approval not evidenced",
            1,
        )
    ]


@pytest.mark.parametrize(
    ("recorded", "day"), [("2024-02-10", "2024-02-10"), ("unknown", "2024-02-01")]
)
def test_what_a_hotfix_overtook(recorded: str, day: str) -> None:
    told = outcomes(
        FIRST,
        record(2, "2024-06-01", "2024-01-20", item("revise"), item(code="QT A 02")),
        record(3, "2024-02-01", recorded, item("revise")),
    )
    assert told[2] == [
        (
            day,
            "not in force from 2024-06-01 as was scheduled: release 3, recorded later, took its place",
            1,
        ),
        ("2024-06-01", "in force from 2024-06-01", 1),
    ]


@pytest.mark.parametrize(
    ("recorded", "day"), [("2024-03-10", "2024-03-10"), ("unknown", "2024-02-01")]
)
def test_a_wrong_record_does_not_count(recorded: str, day: str) -> None:
    told = outcomes(
        FIRST,
        record(2, "2024-02-01", "2024-01-20", item("revise")),
        record(3, "2024-03-01", recorded, item("revise"), mends="[2]"),
    )
    assert told[2] == [(day, "does not count: release 3 puts it right", 1)]
    assert told[3] == [("2024-03-01", "in force from 2024-03-01", 1)]


@pytest.mark.parametrize(
    ("claimed", "recorded", "told"),
    [
        (CLAIMED, "2024-03-10", "2024-03-10"),
        (CLAIMED, "unknown", "2019-05-01"),
        ("{level: none, claims: []}", "2024-03-10", "2024-03-10"),
        ("{level: none, claims: []}", "unknown", None),
    ],
)
def test_what_was_taken_over_by_mistake(claimed: str, recorded: str, told: str | None) -> None:
    found = outcomes(
        record(
            1,
            "unknown",
            "2024-01-01",
            item(taken_over=claimed),
            item(code="QT A 02", taken_over=claimed),
        ),
        record(2, "2024-03-01", recorded, item(), replaces_record="1", reason="nhầm"),
    )
    said = (told, "taken over by mistake, release 2 replaces it: nhầm", 1)
    assert [each for each in found[1] if "mistake" in each[1]] == ([said] if told else [])
