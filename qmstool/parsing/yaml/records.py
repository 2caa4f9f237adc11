"""Define a record: a mapping of a data file, read by its schema, each value with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.yaml.nodes import LocatedText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.i18n import Text


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text of the manual, in one language or both, with its place."""

    text: Text
    mark: LocatedText


class Record:
    """A mapping that was read by its schema: ask for values by key, get them with their places.

    `mark`: the place of the mapping; `keys`: its keys with their places. For a key that is absent,
    or whose value did not fit, the answer is None, () or the given default.
    """

    __slots__ = ("_values", "keys", "mark")

    def __init__(
        self, mark: LocatedText, keys: dict[str, LocatedText], values: dict[str, object]
    ) -> None:
        self.mark = mark
        self.keys = keys
        self._values = values

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def get(self, name: str) -> LocatedText | None:
        """Return the scalar under a key."""
        value = self._values.get(name)
        return value if isinstance(value, LocatedText) else None

    def text(self, name: str, default: str = "") -> str:
        """Return the words of the scalar under a key."""
        value = self._values.get(name)
        return value.text if isinstance(value, LocatedText) else default

    def flag(self, name: str) -> bool:
        """Whether the key says true."""
        return self.text(name) == "true"

    def bilingual(self, name: str) -> Text | None:
        """Return the two-language text under a key."""
        value = self._values.get(name)
        return value.text if isinstance(value, Bilingual) else None

    def list(self, name: str) -> tuple[LocatedText, ...]:
        """Return the scalars listed under a key."""
        return tuple(item for item in self._items(name) if isinstance(item, LocatedText))

    def one_or_more(self, name: str) -> tuple[LocatedText, ...]:
        """Return the scalars under a key that takes one of them, or a list."""
        one = self.get(name)
        return (one,) if one else self.list(name)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the words of the scalars listed under a key."""
        return tuple(mark.text for mark in self.list(name))

    def record(self, name: str) -> Record | None:
        """Return the mapping under a key."""
        value = self._values.get(name)
        return value if isinstance(value, Record) else None

    def entries(self, name: str) -> tuple[Record, ...]:
        """Return the mappings listed under a key."""
        return tuple(item for item in self._items(name) if isinstance(item, Record))

    def keyed(self, name: str) -> tuple[tuple[LocatedText, Record], ...]:
        """Return the mappings under free keys, in the order of the file."""
        pairs = self._pairs(name)
        return tuple((key, value) for key, value in pairs if isinstance(value, Record))

    def keyed_marks(self, name: str) -> tuple[tuple[LocatedText, LocatedText], ...]:
        """Return the scalars under free keys."""
        pairs = self._pairs(name)
        return tuple((key, value) for key, value in pairs if isinstance(value, LocatedText))

    def _items(self, name: str) -> Sequence[object]:
        value = self._values.get(name)
        return value if isinstance(value, tuple) else ()

    def _pairs(self, name: str) -> Sequence[tuple[LocatedText, object]]:
        value = self._values.get(name)
        return value if isinstance(value, tuple) else ()
