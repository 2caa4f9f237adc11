"""Number lists and headings as Word does, so that its own numbers are the numbers typed.

What goes in: labels and headings. What comes out: definitions for `numbering.xml`, and for each
paragraph the one it belongs to. A heading's typed number becomes Word's own only where Word would
count the very same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.export.word.flat import FlatParagraph, StyledText
from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qmstool.export.word.flat import Block, ListPlace

_TYPED = re.compile(r"(\d+(?:\.\d+)*)(\.?)[ \u00a0]+(?=\S)")
LEVELS = 9


@dataclass(frozen=True, slots=True)
class ListStart:
    """A list for Word: its number there, the level that starts anew and with what, its suffix."""

    number: int
    level: int
    start: int | None
    suffix: str


class ListNumbers:
    """Gives every list of labels its number; a number out of turn begins a list of its own."""

    def __init__(self, first: int) -> None:
        self._next = first
        self._open: dict[tuple[int, int], tuple[ListStart, int | None]] = {}
        self.lists: list[ListStart] = []

    def number(self, label: ListPlace) -> int:
        """Return the number of the list that a paragraph belongs to."""
        key = (label.list_id, label.level)
        opened = self._open.get(key)
        if opened is None or label.number != opened[1] or opened[0].suffix != label.suffix:
            begun = ListStart(self._next, label.level, label.number, label.suffix)
            self._next += 1
            self.lists.append(begun)
        else:
            begun = opened[0]
        following = None if label.number is None else label.number + 1
        self._open[key] = begun, following
        return begun.number


def heading_dots(blocks: Iterable[Block]) -> dict[int, str] | None:
    """Return the sign behind the number by level of heading, where Word would count as typed.

    None where it would not: a number is missing, jumps, or its level is written in two ways.
    """
    counters = [0] * LEVELS
    dots: dict[int, str] = {}
    top: int | None = None
    for block in blocks:
        if not isinstance(block, FlatParagraph) or not block.heading:
            continue
        typed = _TYPED.match(block.text)
        if typed is None:
            continue
        parts = [int(part) for part in typed[1].split(".")]
        top = block.heading - len(parts) + 1 if top is None else top
        depth = block.heading - top + 1
        if depth != len(parts) or depth < 1 or depth > LEVELS:
            return None
        counters[depth - 1] += 1
        counters[depth:] = [0] * (LEVELS - depth)
        if counters[:depth] != parts or dots.setdefault(block.heading, typed[2]) != typed[2]:
            return None
    return dots or None


def without_number(paragraph: FlatParagraph) -> FlatParagraph | None:
    """Return a heading less its typed number; None where it has none, or it is not of one look."""
    typed = _TYPED.match(paragraph.text)
    if typed is None or not paragraph.pieces or len(paragraph.pieces[0].text) < typed.end():
        return None
    first = paragraph.pieces[0]
    rest = (StyledText(first.text[typed.end() :], first.marks), *paragraph.pieces[1:])
    return FlatParagraph(rest, paragraph.style, paragraph.heading)


def level_texts(dots: dict[int, str]) -> Sequence[tuple[int, str]]:
    """Return level from 0 and label, «%1.%2.», for the levels of headings that have numbers."""
    top = min(dots)
    texts = []
    for heading, dot in sorted(dots.items()):
        depth = heading - top + 1
        texts.append((depth - 1, ".".join(f"%{place}" for place in range(1, depth + 1)) + dot))
    return texts
