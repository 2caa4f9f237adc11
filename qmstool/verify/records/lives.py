"""Tell from the whole history what became of every release file: by path, whatever git renamed.

What goes in: the log. What comes out: one `RecordLife` a path. Only what was once the tip was
recorded: a record may be put right on a branch until it is merged. But what a merge takes in from
its other parents has to be what it keeps, else a record that was the tip there is left behind.
"""

from __future__ import annotations

from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.manual.releases import RELEASE_PATH
from qmstool.releases.record import RELEASES_FOLDER

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from qmstool.git.commits import FileChange
    from qmstool.git.history import History

    Changes = tuple[FileChange, ...]


@dataclass(frozen=True, slots=True)
class RecordLife:
    """What happened at the path of a release file.

    `recorded`: what the tip saw of it, newest first, a move to another path as a deletion;
    `hidden_by`: id of the merge that left another record of that number behind, "" for none;
    `seen`: the day on which the tip first saw the bytes that it holds now, by the committer's
    clock, and no day before that of a commit that was there already; where no tip ever held it, any
    commit.
    """

    recorded: tuple[FileChange, ...]
    hidden_by: str
    seen: date

    @property
    def was_recorded(self) -> bool:
        """Whether the tip, or a merge's other parent, ever held it."""
        return bool(self.recorded or self.hidden_by)


def record_lives(history: History, present: Container[str]) -> dict[str, RecordLife]:
    """Return the life of every release file that ever was, by path.

    `present`: the paths that are there today.
    """
    lives = {}
    tips, days = _tips(history), _days_reached(history)
    for path, changes in history.touches(RELEASES_FOLDER).items():
        if RELEASE_PATH.fullmatch(path):
            lives[path] = _life(history, tips, days, changes, is_present=path in present)
    return lives


def _days_reached(history: History) -> dict[str, date]:
    """Return by commit the latest day that it or any before it tells.

    Whoever commits sets his own clock, and not that of what he builds upon.
    """
    reached: dict[str, date] = {}
    for commit in reversed(history.commits):
        days = [reached[parent] for parent in commit.parents if parent in reached]
        reached[commit.id] = max(days, default=date.min)
        if commit.day:
            reached[commit.id] = max(commit.day, reached[commit.id])
    return reached


def recorded_blobs(history: History, folder: str, path: str) -> tuple[str, ...]:
    """Return the blobs that the tip ever held of a path in a folder, newest first.

    And those that the other parents of merges held when they were taken in: a merge can leave
    behind what it seems to bring.
    """
    changes = history.touches(folder).get(path, ())
    if not changes:
        return ()
    recorded = _recorded(_tips(history), changes)
    lines = _lines(history, changes)
    others = [other for commit in history.commits for other in commit.parents[1:]]
    merged = [lines[other][0] for other in others if lines.get(other)]
    held = [change.blob for change in (*recorded, *merged) if change.kind != "deleted"]
    return tuple(dict.fromkeys(held))


def _life(
    history: History,
    tips: Container[str],
    days: Mapping[str, date],
    changes: Sequence[FileChange],
    *,
    is_present: bool,
) -> RecordLife:
    recorded = _recorded(tips, changes)
    hidden_by = ""
    # A record that was written once, and is there, has no other to hide.
    if len(changes) > 1 or not is_present:
        lines = _lines(history, changes)
        hidden_by = _find_hiding_merge(history, lines, is_present=is_present)
    return RecordLife(recorded, hidden_by, _first_sight(recorded or changes, days))


def _recorded(tips: Container[str], changes: Iterable[FileChange]) -> Changes:
    """Return what the tip saw of a path, newest first; the same bytes anew are nothing."""
    by_commit = {change.commit.id: change for change in changes}
    seen = [change for commit, change in by_commit.items() if commit in tips]
    pairs = zip_longest(seen, seen[1:])
    return tuple(change for change, older in pairs if not _left_the_bytes(change, older))


def _left_the_bytes(change: FileChange, older: FileChange | None) -> bool:
    """Whether a change left the bytes as the one before had made them."""
    return older is not None and change.kind == "changed" and change.blob == older.blob


def _tips(history: History) -> frozenset[str]:
    """Return what was the tip once: the newest commit and, by first parents, those before it."""
    parents = {commit.id: commit.parents for commit in history.commits}
    tips = []
    tip = history.commits[0].id if history.commits else ""
    while tip in parents:
        tips.append(tip)
        tip = next(iter(parents[tip]), "")
    return frozenset(tips)


def _first_sight(changes: Sequence[FileChange], days: Mapping[str, date]) -> date:
    """Return the day of the oldest change, newest given first, that made the bytes of today.

    The last of all where that commit tells none: no earlier day is proved. `days`: by commit, those
    that it cannot have been before.
    """
    sights = [change.commit for change in changes if change.blob == changes[0].blob]
    return days[sights[-1].id] if sights[-1].day else date.max


def _lines(history: History, changes: Iterable[FileChange]) -> dict[str, Changes]:
    """Return by commit what it knows of a path by first parents alone, newest first."""
    by_commit = {change.commit.id: change for change in changes}
    lines: dict[str, Changes] = {}
    for commit in reversed(history.commits):
        before = lines.get(commit.parents[0], ()) if commit.parents else ()
        change = by_commit.get(commit.id)
        lines[commit.id] = (change, *before) if change else before
    return lines


def _find_hiding_merge(history: History, lines: dict[str, Changes], *, is_present: bool) -> str:
    """Return the newest merge that knows nothing of a record which its other parent holds.

    A record that was deleted there, and that nothing took the place of, was a draft that somebody
    gave up.
    """
    for commit in history.commits:
        known = {change.blob for change in lines[commit.id]}
        for other in commit.parents[1:]:
            versions = lines.get(other, ())
            if not is_present and versions and versions[0].kind == "deleted":
                continue
            blobs = [change.blob for change in versions if change.kind != "deleted"]
            if blobs and blobs[0] not in known:
                return commit.id
    return ""
