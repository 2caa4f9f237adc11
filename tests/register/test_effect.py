"""Which records count on a day: known, taken over, put right, replaced."""

from __future__ import annotations

from datetime import date

from qmstool.register.change_rows import (
    change_rows,
)
from qmstool.register.effect import (
    has_effect,
    item_effective,
    known_releases,
    mended_numbers,
    mending_release,
    replacing_release,
    takes_effect,
    undone_silently,
    valid_releases,
)
from qmstool.register.versions import life_of
from tests.support.planted import item, planted, record


def day(text: str) -> date:
    return date.fromisoformat(text)


CLAIMED = "{level: none, claims: [{what: effective, value: 2019-05-01}]}"
UNDATED = "{level: none, claims: []}"
FIRST = record(1, "2024-01-01", "2024-01-01", item())


def test_a_record_is_known_from_the_day_it_was_made() -> None:
    releases = planted(
        FIRST,
        record(2, "2024-01-05", "2024-02-01", item("revise")),
        record(3, "2024-01-05", "unknown", item("revise")),
    ).releases
    for when, numbers in (("2024-01-31", [1, 3]), ("2024-02-01", [1, 2, 3]), ("2023-12-31", [3])):
        assert [each.number for each in known_releases(releases, day(when))] == numbers


def test_it_has_effect_from_its_day_and_a_take_over_from_the_day_it_claims() -> None:
    dated, undated = (
        planted(FIRST).releases[0],
        planted(record(1, "unknown", "2024-01-01", item(), imported="true")).releases[0],
    )
    assert [has_effect(dated, day(when)) for when in ("2023-12-31", "2024-01-01")] == [False, True]
    assert has_effect(undated, day("1990-01-01"))
    late = planted(
        FIRST,
        record(
            2,
            "unknown",
            "2024-02-01",
            item(code="QT A 02", taken_over=CLAIMED),
            item(code="QT A 03", taken_over=UNDATED),
        ),
    ).releases[1]
    assert [has_effect(late, day(when)) for when in ("2024-01-31", "2024-02-01")] == [False, True]
    claimed, silent = late.items
    assert item_effective(late, claimed) == day("2019-05-01")
    assert [takes_effect((late, claimed), day(when)) for when in ("2019-04-30", "2019-05-01")] == [
        False,
        True,
    ]
    assert [takes_effect((late, silent), day(when)) for when in ("2024-01-31", "2024-02-01")] == [
        False,
        True,
    ]
    unknown = planted(FIRST, record(2, "unknown", "2024-02-01", item("revise"))).releases[1]
    assert not has_effect(unknown, day("2030-01-01"))


def test_what_a_later_record_puts_right_or_replaces() -> None:
    releases = planted(
        FIRST,
        record(2, "2024-02-01", "2024-02-01", item("revise")),
        record(3, "2024-02-01", "2024-02-02", item("revise"), mends="[2]"),
        record(4, "2024-02-01", "2024-02-03", item("revise"), mends="[2]"),
    ).releases
    assert mended_numbers(releases) == {2}
    found = mending_release(releases, releases[1])
    assert found is not None
    assert found.number == 4
    assert mending_release(releases, releases[0]) is None
    assert [each.number for each in valid_releases(releases)] == [1, 3, 4]


def test_what_is_put_right_and_said_of_no_more_is_undone_silently() -> None:
    other = item("new", code="QT A 02")

    def silent(*more: tuple[str, str]) -> list[tuple[int, int, list[str]]]:
        both = record(2, "2024-02-01", "2024-02-01", item("revise"), other)
        found = undone_silently(planted(FIRST, both, *more).releases)
        return [
            (each.mending.number, each.mended.number, [one.code for one in each.items])
            for each in found
        ]

    one = record(3, "2024-03-01", "2024-03-01", item("revise"), mends="[2]")
    assert silent() == []
    assert silent(one) == [(3, 2, ["QT A 02"])]
    # A later record that counts says what became of it; one before does not.
    again = record(4, "2024-04-01", "2024-04-01", item("withdraw", code="QT A 02"))
    assert silent(one, again) == []
    every = record(3, "2024-03-01", "2024-03-01", mends="[1, 2]")
    assert silent(every) == [(3, 1, ["QT A 01"]), (3, 2, ["QT A 01", "QT A 02"])]
    # What puts the mending record right leaves the first as it was put right.
    last = record(4, "2024-04-01", "2024-04-01", item("revise"), mends="[3]")
    assert silent(one, last) == [(3, 2, ["QT A 02"])]


def test_a_take_over_is_replaced_by_a_later_record_of_the_same_document() -> None:
    taken = record(
        1,
        "unknown",
        "2024-01-01",
        item(taken_over=CLAIMED),
        item(code="QT A 02", taken_over=CLAIMED),
        item(code="QT A 03"),
    )
    right = record(
        2,
        "2024-03-01",
        "2024-03-01",
        item(),
        item(code="QT A 03"),
        replaces_record="1",
        reason="nhầm",
    )
    releases = planted(taken, right).releases
    one, two, three = releases[0].items
    found = replacing_release(releases, releases[0], one)
    assert found is not None
    assert found.number == 2
    assert replacing_release(releases, releases[0], two) is None
    assert replacing_release(releases, releases[0], three) is None  # it was issued, not taken over
    assert [[each.code for each in release.items] for release in valid_releases(releases)] == [
        ["QT A 02", "QT A 03"],
        ["QT A 01", "QT A 03"],
    ]


def test_the_row_of_what_was_taken_over_by_mistake_stays_and_says_by_what() -> None:
    taken = record(1, "2023-01-01", "2024-01-01", item(taken_over=CLAIMED))
    right = record(2, "2024-03-01", "2024-03-10", item(), replaces_record="1", reason="nhầm")
    releases = planted(taken, right).releases
    life = life_of(releases, "qt-a-01")

    def rows(when: str) -> list[tuple[int, str, str, int | None]]:
        found = change_rows(releases, life, day(when), {})
        rows: list[tuple[int, str, str, int | None]] = []
        for each in found:
            by = each.replaced_by.number if each.replaced_by else None
            rows.append((each.release.number, each.act, each.state, by))
        return rows

    assert rows("2024-03-10") == [(1, "imported", "superseded", 2), (2, "new", "effective", None)]
    assert rows("2024-03-09") == [(2, "new", "effective", None)]
    assert rows("2024-02-01") == [(2, "new", "scheduled", None)]
    assert change_rows(releases, (), day("2024-03-10"), {}) == ()
