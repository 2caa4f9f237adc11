"""Read the files of a manual wherever they are kept; here out of a folder, or out of another tree.

A `Tree` lists relative POSIX paths and reads bytes. It never leads outside: a link is followed to
another of the manual's own files and nowhere else, and none to a record. What is kept in git is
`storage.pinned_tree`'s.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from qmstool.git.names import UNREADABLE, plain_name, real_path
from qmstool.i18n import QmsError, Text
from qmstool.patterns import regex
from qmstool.storage.beside import HEAD_BYTES, find_beside, list_beside
from qmstool.storage.whole_file import RefusedFileError, read_whole, why_refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from qmstool.storage.beside import Beside
    from qmstool.storage.whole_file import Refusal

# What a manual is made of; the rest of a repository (package, tests, site) is not read.
MANUAL_FOLDERS = ("manual/", "clauses/", "procedures/", "releases/", "templates/")
RECORDS_FOLDER = "releases/"
MANIFEST = "qms.yml"
# Files that are read as texts; the others are forms, pictures, evidence.
TEXT_SUFFIXES = (".md", ".yml")
_POINTER_START = b"version https://"
# Everybody may read it: nobody has to be asked.
_READABLE = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
# A part of a path that begins with a dot, or is none; Windows takes either sign between two.
_HIDDEN_PART = regex(r"(?:^|[/\\])(?:\Z|[./\\])" if os.sep == "\\" else r"(?:^|/)(?:\Z|[./])")


Stamp: TypeAlias = tuple[int, int, int]
"""What is to be seen of a file without reading it: when it was saved (ns), its size, its number."""


def stamp_of(status: os.stat_result) -> Stamp:
    """Return what is to be seen of a file by its status."""
    return status.st_mtime_ns, status.st_size, status.st_ino


class Tree(Protocol):
    """A manual's files, wherever they are kept."""

    def list(self) -> tuple[str, ...]:
        """Every file's path, sorted."""

    def read(self, path: str) -> bytes:
        """One file's bytes. Raises KeyError where there is none."""

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Many files at once; what is not there is left out."""

    def refused(self) -> Mapping[str, Refusal]:
        """What lies among the files and is none of them, or may not be read: by path, and why."""

    def beside(self) -> tuple[Beside, ...]:
        """What lies beside the manual's folders and may belong into one."""


def belongs_to_manual(path: str) -> bool:
    """Whether a path of a repository is part of its manual.

    That is the manifest, and every file in one of the manual's folders that is not hidden.
    """
    if path == MANIFEST:
        return True
    hidden = any(part.startswith(".") for part in path.split("/"))
    return path.startswith(MANUAL_FOLDERS) and not hidden


def _read_own_words(full: str) -> bytes:
    """Return a file's bytes; refuse a text that is only a pointer of Git LFS: it is not here."""
    data = read_whole(full)
    if full.endswith(TEXT_SUFFIXES) and data.startswith(_POINTER_START):
        from qmstool.git import pointers  # few manuals keep texts so, and start-up counts

        if pointers.is_pointer(data):
            raise RefusedFileError("pointer")
    return data


def read_each(read: Callable[[str], bytes], paths: Iterable[str]) -> dict[str, bytes]:
    """Return the files that one function reads; those for which it raises KeyError are left out."""
    found = {}
    for path in paths:
        try:
            found[path] = read(path)
        except KeyError:
            continue
    return found


class FolderTree:
    """The working tree."""

    def __init__(self, root: Path) -> None:
        self.root = real_path(root)
        self._refused: dict[str, Refusal] = {}
        # Whether a folder is reached without a link; each is tried once.
        self._plain: dict[str, bool] = {}
        # Path → how the disk writes it, of those that are written otherwise.
        self._written: dict[str, str] = {}
        # As the disk writes it → when it was listed.
        self._stamps: dict[str, Stamp] = {}
        if not self.root.is_dir():
            raise QmsError(Text(f"Không có thư mục «{root}».", f"There is no folder «{root}»."))

    def list(self) -> tuple[str, ...]:
        """Every file of the manual on disk, less those that are `refused`."""
        self._refused.clear()
        self._stamps.clear()
        paths = []
        for path, entry in self._present():
            why = self._why_refused(path) if entry is None else self._why_plain(path, entry)
            if why is None:
                paths.append(path)
            else:
                self._refused[plain_name(path)] = why
        return tuple(sorted(self._plain_paths(paths)))

    def stamps(self) -> dict[str, Stamp]:
        """What the last `list` saw of each file, by path as the disk writes it."""
        return dict(self._stamps)

    def stamp(self, path: str) -> Stamp | None:
        """What is to be seen now of a file of the list; None where there is none any more."""
        try:
            return stamp_of(os.stat(self._full(self._written.get(path, path))))  # noqa: PTH116
        except (OSError, ValueError):
            return None

    def stamp_listed(self, path: str) -> Stamp | None:
        """What the last `list` saw of a file; None of one that it did not have."""
        return self._stamps.get(self._written.get(path, path))

    def refused(self) -> Mapping[str, Refusal]:
        """What `list` left out, and what could not be read since, by path, and why."""
        return self._refused

    def beside(self) -> tuple[Beside, ...]:
        """What lies beside the manual's folders and may belong into one."""
        folders = [folder.rstrip("/") for folder in MANUAL_FOLDERS]
        paths = map(plain_name, list_beside(str(self.root), folders))
        return find_beside(paths, self._read_head, belongs_to_manual)

    def _read_head(self, path: str) -> bytes | None:
        """Return how a file begins that is none of the manual's; None where it may not be read."""
        try:
            with open(self._full(path), "rb") as file:  # noqa: PTH123 - start-up counts
                return file.read(HEAD_BYTES)
        except OSError:
            return None

    def _plain_paths(self, paths: Sequence[str]) -> Sequence[str]:
        """The paths as the manual uses them; of two that would be one, the second keeps its own."""
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
        """The bytes of a file under the root. Raises KeyError for one that is not there or refused.

        Nothing hidden is read, and nothing beside the root.
        """
        written = self._written.get(path, path)
        try:
            if not self._is_own(written):
                raise KeyError(path)
            return _read_own_words(self._full(written))
        except RefusedFileError as error:
            self._refused[path] = error.why
            raise KeyError(path) from error
        except (FileNotFoundError, NotADirectoryError, ValueError) as error:
            raise KeyError(path) from error
        except OSError as error:
            self._refused[path] = "denied"
            raise KeyError(path) from error

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Many files; what is not there is left out."""
        return read_each(self.read, paths)

    def _full(self, path: str) -> str:
        return os.path.join(self.root, path)  # noqa: PTH118 - ten thousand files: pathlib costs more than the reading

    def _present(self) -> Iterator[tuple[str, os.DirEntry[str] | None]]:
        """Yield whatever lies where the manual's files do, folders and hidden names apart.

        With what its folder says of it, where it is reached without a link.
        """
        if os.path.lexists(self._full(MANIFEST)):
            yield MANIFEST, None
        waiting = []
        for top in MANUAL_FOLDERS:
            name = top.rstrip("/")
            if os.path.islink(self._full(name)):  # noqa: PTH114
                yield name, None
            elif os.path.isdir(self._full(name)):  # noqa: PTH112
                waiting.append(name)
        while waiting:
            folder = waiting.pop()
            try:
                entries = [*os.scandir(self._full(folder))]
            except OSError:
                self._refused[folder] = "denied"
                continue
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                path = f"{folder}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                else:
                    yield path, None if entry.is_symlink() else entry

    def _why_plain(self, path: str, entry: os.DirEntry[str]) -> Refusal | None:
        """Return why what is no link may not be read; None for a file of the manual."""
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:
            return "denied"
        why = why_refused(status)
        self._stamps[path] = stamp_of(status)
        if why is None and status.st_mode & _READABLE != _READABLE:
            return None if os.access(self._full(path), os.R_OK) else "denied"
        return why

    def _why_refused(self, path: str) -> Refusal | None:
        """Return why something that is there may not be read; None for a file of the manual."""
        full = self._full(path)
        try:
            if not self._is_own(path):
                if not os.path.exists(full):  # noqa: PTH110
                    return "nowhere"
                return "record-link" if path.startswith(RECORDS_FOLDER) else "outside"
            status = os.stat(full)  # noqa: PTH116
            self._stamps[path] = stamp_of(status)
            why = why_refused(status)
        except OSError:
            return "nowhere" if os.path.islink(full) else "denied"  # noqa: PTH114
        if why is None and not os.access(full, os.R_OK):
            return "denied"
        return why

    def _is_own(self, path: str) -> bool:
        """Whether a path leads to a file under the root without a link, or to one of the manual's.

        A path with a hidden part, which «..» is too, leads to neither, and no link to a record:
        the history of a link says nothing of what lies behind it.
        """
        if _HIDDEN_PART.search(path) or os.path.isabs(path):  # noqa: PTH117
            return False
        full = self._full(path)
        folder = path.rpartition("/")[0]
        if folder not in self._plain:
            home = self._full(folder).rstrip("/")
            self._plain[folder] = os.path.realpath(home) == home
        if self._plain[folder] and not os.path.islink(full):  # noqa: PTH114
            return True
        if path.startswith(RECORDS_FOLDER):
            return False
        real = Path(os.path.realpath(full))
        inside = self.root in real.parents
        return inside and belongs_to_manual(real.relative_to(self.root).as_posix())


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

    def refused(self) -> Mapping[str, Refusal]:
        """What may not be read, by path, and why."""
        return self.tree.refused()

    def beside(self) -> tuple[Beside, ...]:
        """What lies beside the manual's folders and may belong into one."""
        return self.tree.beside()
