"""Find items whose number is not the one that is shown, and lists that were meant to be one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from qmstool.parsing.markdown import containers as tree
from qmstool.parsing.markdown.slips.alerts import flat_note
from qmstool.parsing.markdown.slips.slip import Slip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.parsing.markdown.containers import Block

SHALLOW = 2
"""How many blanks before an item mean that it was to stand in a list within."""


_FIRST = frozenset({tree.ThematicBreak, tree.Admonition})


def list_slips(source: str, block: tree.List) -> Iterator[Slip]:
    """Yield `number` for each item whose number does not follow from the one before.

    Where all items have one number typed, the writer left counting to the page. Yield
    `list-not-nested` for the first item that was to stand in a list of its own under another.
    """
    if block.first is None or len({item.typed for item in block.children}) == 1:
        return
    inner = _shallow_item(source, block)
    if inner is not None:
        yield inner
        return
    before = block.first - 1
    for shown, item in enumerate(block.children, block.first):
        if item.typed is not None and item.typed != before + 1:
            values = {"said": str(item.typed), "shown": str(shown)}
            yield Slip(item.start, item.start + len(item.marker), "number", values)
        before = item.typed or 0


def _shallow_item(source: str, block: tree.List) -> Slip | None:
    """Return the slip of the first item typed further in than the list, but not far enough."""
    first = block.children[0]
    margin = _column(source, first)
    for above, item in pairwise(block.children):
        if _column(source, item) >= margin + SHALLOW:
            values = {"needed": str(len(above.marker) + 1)}
            return Slip(item.start, item.start + len(item.marker), "list-not-nested", values)
    return None


def _column(source: str, item: tree.Item) -> int:
    return item.start - source.rfind("\n", 0, item.start) - 1


def sibling_slips(source: str, siblings: Sequence[Block]) -> Iterator[Slip]:
    """Yield the slips between blocks that stand side by side."""
    kinds = list(map(type, siblings))
    if kinds.count(tree.List) > 1:
        yield from _between_lists(source, siblings)
    if _FIRST.isdisjoint(kinds):
        return
    for first, second in pairwise(siblings):
        if isinstance(first, tree.ThematicBreak) and isinstance(second, tree.Heading):
            yield from _metadata(source, first, second)
        elif isinstance(first, tree.Admonition):
            yield from flat_note(first, second)


def _between_lists(source: str, siblings: Sequence[Block]) -> Iterator[Slip]:
    """Yield the slips of lists that stand side by side: what parts two, one that is not nested."""
    told: set[int] = set()
    for first, between, second in _threes(siblings):
        if isinstance(first, tree.List) and isinstance(second, tree.List):
            for slip in _parted(source, first, between, second):
                told.add(slip.start)
                yield slip
    for above, inner in pairwise(siblings):
        if isinstance(above, tree.List) and isinstance(inner, tree.List):
            slip_of_inner = _shallow_list(source, above, inner)
            if slip_of_inner and slip_of_inner.start not in told:
                yield slip_of_inner


def _threes(siblings: Sequence[Block]) -> Iterator[tuple[Block, Block, Block]]:
    return zip(siblings, siblings[1:], siblings[2:], strict=False)


def _parted(source: str, first: tree.List, between: Block, second: tree.List) -> Iterator[Slip]:
    """Yield what parts two lists: a comment at the margin, or a list indented too little."""
    if (first.delimiter, first.first is None) != (second.delimiter, second.first is None):
        return
    if isinstance(between, tree.HtmlBlock) and _says_something(between.text):
        yield Slip(between.start, between.end, "list-cut-by-comment", {})
    goes_on = first.first is not None and second.first == first.first + len(first.children)
    if isinstance(between, tree.Paragraph) and goes_on and _indent(source, between):
        values = {"needed": str(len(first.children[-1].marker) + 1)}
        yield Slip(between.start, between.start + 1, "words-not-nested", values)
    if isinstance(between, tree.List) and between.first is None and goes_on:
        item = first.children[-1]
        values = {"needed": str(len(item.marker) + 1)}
        marker = between.children[0].marker
        yield Slip(between.start, between.start + len(marker), "list-not-nested", values)


def _shallow_list(source: str, above: tree.List, inner: tree.List) -> Slip | None:
    """Return the slip of a list below a numbered one, typed further in but not far enough."""
    item, first = above.children[-1], inner.children[0]
    if above.first is None or _column(source, first) < _column(source, item) + SHALLOW:
        return None
    values = {"needed": str(len(item.marker) + 1)}
    return Slip(inner.start, inner.start + len(first.marker), "list-not-nested", values)


def _indent(source: str, words: tree.Paragraph) -> int:
    """Return how many blanks stand before a paragraph on its line, 0 where other marks do."""
    before = source[source.rfind("\n", 0, words.start) + 1 : words.start]
    return 0 if before.strip() else len(before)


def _says_something(html: str) -> bool:
    """Tell whether HTML is one comment with words: an empty one is put there to part lists."""
    words = html.strip()
    whole = words.startswith("<!--") and words.find("-->") == len(words) - len("-->")
    return whole and bool(words[len("<!--") : -len("-->")].strip(" -"))


def _metadata(source: str, rule: tree.ThematicBreak, heading: tree.Heading) -> Iterator[Slip]:
    """Yield `metadata` for lines `key: value` between two lines of hyphens."""
    lines = source[heading.start : heading.end].split("\n")
    underlined = lines[-1].strip(" \t\r>").strip("-") == "" and len(lines) > 1
    adjacent = source.count("\n", rule.start, heading.start) == 1
    if underlined and adjacent and all(_is_pair(line) for line in lines[:-1]):
        yield Slip(rule.start, heading.end, "metadata", {})


def _is_pair(line: str) -> bool:
    key, colon, value = line.partition(":")
    return bool(colon) and key.strip().replace("_", "").isalnum() and value[:1] in {"", " ", "\r"}
