"""Gather the parser's events into the blocks of a document, without recursion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmstool.parsing.markdown.assembly import Assembly
from qmstool.parsing.markdown.document import ThematicBreak
from qmstool.parsing.markdown.inlines import (
    Code,
    FootnoteReference,
    HardBreak,
    InlineHtml,
    SoftBreak,
    TaskBox,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qmstool.parsing.markdown.document import Block
    from qmstool.parsing.markdown.offsets import Offsets

_NONE = -1

_LEAVES: dict[str, Callable[[int, int, Any], Any]] = {
    "SoftBreak": lambda start, end, _: SoftBreak(start, end),
    "HardBreak": lambda start, end, _: HardBreak(start, end),
    "Rule": lambda start, end, _: ThematicBreak(start, end),
    "Code": Code,
    "InlineHtml": InlineHtml,
    "FootnoteReference": FootnoteReference,
    "TaskListMarker": TaskBox,
}


class TreeBuilder:
    """Builds the tree of one text: a node is made when the event that ends it comes.

    Pieces of text that follow each other in the source as they are read become one node. They are
    kept as a place until another event comes, so that long runs of them take no longer than short.
    """

    __slots__ = ("_assembly", "_children", "_offsets", "_run_end", "_run_start", "_source", "_stack")

    def __init__(self, source: str, offsets: Offsets, assembly: Assembly) -> None:
        self._source = source
        self._offsets = offsets
        self._assembly = assembly
        self._stack: list[tuple[Any, int, list[Any]]] = []
        self._children: list[Any] = []
        self._run_start = self._run_end = _NONE

    def build(self, events: Iterable[tuple[Any, Any]]) -> tuple[Block, ...]:
        """Return the blocks that the events tell of."""
        begin, finish = self._offsets.begin, self._offsets.finish
        for event, place in events:
            name, value = event.popitem() if event.__class__ is dict else (event, None)
            if name in {"Text", "Html"}:
                self._text(begin(place["start"]), finish(place["end"]), value)
                continue
            if self._run_end != _NONE:
                self._end_run()
            if name == "Start":
                self._stack.append((value, begin(place["start"]), self._children))
                self._children = []
                if value.__class__ is dict:
                    self._assembly.opened(value)
            elif name == "End":
                self._close(finish(place["end"]))
            else:
                leaf = _LEAVES[name](begin(place["start"]), finish(place["end"]), value)
                self._children.append(leaf)
        return tuple(self._children)

    def _text(self, start: int, end: int, words: str) -> None:
        """Take a piece of text: into the run that it goes on with, or as a run or node of its own."""
        literal = len(words) == end - start
        if literal and start == self._run_end:
            self._run_end = end
            return
        if self._run_end != _NONE:
            self._end_run()
        if literal:
            self._run_start, self._run_end = start, end
        else:
            self._children.append(Text(start, end, words))

    def _end_run(self) -> None:
        start, end = self._run_start, self._run_end
        self._children.append(Text(start, end, self._source[start:end]))
        self._run_end = _NONE

    def _close(self, end: int) -> None:
        """Make the node that ends here and hand it to the one around it."""
        value, start, outer = self._stack.pop()
        node = self._assembly.node(value, start, end, self._children)
        self._children = outer
        outer.append(node)
