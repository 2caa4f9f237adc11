"""A version that was built before: the mark that tells from what, and the taking over of its files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from qmstool import files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

STAMP = "build.json"


def mark(folder: Path, key: str, pages: int) -> None:
    """Leave beside a version from what it was made, and how many pages it has."""
    files.write(folder, STAMP, json.dumps({"key": key, "pages": pages}))


def kept(folder: Path, key: str) -> int | None:
    """Return how many pages a folder built before has, when it was made from the same; else None."""
    try:
        stamp: Mapping[str, object] = json.loads((folder / STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    pages = stamp.get("pages")
    return pages if stamp.get("key") == key and isinstance(pages, int) else None


def copy(source: Path, target: Path) -> None:
    """Copy the files of a folder; links are left behind."""
    for path in sorted(source.rglob("*")):
        if path.is_file() and not path.is_symlink():
            files.copy(path, target, path.relative_to(source).as_posix())
