"""Digest bytes: with BLAKE2b what is kept of files, with SHA what people and git compare.

`hashlib` loads OpenSSL, a fiftieth of a check after an edit. These are taken from where it has them
without OpenSSL, which is faster, but not for the few kilobytes of a text.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import blake2b, sha1, sha256
else:
    try:
        from _blake2 import blake2b
        from _sha1 import sha1

        if sys.version_info >= (3, 12):
            from _sha2 import sha256
        else:
            from _sha256 import sha256
    except ImportError:  # another Python than C's
        from hashlib import blake2b, sha1, sha256

__all__ = ["DIGEST_SIZE", "blake2b", "file_digest", "name_blob", "sha1", "sha256"]

# By how many hexadecimal digits git names an object: by SHA-1, or in a repository of SHA-256.
SHA1_DIGITS, SHA256_DIGITS = 40, 64
# In bytes: of the digests under which something made of files is kept.
DIGEST_SIZE = 32


def file_digest(tool: bytes, path: str, data: bytes) -> bytes:
    """Return a digest of a file's path and bytes, and of the tool that makes something of them."""
    digest = blake2b(tool, digest_size=DIGEST_SIZE)
    digest.update(os.fsencode(path) + b"\0" + data)
    return digest.digest()


def name_blob(data: bytes, digits: int = SHA1_DIGITS) -> str:
    """Return the id that git gives some bytes: of 40 digits by SHA-1, of 64 by SHA-256."""
    framed = b"blob %d\0" % len(data) + data
    if digits == SHA1_DIGITS:
        return sha1(framed, usedforsecurity=False).hexdigest()
    return sha256(framed).hexdigest()
