"""What a change follows, what is scheduled, and what a later record keeps from taking effect."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from qmstool.register.change_rows import (
    entry_of_release,
    is_standing,
    scheduled_versions,
    version_on,
)
from qmstool.register.effect import (
    items_by_key,
)
from qmstool.register.preempted import (
    find_cancelled,
    undeclared_cancellations,
)
from qmstool.register.standing_lives import StandingLife, is_overtaken, standing_lives
from qmstool.register.versions import life_of
from tests.support.planted import item, planted, record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.manual.releases import Release


def day(text: str) -> date:
    return date.fromisoformat(text)


CLAIMED = "{level: none, claims: [{what: effective, value: 2019-05-01}]}"
UNDATED = "{level: none, claims: []}"
FIRST = record(1, "2024-01-01", "2024-01-01", item())


def _is_overtaken(releases: Sequence[Release], release: Release) -> bool:
    return is_overtaken(standing_lives(items_by_key(releases)), release)


LIFE = (
    FIRST,
    record(2, "2024-06-01", "2024-03-01", item("revise")),
    record(3, "2024-04-01", "2024-04-01", item("correct")),
    record(4, "2024-07-01", "2024-06-15", item("withdraw")),
    record(5, "2024-08-01", "2024-07-15", item("reissue")),
    record(6, "unknown", "2024-08-15", item("revise")),
)


def test_a_change_follows_what_was_in_force_on_its_day() -> None:
    life = life_of(planted(*LIFE).releases, "qt-a-01")
    followed = StandingLife(life).predecessors
    numbers = [entry[0].number if entry else None for entry in followed]
    # The hotfix follows the first; the withdrawn is followed by nothing; of an unknown day, the newest.
    assert numbers == [None, 1, 1, 3, None, 5, 6]
    assert [
        entry[0].number if (entry := version_on(life, day(when))) else None
        for when in ("2023-12-31", "2024-01-01", "2024-04-01", "2024-07-01", "2024-08-01")
    ] == [None, 1, 3, None, 5]


def test_what_stands_what_is_scheduled_and_what_a_release_made() -> None:
    life = life_of(planted(*LIFE).releases, "qt-a-01")
    assert [is_standing(life[:count]) for count in range(6)] == [
        False,
        True,
        True,
        True,
        False,
        True,
    ]
    assert [
        [release.number for release, _ in scheduled_versions(life, day(when))]
        for when in ("2023-12-31", "2024-01-01", "2024-07-31", "2024-08-01")
    ] == [[1, 3, 5], [3, 5], [5], []]
    assert [by is not None for by in StandingLife(life).preempting] == [
        False,
        True,
        False,
        False,
        False,
        False,
    ]
    entry = entry_of_release(life, 3)
    assert entry is not None
    assert entry[1].act == "correct"
    assert entry_of_release(life, 9) is None


def two(effective: str, recorded: str, *codes: str) -> tuple[tuple[str, str], ...]:
    """Release 2 is scheduled for June, of two documents; release 3 comes after it."""
    later = record(3, effective, recorded, *(item("revise", code=code) for code in codes))
    return (
        FIRST,
        record(2, "2024-06-01", "2024-03-01", item("revise"), item(code="QT A 02")),
        later,
    )


@pytest.mark.parametrize(
    ("effective", "recorded", "preempts"),
    [
        ("2024-06-01", "2024-05-31", True),
        ("2024-06-02", "2024-05-31", False),
        ("2024-05-01", "2024-06-01", False),
        ("2024-05-01", "2024-05-31", True),
        ("2024-05-31", "unknown", True),
        ("2024-06-01", "unknown", False),
        ("unknown", "2024-05-01", False),
    ],
)
def test_a_record_preempts_what_is_still_scheduled_when_it_is_made(
    effective: str, recorded: str, preempts: bool
) -> None:
    releases = planted(*two(effective, recorded, "QT A 01", "QT A 02")).releases
    standing = StandingLife(items_by_key(releases)["qt-a-01"])
    assert (standing.preempting[1] is not None) is preempts
    assert _is_overtaken(releases, releases[1]) is preempts


def test_a_release_is_overtaken_where_every_document_is() -> None:
    releases = planted(*two("2024-05-01", "2024-04-01", "QT A 01")).releases
    assert not _is_overtaken(releases, releases[1])
    more = planted(
        *two("2024-05-01", "2024-04-01", "QT A 01"),
        record(4, "2024-05-02", "2024-04-01", item("revise", code="QT A 02")),
    ).releases
    assert _is_overtaken(more, more[1])
    assert not _is_overtaken(more, more[3])


@pytest.mark.parametrize(
    ("effective", "recorded", "told"),
    [
        ("2024-05-31", "2024-05-01", True),
        ("2024-06-01", "2024-05-01", False),
        ("2024-05-01", "2024-05-31", True),
        ("2024-05-01", "2024-06-01", False),
    ],
)
def test_what_a_record_of_some_documents_would_cancel(
    effective: str, recorded: str, told: bool
) -> None:
    releases = planted(*two("2024-07-01", "2024-05-01", "QT A 09")).releases
    found = list(
        find_cancelled(releases[:2], frozenset({"qt-a-02"}), day(effective), day(recorded))
    )
    assert [(each.release.number, each.codes) for each in found] == (
        [(2, "QT A 02")] if told else []
    )
    assert (
        list(find_cancelled(releases[:2], frozenset({"qt-a-07"}), day(effective), day(recorded)))
        == []
    )


@pytest.mark.parametrize(
    ("anew", "told"),
    [
        (None, ["QT A 01, QT A 02"]),
        (("2024-06-01", "QT A 01"), ["QT A 02"]),
        (("2024-05-31", "QT A 01"), ["QT A 01, QT A 02", "QT A 01"]),
        (("unknown", "QT A 01"), ["QT A 02"]),
        (("2024-06-02", "QT A 09"), ["QT A 01, QT A 02"]),
    ],
)
def test_a_cancellation_without_a_word_ends_with_a_later_issue(
    anew: tuple[str, str] | None, told: list[str]
) -> None:
    records = two("2024-05-01", "2024-04-01", "QT A 01", "QT A 02")
    if anew:
        records = (*records, record(4, anew[0], "2024-04-02", item("revise", code=anew[1])))
    releases = planted(*records).releases
    assert [cancelled.codes for _, cancelled in undeclared_cancellations(releases)] == told
