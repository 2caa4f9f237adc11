"""Decide how a table lies on paper: widths of its columns, size of its letters, which way up.

A word that cannot be broken decides how narrow a column may be, its longest text how wide it would
like to be. A table that cannot stand upright in small letters lies across the sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmstool.export.content import LONGEST_WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.export.content import Node

# Letters of an average word that stand on a line of A4 with our margins, for each size in points.
UPRIGHT = ((10.0, 86), (9.0, 96), (8.0, 108))
LYING = ((9.0, 140), (8.0, 158), (7.0, 180))
CELL_EDGES = 2.5  # letters that the inside edges of a cell take
WISHED = 90  # letters from which a cell's length asks for no more room


def fit_table(node: Node, *, may_lie: bool) -> bool:
    """Give a table its widths and size; return whether it has to lie across the sheet."""
    least, wished = _needs(node)
    edges = CELL_EDGES * node["columns"]
    needed = sum(least) + edges
    choices = [(size, letters, False) for size, letters in UPRIGHT]
    if may_lie:
        choices += [(size, letters, True) for size, letters in LYING]
    fitting = [choice for choice in choices if choice[1] >= needed]
    size, letters, lying = (fitting or choices[-1:])[0]
    node["size"] = size
    node["widths"] = _widths(least, wished, letters - edges)
    return lying


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
    least = [3.0] * node["columns"]
    wished = [3.0] * node["columns"]
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
