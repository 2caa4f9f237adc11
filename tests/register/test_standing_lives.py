"""How each entry of a life stands to the others: as when each is held against all, in less steps."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from qmstool.frozen import replace
from qmstool.git.history import History
from qmstool.manual.releases import PinnedFile
from qmstool.manual.values import Unknown, known_day
from qmstool.register.effect import effect_day, items_by_key, takes_effect
from qmstool.register.origins import commits_between, trailer_values_since
from qmstool.register.preempted import Cancelled, preempts_from, undeclared_cancellations
from qmstool.register.standing_lives import StandingLife
from qmstool.register.status import item_state
from qmstool.releases.record import release_path
from tests.support.planted import item, planted, record
from tests.support.steps import steps_grow_with_square

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.register.effect import Life

START = date(2024, 1, 1)
PATH = "procedures/a.md"
MOMENT = "2024-01-01T00:00:00+07:00"
ONE = planted(record(1, "2024-01-01", "2024-01-01", item(), item(code="QT A 02"))).releases[0]


def released(count: int, chance: Random | None = None) -> tuple[Release, ...]:
    """So many releases of two documents, one a day, or on days by chance."""
    made = []
    for number in range(1, count + 1):
        effective = recorded = START + timedelta(days=number)
        known: date | Unknown = effective
        items = ONE.items
        if chance:
            effective = START + timedelta(days=chance.randrange(12))
            recorded = START + timedelta(days=chance.randrange(12))
            known = effective if chance.random() < 0.8 else Unknown.UNKNOWN
            acts = [chance.choice(("revise", "withdraw")) for _ in items]
            items = tuple(replace(each, act=act) for each, act in zip(items, acts, strict=True))
            items = items[chance.randrange(2) :]
        made.append(replace(ONE, number=number, effective=known, recorded=recorded, items=items))
    return tuple(made)


def _by_hand(life: Life, index: int) -> tuple[int | None, int | None]:
    """The record that took the place of an entry, and the version before it, one by one."""
    day = known_day(life[index][0].effective)
    by = None
    for later, _ in life[index + 1 :]:
        first = preempts_from(later)
        if day and first and first <= day:
            by = later.number
            break
    for at in reversed(range(index)):
        standing = takes_effect(life[at], day) if day else _by_hand(life, at)[0] is None
        if standing:
            act = life[at][1].act
            return by, None if act == "withdraw" else life[at][0].number
    return by, None


@pytest.mark.parametrize("seed", range(40))
def test_each_entry_stands_to_the_others_as_when_all_are_looked_at(seed: int) -> None:
    life = items_by_key(released(8, Random(seed))).get("qt-a-01", ())
    standing = StandingLife(life)
    for index in range(len(life)):
        by, before = standing.preempting[index], standing.predecessors[index]
        assert (by and by.number, before and before[0].number) == _by_hand(life, index)
        for day in (START + timedelta(days=at) for at in range(13)):
            state = item_state(standing, index, day)
            if by or not takes_effect(life[index], day):
                assert state not in {"superseded", "withdrawn"}
                continue
            ending = _ended_by_hand(life[index + 1 :], day)
            assert (state == "superseded") == (ending not in {None, "withdraw"})
            own = "withdraw" if life[index][1].act == "withdraw" else None
            assert (state == "withdrawn") == ((ending or own) == "withdraw")


def _ended_by_hand(later: Life, day: date) -> str | None:
    """What the first of some entries to take effect does, the last of its day; None by none."""
    begun = [(effect_day(entry) or date.max, entry[1].act) for entry in later]
    first = min((at for at, _ in begun), default=date.max)
    acts = [act for at, act in begun if at == first and at <= day]
    return acts[-1] if acts else None


def _cancelled_by_hand(releases: Sequence[Release]) -> list[tuple[Release, Cancelled]]:
    found = []
    for at, release in enumerate(releases):
        effective = known_day(release.effective)
        if effective is None:
            continue
        bound = max(effective, known_day(release.recorded) or effective)
        for earlier in releases[:at]:
            scheduled = known_day(earlier.effective)
            if scheduled is None or scheduled <= bound:
                continue

            def counts(each: ReleaseItem, day: date = scheduled, place: int = at) -> bool:
                later = [one for one in releases[place + 1 :] if each.key in one.items_of]
                return all((known_day(one.effective) or date.max) < day for one in later)

            items = tuple(
                each for each in earlier.items if each.key in release.items_of and counts(each)
            )
            if items:
                found.append((release, Cancelled(earlier, items)))
    return found


@pytest.mark.parametrize("seed", range(40))
def test_what_is_cancelled_is_as_when_all_are_looked_at(seed: int) -> None:
    releases = released(9, Random(seed))
    assert list(undeclared_cancellations(releases)) == _cancelled_by_hand(releases)


def many_lives(count: int) -> Callable[[], object]:
    """A document of so many issues."""
    life = items_by_key(released(count))["qt-a-01"]

    def ask() -> object:
        standing = StandingLife(life)
        days = range(len(life))
        return [item_state(standing, at, START + timedelta(days=at)) for at in days], [
            entry for entry in standing.predecessors if entry
        ]

    return ask


def many_records(count: int) -> Callable[[], object]:
    releases = released(count)
    return lambda: list(undeclared_cancellations(releases))


def history(count: int, *, beside: bool = False) -> History:
    """So many commits, each of which changed one text; `beside`: on two branches."""
    headers = []
    for at in range(count + 1):
        below = {0: [1, 2]}.get(at, [at + 2]) if beside else [at + 1]
        parents = " ".join(f"{each:040x}" for each in below)
        headers.append(
            f"{at:040x}\n{parents}\nA\na@example.org\n{MOMENT}\n{MOMENT}\nx\n\nReason: r{at}".encode()
        )
    head = ":100644 100644 {0:040x} {1:040x} M"
    name = PATH.encode()
    life = [(at, head.format(at + 1, at).encode(), name, name) for at in range(count)]
    recorded = release_path(1).encode()
    record_life = [(0, head.format(1, 0).encode(), recorded, recorded)]
    return History(headers, {name: life, recorded: record_life})


def pinned(at: int) -> PinnedFile:
    """The text that a commit brought."""
    mark = ONE.marks.number
    return PinnedFile(PATH, f"{at:040x}", "", mark, mark)


def many_origins(count: int) -> Callable[[], object]:
    """What led from each of so many versions of a text to the next."""
    asked = history(count)
    versions = [(ONE, replace(ONE.items[0], files=(pinned(at),))) for at in reversed(range(count))]

    def ask() -> None:
        before = None
        for entry in versions:
            assert len(commits_between(asked, before, entry)) == 1
            before = entry

    return ask


def many_branches(count: int) -> Callable[[], object]:
    """A text whose last issue lies below so many commits on either of two branches."""
    asked = history(count, beside=True)
    last = replace(ONE.items[0], files=(pinned(count // 2),))
    return lambda: trailer_values_since(asked, [PATH], last, "Reason")


@pytest.mark.parametrize("made", [many_lives, many_records, many_origins, many_branches])
def test_steps_do_not_grow_with_the_square_of_what_is_recorded(
    made: Callable[[int], Callable[[], object]],
) -> None:
    assert not steps_grow_with_square(made, 200)
