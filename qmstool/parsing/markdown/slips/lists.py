"""Find items whose number is not the one that is shown, and lists that were meant to be one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from qmstool.parsing.markdown import containers as tree
from qmstool.parsing.markdown.slips.slip import Slip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.parsing.markdown.containers import Block


def list_slips(_source: str, block: tree.List) -> Iterator[Slip]:
    """Yield `number` for each item that is counted otherwise than it is typed.

    Where all items have one number typed, the writer left counting to the page.
    """
    typed = [item.typed for item in block.children]
    if block.first is None or len(set(typed)) == 1:
        return
    for shown, item in enumerate(block.children, block.first):
        if item.typed != shown:
            values = {"said": str(item.typed), "shown": str(shown)}
            yield Slip(item.start, item.start + len(item.marker), "number", values)


def sibling_slips(source: str, siblings: Sequence[Block]) -> Iterator[Slip]:
    """Yield the slips between blocks that stand side by side."""
    for first, second in pairwise(siblings):
        if isinstance(first, tree.ThematicBreak) and isinstance(second, tree.Heading):
            yield from _metadata(source, first, second)
    for first, between, second in _threes(siblings):
        if isinstance(first, tree.List) and isinstance(second, tree.List):
            yield from _parted(first, between, second)


def _threes(siblings: Sequence[Block]) -> Iterator[tuple[Block, Block, Block]]:
    return zip(siblings, siblings[1:], siblings[2:], strict=False)


def _parted(first: tree.List, between: Block, second: tree.List) -> Iterator[Slip]:
    """Yield what parts two lists: a comment at the margin, or a list indented too little."""
    if (first.delimiter, first.first is None) != (second.delimiter, second.first is None):
        return
    if isinstance(between, tree.HtmlBlock) and _is_comment(between.text):
        yield Slip(between.start, between.end, "list-cut-by-comment", {})
    goes_on = first.first is not None and second.first == first.first + len(first.children)
    if isinstance(between, tree.List) and between.first is None and goes_on:
        item = first.children[-1]
        values = {"needed": str(len(item.marker) + 1)}
        marker = between.children[0].marker
        yield Slip(between.start, between.start + len(marker), "list-not-nested", values)


def _is_comment(html: str) -> bool:
    words = html.strip()
    return words.startswith("<!--") and words.find("-->") == len(words) - len("-->")


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
