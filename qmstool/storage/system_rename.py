"""Rename in ways that only the system itself can do in one step (Linux).

What goes in: two paths on one disk. What comes out: whether it was done; where the system or the
disk cannot do it, nothing has changed.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_HERE = -100  # AT_FDCWD of fcntl.h
_NO_REPLACE, _EXCHANGE = 1, 2  # RENAME_NOREPLACE, RENAME_EXCHANGE of linux/fs.h


def exchange(one: Path, other: Path) -> bool:
    """Let two files or folders change places; return whether it was done."""
    return _renamed(one, other, _EXCHANGE) == 0


def rename_new(old: Path, new: Path) -> bool:
    """Give a file a name that nothing has yet; return whether it was done.

    Raises FileExistsError where something has that name.
    """
    failed = _renamed(old, new, _NO_REPLACE)
    if failed == errno.EEXIST:
        raise FileExistsError(failed, os.strerror(failed), str(new))
    return failed == 0


def _renamed(one: Path, other: Path, how: int) -> int:
    """Return 0 or the number of what went wrong, ENOSYS where the system has no such call."""
    if sys.platform != "linux":
        return errno.ENOSYS
    import ctypes

    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:
        return errno.ENOSYS
    # As `os.rename` tells it, for who watches what a program writes.
    sys.audit("os.rename", os.fspath(one), os.fspath(other), -1, -1)
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), how):
        return ctypes.get_errno()
    return 0
