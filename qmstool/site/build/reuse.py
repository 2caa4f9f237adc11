"""Take over a version built before, where the same tool would build it from the same bytes."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.storage import files, resources

if TYPE_CHECKING:
    from collections.abc import Mapping

STAMP = "build.json"
RENDERERS = ("mkdocs", "mkdocs-material", "pyromark", "Jinja2", "nh3", "segno")
RESOURCES = ("templates", "clauses/catalogues", "clauses/transitions")


@cache
def toolchain_digest() -> str:
    """Return the digest of what makes pages: this package, its resources, versions of renderers.

    The number of a version says too little: code changes between two of them, and a page built by
    other code is another page.
    """
    versions = [(name, version(name)) for name in RENDERERS]
    hashed = hashlib.sha256(json.dumps(versions).encode())
    package = Path(files.__file__).resolve().parents[1]
    paths: set[Path] = set()
    for folder in [package, *map(resources.packaged_path, RESOURCES)]:
        paths.update(path for path in folder.rglob("*") if path.is_file())
    for path in sorted(paths):
        if path.suffix != ".pyc":
            content = hashlib.sha256(path.read_bytes()).digest()
            hashed.update(path.name.encode() + b"\0" + content)
    return hashed.hexdigest()


def write_stamp(folder: Path, key: str, pages: int) -> None:
    """Leave beside a version from what it was made (a digest), and how many pages it has."""
    files.write(folder, STAMP, json.dumps({"key": key, "pages": pages}))


def reusable_pages(folder: Path, key: str) -> int | None:
    """Return how many pages a folder built before has, if made from the same; else None."""
    try:
        stamp: Mapping[str, object] = json.loads((folder / STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    pages = stamp.get("pages")
    if stamp.get("key") == key and isinstance(pages, int):
        return pages
    return None


def share_files(source: Path, target: Path) -> None:
    """Let the files of a folder stand in another too, without writing them again; not its links."""
    for path in sorted(source.rglob("*")):
        if path.is_file() and not path.is_symlink():
            files.link_or_copy(path, target, path.relative_to(source).as_posix())
