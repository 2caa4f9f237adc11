"""What a commit stands on, less what is known: as walking all parents says, and not further."""

from __future__ import annotations

from heapq import heappop
from random import Random
from typing import TYPE_CHECKING

from qmstool.git.history import History

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

MOMENT = "2024-01-01T00:00:00+07:00"


def history_of(parents: Sequence[Sequence[int]]) -> History:
    """A history whose commits have parents by their places; the newest is the first."""
    return History(
        [
            f"{at:040x}\n{' '.join(f'{each:040x}' for each in below)}\nA\na@example.org\n"
            f"{MOMENT}\n{MOMENT}\nx\n".encode()
            for at, below in enumerate(parents)
        ],
        {},
    )


def test_it_is_what_walking_all_parents_says() -> None:
    random = Random(1)
    for _ in range(60):
        count = random.randrange(2, 14)
        parents: list[list[int]] = [[] for _ in range(count)]
        for at in range(1, count):  # all is below the newest, as in a log
            children = random.sample(range(at), min(random.randrange(1, 4), at))
            for child in children if random.randrange(2) else [at - 1]:
                parents[child].append(at)
        below: dict[int, set[int]] = {}
        for at in reversed(range(count)):
            below[at] = {at}.union(*(below[each] for each in parents[at]))
        history = history_of(parents)
        commits = history.commits
        for at, commit in enumerate(commits):
            known = random.sample(range(count), random.randrange(3))
            left = below[at].difference(*(below[each] for each in known))
            found = history.ancestors(commit, [commits[each] for each in known])
            assert found == {commits[each].id for each in left}
            held = {each for each in range(count) if history.stands_on(commit, commits[each])}
            assert held == below[at]


def test_no_more_commits_are_gone_through_than_lie_between(monkeypatch: pytest.MonkeyPatch) -> None:
    count, steps = 300, 0

    def counted(waiting: list[int]) -> int:
        nonlocal steps
        steps += 1
        return heappop(waiting)

    monkeypatch.setattr("qmstool.git.history.heappop", counted)
    history = history_of([[at + 1] for at in range(count)])
    commits = history.commits
    for at in range(count - 2):
        assert len(history.ancestors(commits[at], [commits[at + 2]])) == 2
        assert history.stands_on(commits[at], commits[at + 1])
        assert not history.stands_on(commits[at + 1], commits[at])
        assert history.stands_on(commits[at], commits[-1])
    assert steps < 8 * count
