"""Hold a file or a folder for as long as this run lives.

The lock dies with its run, however that ends. So the next run can tell what is in use from what a
killed one left behind.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

if sys.platform != "win32":
    import fcntl


@contextlib.contextmanager
def locked(file: IO[bytes]) -> Iterator[bool]:
    """Hold a file's lock; yield False where somebody else does. Windows: nobody is asked."""
    if sys.platform == "win32":
        yield True
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        yield False
    else:
        yield True


@contextlib.contextmanager
def holding_folder(folder: Path) -> Iterator[bool]:
    """Hold a folder's lock; yield False where somebody else does, or there is no such folder."""
    lock = _lock(folder)
    try:
        yield lock is not None
    finally:
        if lock is not None:
            os.close(lock)


@contextlib.contextmanager
def holding_new_folder(make: Callable[[], Path]) -> Iterator[Path]:
    """Hold the lock of a folder that `make` makes, anew where somebody took it for a leftover.

    On a disk that knows no locks it goes without: there nobody takes anything for a leftover.
    """
    while True:
        folder = make()
        lock = _lock(folder, wait=True)
        try:
            if folder.exists():
                yield folder
                return
        finally:
            if lock is not None:
                os.close(lock)


def _lock(folder: Path, *, wait: bool = False) -> int | None:
    """Return the handle that holds a folder until it is closed; None where nobody can hold it.

    No link is followed. `wait`: for whoever holds it now. Windows: folders have no locks there, and
    nobody is asked.
    """
    if sys.platform == "win32":
        return os.open(os.devnull, os.O_RDONLY)
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle
