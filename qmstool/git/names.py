"""Write the names of files as the manual uses them, however a disk or git has them."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

UNREADABLE = "\N{REPLACEMENT CHARACTER}"


def plain_name(name: str) -> str:
    """Return a file's name with its accents together (NFC), and «�» for what is no UTF-8.

    A Mac keeps accents apart, and a disk takes any bytes; links are typed with accents together,
    and no report can hold what is no text.
    """
    if name.isascii():
        return name
    text = os.fsencode(name).decode("utf-8", errors="replace")
    return unicodedata.normalize("NFC", text)


def plain_path(path: bytes) -> bytes:
    """Return the same of a path as git gives it."""
    if path.isascii():
        return path
    text = unicodedata.normalize("NFC", path.decode("utf-8", errors="replace"))
    return text.encode("utf-8")


def fold_path(path: str) -> str:
    """Return what two paths share that are one file on a disk of Windows or of a Mac.

    Capitals count for nothing there, nor whether accents stand apart.
    """
    return unicodedata.normalize("NFC", path).casefold()


def real_path(path: Path) -> Path:
    """Return where a path leads, links followed; of links that lead in a circle, one of them.

    Python raises a RuntimeError for those, which nobody expects of a name.
    """
    return Path(os.path.realpath(path))
