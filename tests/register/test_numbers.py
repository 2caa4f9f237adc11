"""Which number each recorded version has to come after, and whether it does."""

from __future__ import annotations

import pytest

from qmstool.manual.loading.loader import load
from qmstool.register.numbers import numbered_steps
from qmstool.releases.numbering import Number, has_dropped, is_forward, is_known
from tests.support.memory import files
from tests.support.planted import item, record


@pytest.mark.parametrize(
    ("before", "after", "forward"),
    [
        ("1/5", "1/6", True),
        ("1/5", "1/5", False),
        ("1/5", "1/4", False),
        ("1/5", "2/0", True),
        ("2/0", "1/9", False),
        ("1/9", "1/10", True),
        ("1/09", "1/10", True),
        ("1/10", "1/9", False),
        ("1/5", "1/\uff15", False),
        ("1/5", "1/\uff16", True),
        ("1/2", "1/2b", True),
        ("1/2b", "1/2", False),
        ("1/2b", "1/2c", True),
        ("1/3", "1/2b", False),
        ("1/1.9", "1/1.10", True),
        ("1/Z", "1/AA", True),
        ("1/B", "1/a", False),
        # What is not compared is never called backward.
        ("1/B", "1/2", True),
        ("1/5", "unknown/1", True),
        ("unknown/5", "1/1", True),
        ("1/5", "-/-", True),
        # A part that one of them has not leaves the other to compare.
        ("2/5", "-/6", True),
        ("2/5", "-/5", False),
        ("-/5", "1/4", False),
        (f"1/{'9' * 5000}", f"1/1{'0' * 5000}", True),
        (f"1/1{'0' * 5000}", f"1/{'9' * 5000}", False),
    ],
)
def test_a_number_comes_later(before: str, after: str, forward: bool) -> None:
    assert is_forward(Number(*before.split("/")), Number(*after.split("/"))) is forward


def test_a_number_is_known_unless_a_part_of_it_is_not() -> None:
    assert [
        is_known(Number(*each.split("/"))) for each in ("1/0", "-/3", "-/-", "unknown/1", "1/")
    ] == [
        True,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("number", "dropped"),
    [
        *((number, True) for number in ("-/-", "–/–", "—/-", "./.", "none/none", "không/không", "n/a / n/a", "NONE/-")),
        *((number, False) for number in ("1/4", "-/4", "A/-", "1/AB", "III/-", "1/xiv", "lần 2/-", "2024-01/-", "unknown/-")),
    ],
)  # fmt: skip
def test_a_number_that_is_none_any_more(number: str, dropped: bool) -> None:
    issue, revision = number.split(" / ") if " / " in number else number.split("/")
    assert has_dropped(Number("1", "3"), Number(issue, revision)) is dropped
    assert not has_dropped(Number("-", "-"), Number(issue, revision))


def steps(*numbers: str, **said: object) -> list[tuple[str, str]]:
    """What each has to come after: records of one document, the last with more that it says."""
    records = []
    for count, number in enumerate(numbers, 1):
        act, _, written = number.rpartition(" ")
        issue, revision = written.split("/")
        more = said if count == len(numbers) else {}
        acted = item(act or "revise", issue=f"'{issue}'", revision=f"'{revision}'")
        day = f"2024-01-{count:02d}"
        records.append(record(count, day, day, acted, **more))
    releases = load(files(**dict(records))).releases
    found = numbered_steps(releases)
    return [
        (f"{one.issue}/{one.revision}", f"{other.issue}/{other.revision}")
        for one, other, _ in found
    ]


def test_an_unknown_number_hides_none_before_it() -> None:
    assert steps("1/1", "unknown/unknown", "-/-", "1/2") == [
        ("1/1", "unknown/unknown"),
        ("1/1", "-/-"),
        ("1/1", "1/2"),
    ]


def test_a_number_that_cannot_be_compared_hides_none_before_it() -> None:
    """Letters after figures, and figures again: what was given once is not given again."""
    assert steps("1/4", "1/a", "1/2")[-1] == ("1/4", "1/2")
    assert steps("1/4", "1/a", "1/5")[-1] == ("1/a", "1/5")
    assert steps("1/4", "1/a", "1/b", "1/5", "1/a")[-1] == ("1/b", "1/a")
    assert steps("3/0", "-/7", "2/8")[-1] == ("3/0", "2/8")


def test_a_withdrawal_gives_no_number() -> None:
    assert steps("1/3", "withdraw 1/0", "new 1/1") == [("1/3", "1/1")]


def test_what_puts_right_comes_after_what_was_before_the_wrong_record() -> None:
    assert steps("1/1", "1/2", "1/2", mends="[2]") == [("1/1", "1/2")]
    assert steps("1/1", "1/2", "1/3", "1/2", mends="[2]")[-1] == ("1/1", "1/2")
