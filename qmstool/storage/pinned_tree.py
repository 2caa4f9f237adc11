"""Read the files of a manual out of git: the texts that releases pin, or a whole commit.

Symbolic links and submodules of a commit are not files of a manual. Nothing is checked out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import QmsError, Text
from qmstool.patterns import regex
from qmstool.storage.beside import find_beside
from qmstool.storage.tree import belongs_to_manual

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from qmstool.storage.beside import Beside
    from qmstool.storage.whole_file import Refusal

_COMMIT = regex(r"[0-9a-f]{40}|[0-9a-f]{64}")


class PinnedTree:
    """Files named by their git blobs: the texts of releases, or a whole commit.

    A blob that the repository does not hold is listed by `missing()` and never replaced by anything
    else.
    """

    def __init__(self, repository: Path, blobs: Mapping[str, str]) -> None:
        self.repository = repository
        self.blobs = dict(blobs)
        self._read: dict[str, bytes] = {}

    def list(self) -> tuple[str, ...]:
        """The paths that are pinned."""
        return tuple(sorted(self.blobs))

    def read(self, path: str) -> bytes:
        """One pinned file.

        Raises KeyError where it is not pinned or its blob is not in the repository.
        """
        return self.read_all([path])[path]

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Many pinned files, one git process for all."""
        wanted = {path: self.blobs[path] for path in paths if path in self.blobs}
        fresh = {blob: path for path, blob in wanted.items() if blob not in self._read}
        if fresh:
            self._read |= self._read_blobs(fresh)
        return {path: self._read[blob] for path, blob in wanted.items() if blob in self._read}

    def refused(self) -> Mapping[str, Refusal]:
        """Nothing: a repository holds no links, and a lost text is `missing`."""
        return {}

    def beside(self) -> tuple[Beside, ...]:
        """Nothing: only what is pinned is looked at."""
        return ()

    def _read_blobs(self, paths: Mapping[str, str]) -> dict[str, bytes]:
        """Read blobs; `paths` gives each with the path that it is pinned under."""
        from qmstool.git import objects  # a check asks no git, and start-up counts

        return objects.read_blobs(self.repository, paths)

    def missing(self) -> tuple[str, ...]:
        """The pinned paths whose text the repository does not hold."""
        held = self.read_all(self.blobs)
        return tuple(path for path in self.list() if path not in held)


class CommitTree(PinnedTree):
    """All files of a commit: each is here, or the commit cannot be read.

    `others`: the blobs of its files that are none of the manual's.
    """

    def __init__(
        self, repository: Path, blobs: Mapping[str, str], others: Mapping[str, str]
    ) -> None:
        super().__init__(repository, blobs)
        self._others = PinnedTree(repository, others)

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Many files, also one that is none of the manual's where it is asked for by its name."""
        wanted = tuple(paths)
        return super().read_all(wanted) | self._others.read_all(wanted)

    def beside(self) -> tuple[Beside, ...]:
        """What lies beside the manual's folders in the commit and may belong into one."""
        paths = [path for path in self._others.list() if path.count("/") <= 2]  # noqa: PLR2004 - as on disk
        heads = self._others.read_all([path for path in paths if path.endswith(".md")])
        return find_beside(paths, heads.get, belongs_to_manual)

    def _read_blobs(self, paths: Mapping[str, str]) -> dict[str, bytes]:
        """Read blobs. Raises AbsenceError where one is not here."""
        from qmstool.git import presence

        return presence.require_blobs(self.repository, paths)


def commit_tree(repository: Path, revision: str) -> PinnedTree:
    """Return the manual that a folder of a repository holds in a commit, every text of it here.

    Raises QmsError where the revision is unknown, and AbsenceError where this clone does not hold
    all of its texts: what is left out would look as if it had been withdrawn.
    """
    from qmstool.git import absence, objects

    listed = objects.list_files(repository, revision)
    if listed is None:
        absence.require_newest_commit(repository)
        gap = absence.find_gap(repository) if _COMMIT.fullmatch(revision) else None
        if gap is not None:
            raise absence.AbsenceError(gap)
        raise QmsError(
            Text(
                f"Không có phiên bản «{revision}» trong kho.",
                f"The repository has no revision «{revision}».",
            )
        )
    blobs = {file.path: file.blob for file in listed}
    own = {path: blob for path, blob in blobs.items() if belongs_to_manual(path)}
    others = {path: blob for path, blob in blobs.items() if path not in own}
    return CommitTree(repository, own, others)
