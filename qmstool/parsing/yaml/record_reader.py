"""Read YAML nodes by a schema: a record of placed values, and an error for every misfit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import LoadError, Violation
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.parsing.yaml import composer
from qmstool.parsing.yaml.misfits import beginning_of, missing_key, unknown_key, wrong_value
from qmstool.parsing.yaml.nodes import LocatedText, Mapping, Node, Scalar, Sequence
from qmstool.parsing.yaml.records import Bilingual, Record
from qmstool.parsing.yaml.schema import (
    TWO_LANGUAGES,
    UNKNOWN,
    Field,
    Schema,
    ValueKind,
    fits_field,
)

if TYPE_CHECKING:
    from qmstool.parsing.source import SourceFile


def read_source(source: SourceFile, schema: Schema) -> tuple[Record, list[LoadError]]:
    """Read a whole file by its schema.

    A file that cannot be read at all gives an empty record.
    """
    top = LocatedText("", source, 0, 0)
    node, errors = composer.compose(source)
    if node is None and errors:
        return Record(top, {}, {}), errors
    record, misfits = read_record(node, schema, top)
    return record, errors + misfits


def read_record(
    node: Node | None, schema: Schema, where: LocatedText
) -> tuple[Record, list[LoadError]]:
    """Read a node by its schema; `where` is the place to point at when a key is missing.

    What does not fit is left out of the record and told as an error at its place.
    """
    if node is None:
        return Record(where, {}, {}), _missing_all(schema, where)
    reader = RecordReader()
    record = reader.record(node, schema, where)
    return record, reader.problems


def _missing_all(schema: Schema, where: LocatedText) -> list[LoadError]:
    """Return the one error that says all that an empty file lacks."""
    needed = [field for field in schema.fields if field.required]
    if not needed:
        return []
    values = {
        "key": "», «".join(field.name for field in needed),
        "what_vi": "; ".join(field.note.vi for field in needed),
        "what_en": "; ".join(field.note.en for field in needed),
    }
    lines = "\n".join(beginning_of(field) for field in needed)
    return [LoadError("missing-key", Violation(where.location, values, lines))]


class RecordReader:
    """Reads nodes by schemas, and collects in `problems` what does not fit."""

    def __init__(self) -> None:
        self.problems: list[LoadError] = []

    def record(self, node: Node, schema: Schema, where: LocatedText) -> Record:
        """Read a mapping; `where` is the place to point at when a key is missing."""
        if not isinstance(node, Mapping):
            self._reject(node, Field(schema.name, schema, Text("", "")))
            return Record(node.mark, {}, {})
        keys: dict[str, LocatedText] = {}
        values: dict[str, object] = {}
        # Keys that an unknown key was meant for: that one is told, the gap it leaves is not.
        mistyped: set[str | None] = set()
        for key, value_node in zip(node.keys, node.values, strict=True):
            field = schema.field(key.text)
            if field is None:
                error, meant = unknown_key(key, value_node, schema, keys)
                self.problems.append(error)
                mistyped.add(meant)
                continue
            keys[key.text] = key
            value = self._value(value_node, field)
            if value is not None:
                values[key.text] = value
        for field in schema.fields:
            if field.required and field.name not in keys and field.name not in mistyped:
                self.problems.append(missing_key(field, where))
        return Record(node.mark, keys, values)

    def _reject(self, node: Node, field: Field) -> None:
        error = wrong_value(node, field)
        if error is not None:
            self.problems.append(error)

    def _value(self, node: Node, field: Field) -> object:
        """Read what stands under a key; None where it does not fit."""
        if field.keyed:
            return self._pairs(node, field)
        if field.many or (field.or_list and isinstance(node, Sequence)):
            return self._items(node, field)
        return self._one(node, field)

    def _items(self, node: Node, field: Field) -> object:
        if isinstance(node, Scalar) and node.mark.text == UNKNOWN:
            return ()
        if not isinstance(node, Sequence):
            self._reject(node, field)
            return None
        values = [self._one(item, field) for item in node.items]
        return tuple(value for value in values if value is not None)

    def _pairs(self, node: Node, field: Field) -> object:
        if isinstance(node, Scalar) and not node.mark.text:
            return ()
        if not isinstance(node, Mapping):
            self._reject(node, field)
            return None
        pairs = []
        for key, value_node in zip(node.keys, node.values, strict=True):
            value = self._one(value_node, field, key)
            if value is not None:
                pairs.append((key, value))
        return tuple(pairs)

    def _one(self, node: Node, field: Field, key: LocatedText | None = None) -> object:
        """Read one value; `key` is the free key that it stands under, if it does."""
        if isinstance(field.kind, Schema):
            if field.keyed and isinstance(node, Scalar) and not node.mark.text:
                node = Mapping(node.mark, (), ())
            return self.record(node, field.kind, key or _first_line(node.mark))
        if field.kind is ValueKind.BILINGUAL:
            return self._bilingual(node, field)
        if not isinstance(node, Scalar) or not fits_field(node.mark.text, field):
            # What does not fit is one value, also where the key takes a list of them.
            self._reject(node, replace(field, many=False))
            return None
        return node.mark

    def _bilingual(self, node: Node, field: Field) -> Bilingual | None:
        if isinstance(node, Scalar) and node.mark.text:
            return Bilingual(Text(node.mark.text, node.mark.text), node.mark)
        if not isinstance(node, Mapping) or not _names_languages(node):
            self._reject(node, field)
            return None
        record = self.record(node, TWO_LANGUAGES, node.mark)
        vi, en = record.text("vi"), record.text("en")
        return Bilingual(Text(vi or en, en or vi), node.mark)


def _names_languages(node: Mapping) -> bool:
    """Whether a mapping may be a two-language text: it is empty, or has a key of a language."""
    languages = {field.name for field in TWO_LANGUAGES.fields}
    return not node.keys or any(key.text in languages for key in node.keys)


def _first_line(mark: LocatedText) -> LocatedText:
    """Return the first line of a mapping: a place that a caret can stand under."""
    line_end = mark.source.text.find("\n", mark.start)
    end = mark.end if line_end < 0 else min(mark.end, line_end)
    return LocatedText("", mark.source, mark.start, end)
