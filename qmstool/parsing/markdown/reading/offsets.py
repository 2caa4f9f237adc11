"""Turn the byte offsets that the parser gives into code points of the text, in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from qmstool.parsing.markdown.inlines import TextRun

if TYPE_CHECKING:
    from qmstool.parsing.markdown.reading.draft import Draft

_AMPERSAND = ord("&")
_new = tuple.__new__  # a named tuple's own costs twice as much, and half of all nodes are texts


class Offsets(Protocol):
    """Say where in the text a stretch of the parser's bytes begins and ends."""

    def begin(self, byte: int) -> int:
        """Return the place at which a stretch that begins at a byte begins."""

    def finish(self, byte: int) -> int:
        """Return the place at which a stretch that ends at a byte ends."""

    def text(self, start: int, end: int, words: str) -> TextRun:
        """Return the node of words that the parser read between two bytes."""


def offsets(body: str, start: int) -> Offsets:
    """Return the offsets of a body that begins at `start` of its text."""
    return AsciiOffsets(start) if body.isascii() else CursorOffsets(body, start)


class AsciiOffsets:
    """A byte is a character."""

    __slots__ = ("_start",)

    def __init__(self, start: int) -> None:
        self._start = start

    def begin(self, byte: int) -> int:
        """Return the place of a byte."""
        return self._start + byte

    finish = begin

    def text(self, start: int, end: int, words: str) -> TextRun:
        """Return the node of words that the parser read between two bytes."""
        return _new(TextRun, (self._start + start, self._start + end, words))


class CursorOffsets:
    """Counts characters from the place asked for last.

    The parser tells its events nearly in order, so that all the steps together are one pass.
    """

    __slots__ = ("_byte", "_data", "_place")

    def __init__(self, body: str, start: int) -> None:
        self._data = body.encode()
        self._byte = 0
        self._place = start

    def begin(self, byte: int) -> int:
        """Return the place of a byte."""
        last = self._byte
        if byte > last:
            self._place += len(self._data[last:byte].decode())
            self._byte = byte
        elif byte < last:
            self._place -= len(self._data[byte:last].decode())
            self._byte = byte
        return self._place

    finish = begin

    def text(self, start: int, end: int, words: str) -> TextRun:
        """Return the node of words that the parser read between two bytes.

        Words that take up as many bytes as were read are those that stand there, and need not be
        looked up; an entity, even where it does the same, begins otherwise than what it stands for.
        """
        begin = self._place if start == self._byte else self.begin(start)
        if len(words.encode()) == end - start and self._data[start] != _AMPERSAND:
            self._byte = end
            finish = self._place = begin + len(words)
        else:
            finish = self.begin(end)
        return _new(TextRun, (begin, finish, words))


class DraftOffsets:
    """Goes on from the draft that was parsed to the text that it was made of.

    The piece of the draft that was met last is kept, for the next place is nearly always in it.
    """

    __slots__ = ("_draft", "_end", "_offsets", "_source", "_start")

    def __init__(self, draft: Draft) -> None:
        self._offsets = offsets(draft.text, 0)
        self._draft = draft
        self._start, self._end, self._source = draft.piece(0)

    def begin(self, byte: int) -> int:
        """Return the place at which a stretch that begins at a byte begins."""
        return self._begin(self._offsets.begin(byte))

    def finish(self, byte: int) -> int:
        """Return the place at which a stretch that ends at a byte ends."""
        return self._finish(self._offsets.finish(byte))

    def text(self, start: int, end: int, words: str) -> TextRun:
        """Return the node of words that the parser read between two bytes."""
        begin, finish, _ = self._offsets.text(start, end, words)
        return TextRun(self._begin(begin), self._finish(finish), words)

    def _begin(self, here: int) -> int:
        if not self._start <= here < self._end:
            self._start, self._end, self._source = self._draft.piece(here)
        return self._source + min(here, self._end) - self._start

    def _finish(self, here: int) -> int:
        if not self._start < here <= self._end:
            self._start, self._end, self._source = self._draft.piece(max(0, here - 1))
        return self._source + min(here, self._end) - self._start
