"""Say of each external document which others came after it, and which came before.

What goes in: the external register. What comes out: keys of its documents, found once for all.
Pure.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.manual.model import UNKNOWN
from qmstool.parsing.codes import fold_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qmstool.manual.registers import ExternalDocument
    from qmstool.parsing.yaml.nodes import LocatedText

# Of one document are shown so many ways, each so long: where each has two successors, the ways
# double with every step.
MOST_WAYS, LONGEST_WAY = 20, 50


class Successors:
    """Who superseded and who amended whom in one external register."""

    def __init__(self, externals: Mapping[str, ExternalDocument]) -> None:
        self._externals = externals

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        """The documents by number; of two with one number the last counts."""
        numbered = [each for each in self._externals.values() if each.number != UNKNOWN]
        return {fold_code(external.number): external.key for external in numbered}

    def _named(self, marks: Iterable[LocatedText]) -> list[str]:
        """Return the ids of documents named by id or number; the name itself where neither is."""
        names = [mark.text for mark in marks]
        return [
            name if name in self._externals else self._keys.get(fold_code(name), name)
            for name in names
        ]

    def superseding(self, key: str) -> list[str]:
        """Return what came in the place of a document."""
        external = self._externals.get(key)
        return self._named(external.superseded_by) if external else []

    def amending(self, key: str) -> list[str]:
        """Return what amended a document."""
        external = self._externals.get(key)
        return self._named(external.amended_by) if external else []

    @cached_property
    def _before(self) -> Mapping[str, list[str]]:
        before: dict[str, list[str]] = {}
        for key in self._externals:
            for later in dict.fromkeys((*self.superseding(key), *self.amending(key))):
                before.setdefault(later, []).append(key)
        return before

    def before(self, key: str) -> Iterable[str]:
        """Return the documents in whose place one came, or that it amended."""
        return self._before.get(key, ())

    def ways(self, key: str) -> list[tuple[str, ...]]:
        """Return the ways from a document over its successors to the end, itself first.

        None where nothing follows. A circle ends where it closes; of many ways the first are
        returned, and of a long one how it begins.
        """
        ways: list[tuple[str, ...]] = []
        way, open_ones = [key], [self._fresh(key, (key,))]
        while open_ones and len(ways) < MOST_WAYS:
            following = next(open_ones[-1], None)
            if following is None:
                open_ones.pop()
                way.pop()
                continue
            way.append(following)
            fresh = list(self._fresh(following, way))
            if fresh and len(way) < LONGEST_WAY:
                open_ones.append(iter(fresh))
            else:
                ways.append(tuple(way))
                way.pop()
        return ways

    def _fresh(self, key: str, way: Iterable[str]) -> Iterator[str]:
        """Return the successors of a document that are not on the way already."""
        taken = frozenset(way)
        return iter([each for each in self.superseding(key) if each not in taken])
