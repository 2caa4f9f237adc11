"""Digest bytes: with BLAKE2b where facts are kept, with SHA where people and git do.

`hashlib` loads OpenSSL, a fiftieth of a check after an edit. These are taken from where it has them
without OpenSSL, which is faster, but not for the few kilobytes of a text.
"""

from __future__ import annotations

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

__all__ = ["blake2b", "sha1", "sha256"]
