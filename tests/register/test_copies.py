"""Which copies are out on a day, and since when their text is no longer in force."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from qmstool.manual.loading.loader import load
from qmstool.register.copies import copies_to_recall, outstanding_copies, overdue_copies
from tests.support.memory import MANIFEST, files

if TYPE_CHECKING:
    from qmstool.manual.model import Manual


def planted(copies: str, *events: str, settings: str = "") -> Manual:
    """`events`: «number effective recorded act digit»; the digit makes the digest.

    `copies`: rows of releases/copies.yml.
    """
    given = {"qms.yml": MANIFEST + settings}
    for event in events:
        number, effective, recorded, act, digit = event.split()
        given[f"releases/{int(number):04d}.yml"] = (
            f"schema: 1\nrelease: {number}\ntitle: x\ninstrument: {{kind: notice}}\nsigner: "
            f"{{person: unknown}}\n"
            f"effective: {effective}\nrecorder: unknown\nrecorded: {recorded}\nprevious: "
            "none\nbasis: []\n"
            f"items: [{{code: QT A 01, act: {act}, title: x, revision: '{number}', digest: "
            f"{digit * 64}}}]\n"
        )
    rows = "".join(f"  - {{document: QT A 01, unit: A, {row}}}\n" for row in copies.splitlines())
    given["releases/copies.yml"] = f"schema: 1\ncopies:\n{rows}"
    made = load(files(**given))
    assert made.problems == ()
    return made


ONE = "1 2024-01-01 2024-01-01 new a"
TWO = "2 2024-06-01 2024-05-20 revise b"
COPY = "release: 1, handed_out: 2024-01-05"


def out(manual: Manual, day: str) -> list[tuple[str, int]]:
    found = outstanding_copies(manual, date.fromisoformat(day))
    return [
        (each.out_of_force_since.isoformat() if each.out_of_force_since else "", each.days)
        for each in found
    ]


def test_a_copy_is_out_from_the_day_it_was_handed_out() -> None:
    manual = planted(COPY, ONE)
    assert out(manual, "2024-01-04") == []
    assert out(manual, "2024-01-05") == [("", 0)]
    assert out(planted("release: 1, handed_out: unknown", ONE), "2020-01-01") == [("", 0)]


@pytest.mark.parametrize("end", ["recalled", "destroyed", "lost"])
def test_it_is_out_until_it_came_back_or_is_gone(end: str) -> None:
    manual = planted(f"{COPY}, {end}: 2024-07-01", ONE, TWO)
    assert out(manual, "2024-06-30") == [("2024-06-01", 29)]
    assert out(manual, "2024-07-01") == []
    assert out(planted(f"{COPY}, {end}: unknown", ONE, TWO), "2024-02-01") == []


def test_it_is_to_be_recalled_from_the_day_the_next_text_takes_effect() -> None:
    manual = planted(COPY, ONE, TWO)
    assert copies_to_recall(manual, date(2024, 5, 31)) == ()
    assert [each.days for each in copies_to_recall(manual, date(2024, 6, 1))] == [0]
    assert overdue_copies(manual, date(2024, 6, 11)) == ()
    assert [each.days for each in overdue_copies(manual, date(2024, 6, 12))] == [11]
    strict = planted(COPY, ONE, TWO, settings="check: {recall_days: 3}\n")
    assert [each.days for each in overdue_copies(strict, date(2024, 6, 5))] == [4]


def test_nobody_could_recall_before_it_was_recorded() -> None:
    manual = planted(COPY, ONE, "2 2024-02-01 2024-04-01 revise b")
    assert out(manual, "2024-03-31") == [("", 0)]
    assert out(manual, "2024-04-02") == [("2024-04-01", 1)]


def test_electronic_copies_are_not_recalled_and_withdrawn_ones_are() -> None:
    ended = "2 2024-06-01 2024-06-01 withdraw a"
    assert len(copies_to_recall(planted(COPY, ONE, ended), date(2024, 6, 1))) == 1
    assert (
        copies_to_recall(planted(f"{COPY}, medium: electronic", ONE, ended), date(2024, 6, 1)) == ()
    )


def test_the_same_text_issued_anew_still_serves_and_so_does_one_that_came_back() -> None:
    assert out(planted(COPY, ONE, "2 2024-06-01 2024-06-01 reissue a"), "2024-07-01") == [("", 0)]
    assert out(planted(COPY, ONE, TWO, "3 2024-08-01 2024-08-01 revise a"), "2024-08-01") == [
        ("", 0)
    ]


def test_a_copy_handed_out_before_its_text_takes_effect_is_not_to_be_recalled() -> None:
    manual = planted("release: 2, handed_out: 2024-05-25", ONE, TWO)
    assert out(manual, "2024-05-26") == [("", 0)]
    assert out(manual, "2024-06-01") == [("", 0)]


def test_a_copy_of_nothing_is_shown_and_not_to_be_recalled() -> None:
    (found,) = outstanding_copies(
        planted("release: 9, handed_out: 2024-05-25", ONE), date(2024, 6, 1)
    )
    assert not found.to_recall
