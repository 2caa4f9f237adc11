"""Tell names of files in running text from other words: they have no blanks, and an ending."""

from __future__ import annotations

from qmstool.patterns import regex
from qmstool.storage.file_kinds import OTHERS, PICTURES

_ENDINGS = frozenset({*PICTURES, *OTHERS, "md", "yml", "htm", "html"})
_REST_OF_NAME = regex(r"[\w-]{0,60}\.(?P<ending>[A-Za-z][A-Za-z0-9]{1,4})(?!\w)")


def is_within_name(text: str, end: int) -> bool:
    """Whether what ends at a place of a text is the beginning of a file's name: «QT-VP-02.pdf»."""
    rest = _REST_OF_NAME.match(text, end)
    return rest is not None and rest["ending"].lower() in _ENDINGS
