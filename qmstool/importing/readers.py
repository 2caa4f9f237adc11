"""Choose the reader of a file by the end of its name."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qmstool.importing.word.reader import read_word

if TYPE_CHECKING:
    from qmstool.importing.blocks import Source

WORD = (".docx", ".docm")


def reads(suffix: str) -> bool:
    """Whether files of that kind are read."""
    return suffix in WORD


def read_source(data: bytes, name: str, *, changes: str) -> Source:
    """Return what a file holds. Raises QmsError for one that cannot be read."""
    suffix = PurePosixPath(name).suffix.casefold()
    if suffix not in WORD:
        raise ValueError(name)
    return read_word(data, name, changes=changes)
