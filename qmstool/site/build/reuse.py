"""Take over from the last build what this tool wrote into it and nobody has changed since."""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.storage import files, resources

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

RENDERERS = ("mkdocs", "mkdocs-material", "pyromark", "Jinja2", "nh3", "segno")
_SIZE_ENDS = "-"
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
    paths: set[str] = set()
    for folder in [package, *map(resources.packaged_path, RESOURCES)]:
        for where, below, names in os.walk(folder):
            below[:] = [name for name in below if name != "__pycache__"]
            paths.update([os.path.join(where, name) for name in names])  # noqa: PTH118 - hundreds
    for path in sorted(filter(os.path.isfile, paths)):  # an editor's lock is a link to nowhere
        content = hashlib.sha256(Path(path).read_bytes()).digest()
        hashed.update(os.path.basename(path).encode() + b"\0" + content)  # noqa: PTH119
    return hashed.hexdigest()


def digest_file(path: Path) -> str:
    """Return the digest by which a written file is known again."""
    return digest_bytes(path.read_bytes())


def digest_bytes(data: bytes) -> str:
    """Return the digest of what a file holds, behind its size."""
    return f"{len(data):x}{_SIZE_ENDS}{hashlib.blake2b(data, digest_size=20).hexdigest()}"


def digest_files(folder: Path, known: Mapping[str, str]) -> dict[str, str]:
    """Return the digest of every file under a folder, by its path there.

    `known`: those that are known already.
    """
    digests = {}
    for where, below, names in os.walk(folder):
        below.sort()
        for name in sorted(names):
            path = Path(where, name)
            relative = path.relative_to(folder).as_posix()
            digests[relative] = known.get(relative) or digest_file(path)
    return digests


def take_over(
    source: Path, digests: Mapping[str, str], names: Iterable[str], target: Path
) -> frozenset[str]:
    """Let files of the last build stand in the next one too; return those that are what they were.

    A file is looked at where it stands now, so that nobody changes it in between. What is a link,
    is gone, or holds other bytes than were written is not taken.
    """
    taken = set()
    for name in names:
        digest = digests.get(name)
        path = source / name
        if digest is None or path.is_symlink() or not path.is_file():
            continue
        # What has another size need not be read: it may be a file without end.
        if not digest.startswith(f"{path.stat().st_size:x}{_SIZE_ENDS}"):
            continue
        place = files.link_or_copy(path, target, name)
        if digest_file(place) == digest:
            taken.add(name)
        else:
            files.remove(place)
    return frozenset(taken)
