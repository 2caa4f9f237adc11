"""Start no git where it would wait for ever: it opens its own files, even where they are pipes.

What goes in: the folder of a manual. What comes out: nothing, or a refusal that names the pipe.
Within git's own folder every file counts, for whoever hands on a folder hands on that too.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from qmstool.git.names import real_path
from qmstool.i18n import QmsError, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What git reads of a work tree to know which files are which.
_READ = frozenset({".gitattributes", ".gitignore", ".gitmodules"})
_MARK = ".git"
_LONGEST = 8192  # bytes of a file that names a folder
NO_FILE = Text(
    "«{path}» là ống dẫn hay thiết bị, không phải tệp: git sẽ chờ mãi ở đó. Hãy xóa đi rồi chạy "
    "lại.",
    "«{path}» is a pipe or a device and no file: git would wait there for ever. Remove it and run "
    "again.",
)


def require_no_pipes(folder: Path) -> None:
    """Raise QmsError where git, asked about the files of a folder, would open what is no file."""
    for path in (*_above(real_path(folder)), *_below(os.fspath(folder))):
        raise QmsError(NO_FILE.fill({"path": path}))


def require_none_of_git(folder: Path) -> None:
    """Raise QmsError where what is no file lies in the folder that git keeps of a manual's own."""
    for home in _homes(real_path(folder)):
        for path in _waiting(os.fspath(home)):
            raise QmsError(NO_FILE.fill({"path": path}))


def _homes(folder: Path) -> Iterator[Path]:
    """Yield git's own folders for a folder; of a linked work tree, its own and the common one."""
    places = (place / _MARK for place in (folder, *folder.parents))
    mark = next((place for place in places if os.path.lexists(place)), None)
    if mark is None:
        return
    yield mark
    named = _named(mark, "gitdir: ")
    if named:
        yield named
        common = _named(named / "commondir")
        if common:
            yield common


def _named(file: Path, before: str = "") -> Path | None:
    """Return the folder that a file of git names behind some words; None where it names none."""
    try:
        if not file.is_file() or file.stat().st_size > _LONGEST:
            return None
        words = file.read_text("utf-8", errors="surrogateescape").strip()
    except OSError:
        return None
    return file.parent / words.removeprefix(before) if words.startswith(before) else None


def _waiting(home: str) -> Iterator[str]:
    """Yield each pipe or device in a folder, or that it is; a socket lets nobody wait."""
    if _is_endless(home):
        yield home
    for entry in _walked(home, frozenset()):
        if not entry.is_file(follow_symlinks=False) and _is_endless(entry.path):
            yield entry.path


def _is_endless(path: str) -> bool:
    """Whether a path leads to a pipe or a device."""
    mode = _mode(path)
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode) or stat.S_ISBLK(mode)


def _above(folder: Path) -> Iterator[str]:
    """Yield what is no file beside the folders above one, up to the top of its repository."""
    while folder != folder.parent and not (folder / _MARK).exists():
        folder = folder.parent
        for name in _READ:
            if _is_special(str(folder / name)):
                yield str(folder / name)


def _is_special(path: str) -> bool:
    """Whether a path leads to something that is neither a file nor a folder."""
    mode = _mode(path)
    return mode != 0 and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _mode(path: str) -> int:
    """Return the mode of what a path leads to; 0 where it leads to nothing."""
    try:
        return os.stat(path).st_mode  # noqa: PTH116 - thousands of files
    except OSError:
        return 0


def _below(folder: str) -> Iterator[str]:
    """Yield what is no file in a folder and those in it, git's own left out."""
    for entry in _walked(folder, frozenset({_MARK})):
        if entry.name in _READ and _is_special(entry.path):
            yield entry.path


def _walked(folder: str, but: frozenset[str]) -> Iterator[os.DirEntry[str]]:
    """Yield what lies in a folder and those in it, but in some; no link to a folder is followed."""
    waiting = [folder]
    while waiting:
        try:
            entries = [*os.scandir(waiting.pop())]
        except OSError:
            continue
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                yield entry
            elif entry.name not in but:
                waiting.append(entry.path)
