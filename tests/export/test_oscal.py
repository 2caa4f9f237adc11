"""OSCAL: the statement of applicability for other programs, in the form that its schemas demand."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from qmstool.cli.main import main
from qmstool.export.oscal import (
    NAMESPACE,
    Origin,
    as_oscal,
    as_oscal_catalogue,
    catalogue_name,
    token,
)
from tests.support.repository import Repo
from tests.tables.test_statement import ROWS, read

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual

ORIGIN = Origin("2026-03-01T08:00:00+07:00", "0123456789")
# What NIST's JSON schemas demand of each object that is written here: its keys, needed and allowed.
METADATA = ({"title", "last-modified", "version", "oscal-version"}, {"roles", "parties", "remarks"})
SHAPES: dict[str, tuple[set[str], set[str]]] = {
    "component-definition": ({"uuid", "metadata"}, {"components", "back-matter"}),
    "catalog": ({"uuid", "metadata"}, {"groups"}),
    "metadata": METADATA,
    "roles": ({"id", "title"}, set()),
    "parties": ({"uuid", "type"}, {"name"}),
    "components": ({"uuid", "type", "title", "description"}, {"control-implementations"}),
    "control-implementations": (
        {"uuid", "source", "description", "implemented-requirements"},
        set(),
    ),
    "implemented-requirements": (
        {"uuid", "control-id", "description"},
        {"props", "links", "responsible-roles"},
    ),
    "props": ({"name", "value"}, {"ns", "remarks"}),
    "links": ({"href"}, {"rel", "text"}),
    "responsible-roles": ({"role-id"}, set()),
    "back-matter": (set(), {"resources"}),
    "resources": ({"uuid"}, {"title", "props", "rlinks"}),
    "rlinks": ({"href"}, {"media-type", "hashes"}),
    "hashes": ({"algorithm", "value"}, set()),
    "groups": ({"title"}, {"id", "props", "controls"}),
    "controls": ({"id", "title"}, {"props"}),
}
PATTERNS = {
    "uuid": r"[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
    "id": r"[A-Za-z_][A-Za-z0-9_.-]*",
    "control-id": r"[A-Za-z_][A-Za-z0-9_.-]*",
    "role-id": r"[A-Za-z_][A-Za-z0-9_.-]*",
    "name": r"\S(.*\S)?",
    "value": r"\S(.*\S)?",
    "version": r"\S(.*\S)?",
    "title": r"[^\n]+",
    "last-modified": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)",
    "oscal-version": r"1\.2\.1",
}


def wrong_with(node: Any, kind: str) -> list[str]:
    """Return what OSCAL's schemas would refuse in an object of a kind and all below it."""
    needed, allowed = SHAPES[kind]
    found = [f"{kind} lacks {key}" for key in needed - node.keys()]
    found += [f"{kind} knows no {key}" for key in node.keys() - needed - allowed]
    for key, value in node.items():
        if isinstance(value, str):
            pattern = PATTERNS.get(key, r"(?s).+")
            found += [] if re.fullmatch(pattern, value) else [f"{kind}.{key}: {value!r}"]
        elif isinstance(value, dict):
            found += wrong_with(value, key)
        else:
            found += [] if value else [f"{kind}.{key} is an empty list"]
            for each in value:
                found += wrong_with(each, key)
    return found


def statement(made: Manual, lang: Lang = "en") -> Any:
    written = json.loads(as_oscal(made, [made.catalogues["sec"]], ORIGIN, lang))
    return written["component-definition"]


def answers(definition: Any) -> dict[str, Any]:
    (component,) = definition["components"]
    (implementation,) = component["control-implementations"]
    return {each["control-id"]: each for each in implementation["implemented-requirements"]}


def values(answer: Any) -> list[tuple[str, str]]:
    return [(each["name"], each["value"]) for each in answer["props"]]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("rows", [ROWS, ROWS.partition('  "A.1"')[0], ROWS.replace("risk", "none")])
def test_both_files_are_as_the_schemas_want_them(rows: str, lang: Lang) -> None:
    made = read(rows)
    assert wrong_with(statement(made, lang), "component-definition") == []
    catalogue = json.loads(as_oscal_catalogue(made.catalogues["sec"], ORIGIN, lang))
    assert wrong_with(catalogue["catalog"], "catalog") == []


def test_every_control_says_what_was_decided_of_it() -> None:
    made = answers(statement(read()))
    assert list(made) == ["A.1.1", "A.1.2", "A.1.10", "A.2"]
    assert values(made["A.1.1"]) == [
        ("label", "A.1.1"),
        ("applicable", "yes"),
        ("justification", "law"),
        ("justification", "contract"),
        ("implementation-status", "implemented"),
        ("section", "4.1"),
    ]
    law = made["A.1.1"]["props"][2]
    assert (law["ns"], law["remarks"]) == (NAMESPACE, "Luật số 1")
    assert ("planned-completion-date", "2027-03-31") in values(made["A.1.2"])
    assert ("implementation-status", "planned") in values(made["A.1.2"])
    assert values(made["A.2"])[1:] == [
        ("applicable", "no"),
        ("implementation-status", "not-applicable"),
    ]
    assert made["A.2"]["description"] == "Not applicable: Không có ai"
    assert "responsible-roles" not in made["A.2"]


def test_nothing_is_said_of_what_nobody_decided() -> None:
    silent = answers(statement(read(ROWS.partition('  "A.2"')[0])))["A.2"]
    assert values(silent) == [("label", "A.2"), ("applicable", "unknown")]
    assert silent["description"] == "The manual says nothing of it yet."


def test_what_is_referred_to_is_in_the_file() -> None:
    made = statement(read())
    resources = {each["uuid"]: each for each in made["back-matter"]["resources"]}
    roles = {role["id"]: role["title"] for role in made["metadata"]["roles"]}
    assert roles == {"truong-a": "Trưởng phòng A"}
    first = answers(made)["A.1.1"]
    (link,) = first["links"]
    assert resources[link["href"][1:]]["props"][0]["value"] == "QT A 01"
    assert first["responsible-roles"] == [{"role-id": "truong-a"}]
    source = made["components"][0]["control-implementations"][0]["source"]
    (beside,) = resources[source[1:]]["rlinks"]
    written = as_oscal_catalogue(read().catalogues["sec"], ORIGIN, "en")
    assert beside["href"] == catalogue_name(read().catalogues["sec"]) == "sec-catalog.json"
    assert beside["hashes"][0]["value"] == hashlib.sha256(written.encode()).hexdigest()


def test_the_catalogue_has_numbers_and_short_titles_and_no_more() -> None:
    text = as_oscal_catalogue(read().catalogues["sec"], ORIGIN, "en")
    groups = json.loads(text)["catalog"]["groups"]
    assert [group["id"] for group in groups] == ["A.1", "A"]
    assert [(one["id"], one["title"]) for one in groups[0]["controls"]] == [
        ("A.1.1", "Policies"),
        ("A.1.2", "Roles"),
        ("A.1.10", "Contacts"),
    ]


def test_ids_stay_and_the_file_has_another_with_each_change() -> None:
    before, after = statement(read()), statement(read(ROWS.replace("R-07", "R-08")))
    assert before == statement(read())
    assert before["uuid"] != after["uuid"]
    assert before["components"][0]["uuid"] == after["components"][0]["uuid"]
    old, new = answers(before), answers(after)
    assert {key: one["uuid"] for key, one in old.items()} == {
        key: one["uuid"] for key, one in new.items()
    }


def test_words_are_no_markup_and_names_are_ids() -> None:
    hostile = ROWS.replace("Luật số 1", "'Luật *số* <b> [x](y)'")
    law = answers(statement(read(hostile)))["A.1.1"]["props"][2]
    assert law["remarks"] == r"Luật \*số\* \<b\> \[x\](y)"
    assert [token(name) for name in ("A.5.1", "5.1", "vai trò")] == ["A.5.1", "c-5.1", "c-vai-tr-"]


def test_the_command_gives_the_same_bytes_and_needs_a_commit(
    tiny: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    for path, source in read().sources.items():
        (tiny / path).parent.mkdir(parents=True, exist_ok=True)
        (tiny / path).write_text(source.text)
    words = ["matrix", "--root", str(tiny), "--lang", "en", "--format"]
    assert main([*words, "oscal"]) == 2
    assert "Add --statement" in capsys.readouterr().err
    assert main([*words, "oscal", "--statement"]) == 2
    assert "git" in capsys.readouterr().err
    repo = Repo.make(tiny)
    repo.commit("Statement", day="2026-03-01")
    made = []
    for name in ("one.json", "two.json"):
        out = tmp_path_factory.mktemp("out") / name
        assert main([*words, "oscal", "--statement", "--output", str(out)]) == 0
        made.append(out.read_bytes())
    assert made[0] == made[1]
    metadata = json.loads(made[0])["component-definition"]["metadata"]
    assert metadata["last-modified"].startswith("2026-03-01T")
    assert re.fullmatch("[0-9a-f]{10}", metadata["version"])
    assert main([*words, "oscal-catalog", "--statement"]) == 0
    capsys.readouterr()
    (tiny / "qms.yml").write_text((tiny / "qms.yml").read_text() + "# a remark\n")
    assert main([*words, "oscal", "--statement"]) == 0
    assert "những sửa đổi chưa lưu vào git" in capsys.readouterr().out
