"""Digests under which what is made of files is kept, to be found for the very same bytes."""

from __future__ import annotations

import os

from qmstool.digest import blake2b

# In bytes.
DIGEST_SIZE = 32


def file_digest(tool: bytes, path: str, data: bytes) -> bytes:
    """Return a digest of a file's path and bytes, and of the tool that makes something of them."""
    digest = blake2b(tool, digest_size=DIGEST_SIZE)
    digest.update(os.fsencode(path) + b"\0" + data)
    return digest.digest()
