"""Make JSON Schemas of a manual's data files, so that an editor completes keys, codes and clauses.

They are made of the schemas of `qmstool.manual.schema` and of what the manual registers. An editor
knows YAML's own types where the reader knows texts only, so a number or flag is allowed wherever
its words would be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from qmstool.i18n import LANGUAGE_TAG
from qmstool.manual.schema.circulation import COPIES, OPINIONS, READINGS, REVIEWS, REVOKED
from qmstool.manual.schema.documents import DOCUMENT
from qmstool.manual.schema.known_findings import KNOWN_FINDINGS
from qmstool.manual.schema.manifest import MANIFEST
from qmstool.manual.schema.process_map import PROCESS_MAP
from qmstool.manual.schema.registers import ABBREVIATIONS, EXTERNALS, RECORDS
from qmstool.manual.schema.releases import CANDIDATE, RELEASE
from qmstool.manual.schema.standards import CATALOGUE, HARMONIZED, MAPPING, ROW, TRANSITION
from qmstool.manual.schema.wordlists import SITE_WORDS, WORDS_FILE
from qmstool.parsing.yaml.schema import (
    ADDRESS,
    CODE_SHAPE,
    COUNT,
    DATE,
    HEX,
    SLUG,
    TWO_LANGUAGES,
    UNKNOWN,
    Schema,
    ValueKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.manual.model import Manual
    from qmstool.parsing.yaml.schema import Field

JsonSchema: TypeAlias = "dict[str, object]"

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# Every kind of file: its schema, and where such files lie. Editors know nothing of front matter,
# and a file of known findings may lie anywhere.
FILE_KINDS: Mapping[str, tuple[Schema, tuple[str, ...]]] = {
    "qms": (MANIFEST, ("qms.yml",)),
    "catalogue": (CATALOGUE, ("clauses/catalogues/*.yml",)),
    "transition": (TRANSITION, ("clauses/transitions/*.yml",)),
    "harmonized": (HARMONIZED, ("clauses/harmonized.yml",)),
    "mapping": (MAPPING, ("clauses/mapping/*.yml",)),
    "process-map": (PROCESS_MAP, ("manual/process-map.yml",)),
    "abbreviations": (ABBREVIATIONS, ("manual/abbreviations.yml",)),
    "external": (EXTERNALS, ("procedures/external.yml",)),
    "records": (RECORDS, ("procedures/records.yml",)),
    "release": (RELEASE, ("releases/[0-9]*.yml",)),
    "candidate": (CANDIDATE, ("releases/candidates/*.yml",)),
    "opinions": (OPINIONS, ("releases/opinions/*.yml",)),
    "copies": (COPIES, ("releases/copies.yml",)),
    "reviews": (REVIEWS, ("releases/reviews.yml",)),
    "readings": (READINGS, ("releases/readings.yml",)),
    "revoked": (REVOKED, ("releases/revoked.yml",)),
    "words": (WORDS_FILE, ("templates/words/*.yml",)),
    "site-words": (SITE_WORDS, ("templates/words/site/*.yml",)),
    "front-matter": (DOCUMENT, ()),
    "debts": (KNOWN_FINDINGS, ()),
}
# Keys and schemas that name what may be gone by now: completed, but never marked as wrong.
GONE = frozenset({"replaces", "item", "asked", "signed", "copy", "review", "reading"})
TEXT: JsonSchema = {
    "anyOf": [{"type": "string", "pattern": r"\S"}, {"type": ["number", "boolean"]}]
}
NUMBER: JsonSchema = {"type": "number"}
OPERATION = (
    "Vận hành: mọi trang của mọi phiên bản dùng giá trị hôm nay. / Operation: today's value is on "
    "every page of every version."
)


def make_schemas(manual: Manual) -> dict[str, JsonSchema]:
    """Return a schema for each kind of file, by the kind's name."""
    writer = _SchemaWriter(manual)
    return {name: writer.file_schema(name, top) for name, (top, _) in FILE_KINDS.items()}


def make_settings(folder: str) -> JsonSchema:
    """Return what tells VS Code which schema is for which files.

    `folder`: where the schemas lie, as the workspace names it.
    """
    settings: JsonSchema = {}
    for name, (_, patterns) in FILE_KINDS.items():
        if patterns:
            settings[f"{folder}/{name}.schema.json"] = list(patterns)
    return settings


class _SchemaWriter:
    """Writes the schemas of one manual; each schema within a file stands once, under `$defs`."""

    def __init__(self, manual: Manual) -> None:
        self.names = registered_names(manual)
        self.clauses = tuple(dict.fromkeys(_clause_numbers(manual)))
        self.definitions: dict[str, JsonSchema] = {}

    def file_schema(self, name: str, top: Schema) -> JsonSchema:
        """Return the schema of a kind of file."""
        self.definitions = {}
        return {
            "$schema": DIALECT,
            "$id": f"urn:qmstool:{name}",
            "title": name,
            **self._object(top),
            "$defs": self.definitions,
        }

    def _object(self, schema_: Schema) -> JsonSchema:
        """Return the schema of a mapping."""
        properties = {
            field.name: {"description": _description(field), **self._field(field, schema_)}
            for field in schema_.fields
        }
        made: JsonSchema = {
            "type": "object",
            "additionalProperties": False,
            "properties": properties,
        }
        required = [field.name for field in schema_.fields if field.required]
        if required:
            made["required"] = required
        return made

    def _field(self, field: Field, owner: Schema) -> JsonSchema:
        """Return what may stand under a key: a value, a list of them, or values under free keys."""
        value = self._value(field, owner)
        if field.many:
            return {"anyOf": [{"type": "array", "items": value}, {"const": UNKNOWN}]}
        if field.or_list:
            return {"anyOf": [value, {"type": "array", "items": value}]}
        if not field.keyed:
            return value
        if isinstance(field.kind, Schema):
            value = {"anyOf": [value, {"type": "null"}]}
        made: JsonSchema = {"type": ["object", "null"], "additionalProperties": value}
        if field.kind is ROW:
            made["properties"] = dict.fromkeys(self.clauses, value)
        return made

    def _value(self, field: Field, owner: Schema) -> JsonSchema:
        """Return what one value of a field may be."""
        if isinstance(field.kind, Schema):
            return self._reference(field.kind)
        if field.choices:
            numbers = [int(choice) for choice in field.choices if choice.isdigit()]
            return {"enum": [*field.choices, *numbers]}
        if field.kind is ValueKind.BILINGUAL:
            return {"anyOf": [TEXT, self._reference(TWO_LANGUAGES)]}
        if field.kind not in self.names:
            return PLAIN.get(field.kind, TEXT)
        listed: JsonSchema = {"enum": [*self.names[field.kind], UNKNOWN]}
        if field.name in GONE or owner.name in GONE or field.kind in OPEN:
            return {"anyOf": [listed, OPEN.get(field.kind, TEXT)]}
        return listed

    def _reference(self, schema_: Schema) -> JsonSchema:
        """Return a reference to the definition of a schema, which is made the first time."""
        name = schema_.name.replace(" ", "-")
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = self._object(schema_)
        return {"$ref": f"#/$defs/{name}"}


def _description(field: Field) -> str:
    words = f"{field.note.vi} / {field.note.en}"
    return f"{words}. {OPERATION}" if field.operation else words


def _pattern(pattern: str) -> JsonSchema:
    """Return the schema of a text of a pattern of Python's, in words that JavaScript reads too."""
    return {"type": "string", "pattern": f"^{pattern.replace(_TEXT_END, '$')}"}


# Python's sign for the end of a text.
_TEXT_END = r"\Z"


def _or_unknown(*more: JsonSchema) -> JsonSchema:
    return {"anyOf": [*more, {"const": UNKNOWN}]}


PLAIN: Mapping[ValueKind, JsonSchema] = {
    ValueKind.SLUG: {"anyOf": [_pattern(SLUG.pattern), NUMBER]},
    ValueKind.DATE: _or_unknown(_pattern(DATE.pattern)),
    ValueKind.NUMBER: _or_unknown(
        {"type": "integer", "minimum": 0, "maximum": 999_999}, _pattern(COUNT.pattern)
    ),
    ValueKind.FLAG: {"enum": [True, False, "true", "false"]},
    ValueKind.SHAPE: _pattern(CODE_SHAPE.pattern),
    ValueKind.ADDRESS: _or_unknown(_pattern(ADDRESS.pattern)),
    ValueKind.LANGUAGE: _pattern(LANGUAGE_TAG.pattern),
    ValueKind.HASH: {"anyOf": [_pattern(HEX.pattern), NUMBER, {"enum": [UNKNOWN, "none"]}]},
}
# Besides what is listed: a bare number (4.10 is 4.1 to an editor), and for a section its number
# with an anchor.
OPEN: Mapping[ValueKind, JsonSchema] = {
    ValueKind.CLAUSE: NUMBER,
    ValueKind.SECTION: {"anyOf": [NUMBER, {"type": "string", "pattern": "^[^#]+#.+$"}]},
}


def registered_names(manual: Manual) -> Mapping[ValueKind, tuple[str, ...]]:
    """Return what this manual registers, by the kind of value that names it."""
    config, main, flow = manual.config, manual.main, manual.process_map
    codes = [document.code for document in manual.documents.values()]
    names: dict[ValueKind, Iterable[str]] = {
        ValueKind.DOCUMENT: (*codes, *manual.documents),
        ValueKind.CLAUSE: _clause_numbers(manual),
        ValueKind.SECTION: [section.number for section in main.sections] if main else (),
        ValueKind.TYPE: config.types,
        ValueKind.GROUP: flow.groups if flow else (),
        ValueKind.PROCESS: (*flow.processes, *flow.parties) if flow else (),
        ValueKind.UNIT: config.units,
        ValueKind.OWNER: (*config.units, *config.roles, *config.people),
        ValueKind.ROLE: config.roles,
        ValueKind.HOLDER: (*config.roles, *config.people),
        ValueKind.RECORD: manual.records,
        ValueKind.EXTERNAL: manual.externals,
    }
    return {kind: tuple(dict.fromkeys(filter(None, listed))) for kind, listed in names.items()}


def _clause_numbers(manual: Manual) -> list[str]:
    numbers: list[str] = []
    for catalogue in manual.catalogues.values():
        numbers += catalogue.clauses
    return numbers
