"""Hold a text rewritten for the parser and the way back from it to the text as it stands."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from qmstool.frozen import NamedTuple
from qmstool.parsing.markdown.containers import AbbreviationDefinition, Admonition, Heading

if TYPE_CHECKING:
    from qmstool.parsing.markdown.inlines import Span


class Draft(NamedTuple):
    """A rewritten text; piece by piece, where it was copied from."""

    text: str
    draft_offsets: tuple[int, ...]
    source_offsets: tuple[int, ...]
    lengths: tuple[int, ...]

    def piece(self, here: int) -> tuple[int, int, int]:
        """Return where the piece that a place lies in or behind begins and ends, and its source."""
        index = max(0, bisect_right(self.draft_offsets, here) - 1)
        if not self.draft_offsets:
            return 0, 0, 0
        start = self.draft_offsets[index]
        return start, start + self.lengths[index], self.source_offsets[index]


class DraftWriter:
    """Gathers a draft out of copied stretches of a text and marks of ours."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._parts: list[str] = []
        self._copies: list[tuple[int, int, int]] = []
        self._length = 0

    def copy(self, start: int, end: int) -> None:
        """Take over a stretch of the text."""
        if start >= end:
            return
        here, there, length = self._copies[-1] if self._copies else (0, -1, 0)
        if (here + length, there + length) == (self._length, start):
            self._copies[-1] = (here, there, length + end - start)
        else:
            self._copies.append((self._length, start, end - start))
        self.add(self._text[start:end])

    def stand_in(self, mark: str, place: int) -> None:
        """Write a mark of ours that stands for what is typed at a place."""
        self._copies.append((self._length, place, 1))
        self.add(mark)

    def add(self, mark: str) -> None:
        """Write a mark of ours."""
        self._parts.append(mark)
        self._length += len(mark)

    def draft(self) -> Draft:
        """Return what was gathered."""
        heres, theres, lengths = zip(*self._copies, strict=True) if self._copies else ((), (), ())
        return Draft("".join(self._parts), heres, theres, lengths)


class DraftBlock(NamedTuple):
    """A construct of the old dialect, from the mark that it begins with to its last word.

    Of an admonition `words` is its kind and `title` the place of its title; of an abbreviation
    they are the abbreviation and the place of its meaning.
    """

    start: int
    end: int
    mark: str
    words: str
    title: Span | None
    source: str

    def admonition(self, children: list[Any]) -> Admonition:
        """Return the admonition, given the blocks of the quotation that stood for it."""
        title = None
        if self.title is not None:
            title = ()
            if children and isinstance(children[0], Heading):
                title = children.pop(0).children
        end = max(children[-1].end if children else 0, self.end)
        folds, opened = self.mark.startswith("?"), self.mark.endswith("+")
        return Admonition(self.start, end, tuple(children), self.words, title, folds, opened)

    def abbreviation(self) -> AbbreviationDefinition:
        """Return the abbreviation."""
        meaning = self.source[slice(*self.title)] if self.title else ""
        return AbbreviationDefinition(self.start, self.end, self.words, meaning)
