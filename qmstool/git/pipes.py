"""Start no git where it would wait for ever: it opens its own files, even where they are pipes.

What goes in: the folder of a manual. What comes out: nothing, or a refusal that names the pipe.
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


def _above(folder: Path) -> Iterator[str]:
    """Yield what is no file beside the folders above one, up to the top of its repository."""
    while folder != folder.parent and not (folder / _MARK).exists():
        folder = folder.parent
        for name in _READ:
            if _is_special(str(folder / name)):
                yield str(folder / name)


def _is_special(path: str) -> bool:
    """Whether a path leads to something that is neither a file nor a folder."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - thousands of folders
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _below(folder: str) -> Iterator[str]:
    """Yield what is no file in a folder and those in it; no link to a folder is followed."""
    waiting = [folder]
    while waiting:
        try:
            entries = [*os.scandir(waiting.pop())]
        except OSError:
            continue
        for entry in entries:
            if entry.name in _READ and _is_special(entry.path):
                yield entry.path
            elif entry.name != _MARK and entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
