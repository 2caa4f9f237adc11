"""Collect once everything that proves releases.

What goes in: the files of a manual, its repository and its log. What comes out: the files under
`releases/`, the texts that they pin, and what the history says of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass
from qmstool.git.objects import read_blobs
from qmstool.releases.record import RELEASES_FOLDER
from qmstool.verify import tags

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qmstool.git.commits import FileChange
    from qmstool.git.history import History
    from qmstool.git.repository import Repository
    from qmstool.manual.releases import Release
    from qmstool.storage.tree import Tree

RELEASE_FILE = re.compile(r"releases/\d{4}\.yml")
HistoryExtent = Literal["whole", "shallow", "none"]


@dataclass(frozen=True, slots=True)
class CollectedEvidence:
    """What the verification of releases rests on.

    `files`: everything under `releases/`, by path; `blobs`: the texts that pins name, as far as the
    repository holds them; `loose`: blobs that are here, but not in the tip's history nor kept by a
    release tag, with the branch that leads to them, "" for none; `strayed`: numbers of releases
    whose tag stands on a commit without their texts, with that commit; `rewritten`: release path →
    the commits that changed it after it was recorded; `first`: release path → its bytes as they
    were recorded, of those rewritten; `vanished`: release files that once were recorded and are no
    longer there; `past`: how much history there is to ask.
    """

    files: Mapping[str, bytes]
    blobs: Mapping[str, bytes]
    loose: Mapping[str, str]
    strayed: Mapping[int, str]
    rewritten: Mapping[str, tuple[str, ...]]
    first: Mapping[str, bytes]
    vanished: tuple[str, ...]
    past: HistoryExtent


def collect_evidence(
    tree: Tree, releases: Sequence[Release], repository: Repository | None, history: History | None
) -> CollectedEvidence:
    """Return what proves some releases.

    Without a repository no text is found; without a history nobody says who rewrote what.
    """
    files = tree.read_all(path for path in tree.list() if path.startswith(RELEASES_FOLDER))
    texts, basis = _pinned(releases)
    blobs = read_blobs(repository.folder, texts | basis) if repository else {}
    if repository is None or not repository.head or history is None:
        past: HistoryExtent = "shallow" if repository and repository.head else "none"
        return CollectedEvidence(files, blobs, {}, {}, {}, {}, (), past)
    recorded = _recorded(history)
    rewritten: dict[str, tuple[str, ...]] = {}
    first: dict[str, str] = {}
    for path, touches in recorded.items():
        if path in files and len(touches) > 1:
            rewritten[path] = tuple(touch.commit.id for touch in touches[:-1])
            first[path] = touches[-1].blob
    held = read_blobs(repository.folder, first.values())
    return CollectedEvidence(
        files=files,
        blobs=blobs,
        loose=tags.find_loose(repository, history, (blob for blob in texts if blob in blobs)),
        strayed=tags.find_strayed_tags(repository, releases),
        rewritten=rewritten,
        first={path: held[blob] for path, blob in first.items() if blob in held},
        vanished=tuple(path for path in recorded if path not in files),
        past="whole",
    )


def _pinned(releases: Sequence[Release]) -> tuple[dict[str, None], dict[str, None]]:
    """The blobs that releases pin, in order: those of texts, and those of the data beside them."""
    texts: dict[str, None] = {}
    basis: dict[str, None] = {}
    for release in releases:
        for item in release.items:
            texts |= dict.fromkeys(pin.blob for pin in item.files)
        basis |= dict.fromkeys(pin.blob for pin in release.basis)
    return texts, basis


def _recorded(history: History) -> dict[str, tuple[FileChange, ...]]:
    """Release path → what commits did to it, newest first.

    Only what was once the tip counts: a file may be put right on a branch until it is merged.
    """
    line = history.first_parent_line()
    recorded = {}
    for path in history.paths:
        if RELEASE_FILE.fullmatch(path):
            touches = [touch for touch in history.life(path) if touch.commit.id in line]
            if touches:
                recorded[path] = tuple(touches)
    return recorded
