"""Lend folders that are gone afterwards; what a killed run could not clear, the next one does.

They lie where the system keeps temporary folders, which others may write to as well. So one of them
counts as left behind only by its name, as a folder of this user's that nobody else may look into,
and where no run that lives holds its lock.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.patterns import regex
from qmstool.storage.locks import holding_folder, holding_new_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "qmstool-"
_NAME = regex(rf"{_PREFIX}[0-9a-f]{{16}}")
_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO
# Before the folders of the system, as `tempfile` takes them.
_VARIABLES = ("TMPDIR", "TEMP", "TMP")
_USUAL = "/tmp"  # noqa: S108 - only names of our own are looked at there, and made with no guess


@contextlib.contextmanager
def lend_folder() -> Iterator[Path]:
    """Lend an empty folder, for this user alone, that is gone afterwards."""
    import shutil

    with holding_new_folder(_make) as folder:
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def sweep_temporary() -> None:
    """Remove the folders that killed runs of this user left. Windows: none, for none has a lock."""
    if sys.platform == "win32":
        return
    try:
        with os.scandir(_base()) as entries:
            names = [entry.name for entry in entries if entry.name.startswith(_PREFIX)]
    except OSError:
        return
    for name in names:
        folder = Path(_base(), name)
        if _NAME.fullmatch(name) and _is_own(folder):
            _remove_unheld(folder)


def _remove_unheld(folder: Path) -> None:
    """Remove a folder of ours, unless a run that lives holds it."""
    with holding_folder(folder) as free:
        if free and _is_own(folder):
            import shutil

            shutil.rmtree(folder, ignore_errors=True)


def _is_own(folder: Path) -> bool:
    """Whether a name leads to a folder, by no link, that this user alone may look into."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    is_private = stat.S_ISDIR(status.st_mode) and not status.st_mode & _FOR_OTHERS
    return is_private and status.st_uid == os.geteuid()


def _make() -> Path:
    folder = Path(_base(), f"{_PREFIX}{os.urandom(8).hex()}")
    folder.mkdir(mode=stat.S_IRWXU)
    return folder


def _base() -> str:
    """Return where temporary folders are kept; `tempfile`, which costs start-up, comes last."""
    for name in _VARIABLES:
        folder = os.environ.get(name, "")
        if folder and _may_write(folder):
            return os.path.abspath(folder)  # noqa: PTH100 - start-up counts
    if sys.platform != "win32" and _may_write(_USUAL):
        return _USUAL
    import tempfile

    return tempfile.gettempdir()


def _may_write(folder: str) -> bool:
    return os.path.isdir(folder) and os.access(folder, os.W_OK | os.X_OK)  # noqa: PTH112 - start-up counts
