"""Open a repository with GitPython, where GitPython answers as git does.

It is imported here alone, and by nothing that a plain `check` runs: it costs start-up.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool import process
from qmstool.git import sizes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from git import Repo

# Extensions of the repository format that change neither ids, references nor the work tree's place.
_HARMLESS_EXTENSIONS = frozenset({"partialclone", "noop", "preciousobjects"})
# Bytes that are passed over at once.
_BLOCK = 1 << 20


class LibraryError(Exception):
    """GitPython cannot answer; git itself is to be asked."""


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Repo]:
    """Lend the repository that a folder lies in; the processes it keeps end with the block.

    Raises LibraryError where GitPython cannot answer, for any question within the block too. It
    reads the files of references itself, as SHA-1 and without extensions, takes the variables of
    this process at their word, and looks for the work tree beside `.git` only.
    """
    repo = None
    with _as_library_errors():
        try:
            repo = _open(folder)
            yield repo
        finally:
            if repo is not None:
                repo.close()


@contextlib.contextmanager
def _as_library_errors() -> Iterator[None]:
    """Tell everything that GitPython fails with as one error."""
    if not process.is_settled():
        raise LibraryError("a variable of git is set")
    process.require("git")
    from configparser import Error as ConfigError

    try:
        from git.exc import GitError, ODBError
    except ImportError as error:  # it starts git as it is imported, and no program starts
        raise LibraryError(str(error)) from error
    try:
        yield
    except (GitError, ODBError, ConfigError, ValueError, OSError, AssertionError) as error:
        raise LibraryError(str(error)) from error


def _open(folder: Path) -> Repo:
    from git import Repo

    repo = Repo(folder, search_parent_directories=True, expand_vars=False)
    repo.git.update_environment(**process.GIT_VARIABLES)
    settings = repo.config_reader("repository")
    for section in settings.sections():
        names = {name.lower() for name in settings.options(section)}
        if section.lower() == "extensions" and not names <= _HARMLESS_EXTENSIONS:
            raise LibraryError(f"extensions {sorted(names)}")
        if section.lower() == "core" and "worktree" in names:
            raise LibraryError("core.worktree")
    return repo


def prefix_of(repo: Repo, folder: Path) -> str:
    """Return a folder's place in the work tree, "" or ending in "/"; "" in a bare repository."""
    if repo.bare or repo.working_tree_dir is None:
        return ""
    inside = folder.resolve().relative_to(Path(repo.working_tree_dir).resolve()).as_posix()
    return "" if inside == "." else f"{inside}/"


def read_header(repo: Repo, name: str) -> tuple[str, str]:
    """Return id and kind of the object that a name leads to. Raises ValueError where there is none.

    GitPython says that it returns text, and returns bytes.
    """
    ident, kind, _ = repo.git.get_object_header(name)
    return os.fsdecode(ident), os.fsdecode(kind)


def read_object(repo: Repo, name: str) -> tuple[str, bytes | None]:
    """Return kind and bytes of the object that a name leads to. Raises as above.

    None for the bytes of one that is too large to be read.
    """
    _, kind, size, stream = repo.git.stream_object_data(name)
    if size > sizes.MAX_FILE_BYTES:
        while stream.read(_BLOCK):  # the next answer stands behind it
            pass
        return os.fsdecode(kind), None
    return os.fsdecode(kind), stream.read()
