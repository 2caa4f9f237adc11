"""Find where each line of an exported text is typed, and carry places in it over.

What goes in: the nodes that the exported form shows, and those that the files show. What comes out:
for each of the former the one of the latter whose words it shows, where there is one. Pure.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from qmstool.importing.returning.shown import ShownLine, ShownTable, is_solid, squeeze
from qmstool.importing.returning.typed import TypedLine, TypedTable, key_of
from qmstool.parsing.matching import BoundedMatcher

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.importing.returning.shown import Shown
    from qmstool.importing.returning.typed import Typed


def shown_key(node: Shown) -> str:
    """Return by what a node of an exported form is found again."""
    if isinstance(node, ShownLine):
        return squeeze(node.words)
    return squeeze("".join(cell for row in node.rows for cell in row))


def shown_words(nodes: Sequence[Shown]) -> frozenset[str]:
    """Return what all lines say, those of cells too, squeezed."""
    said: set[str] = set()
    for node in nodes:
        if isinstance(node, ShownLine):
            said.add(squeeze(node.words))
        else:
            said.update(squeeze(cell) for row in node.rows for cell in row)
    return frozenset(said)


def join_nodes(shown: Sequence[Shown], typed: Sequence[Typed]) -> dict[int, Typed]:
    """Return index in `shown` → the node that is typed there; a table only where its rows agree."""
    matcher = BoundedMatcher(list(map(shown_key, shown)), list(map(key_of, typed)))
    joined: dict[int, Typed] = {}
    for block in matcher.get_matching_blocks():
        for offset in range(block.size):
            node, place = shown[block.a + offset], typed[block.b + offset]
            if _agree(node, place):
                joined[block.a + offset] = place
    return joined


def _agree(shown: Shown, typed: Typed) -> bool:
    if isinstance(shown, ShownLine):
        return isinstance(typed, TypedLine)
    if not isinstance(typed, TypedTable) or not isinstance(shown, ShownTable):
        return False
    before = [[squeeze(cell) for cell in row] for row in shown.rows]
    return before == [[squeeze(cell.words.text) for cell in row.cells] for row in typed.rows]


class Carrier:
    """Carries places from words that are shown to the same words as they are typed.

    Both have the same letters; the blanks between them may differ.
    """

    def __init__(self, shown: str, typed: str) -> None:
        self._shown = shown
        self._before = [0, *accumulate(int(is_solid(letter)) for letter in shown)]
        self._solid = [place for place, letter in enumerate(typed) if is_solid(letter)]
        self._end = len(typed)

    def carry(self, offset: int) -> int:
        """Return the place in the typed words that is before the same letter, or behind it."""
        count = self._before[offset]
        behind = offset > 0 and is_solid(self._shown[offset - 1])
        if behind or count >= len(self._solid):
            return self._solid[count - 1] + 1 if count else 0
        return self._solid[count]
