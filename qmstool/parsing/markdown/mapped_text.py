"""Hold words as a reader sees them, and the way back to where each stands in the source."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.parsing.markdown.inlines import Span, TextRun


class MappedText:
    """A plain string made of pieces of a source.

    A piece that is read as it is typed maps character by character; of another (an entity, the end
    of a line) every character maps to all that was typed for it.
    """

    __slots__ = ("_ends", "_pieces", "text")

    def __init__(self, pieces: Sequence[TextRun]) -> None:
        self._pieces = pieces
        self._ends: list[int] | None = None
        self.text = pieces[0].text if len(pieces) == 1 else "".join([each.text for each in pieces])

    def __repr__(self) -> str:
        return f"MappedText({self.text!r})"

    @property
    def pieces(self) -> Sequence[TextRun]:
        """Return the pieces, in order."""
        return self._pieces

    def span(self, start: int, end: int) -> Span:
        """Return where `text[start:end]` stands in the source, its markup included."""
        if not self._pieces:
            return 0, 0
        first = self._begin(start)
        return first, max(first, self._finish(end)) if start < end else first

    def _begin(self, offset: int) -> int:
        index, within = self._piece(offset)
        piece = self._pieces[index]
        if len(piece.text) == piece.end - piece.start:
            return piece.start + within
        return piece.start if within < len(piece.text) else piece.end

    def _finish(self, offset: int) -> int:
        index, within = self._piece(offset - 1)
        piece = self._pieces[index]
        literal = len(piece.text) == piece.end - piece.start
        return piece.start + within + 1 if literal else piece.end

    def _piece(self, offset: int) -> tuple[int, int]:
        """Return the piece that an offset lies in, and how far within it."""
        if len(self._pieces) == 1:
            return 0, offset
        if self._ends is None:
            self._ends = list(accumulate([len(piece.text) for piece in self._pieces]))
        index = min(bisect_right(self._ends, offset), len(self._pieces) - 1)
        return index, offset - (self._ends[index - 1] if index else 0)
