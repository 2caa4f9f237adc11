"""Collect once everything that proves releases.

What goes in: the files of a manual, its repository and its log. What comes out: the files under
`releases/`, the texts that they pin, and what the history says of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass
from qmstool.releases.record import RELEASES_FOLDER
from qmstool.storage.tree import read_blobs
from qmstool.verify import tags
from qmstool.verify.record_lives import record_lives

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from qmstool.git.history import History
    from qmstool.git.repository import Repository
    from qmstool.manual.releases import Release
    from qmstool.storage.tree import Tree

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
    longer there; `hidden`: release path → the merge whose other parent holds another record of that
    number, which the merge left behind; `seen`: release path → the day on which git first saw it;
    `past`: how much history there is to ask.
    """

    files: Mapping[str, bytes]
    blobs: Mapping[str, bytes]
    loose: Mapping[str, str]
    strayed: Mapping[int, str]
    rewritten: Mapping[str, tuple[str, ...]]
    first: Mapping[str, bytes]
    vanished: tuple[str, ...]
    hidden: Mapping[str, str]
    seen: Mapping[str, date]
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
        return CollectedEvidence(files, blobs, {}, {}, {}, {}, (), {}, {}, past)
    lives = record_lives(history, files)
    rewritten: dict[str, tuple[str, ...]] = {}
    first: dict[str, str] = {}
    for path, life in lives.items():
        if path in files and len(life.recorded) > 1:
            rewritten[path] = tuple(change.commit.id for change in life.recorded[:-1])
            first[path] = life.recorded[-1].blob
    held = read_blobs(repository.folder, first.values())
    return CollectedEvidence(
        files=files,
        blobs=blobs,
        loose=tags.find_loose(repository, history, (blob for blob in texts if blob in blobs)),
        strayed=tags.find_strayed_tags(repository, releases),
        rewritten=rewritten,
        first={path: held[blob] for path, blob in first.items() if blob in held},
        vanished=tuple(
            path for path, life in lives.items() if life.was_recorded and path not in files
        ),
        hidden={path: life.hidden_by for path, life in lives.items() if life.hidden_by},
        seen={path: life.seen for path, life in lives.items()},
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
