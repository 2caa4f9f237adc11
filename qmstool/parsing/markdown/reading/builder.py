"""Gather the parser's events into the blocks of a document, without recursion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmstool.parsing.markdown.containers import ThematicBreak
from qmstool.parsing.markdown.inlines import (
    Code,
    Emphasis,
    FootnoteReference,
    HardBreak,
    Image,
    InlineHtml,
    Link,
    SoftBreak,
    Strike,
    Strong,
    TaskBox,
)
from qmstool.parsing.markdown.reading.assembly import Assembly

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qmstool.parsing.markdown.containers import Block
    from qmstool.parsing.markdown.reading.offsets import Offsets

_new = tuple.__new__  # a named tuple's own costs twice as much
_LEAVES: dict[str, Callable[[int, int, Any], Any]] = {
    "SoftBreak": lambda start, end, _: SoftBreak(start, end),
    "HardBreak": lambda start, end, _: HardBreak(start, end),
    "Code": Code,
    "InlineHtml": InlineHtml,
    "FootnoteReference": FootnoteReference,
    "TaskListMarker": TaskBox,
}

_ENDED_BY_CHILDREN = frozenset(
    {
        "Paragraph",
        "Item",
        "List",
        "Table",
        "DefinitionList",
        "DefinitionListTitle",
        "DefinitionListDefinition",
    }
)
"""Constructs whose end need not be looked up: it is that of the last node in them."""

_MAKERS: dict[str, Callable[[Assembly, int, int, list[Any], Any], Any]] = {
    "Paragraph": Assembly.paragraph,
    "Heading": Assembly.heading,
    "Emphasis": lambda self, start, end, kids, _: Emphasis(start, end, self.inlines(kids)),
    "Strong": lambda self, start, end, kids, _: _new(Strong, (start, end, self.inlines(kids))),
    "Strikethrough": lambda self, start, end, kids, _: Strike(start, end, self.inlines(kids)),
    "Link": lambda self, *place_and_data: self.link(Link, *place_and_data),
    "Image": lambda self, *place_and_data: self.link(Image, *place_and_data),
    "Item": Assembly.item,
    "List": Assembly.listed,
    "BlockQuote": Assembly.quote,
    "CodeBlock": Assembly.code,
    "HtmlBlock": Assembly.html,
    "TableCell": Assembly.cell,
    "TableHead": Assembly.row,
    "TableRow": Assembly.row,
    "Table": Assembly.table,
    "DefinitionList": Assembly.definitions,
    "DefinitionListTitle": Assembly.term,
    "DefinitionListDefinition": Assembly.definition,
    "FootnoteDefinition": Assembly.footnote,
}


class TreeBuilder:
    """Builds the tree of one text: a node is made when the event that ends it comes."""

    __slots__ = ("_assembly", "_offsets")

    def __init__(self, offsets: Offsets, assembly: Assembly) -> None:
        self._offsets = offsets
        self._assembly = assembly

    def build(self, events: Iterable[tuple[Any, Any]]) -> tuple[Block, ...]:
        """Return the blocks that the events tell of."""
        begin, finish, text = self._offsets.begin, self._offsets.finish, self._offsets.text
        assembly, words = self._assembly, self._assembly.words
        stack: list[tuple[Any, int, list[Any]]] = []
        children: list[Any] = []
        for event, place in events:
            name, value = event.popitem() if event.__class__ is dict else (event, "")
            if name == "Text" or name == "Html":  # noqa: PLR1714 - quicker, and most are text
                children.append(text(place["start"], place["end"], value))
                words.append(value)
            elif name == "Start":
                stack.append((value, begin(place["start"]), children))
                children = []
                if value.__class__ is dict:
                    assembly.opened(value)
            elif name == "End":
                value, start, outer = stack.pop()
                kind, data = value.popitem() if value.__class__ is dict else (value, None)
                end = start if kind in _ENDED_BY_CHILDREN else finish(place["end"])
                outer.append(_MAKERS[kind](assembly, start, end, children, data))
                children = outer
            else:
                children.append(self._leaf(name, place, value))
        return tuple(children)

    def _leaf(self, name: str, place: Any, value: Any) -> Any:
        """Make the node of an event that has nothing in it."""
        start, end = self._offsets.begin(place["start"]), self._offsets.finish(place["end"])
        if name == "Rule":
            return ThematicBreak(start, self._assembly.trimmed(start, end))
        return _LEAVES[name](start, end, value)
