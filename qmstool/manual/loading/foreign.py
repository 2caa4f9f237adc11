"""Read what other tools write at the head of a document in the words of this one.

What goes in: the nodes of the head, and what `qms.yml` says of foreign keys. What comes out: the
nodes with our keys and values, each still at its place, and what has to be asked.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from qmstool.findings import LoadError, Violation
from qmstool.frozen import replace
from qmstool.manual.schema.documents import DOCUMENT
from qmstool.parsing.yaml.misfits import two_days
from qmstool.parsing.yaml.nodes import LocatedText, Mapping, Node, Scalar, Sequence
from qmstool.parsing.yaml.schema import Field, Schema, ValueKind
from qmstool.parsing.yaml.suggestions import day_readings
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from qmstool.manual.config import Habits

PRIVATE = "x-"
NOTHING = frozenset({"null", "Null", "NULL", "~"})
_WHOLE = regex(r"(\d{1,6})[.,]0+")
_TIMESTAMP = regex(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}\S*")


def in_our_words(node: Node | None, habits: Habits) -> tuple[Node | None, list[LoadError]]:
    """Return the head of a document as this tool would have written it, and what is asked."""
    if not isinstance(node, Mapping):
        return node, []
    reader = _ValueReader(habits.zone)
    renamed = _renamed(node, habits, reader.problems)
    return reader.mapping(renamed, DOCUMENT), reader.problems


def _renamed(node: Mapping, habits: Habits, problems: list[LoadError]) -> Mapping:
    """Return a mapping with our keys, without those that are not to be read."""
    keys: dict[str, LocatedText] = {}
    values = []
    for key, value in zip(node.keys, node.values, strict=True):
        if key.text.lower().startswith(PRIVATE) or key.text in habits.unread:
            continue
        name = habits.names.get(key.text, key.text)
        if name in keys:
            related = (keys[name].location,)
            violation = Violation(key.location, {"key": name}, related=related)
            problems.append(LoadError("duplicate-key", violation))
            continue
        keys[name] = key if name == key.text else replace(key, text=name)
        values.append(value)
    return Mapping(node.mark, tuple(keys.values()), tuple(values))


class _ValueReader:
    """Puts values as form editors write them into the form of this tool."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.problems: list[LoadError] = []

    def mapping(self, node: Mapping, schema: Schema) -> Mapping:
        """Return a mapping without keys that say nothing, its values in our form."""
        keys, values = [], []
        for key, value in zip(node.keys, node.values, strict=True):
            field = schema.field(key.text)
            if _says_nothing(value):
                continue
            read = self._value(value, field) if field else value
            if read is not None:
                keys.append(key)
                values.append(read)
        return Mapping(node.mark, tuple(keys), tuple(values))

    def _value(self, node: Node, field: Field) -> Node | None:
        if isinstance(node, Sequence):
            items = [self._value(item, field) for item in node.items if not _says_nothing(item)]
            return Sequence(node.mark, tuple(item for item in items if item is not None))
        if isinstance(node, Mapping):
            return self.mapping(node, field.kind) if isinstance(field.kind, Schema) else node
        if field.kind is ValueKind.DATE:
            return self._day(node, field)
        if field.kind is ValueKind.NUMBER and (whole := _WHOLE.fullmatch(node.mark.text)):
            return Scalar(replace(node.mark, text=whole[1]))
        return node

    def _day(self, node: Scalar, field: Field) -> Scalar | None:
        """Return a day as YYYY-MM-DD; None for one that has two readings, which is asked."""
        readings = tuple(self._readings(node.mark.text))
        if len(readings) > 1:
            self.problems.append(two_days(field.name, node.mark, readings))
            return None
        return Scalar(replace(node.mark, text=readings[0])) if readings else node

    def _readings(self, word: str) -> Iterator[str]:
        """Yield the days that a word may mean.

        A timestamp at midnight stands for the day written, or for the day here if it is midnight
        here; at another hour the day written and the day here may be two.
        """
        if not _TIMESTAMP.fullmatch(word):
            yield from day_readings(word)
            return
        try:
            moment = datetime.fromisoformat(word)
        except ValueError:
            return
        here = moment.astimezone(self.zone) if moment.tzinfo else moment
        days = [each.date().isoformat() for each in (moment, here)]
        midnights = [each.time() == time.min for each in (moment, here)]
        if any(midnights):
            yield days[midnights.index(True)]
        else:
            yield from dict.fromkeys(days)


def _says_nothing(node: Node) -> bool:
    """Whether a value is YAML's word for nothing; between quotation marks it is a word."""
    return isinstance(node, Scalar) and node.mark.text in NOTHING and not node.mark.quoted
