"""Shapes + a manual → JSON Schemas of its data files, so that an editor completes its keys, codes and clauses. Pure.

An editor knows YAML's own types where the reader knows texts only, so a number or flag is allowed wherever its words would be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from qmstool.manual import schema as shapes
from qmstool.parsing.yaml.records import (
    ADDRESS,
    DATE,
    HEX,
    SLUG,
    TWO_LANGUAGES,
    UNKNOWN,
    Kind,
    Shape,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.manual.model import Manual
    from qmstool.parsing.yaml.records import Field

Schema: TypeAlias = "dict[str, object]"

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# Every kind of file: its shape, and where such files lie; editors know nothing of front matter, and
# debts lie anywhere.
KINDS: Mapping[str, tuple[Shape, tuple[str, ...]]] = {
    "qms": (shapes.MANIFEST, ("qms.yml",)),
    "catalogue": (shapes.CATALOGUE, ("clauses/catalogues/*.yml",)),
    "transition": (shapes.TRANSITION, ("clauses/transitions/*.yml",)),
    "harmonized": (shapes.HARMONIZED, ("clauses/harmonized.yml",)),
    "mapping": (shapes.MAPPING, ("clauses/mapping/*.yml",)),
    "process-map": (shapes.PROCESS_MAP, ("manual/process-map.yml",)),
    "abbreviations": (shapes.ABBREVIATIONS, ("manual/abbreviations.yml",)),
    "external": (shapes.EXTERNALS, ("procedures/external.yml",)),
    "records": (shapes.RECORDS, ("procedures/records.yml",)),
    "release": (shapes.RELEASE, ("releases/[0-9]*.yml",)),
    "candidate": (shapes.CANDIDATE, ("releases/candidates/*.yml",)),
    "opinions": (shapes.OPINIONS, ("releases/opinions/*.yml",)),
    "copies": (shapes.COPIES, ("releases/copies.yml",)),
    "revoked": (shapes.REVOKED, ("releases/revoked.yml",)),
    "words": (shapes.WORDS_FILE, ("templates/words/*.yml",)),
    "front-matter": (shapes.DOCUMENT, ()),
    "debts": (shapes.DEBTS, ()),
}
# Names of what may be gone by now: completed, but never marked as wrong.
GONE = frozenset({"replaces", "item", "asked", "signed", "copy"})
TEXT: Schema = {"anyOf": [{"type": "string", "pattern": r"\S"}, {"type": ["number", "boolean"]}]}
NUMBER: Schema = {"type": "number"}


def schemas(manual: Manual) -> dict[str, Schema]:
    """A schema for each kind of file, by the kind's name."""
    writer = _Writer(manual)
    return {name: writer.whole(name, shape) for name, (shape, _) in KINDS.items()}


def settings(folder: str) -> Schema:
    """What tells VS Code which schema is for which files; `folder`: where the schemas lie, as the workspace names it."""
    return {
        f"{folder}/{name}.schema.json": list(where) for name, (_, where) in KINDS.items() if where
    }


class _Writer:
    """The schemas of one manual; each shape of a file stands once, under `$defs`."""

    def __init__(self, manual: Manual) -> None:
        self.names = names(manual)
        self.clauses = tuple(
            dict.fromkeys(number for each in manual.catalogues.values() for number in each.clauses)
        )
        self.shapes: dict[str, Schema] = {}

    def whole(self, name: str, shape: Shape) -> Schema:
        self.shapes = {}
        top = self.object(shape)
        return {
            "$schema": DIALECT,
            "$id": f"urn:qmstool:{name}",
            "title": name,
            **top,
            "$defs": self.shapes,
        }

    def object(self, shape: Shape) -> Schema:
        required = [field.name for field in shape.fields if field.required]
        found: Schema = {"type": "object", "additionalProperties": False}
        found["properties"] = {
            field.name: {"description": _told(field), **self.field(field, shape)}
            for field in shape.fields
        }
        return found | ({"required": required} if required else {})

    def field(self, field: Field, home: Shape) -> Schema:
        """What may stand under a key: one value, a list of them, or values under free keys."""
        one = self.one(field, home)
        if field.many:
            return {"anyOf": [{"type": "array", "items": one}, {"const": UNKNOWN}]}
        if not field.keyed:
            return one
        empty = {"anyOf": [one, {"type": "null"}]} if isinstance(field.kind, Shape) else one
        known = (
            {"properties": dict.fromkeys(self.clauses, empty)} if field.kind is shapes.ROW else {}
        )
        return {"type": ["object", "null"], "additionalProperties": empty, **known}

    def one(self, field: Field, home: Shape) -> Schema:
        if isinstance(field.kind, Shape):
            return self.reference(field.kind)
        if field.choices:
            return {
                "enum": [*field.choices, *(int(each) for each in field.choices if each.isdigit())]
            }
        if field.kind is Kind.BILINGUAL:
            return {"anyOf": [TEXT, self.reference(TWO_LANGUAGES)]}
        if field.kind in self.names:
            listed: Schema = {"enum": [*self.names[field.kind], UNKNOWN]}
            open_ = field.name in GONE or home.name in GONE or field.kind in OPEN
            return {"anyOf": [listed, OPEN.get(field.kind, TEXT)]} if open_ else listed
        return PLAIN.get(field.kind, TEXT)

    def reference(self, shape: Shape) -> Schema:
        name = shape.name.replace(" ", "-")
        if name not in self.shapes:
            self.shapes[name] = {}
            self.shapes[name] = self.object(shape)
        return {"$ref": f"#/$defs/{name}"}


def _told(field: Field) -> str:
    return f"{field.note.vi} / {field.note.en}"


def _pattern(pattern: str) -> Schema:
    """A text of a pattern of Python's, in words that JavaScript reads too."""
    return {"type": "string", "pattern": f"^{pattern.removesuffix(chr(92) + 'Z')}$"}


def _or(*more: Schema) -> Schema:
    return {"anyOf": [*more, {"const": UNKNOWN}]}


PLAIN: Mapping[Kind, Schema] = {
    Kind.SLUG: {"anyOf": [_pattern(SLUG.pattern), NUMBER]},
    Kind.DATE: _or(_pattern(DATE.pattern)),
    Kind.NUMBER: _or({"type": "integer", "minimum": 0}, _pattern("[0-9]+")),
    Kind.FLAG: {"enum": [True, False, "true", "false"]},
    Kind.ADDRESS: _or(_pattern(ADDRESS.pattern)),
    Kind.HASH: {"anyOf": [_pattern(HEX.pattern), NUMBER, {"enum": [UNKNOWN, "none"]}]},
}
# Besides what is listed: a bare number (4.10 is 4.1 to an editor), and for a section its number
# with an anchor.
OPEN: Mapping[Kind, Schema] = {
    Kind.CLAUSE: NUMBER,
    Kind.SECTION: {"anyOf": [NUMBER, {"type": "string", "pattern": "^[^#]+#.+$"}]},
}


def names(manual: Manual) -> Mapping[Kind, tuple[str, ...]]:
    """What this manual registers, by the kind that names it."""
    config, main, flow = manual.config, manual.main, manual.process_map
    documents = manual.documents.values()
    clauses = (number for catalogue in manual.catalogues.values() for number in catalogue.clauses)
    named: dict[Kind, Iterable[str]] = {
        Kind.DOCUMENT: (
            *(each.code for each in documents if each.code),
            *(each.key for each in documents),
        ),
        Kind.CLAUSE: clauses,
        Kind.SECTION: (section.number for section in main.sections) if main else (),
        Kind.TYPE: config.types,
        Kind.GROUP: flow.groups if flow else (),
        Kind.PROCESS: (*flow.processes, *flow.parties) if flow else (),
        Kind.UNIT: config.units,
        Kind.ROLE: config.roles,
        Kind.HOLDER: (*config.roles, *config.people),
        Kind.RECORD: manual.records,
        Kind.EXTERNAL: manual.externals,
    }
    return {
        kind: tuple(dict.fromkeys(each for each in names if each)) for kind, names in named.items()
    }
