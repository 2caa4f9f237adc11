"""A version that was built before: the mark that tells from what and by what, and the taking over of its files."""

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
RENDERERS = ("mkdocs", "mkdocs-material", "Markdown", "Jinja2", "nh3", "segno")


@cache
def toolchain_digest() -> str:
    """The digest of what makes pages: every file of this package, what it carries, and the versions of the renderers.

    The number of a version says too little: code changes between two of them, and a page built by other code is another page.
    """
    hashed = hashlib.sha256(json.dumps([(name, version(name)) for name in RENDERERS]).encode())
    package = Path(files.__file__).resolve().parents[1]
    folders = [
        package,
        *map(resources.packaged, ("templates", "clauses/catalogues", "clauses/transitions")),
    ]
    for path in sorted(
        {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    ):
        if path.suffix != ".pyc":
            hashed.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return hashed.hexdigest()


def write_stamp(folder: Path, key: str, pages: int) -> None:
    """Leave beside a version from what it was made, and how many pages it has."""
    files.write(folder, STAMP, json.dumps({"key": key, "pages": pages}))


def reusable_pages(folder: Path, key: str) -> int | None:
    """Return how many pages a folder built before has, when it was made from the same; else None."""
    try:
        stamp: Mapping[str, object] = json.loads((folder / STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    pages = stamp.get("pages")
    return pages if stamp.get("key") == key and isinstance(pages, int) else None


def share_files(source: Path, target: Path) -> None:
    """Let the files of a folder stand in another too, without writing them again; links are left behind."""
    for path in sorted(source.rglob("*")):
        if path.is_file() and not path.is_symlink():
            files.share(path, target, path.relative_to(source).as_posix())
