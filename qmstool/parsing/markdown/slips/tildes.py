"""Find words between two tildes that GitHub strikes out, though here they are shown as typed.

GitHub's renderer takes `~` for `*`: within words, too. So «5~7 ngày, 8~9 giờ» and «H~2~O» are
struck out in its preview; the parser of ours wants a blank or sign at one side.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.parsing.markdown.inlines import (
    Emphasis,
    Inlines,
    Link,
    Span,
    Strike,
    Strong,
    TextRun,
)
from qmstool.parsing.markdown.slips.slip import Slip
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_RUN = regex(r"~+")
_LONGEST = 2
_HOLDERS = (Emphasis, Strong, Strike, Link)
_ADDRESSES = frozenset({"bare", "autolink", "email"})


class _Tildes(NamedTuple):
    """A run of tildes: whether it may begin, and whether it may end, what is struck out."""

    start: int
    end: int
    opens: bool
    closes: bool


def tilde_slips(source: str, inlines: Inlines) -> Iterator[Slip]:
    """Yield `tildes` for words that stand between two tildes of GitHub's, once for each stretch.

    Both stand in the same markup: what begins within bold words or a link ends there.
    """
    bounds = inlines[0].start, inlines[-1].end
    waiting = [inlines]
    while waiting:
        level = waiting.pop()
        waiting += [
            node.children
            for node in level
            if isinstance(node, _HOLDERS)
            and not (isinstance(node, Link) and node.kind in _ADDRESSES)
        ]
        yield from _struck(source, level, bounds)


def _struck(source: str, level: Inlines, bounds: Span) -> Iterator[Slip]:
    """Yield the slip of one stretch of words, markup within it left out."""
    openers: dict[int, _Tildes] = {}
    for run in _runs(source, level, bounds):
        length = run.end - run.start
        opener = openers.get(length)
        if run.closes and opener:
            yield Slip(opener.start, run.end, "tildes", {"said": source[opener.start : run.end]})
            return
        if run.opens:
            openers[length] = run


def _runs(source: str, level: Inlines, bounds: Span) -> Iterator[_Tildes]:
    """Yield the runs of one or two tildes among the words of a line that lies within bounds."""
    for node in level:
        if not isinstance(node, TextRun) or not node.literal:
            continue
        for found in _RUN.finditer(source, node.start, node.end):
            start, end = found.span()
            if end - start > _LONGEST or source[start - 1 : start] == "\\":
                continue
            before = source[start - 1] if start > bounds[0] else " "
            after = source[end] if end < bounds[1] else " "
            yield _Tildes(start, end, opens=_binds(after, before), closes=_binds(before, after))


def _binds(near: str, far: str) -> bool:
    """Tell whether tildes belong to the sign `near`, given the one on their other side."""
    if near.isspace():
        return False
    return not _is_punctuation(near) or far.isspace() or _is_punctuation(far)


def _is_punctuation(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS"
