"""Hold the running text of a page as numbers, and lay it out in words when somebody asks for it.

In: a text, the stretches of it that are no running text, and its blocks. Out: its words, the rest
covered by signs. Rules ask for them file by file, and the words of all files together would be half
of what a check of a large manual holds.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Literal

from qmstool.frozen import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HIDDEN = "\0"
"""Stands for what is no running text, and parts sentences."""

MARK = "\1"
"""Stands for the markup within running text, and parts none."""

BlockKind = Literal["heading", "paragraph", "item", "cell"]
_KINDS: tuple[BlockKind, ...] = ("heading", "paragraph", "item", "cell")
_NUMBER_OF = {kind: number for number, kind in enumerate(_KINDS)}
_SIGNS = (HIDDEN, MARK)
_new = tuple.__new__  # a named tuple's own costs twice as much


def pack(numbers: Iterable[int]) -> bytes:
    """Pack places and what is coded with them, in four bytes each."""
    return array("I", numbers).tobytes()


def unpack(packed: bytes) -> Iterator[int]:
    """Return the numbers that `pack` packed, one after another."""
    return iter(array("I", packed))


class TextBlock(NamedTuple):
    """A heading, paragraph, item or cell, by the offsets of its words.

    `row` is where its line begins, the same for all cells of a row. `note` says whether it stands
    in a note.
    """

    start: int
    end: int
    kind: BlockKind
    row: int
    note: bool


class Cover(NamedTuple):
    """What covers a text: stretches with their sign, packed, and words in the place of others.

    Words stand at an offset for as many characters.
    """

    stretches: bytes
    words: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, stretches: Iterable[int], words: Iterable[tuple[int, str]]) -> Cover:
        """Pack stretches in order: of each its start, then twice its end, and one more for MARK."""
        return cls(pack(stretches), tuple(words))

    def on(self, text: str) -> str:
        """Return a text so covered."""
        parts: list[str] = []
        add, at = parts.append, 0
        numbers = unpack(self.stretches)
        for start, coded in zip(numbers, numbers, strict=True):
            add(text[at:start])
            at = coded >> 1
            add(_SIGNS[coded & 1] * (at - start))
        add(text[at:])
        prose = "".join(parts)
        if not self.words:
            return prose
        parts, at = [], 0
        for start, words in self.words:
            parts += (prose[at:start], words)
            at = start + len(words)
        return "".join([*parts, prose[at:]])


class PackedBlocks(NamedTuple):
    """Blocks as `numbers`: of each its start, end, row, and twice its kind, one more in a note."""

    numbers: bytes

    @classmethod
    def of(cls, blocks: Iterable[tuple[int, int, BlockKind, int, bool]]) -> PackedBlocks:
        """Pack blocks."""
        numbers: list[int] = []
        for start, end, kind, row, note in blocks:
            numbers += (start, end, row, 2 * _NUMBER_OF[kind] + note)
        return cls(pack(numbers))

    def unpacked(self) -> tuple[TextBlock, ...]:
        """Return the blocks."""
        numbers = unpack(self.numbers)
        return tuple(
            [
                _new(TextBlock, (start, end, _KINDS[coded >> 1], row, coded & 1 == 1))
                for start, end, row, coded in zip(numbers, numbers, numbers, numbers, strict=True)
            ]
        )
