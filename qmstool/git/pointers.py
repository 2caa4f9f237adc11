"""Follow pointers of Git LFS to the texts that they stand for, where this clone holds them.

Git keeps of such a file a few lines with the digest of its content; the content lies beside, and a
clone may be without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import process
from qmstool.digest import sha256
from qmstool.git import sizes
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: keys in order, less than 1024 bytes.
_MAX_BYTES = 1024
_POINTER = regex(
    rb"version https://(?:git-lfs|hawser)\.github\.com/spec/v\d\n"
    rb"(?:ext-[^\n]+\n)*oid sha256:([0-9a-f]{64})\nsize \d+\n"
)


def is_pointer(data: bytes) -> bool:
    """Whether a file's bytes are a pointer of Git LFS instead of its content."""
    return _digest(data) is not None


def _digest(data: bytes) -> str | None:
    if len(data) >= _MAX_BYTES or not data.startswith(b"version https://"):
        return None
    pointer = _POINTER.fullmatch(data.replace(b"\r\n", b"\n"))
    return pointer[1].decode("ascii") if pointer else None


def follow_pointers(folder: Path, blobs: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return blobs with the content in the place of each pointer; without those not here."""
    followed = {}
    store = None
    for blob, data in blobs.items():
        digest = _digest(data)
        if digest is None:
            followed[blob] = data
            continue
        store = store or _store(folder)
        content = _read_content(store, digest)
        if content is not None:
            followed[blob] = content
    return followed


def _store(folder: Path) -> Path:
    """Return where Git LFS keeps contents in the repository of a folder."""
    done = process.git(folder, "rev-parse", "--git-common-dir")
    home = done.stdout.decode("utf-8", errors="surrogateescape").rstrip("\n")
    return folder / home / "lfs" / "objects"


def _read_content(store: Path, digest: str) -> bytes | None:
    """Return a content that is here, whole, and not too large to be read; None for any other."""
    try:
        content = store / digest[:2] / digest[2:4] / digest
        if not content.is_file() or content.stat().st_size > sizes.MAX_FILE_BYTES:
            return None
        data = content.read_bytes()
    except OSError:
        return None
    return data if sha256(data).hexdigest() == digest else None
