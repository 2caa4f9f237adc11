"""Emphasis: which runs of `*` and `_` the renderer pairs, and which stay as characters.

The rules are CommonMark's with the renderer's own answer to doubtful cases, such as runs of unequal
length within a word.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_RUN = re.compile(r"\*+|_+")
_STRONG = 2
_BOTH = 3


class Pair(NamedTuple):
    """Where an opening and a closing delimiter of the same size begin."""

    opening: int
    closing: int
    size: int


class _Run:
    """Delimiters in a row; those at its inner side are paired first."""

    __slots__ = ("both", "closes", "end", "kind", "left", "opens", "size", "start")

    def __init__(self, text: str, start: int, end: int) -> None:
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        self.kind = text[start]
        self.opens = not after.isspace()
        self.closes = not before.isspace() and before != self.kind
        if self.kind == "_":  # not within a word
            self.opens = self.opens and not _in_word(before)
            self.closes = self.closes and not _in_word(after)
        self.both = self.opens and self.closes
        self.start = start  # of what is left, once it closes something
        self.end = end  # of what is left, once it is closed
        self.size = self.left = end - start

    def thirds(self, other: _Run) -> bool:
        """Tell whether two runs together are a multiple of three, without both being one."""
        return (self.size + other.size) % 3 == 0 and self.size % 3 != 0


def emphasis(text: str) -> list[Pair]:
    """Return the pairs of delimiters in a text."""
    found: list[Pair] = []
    at = 0
    while match := _RUN.search(text, at):
        run = _Run(text, *match.span())
        at = run.end
        if run.opens:
            pairs, at = _Attempt(text).from_run(run)
            found += pairs
    return found


class _Attempt:
    """Pairs delimiters from a first one that opens, until all are closed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pairs: list[Pair] = []
        self._stacks: dict[str, list[_Run]] = {"*": [], "_": []}

    def from_run(self, first: _Run) -> tuple[list[Pair], int]:
        """Return the pairs found, and where to begin the next attempt."""
        begin = first.start
        self._stacks[first.kind].append(first)
        for match in _RUN.finditer(self._text, first.end):
            run = _Run(self._text, *match.span())
            if (run.opens or (run.closes and self._stacks[run.kind])) and not self._take(run):
                break
            if not any(self._stacks.values()):
                break
        if self._pairs:
            return self._pairs, max([pair.closing + pair.size for pair in self._pairs])
        return [], max(
            [run.end for stack in self._stacks.values() for run in stack], default=begin + 1
        )

    def _take(self, run: _Run) -> bool:
        """Let a run close what it can, or open; tell whether to go on."""
        own = self._stacks[run.kind]
        both = run.both
        last = self._size_to_close(own, run)
        closes = bool(own) and run.closes
        if closes and (
            run.left == last
            or run.left >= _BOTH
            or (run.left > last and not (both and run.thirds(own[-1])))
        ):
            run.opens = False
            last = self._close_shorter(own, run, last)
            if run.size >= _BOTH and run.left and both:
                run.both = False
                own.append(run)
                return True
            closes = bool(run.left and own)
        if closes and last > run.left and (last >= _BOTH or not both):
            run.opens = False
            if not self._close_longer(own, run):
                return False
        if run.opens:
            own.append(run)
        return True

    def _size_to_close(self, own: list[_Run], run: _Run) -> int:
        """Return how long the run is taken to be that this one would close."""
        last = own[-1].left if own else 0
        doubtful = own and run.both and run.left != last and run.thirds(own[-1])
        if doubtful and any(each.left == run.left and not run.thirds(each) for each in own[:-1]):
            return run.left
        return last

    def _close_shorter(self, own: list[_Run], run: _Run, last: int) -> int:
        """Close runs no longer than this one."""
        while own and run.left and last <= run.left:
            opener = own.pop()
            self._pair(
                opener, run, min(opener.left, run.left, 1 if opener.left == _BOTH else _STRONG)
            )
            if opener.left:
                own.append(opener)
            if own:
                last = own[-1].left
        return last

    def _close_longer(self, own: list[_Run], run: _Run) -> bool:
        """Close a part of a longer run that surely opens; tell whether to go on."""
        opener = own.pop()
        while own and opener.both and opener.left != _BOTH:
            opener = own.pop()
        if opener.both and opener.left != _BOTH:
            own.clear()
            return any(self._stacks.values())
        while run.left and opener.left:
            self._pair(opener, run, min(run.left, opener.left, 1 if run.left == _BOTH else _STRONG))
        if opener.left:
            opener.both = False
            own.append(opener)
        return True

    def _pair(self, opener: _Run, run: _Run, size: int) -> None:
        """Pair delimiters, and forget all that is open between them."""
        opener.end -= size
        opener.left -= size
        self._pairs.append(Pair(opener.end, run.start, size))
        run.start += size
        run.left -= size
        for stack in self._stacks.values():
            while stack and opener.end <= stack[-1].start < run.start:
                stack.pop()


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"
