"""Compare two snapshots of a manual's folder: which of its files were saved in between.

A snapshot holds times and sizes only, so that it costs little.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeAlias

from qmstool.i18n import QmsError
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# How long to wait between two snapshots, in seconds.
PAUSE = 0.15
Stamp: TypeAlias = tuple[int, int]


def snapshot(root: Path, *more: str) -> dict[str, Stamp]:
    """Return time (ns) and size of every file of the manual, and of `more` files under the root."""
    stamps: dict[str, Stamp] = {}
    for path in (*FolderTree(root).list(), *more):
        try:
            status = os.stat(root / path)  # noqa: PTH116 - a few times a second, over every file
        except OSError:
            continue
        stamps[path] = (status.st_mtime_ns, status.st_size)
    return stamps


def look_again(root: Path, before: dict[str, Stamp], *more: str) -> dict[str, Stamp]:
    """Return a snapshot as it is now; `before`, while the folder cannot be looked into."""
    try:
        return snapshot(root, *more)
    except (QmsError, OSError):
        return before


def changed_paths(before: Mapping[str, Stamp], after: Mapping[str, Stamp]) -> tuple[str, ...]:
    """Return the paths that came, went or were saved between two snapshots."""
    paths = sorted(before.keys() | after.keys())
    return tuple(path for path in paths if before.get(path) != after.get(path))
