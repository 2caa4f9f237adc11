"""Read the files of a manual wherever they are kept: a folder, a commit, the texts of releases.

A `Tree` lists relative POSIX paths and reads bytes. It never leads outside: links are not followed
out of the folder, and a commit's symbolic links and submodules are not files of a manual. Nothing
is checked out.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from qmstool.i18n import QmsError, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# What a manual is made of; the rest of a repository (package, tests, site) is not read.
MANUAL_FOLDERS = ("manual/", "clauses/", "procedures/", "releases/", "templates/")
MANIFEST = "qms.yml"
# Files that are read as texts; the others are forms, pictures, evidence.
TEXT_SUFFIXES = (".md", ".yml")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
MAX_FILE_BYTES = 64 * 1024 * 1024


class Tree(Protocol):
    """A manual's files, wherever they are kept."""

    def list(self) -> tuple[str, ...]:
        """Every file's path, sorted."""

    def read(self, path: str) -> bytes:
        """One file's bytes. Raises KeyError where there is none."""

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Many files at once; what is not there is left out."""


def belongs_to_manual(path: str) -> bool:
    """Whether a path of a repository is part of its manual.

    That is the manifest, and every file in one of the manual's folders that is not hidden.
    """
    if path == MANIFEST:
        return True
    hidden = any(part.startswith(".") for part in path.split("/"))
    return path.startswith(MANUAL_FOLDERS) and not hidden


class FolderTree:
    """The working tree."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._inside: dict[str, bool] = {}
        # Path → how the disk writes it, of those that are written otherwise.
        self._written: dict[str, str] = {}
        if not self.root.is_dir():
            raise QmsError(Text(f"Không có thư mục «{root}».", f"There is no folder «{root}»."))

    def list(self) -> tuple[str, ...]:
        """Every file of the manual on disk; what a link brings in from outside is none of it."""
        paths = []
        manifest = os.path.join(self.root, MANIFEST)  # noqa: PTH118
        if os.path.isfile(manifest) and self._leads_inside(manifest):  # noqa: PTH113
            paths.append(MANIFEST)
        prefix = len(str(self.root)) + 1
        for top in MANUAL_FOLDERS:
            for folder, subfolders, names in os.walk(self.root / top):
                subfolders[:] = [name for name in subfolders if not name.startswith(".")]
                base = folder[prefix:].replace(os.sep, "/").rstrip("/")
                visible = [name for name in names if not name.startswith(".")]
                paths += [
                    f"{base}/{name}" for name in visible if self._leads_inside(f"{folder}/{name}")
                ]
        return tuple(sorted(self._plain_paths(paths)))

    def _plain_paths(self, paths: Sequence[str]) -> Sequence[str]:
        """The paths as the manual uses them; of two that would be one, the second keeps its own."""
        from qmstool.git.names import UNREADABLE, plain_name

        self._written = {}
        if all(map(str.isascii, paths)):
            return paths
        taken = set(paths)
        plain = []
        for path in paths:
            name = plain_name(path)
            if name != path and name in taken and UNREADABLE not in name:
                name = path
            while name != path and name in taken:
                name += UNREADABLE
            if name != path:
                self._written[name] = path
                taken.add(name)
            plain.append(name)
        return plain

    def read(self, path: str) -> bytes:
        """The bytes of a file under the root; a link that leads out is as good as absent."""
        full = os.path.join(self.root, self._written.get(path, path))  # noqa: PTH118 - ten thousand files: pathlib costs more than the reading
        try:
            if not self._leads_inside(full):
                raise KeyError(path)
            with open(full, "rb", buffering=0) as file:  # noqa: PTH123
                return file.read(min(os.fstat(file.fileno()).st_size, MAX_FILE_BYTES))
        except OSError as error:
            raise KeyError(path) from error

    def _leads_inside(self, full: str) -> bool:
        """Whether a path, its links followed, stays under the root; each folder is tried once."""
        if os.path.islink(full):  # noqa: PTH114
            return self.root in Path(full).resolve().parents
        folder = full.rpartition("/")[0]
        if folder not in self._inside:
            real = Path(folder).resolve()
            self._inside[folder] = real == self.root or self.root in real.parents
        return self._inside[folder]

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Many files; what is not there is left out."""
        read = {}
        for path in paths:
            try:
                read[path] = self.read(path)
            except KeyError:
                continue
        return read


class ReadOnceTree:
    """A tree whose texts are read once, and stay as they were though somebody saves meanwhile."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.paths = tree.list()
        self.texts = tree.read_all(path for path in self.paths if path.endswith(TEXT_SUFFIXES))

    def list(self) -> tuple[str, ...]:
        """Every file's path, sorted."""
        return self.paths

    def read(self, path: str) -> bytes:
        """One file's bytes. Raises KeyError where there is none."""
        return self.read_all([path])[path]

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Many files at once; what is not there is left out."""
        wanted = tuple(paths)
        others = self.read_other_files([path for path in wanted if path not in self.texts])
        read = {}
        for path in wanted:
            if path in self.texts:
                read[path] = self.texts[path]
            elif path in others:
                read[path] = others[path]
        return read

    def read_other_files(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Read files that are no texts, as they are now."""
        return self.tree.read_all(paths)


class ChangedTree:
    """A tree with some files changed or added, which nobody has written yet."""

    def __init__(self, tree: Tree, changes: Mapping[str, bytes]) -> None:
        self.tree = tree
        self.changes = changes

    def list(self) -> tuple[str, ...]:
        """Every file's path, sorted."""
        return tuple(sorted({*self.tree.list(), *self.changes}))

    def read(self, path: str) -> bytes:
        """One file's bytes. Raises KeyError where there is none."""
        return self.changes[path] if path in self.changes else self.tree.read(path)

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Many files at once; what is not there is left out."""
        wanted = tuple(paths)
        found = self.tree.read_all(path for path in wanted if path not in self.changes)
        return found | {path: self.changes[path] for path in wanted if path in self.changes}


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

    def _read_blobs(self, paths: Mapping[str, str]) -> dict[str, bytes]:
        """Read blobs; `paths` gives each with the path that it is pinned under."""
        from qmstool.git import objects  # a check asks no git, and start-up counts

        return objects.read_blobs(self.repository, paths)

    def missing(self) -> tuple[str, ...]:
        """The pinned paths whose text the repository does not hold."""
        held = self.read_all(self.blobs)
        return tuple(path for path in self.list() if path not in held)


class CommitTree(PinnedTree):
    """All files of a commit: each is here, or the commit cannot be read."""

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
        gap = absence.find_gap(repository) if _COMMIT.fullmatch(revision) else None
        if gap is not None:
            raise absence.AbsenceError(gap)
        raise QmsError(
            Text(
                f"Không có phiên bản «{revision}» trong kho.",
                f"The repository has no revision «{revision}».",
            )
        )
    blobs = {file.path: file.blob for file in listed if belongs_to_manual(file.path)}
    return CommitTree(repository, blobs)
