"""Turn the byte offsets that the parser gives into code points of the text, in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from qmstool.parsing.markdown.draft import Draft


class Offsets(Protocol):
    """Say where in the text a stretch of the parser's bytes begins and ends."""

    def begin(self, byte: int) -> int:
        """Return the place at which a stretch that begins at a byte begins."""

    def finish(self, byte: int) -> int:
        """Return the place at which a stretch that ends at a byte ends."""


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


class DraftOffsets:
    """Goes on from the draft that was parsed to the text that it was made of."""

    __slots__ = ("_draft", "_offsets")

    def __init__(self, draft: Draft) -> None:
        self._offsets = offsets(draft.text, 0)
        self._draft = draft

    def begin(self, byte: int) -> int:
        """Return the place at which a stretch that begins at a byte begins."""
        return self._draft.begin(self._offsets.begin(byte))

    def finish(self, byte: int) -> int:
        """Return the place at which a stretch that ends at a byte ends."""
        return self._draft.finish(self._offsets.finish(byte))
