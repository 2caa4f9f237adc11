"""Decide how a table lies on paper: widths of its columns, size of its letters, which way up.

A word that cannot be broken decides how narrow a column may be, its longest text how wide it would
like to be. A table that cannot stand upright in small letters lies across the sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmstool.export.content import mark_long_words
from qmstool.parsing.paper import (
    CELL_EDGES,
    LONGEST_WORD,
    LYING,
    NARROWEST,
    UPRIGHT,
    letters_needed,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.export.content import Node

MOST_LINES_KEPT = 12  # so many lines of a row stay together; even twice as many are half a sheet
WISHED = 90  # letters from which a cell's length asks for no more room


def fit_table(node: Node, *, may_lie: bool, lying: bool = False, share: float = 1.0) -> bool:
    """Give a table its widths and size; return whether it has to lie across the sheet.

    `share`: how much of the sheet's width it has, which lies already where `lying`. Where even the
    smallest letters do not fit, words are broken: nothing leaves the sheet.
    """
    least, wished = _needs(node)
    sizes = LYING if lying else UPRIGHT
    choices = [(size, letters * share, lying) for size, letters in sizes]
    if may_lie and not lying:
        choices += [(size, letters * share, True) for size, letters in LYING]
    fitting = [choice for choice in choices if choice[1] >= letters_needed(least)]
    size, letters, lies = (fitting or choices[-1:])[0]
    if not fitting:
        least = _broken(node, least, letters)
    node["size"] = size
    node["widths"] = _widths(least, wished, letters - CELL_EDGES * node["columns"])
    _keep_rows_whole(node)
    return lies


def _keep_rows_whole(node: Node) -> None:
    """Mark the cells of rows that are low enough to go to the next sheet rather than be torn."""
    tall: set[int] = set()
    for cell in node["cells"]:
        room = sum(node["widths"][cell["x"] : cell["x"] + cell["across"]]) - CELL_EDGES
        text = "".join(words_of(cell["c"]))
        lines = sum(len(line) // max(room, 1.0) + 1 for line in text.rstrip().split("\n"))
        if lines > MOST_LINES_KEPT or not _is_text(cell["c"]):
            tall.update(range(cell["y"], cell["y"] + cell["down"]))
    for cell in node["cells"]:
        cell["keep"] = tall.isdisjoint(range(cell["y"], cell["y"] + cell["down"]))


def _is_text(nodes: Iterable[Any]) -> bool:
    """Whether nodes are nothing but running text, whose height its letters tell."""
    for node in nodes:
        if isinstance(node, str):
            continue
        if node["k"] in {"img", "table", "pre", "space", "break"}:
            return False
        inside = [
            *node.get("c", ()),
            *(each for item in node.get("items", ()) for each in item["c"]),
        ]
        if not _is_text(inside):
            return False
    return True


def _broken(node: Node, least: list[float], letters: float) -> list[float]:
    """Mark words of a table as to be broken until it fits; return what each column then needs."""
    longest = LONGEST_WORD
    while longest > 1 and letters_needed([min(need, longest) for need in least]) > letters:
        longest -= 1
    for cell in node["cells"]:
        cell["c"] = list(_with_broken_words(cell["c"], longest))
    return [min(need, longest) for need in least]


def _with_broken_words(nodes: Iterable[Any], longest: int) -> Iterator[Any]:
    for node in nodes:
        if isinstance(node, str):
            yield from mark_long_words(node, longest)
            continue
        if "c" in node:
            node["c"] = list(_with_broken_words(node["c"], longest))
        for item in node.get("items", ()):
            item["c"] = list(_with_broken_words(item["c"], longest))
        yield node


def _widths(least: list[float], wished: list[float], room: float) -> list[float]:
    """Return each column's least and its share of what is left, by what it lacks."""
    left = max(room - sum(least), 0.0)
    lacking = [max(wish - need, 0.0) for need, wish in zip(least, wished, strict=True)]
    total = sum(lacking)
    if total == 0:
        return [round(need + CELL_EDGES, 2) for need in least]
    share = min(left / total, 1.0)
    return [
        round(need + lack * share + CELL_EDGES, 2)
        for need, lack in zip(least, lacking, strict=True)
    ]


def _needs(node: Node) -> tuple[list[float], list[float]]:
    """Return for each column the letters of its longest word, and those of its fullest cell."""
    least = [NARROWEST] * node["columns"]
    wished = [NARROWEST] * node["columns"]
    for cell in node["cells"]:
        text = "".join(words_of(cell["c"]))
        longest = max(map(len, text.split()), default=0)
        length = max(map(len, text.split("\n")), default=0)
        columns = range(cell["x"], cell["x"] + cell["across"])
        for column in columns:
            least[column] = max(least[column], min(longest, LONGEST_WORD) / cell["across"])
            wished[column] = max(wished[column], min(length, WISHED) / cell["across"])
    return least, wished


def words_of(nodes: Iterable[Any]) -> Iterator[str]:
    """Yield the words of blocks or parts of a line, a line end behind each block."""
    for node in nodes:
        if isinstance(node, str):
            yield node
            continue
        kind = node["k"]
        if kind == "br":
            yield "\n"
        elif kind in {"long", "pre"}:
            yield node["text"]
        elif kind == "list":
            for item in node["items"]:
                yield f"{item['mark']} "
                yield from words_of(item["c"])
        elif kind == "table":
            for cell in node["cells"]:
                yield from words_of(cell["c"])
        else:
            yield from words_of(node.get("c", ()))
        if kind in {"p", "h", "pre", "table"}:
            yield "\n"
