"""Everything that proves releases, gathered once: their files, the texts they pin, and what history says of the files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from qmstool.release import content as release
from qmstool.tree import read_blobs
from qmstool.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.git import Repository
    from qmstool.history.commits import History
    from qmstool.model import Release
    from qmstool.tree import Tree

RELEASE = re.compile(r"releases/\d{4}\.yml")
Past = Literal["whole", "shallow", "none"]


@dataclass(frozen=True, slots=True)
class Vault:
    """What proofs rest on.

    `files`: everything under `releases/`, by path; `blobs`: the texts that pins name, as far as the repository holds them;
    `rewritten`: release path → the commits that changed it after it was recorded; `vanished`: release files that once were recorded
    and are no longer there; `past`: how much history there is to ask.
    """

    files: Mapping[str, bytes]
    blobs: Mapping[str, bytes]
    rewritten: Mapping[str, tuple[str, ...]]
    vanished: tuple[str, ...]
    past: Past


def gather(tree: Tree, releases: Iterable[Release], repository: Repository | None, history: History | None) -> Vault:
    """Read what proves some releases. Without a repository no text is found; without a history nobody says who rewrote what."""
    files = tree.read_all(path for path in tree.list() if path.startswith(release.HOME))
    wanted = dict.fromkeys(
        pin.blob for each in releases for pin in (*each.basis, *(pin for item in each.items for pin in item.files))
    )
    blobs = read_blobs(repository.folder, wanted) if repository else {}
    past: Past = "none" if repository is None or not repository.head else "shallow" if history is None else "whole"
    recorded = _recorded(history) if history else {}
    rewritten = {path: commits[:-1] for path, commits in recorded.items() if path in files and len(commits) > 1}
    return Vault(files, blobs, rewritten, tuple(path for path in recorded if path not in files), past)


def _recorded(history: History) -> dict[str, tuple[str, ...]]:
    """Release path → the commits that touched it, newest first.

    Only what was once the tip counts: a file may be put right on a branch until it is merged.
    """
    line = history.main_line()
    touched = {path: history.life(path) for path in history.paths if RELEASE.fullmatch(path)}
    found = {path: tuple(touch.commit.id for touch in life if touch.commit.id in line) for path, life in touched.items()}
    return {path: commits for path, commits in found.items() if commits}
