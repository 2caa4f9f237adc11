"""History + recorded versions → the commits that led from one to the next, and what they say. Pure.

A version's text is found by its blob; of several commits that made it, the newest that its record
already stood on counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.releases.record import release_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.git.commits import Commit, History, Touch
    from qmstool.manual.model import Item, Pin, Release


def commits_between(
    history: History, before: tuple[Release, Item] | None, now: tuple[Release, Item]
) -> tuple[Commit, ...]:
    """Return the commits that touched a document's texts after one recorded version and up to the next, newest first."""
    known = (
        {path for pin in before[1].files for path in _reached(history, pin, before[0])}
        if before
        else frozenset()
    )
    found: dict[str, Commit] = {}
    for pin in now[1].files:
        made = _reached(history, pin, now[0])
        for touch in history.bearing(pin.path, pin.blob):
            if touch.commit.id in made and touch.commit.id not in known:
                found[touch.commit.id] = touch.commit
    return tuple(sorted(found.values(), key=lambda commit: commit.authored, reverse=True))


def _reached(history: History, pin: Pin, release: Release) -> frozenset[str]:
    """The commit that made a pinned text, and everything it stands on."""
    recording = history.life(release_path(release.number))
    bound = history.ancestors(recording[-1].commit) if recording else None
    for touch in history.bearing(pin.path, pin.blob):
        if touch.blob == pin.blob and (bound is None or touch.commit.id in bound):
            return history.ancestors(touch.commit)
    return frozenset()


def trailer_values_since(
    history: History, paths: Iterable[str], last: Item | None, trailer: str
) -> str:
    """Return what commits since the last recorded text of some files say under a trailer: oldest first, each once."""
    released = {pin.blob for pin in last.files} if last else set()
    said: dict[str, str] = {}
    for path in paths:
        for touch in _since(history, path, released):
            for value in touch.commit.said(trailer):
                said[value] = min(touch.commit.authored, said.get(value, touch.commit.authored))
    return "; ".join(sorted(said, key=said.__getitem__))


def _since(history: History, path: str, released: set[str]) -> Iterable[Touch]:
    """The touches that the recorded text does not know yet, those of branches that were open meanwhile included."""
    life = history.life(path)
    last = next((touch.commit for touch in life if touch.blob in released), None)
    known = history.ancestors(last) if last else frozenset()
    return (touch for touch in life if touch.commit.id not in known)
