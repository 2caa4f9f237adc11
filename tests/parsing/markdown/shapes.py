"""Show a tree as lines a person can read: what each node is, and the words at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmstool.parsing.markdown.reader import read

if TYPE_CHECKING:
    from qmstool.parsing.markdown.document import MarkdownDocument

_CHILDREN = ("head", "rows", "cells", "children", "pieces")


def shape(text: str, start: int = 0) -> list[str]:
    """Return a line for each node: its depth in blanks, its class, its place as words."""
    document = read(text, start)
    lines: list[str] = []
    for block in document.children:
        _add(lines, document, block, 0)
    return lines


def _add(lines: list[str], document: MarkdownDocument, node: Any, depth: int) -> None:
    words = document.text[node.start : node.end]
    lines.append(f"{'  ' * depth}{type(node).__name__} {words!r}")
    for name in _CHILDREN:
        held = getattr(node, name, ())
        for child in [held] if name == "head" and held else held:
            _add(lines, document, child, depth + 1)


def nodes(text: str, kind: type) -> list[Any]:
    """Return every node of a class, blocks and what stands in lines."""
    from qmstool.parsing.markdown.plain import walk
    from qmstool.parsing.markdown.walking import lines_of

    found: list[Any] = []
    for block, _ in read(text).blocks:
        found += [each for each in [block, *walk(lines_of(block))] if isinstance(each, kind)]
    return found


def at(text: str, node: Any) -> str:
    return text[node.start : node.end]
