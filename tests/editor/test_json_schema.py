"""The JSON Schemas: every data file of the repository fits its own, slips in one do not, and VS Code is told where they are."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from qmstool.cli.main import main
from qmstool.editor.json_schema import FILE_KINDS, make_schemas
from qmstool.manual import schema as schema_modules
from qmstool.manual.loading.loader import load
from qmstool.parsing.yaml.schema import Schema
from qmstool.storage.tree import FolderTree
from tests.support.manuals import TINY

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


class EditorLoader(yaml.SafeLoader):
    """YAML as the language server of an editor reads it: the core schema of YAML 1.2, without days or «no» for false."""


EditorLoader.yaml_implicit_resolvers = {
    first: [
        (tag, shape)
        for tag, shape in each
        if tag not in {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"}
    ]
    for first, each in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
EditorLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf")
)


def read(text: str) -> Any:
    """A file as an editor sees it: keys are texts whatever they look like."""
    return json.loads(json.dumps(yaml.load(text, EditorLoader)))


def made(root: Path) -> dict[str, dict[str, Any]]:
    return make_schemas(load(FolderTree(root)))


def data_files(root: Path) -> list[tuple[str, Path]]:
    found = [
        (name, path)
        for name, (_, where) in FILE_KINDS.items()
        for each in where
        for path in sorted(root.glob(each))
    ]
    fronts = [
        path
        for path in (root / "manual/index.md", *sorted((root / "procedures").rglob("*.md")))
        if path.is_file()
    ]
    return [*found, *(("front-matter", path) for path in fronts)]


def wrong(schema: dict[str, Any], data: Any) -> list[str]:
    found = jsonschema.Draft202012Validator(schema).iter_errors(data)
    return [
        f"{'/'.join(str(each) for each in error.absolute_path)}: {error.message[:200]}"
        for error in found
    ]


@pytest.mark.parametrize("root", [ROOT, TINY], ids=["real", "tiny"])
def test_every_data_file_fits_its_schema(root: Path) -> None:
    kinds = made(root)
    files = data_files(root)
    assert len(files) > (20 if root == ROOT else 6)
    faults = []
    for name, path in files:
        text = path.read_text("utf-8")
        text = text.split("---\n")[1] if name == "front-matter" else text
        faults += [f"{path.relative_to(root)}: {each}" for each in wrong(kinds[name], read(text))]
    assert faults == []


def test_every_schema_is_one_and_speaks_both_languages() -> None:
    for name, schema in made(TINY).items():
        jsonschema.Draft202012Validator.check_schema(schema)
        for each in (schema, *schema["$defs"].values()):
            assert each["additionalProperties"] is False, name
            assert all(" / " in found["description"] for found in each["properties"].values())


def declared() -> Iterator[Schema]:
    for module in pkgutil.iter_modules(schema_modules.__path__, f"{schema_modules.__name__}."):
        for each in vars(importlib.import_module(module.name)).values():
            if isinstance(each, Schema):
                yield each


def test_every_shape_of_a_file_is_there() -> None:
    inner = {id(field.kind) for each in declared() for field in each.fields}
    whole = {each.name for each in declared() if id(each) not in inner}
    assert {shape.name for shape, _ in FILE_KINDS.values()} == whole


def test_names_of_this_manual_are_offered() -> None:
    kinds = made(TINY)
    row = kinds["mapping"]["$defs"]["row"]["properties"]
    assert row["documents"]["anyOf"][0]["items"]["enum"] == [
        "STCL",
        "QT VP 01",
        "QT VP 02",
        "stcl",
        "qt-vp-01",
        "qt-vp-02",
        "unknown",
    ]
    assert row["role"]["enum"] == ["giam-doc", "unknown"]
    assert row["section"]["anyOf"][0]["enum"] == ["1.1", "1.2", "2.1", "unknown"]
    assert list(kinds["mapping"]["properties"]["clauses"]["properties"]) == [
        *("1", "1.1", "1.2", "1.2.1", "2", "2.1", "2.2"),
    ]
    assert kinds["front-matter"]["properties"]["owner"]["enum"] == ["VP", "giam-doc", "unknown"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("mapping", "schema: 1\ncatalogue: tiny-1\nclauses:\n  '1.1': {role: ong-ba}"),
        ("mapping", "schema: 1\ncatalogue: tiny-1\nclauses:\n  '1.1': {documents: [QT VP 09]}"),
        ("mapping", "schema: 1\ncatalogue: tiny-1\nclauses:\n  '1.1': {covers: ['9.9']}"),
        ("mapping", "schema: 1\nclauses: {}"),
        ("mapping", "schema: 2\ncatalogue: tiny-1\nclauses: {}"),
        ("records", "schema: 1\nrecords: {a: {title: A, retention: 1 năm, ownr: VP}}"),
        ("records", "schema: 1\nrecords: {a: {title: '  ', retention: 1 năm}}"),
        (
            "external",
            (
                "schema: 1\ndocuments: {a: {number: 1, type: T, issuer: I, title: T, status: in "
                "force}}"
            ),
        ),
        (
            "external",
            (
                "schema: 1\ndocuments: {a: {number: 1, type: T, issuer: I, title: T, status: "
                "unknown, issued: 2020}}"
            ),
        ),
        ("front-matter", "code: QT VP 03\ntype: procedure\ntitle: T\nowner: [VP]"),
    ],
)
def test_a_slip_is_marked(kind: str, text: str) -> None:
    assert wrong(made(TINY)[kind], read(text))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (
            "mapping",
            (
                "schema: 1\ncatalogue: tiny-1\nclauses:\n  1.1: {section: 1.1, covers: [1.2], "
                "role: unknown, documents: unknown}"
            ),
        ),
        (
            "mapping",
            "schema: 1\ncatalogue: tiny-1\nclauses:\n  '1.1': {section: '1.1#neo'}\n  '1.2':",
        ),
        (
            "front-matter",
            (
                "code: unknown\nkey: a-b\ntype: procedure\ntitle: 2024\nreplaces: [QT CŨ 01]\n"
                "owner: unknown\nreview_months: 12"
            ),
        ),
        (
            "external",
            (
                "schema: 1\ndocuments: {a: {number: unknown, type: T, issuer: I, title: T, "
                "status: unknown, issued: 2020-01-02}}"
            ),
        ),
    ],
)
def test_what_the_reader_takes_is_not_marked(kind: str, text: str) -> None:
    assert wrong(made(TINY)[kind], read(text)) == []


def test_the_command_writes_schemas_and_keeps_settings(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tiny / ".vscode/settings.json"
    own.parent.mkdir()
    own.write_text('{"editor.wordWrap": "on", "yaml.schemas": {"a.json": "b.yml"}}', "utf-8")
    assert main(["schema", "--root", str(tiny)]) == 0
    found = json.loads(own.read_text("utf-8"))
    assert found["editor.wordWrap"] == "on"
    assert found["yaml.schemas"]["a.json"] == "b.yml"
    assert found["yaml.schemas"]["./.vscode/schemas/mapping.schema.json"] == [
        "clauses/mapping/*.yml"
    ]
    named = [tiny / path for path in found["yaml.schemas"] if path != "a.json"]
    assert named
    assert all(json.loads(path.read_text("utf-8"))["$schema"] for path in named)
    assert main(["check", "--root", str(tiny)]) == 0
    own.write_text("{ // của tôi\n}", "utf-8")
    capsys.readouterr()
    assert main(["schema", "--root", str(tiny)]) == 0
    assert own.read_text("utf-8") == "{ // của tôi\n}"
    assert "yaml.schemas" in json.loads(capsys.readouterr().out)


def test_another_folder(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    out = tmp_path_factory.mktemp("ra")
    assert main(["schema", "--root", str(tiny), "--output", str(out)]) == 0
    assert {path.name for path in (out / "schemas").iterdir()} == {
        f"{name}.schema.json" for name in FILE_KINDS
    }
    assert not (tiny / ".vscode").exists()
