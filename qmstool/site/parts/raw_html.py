"""Part what a template wrote into blocks of finished HTML and the Markdown between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK = re.compile(r"<(?:div|dl|ul|ol|p|nav|details|figure|table|section|h[1-6])\b")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?:\"[^\"]*\"|[^\">])*>")
# The attribute itself: in the value of another it is somebody's word.
_HOLDS_MARKDOWN = re.compile(
    r"<[a-z][\w-]*(?:\s+[\w:-]+(?:=(?:\"[^\"]*\"|'[^']*'))?)*?\s+markdown="
)
_ALONE = frozenset({"br", "hr", "img", "wbr", "col", "input"})


class Piece(NamedTuple):
    """Some lines of a template's output; HTML is `ready`, or else it is Markdown to be read."""

    text: str
    ready: bool


def split_html(text: str) -> Iterator[Piece]:
    """Yield whole blocks of HTML, and the Markdown between them, in order.

    A block that holds Markdown (`markdown=`), or is never closed, counts as Markdown.
    """
    between: list[str] = []
    lines = iter(text.split("\n"))
    for line in lines:
        if not _BLOCK.match(line):
            between.append(line)
            continue
        block, is_whole = _block(line, lines)
        if not is_whole or any(map(_HOLDS_MARKDOWN.search, block)):
            between += block
            continue
        yield from _markdown(between)
        between = []
        yield Piece("\n".join(filter(str.strip, block)) + "\n", ready=True)
    yield from _markdown(between)


def _markdown(lines: list[str]) -> Iterator[Piece]:
    text = "\n".join(lines)
    if text.strip():
        yield Piece(text, ready=False)


def _block(line: str, following: Iterator[str]) -> tuple[list[str], bool]:
    """Return the lines of a block that begins with a line, and whether it is closed in them."""
    block = [line]
    depth = _depth(line)
    while depth:
        after = next(following, None)
        if after is None:
            return block, False
        block.append(after)
        depth += _depth(after)
    return block, True


def _depth(line: str) -> int:
    """Return how many tags more a line opens than it closes."""
    depth = 0
    for close, tag in _TAG.findall(line):
        if tag not in _ALONE:
            depth += -1 if close else 1
    return depth
