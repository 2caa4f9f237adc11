"""Read public keys of SSH, as people write them: with type and body, bare, or by fingerprint."""

from __future__ import annotations

import base64

from qmstool import digest
from qmstool.patterns import regex

# The type of a key and its body, as in a line of `allowed_signers` or of a `.pub` file.
KEY = r"(?:^|\s)(?P<kind>(?:sk-)?(?:ssh|ecdsa)-[\w@.-]+)\s+(?P<body>[A-Za-z0-9+/=]+)"
_KEY = regex(KEY)
_BODY = regex(r"(?:^|\s)(?P<body>AAAA[A-Za-z0-9+/]+={0,2})(?:\s|$)")
_FINGERPRINT = regex(r"SHA256:(?P<digest>[A-Za-z0-9+/]{43})(?![A-Za-z0-9+/])")


def bare_key(key: str) -> str:
    """Return a public key as type and body, without comments; "" where there is none."""
    match = _KEY.search(key)
    return f"{match['kind']} {match['body']}" if match else ""


def fingerprint(key: str) -> str:
    """Return the fingerprint of a public key, as `ssh-keygen -l` shows it; "" where there is none.

    By it a key is the same one however it is written. Of a key that was copied in part there is
    none.
    """
    said = _FINGERPRINT.search(key)
    if said:
        return f"SHA256:{said['digest']}"
    written = _KEY.search(key) or _BODY.search(key)
    try:
        raw = base64.b64decode(written["body"], validate=True) if written else b""
    except ValueError:
        return ""
    if not _is_whole(raw):
        return ""
    return f"SHA256:{base64.b64encode(digest.sha256(raw).digest()).decode('ascii').rstrip('=')}"


def short_key(key: str) -> str:
    """Return the last letters of a key, by which people compare it."""
    return (bare_key(key) or key)[-12:]


def _is_whole(raw: bytes) -> bool:
    """Whether the bytes of a key are strings of the wire format, from end to end."""
    start = 0
    while start < len(raw):
        start += 4 + int.from_bytes(raw[start : start + 4], "big")
    return start == len(raw) > 0
