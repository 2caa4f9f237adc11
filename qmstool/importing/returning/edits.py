"""Collect what changes in the files of a document, and make it, every other byte left as it is.

Places are offsets in the text that was read. What is inserted stands after what is put in the place
of words that end there. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.parsing.edits import Edit, apply_edits
from qmstool.parsing.source import SourceFile
from qmstool.storage.files import TakenError

if TYPE_CHECKING:
    from collections.abc import Sequence


class WordChange(NamedTuple):
    """Words for a stretch of a text; `after`: how late of those that are inserted at one place."""

    start: int
    end: int
    after: int
    words: str


class FileEdits:
    """The replacements in one text."""

    def __init__(self) -> None:
        self._made: list[WordChange] = []

    def __len__(self) -> int:
        return len(self._made)

    def put(self, start: int, end: int, words: str) -> None:
        """Put words in the place of others, or between two letters."""
        self._made.append(WordChange(start, end, 0, words))

    def insert_block(self, place: int, words: str) -> None:
        """Insert lines where a line ends; those inserted later stand below."""
        self._made.append(WordChange(place, place, len(self._made) + 1, words))

    def extend(self, other: FileEdits) -> None:
        """Add the replacements of a trial."""
        self._made += other._made

    def sorted(self) -> list[WordChange]:
        """Return the replacements in order, those at one place joined, none within another."""
        joined: list[WordChange] = []
        for made in sorted(self._made):
            last = joined[-1] if joined else None
            if last is not None and last.end > made.start:
                continue
            if last is not None and last.start == last.end == made.start == made.end:
                joined[-1] = last._replace(words=last.words + made.words)
            else:
                joined.append(made)
        return joined


def apply_to_text(text: str, replacements: Sequence[WordChange]) -> str:
    """Return the text that was read with replacements made."""
    pieces: list[str] = []
    at = 0
    for made in replacements:
        pieces += [text[at : made.start], made.words]
        at = made.end
    return "".join([*pieces, text[at:]])


def apply_to_file(source: SourceFile, data: bytes, replacements: Sequence[WordChange]) -> bytes:
    """Return the bytes of a file with replacements made; its own line ends are used.

    `source`: as it was read when the replacements were found. Raises TakenError where `data` says
    something else: their places would be others.
    """
    if SourceFile(source.path, data).text != source.text:
        raise TakenError(source.path)
    text = data.decode("utf-8")
    ends = "\r\n" if "crlf" in source.flaws and "\r\n" in text else "\n"
    edits = [
        Edit(source.locate(made.start, made.end), made.words.replace("\n", ends))
        for made in replacements
    ]
    after, _ = apply_edits(text, edits)
    return after.encode("utf-8")
