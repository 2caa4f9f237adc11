"""Find the commits that led from one recorded version to the next, and what they say.

What goes in: the log and recorded versions. A version's text is found by its blob; of several
commits that made it, the newest that its record already stood on counts. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.releases.record import release_path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from qmstool.git.commits import Commit, FileChange
    from qmstool.git.history import History
    from qmstool.manual.releases import PinnedFile, Release, ReleaseItem


def commits_between(
    history: History, before: tuple[Release, ReleaseItem] | None, now: tuple[Release, ReleaseItem]
) -> tuple[Commit, ...]:
    """Return the commits that touched a document after one version, up to the next, newest first.

    `before` is None for a first version: then every commit that led to it counts.
    """
    made_before = [_made_by(history, pin, before[0]) for pin in before[1].files] if before else []
    known = [commit for commit in made_before if commit is not None]
    between: dict[str, Commit] = {}
    for pin in now[1].files:
        made = _made_by(history, pin, now[0])
        reached = history.ancestors(made, known) if made else frozenset()
        for commit in history.commits_of_text(pin.path, pin.blob, reached):
            between[commit.id] = commit
    return tuple(sorted(between.values(), key=history.place))


def _made_by(history: History, pin: PinnedFile, release: Release) -> Commit | None:
    """The commit that made a pinned text; None where there is none."""
    recording = history.life(release_path(release.number))
    made = history.bringing(pin.path, pin.blob)
    if recording:
        known = history.stood_on(recording[-1].commit, made)
        made = [commit for commit in made if commit.id in known]
    return made[0] if made else None


def trailer_values_since(
    history: History, paths: Iterable[str], last: ReleaseItem | None, trailer: str
) -> str:
    """Return what commits since the last recorded text of some files say under a trailer.

    The values are joined by «; », oldest first, each once.
    """
    released = {pin.blob for pin in last.files} if last else set()
    written: dict[str, datetime] = {}
    for path in paths:
        for touch in _since(history, path, released):
            authored = touch.commit.written_at
            for value in touch.commit.trailer_values(trailer):
                written[value] = min(authored, written.get(value, authored))
    return "; ".join(sorted(written, key=written.__getitem__))


def _since(history: History, path: str, released: set[str]) -> Iterable[FileChange]:
    """The touches that the recorded text does not know yet.

    Those of branches that were open meanwhile are among them.
    """
    life = history.life(path)
    last = next((touch.commit for touch in life if touch.blob in released), None)
    known = history.stood_on(last, [touch.commit for touch in life]) if last else frozenset()
    return [touch for touch in life if touch.commit.id not in known]
