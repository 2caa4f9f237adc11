"""Decode text whose file does not say how it is kept: Unicode, else an old coding of Vietnamese."""

from __future__ import annotations

import unicodedata

from qmstool.importing.old_letters import coding_of_text

_MARKS_OF_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
WINDOWS = "cp1258"  # what a Vietnamese Windows writes where it is not asked


def decode(data: bytes) -> str:
    """Return the text of bytes, composed; of an old font the letters of Latin-1 that keep it."""
    return unicodedata.normalize("NFC", _decode(data))


def _decode(data: bytes) -> str:
    if data.startswith(_MARKS_OF_UTF_16):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if coding_of_text(text) is not None:
        return text
    try:
        return data.decode(WINDOWS)
    except UnicodeDecodeError:
        return text
