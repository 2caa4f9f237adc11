"""What the block grammar works on: blocks of lines, units of running text, and the tree as far as later blocks ask for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.source_map import Span

    Lines = list[Span]
    """Places of lines, without the indentation and markers of containers; a span by itself may hold several whole lines."""

TEXT = 0
CELL = -1
"""Kinds of unit besides headings, whose kind is their level."""

INDENT = 4

# What a line can begin, by the letter that stands for it in `Block.kinds`.
_KINDS = " #!?>:^[ah"
_LINE = re.compile(
    r"""(?:
      (\#)(?:[^\\\n]++|\\.)*+$
    | (!!!)\ ?[\w-]+(?:\ +[\w-]+)*(?:\ +".*?")?\ *$
    | (\?\?\?)\+?\ ?(?:(?:[\w-]+(?:\ +[\w-]+)*?)?\ +".*?"|[\w-]+(?:\ +[\w-]+)*?)\ *$
    | \ {0,3}(?:
        (>)
      | (:)[ ]
      | (\[\^)[^\]\n]*\]:
      | (\[)[^\[\]\n]*\]:
      )
    | (\*\[)
    | \ {0,3}((?:-\ {0,2}){3,}+|(?:_\ {0,2}){3,}+|(?:\*\ {0,2}){3,}+)\ *$
    )""",
    re.VERBOSE,
)


class Unit:
    """A stretch of text whose inline markup the renderer reads as one; of a heading also the place with its markers."""

    __slots__ = ("construct", "kind", "lines")

    def __init__(self, kind: int, lines: Lines, construct: Span = (0, 0)) -> None:
        self.kind = kind
        self.lines = lines
        self.construct = construct


class Node:
    """An element of the tree, as far as later blocks ask for it."""

    __slots__ = ("kids", "tag", "tail", "text")

    def __init__(self, tag: str, text: Unit | None = None) -> None:
        self.tag = tag
        self.kids: list[Node] = []
        self.text = text
        self.tail: Unit | None = None

    @property
    def last(self) -> Node | None:
        """The last child."""
        return self.kids[-1] if self.kids else None

    def wrap_text(self, place: int | None = None) -> None:
        """Move the text of an item into a paragraph of its own."""
        if self.text is not None:
            self.kids.insert(len(self.kids) if place is None else place, Node("p", self.text))
            self.text = None


class Block:
    """Lines without an empty one between them; `first` is the first that no rule has taken yet."""

    __slots__ = ("_found", "first", "kinds", "lines", "marked")

    def __init__(self, text: str, lines: Lines) -> None:
        self.lines = lines
        self.first = 0
        match = _LINE.match
        self.kinds = "".join(
            [
                _KINDS[found.lastindex or 0] if (found := match(text, *line)) else " "
                for line in lines
            ]
        )
        self.marked = bool(self.kinds.strip(" "))
        self._found: dict[str, int] = {}

    def find(self, kind: str) -> int:
        """Return the first line left that begins such a thing, or -1."""
        at = self._found.get(kind, 0)
        if 0 <= at < self.first or kind not in self._found:
            at = self._found[kind] = self.kinds.find(kind, self.first)
        return at

    def forget(self, kind: str, line: int) -> None:
        """Note that the line does not begin such a thing after all."""
        self._found[kind] = self.kinds.find(kind, line + 1)

    def left(self, first: int | None = None) -> Iterator[Span]:
        """Yield the lines from `first` on, or those no rule has taken yet."""
        for index in range(self.first if first is None else first, len(self.lines)):
            yield self.lines[index]


class Definition(NamedTuple):
    """What a reference definition names: the place of its target."""

    start: int
    end: int
