from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from qmstool.i18n import Text
from qmstool.manual.loading.manifest import read_manifest
from qmstool.manual.schema.manifest import MANIFEST as MANIFEST_SCHEMA
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml.schema import Schema
from tests.support.memory import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.config import Config


def config(extra: str = "", manifest: str = MANIFEST) -> tuple[Config, list[tuple[str, int]]]:
    got, problems = read_manifest(SourceFile("qms.yml", (manifest + extra).encode()))
    return got, [(each.slug, each.violation.location.line) for each in problems]


def test_the_manifest_is_one_frozen_object() -> None:
    roles = "units: {BIS: {name: Ban ISO}}\nroles: {gd: {name: Giám đốc, approves: [procedure]}}\n"
    got, told = config(f"{roles}notice: {{vi: Bản ví dụ, en: Example}}\n")
    assert told == []
    assert got.organization == got.short == "Công ty Mẫu"
    assert got.types["procedure"].code is not None
    assert got.types["procedure"].code.text == "QT {unit} {nn}"
    assert [mark.text for mark in got.roles["gd"].approves] == ["procedure"]
    assert got.notice == Text("Bản ví dụ", "Example")
    assert got.all_words.clause == ("điều khoản", "clause")
    assert got.labels["approver"] == Text("Phê duyệt", "Approver")


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        ("site: {url: 'javascript:alert(1)'}\n", [("wrong-value", 14)]),
        ("site: {edit_url: 'file:///etc'}\n", [("wrong-value", 14)]),
        ("noticee: x\n", [("unknown-key", 14)]),
        ("types: {}\n", [("duplicate-key", 14)]),
        ("people: {a: {name: A, holds: [{role: gd}]}}\n", [("missing-key", 14)]),
    ],
)
def test_what_is_wrong_is_told_at_its_line(extra: str, told: list[tuple[str, int]]) -> None:
    assert config(extra)[1] == told


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        *((good, True) for good in ("https://e.example", "http://may-chu:8080/so-tay/", "https://sổ-tay.example/a?b=c#d", "https://10.0.0.1/", "https://[::1]:8080/", "https://ban@e.example/{path}#L{line}")),
        *((bad, False) for bad in ("https://", "http://?", "https://[::1", "https://[:::]/", "https://e.example:x/", "https://e.example:999999/", "https://e.example/a b", 'https://e.example/a"b', "https://e.example/<b>", "https://e.example\\b", "https://.", "HTTPS://e.example")),
    ],
)  # fmt: skip
def test_an_address_of_the_site_is_one_that_a_build_can_use(address: str, fits: bool) -> None:
    for key in ("url", "edit_url"):
        got, told = config(f"site: {{{key}: {json.dumps(address)}}}\n")
        assert told == ([] if fits else [("wrong-value", 14)])
        assert getattr(got, key) == (address if fits else "")


# A value of every key that the schema calls operation, by its path in qms.yml.
OPERATED = {
    "notice": "notice: {vi: Bản ví dụ, en: Example}\n",
    "site.url": "site: {url: 'https://example.org'}\n",
    "site.edit_url": "site: {edit_url: 'https://example.org/{path}'}\n",
    "site.contact": "site: {contact: máy lẻ 1}\n",
    "site.stale_days": "site: {stale_days: 9}\n",
    "site.downloads": "site: {downloads: [pdf]}\n",
    "units.contact": "units: {BIS: {name: Ban ISO, contact: máy lẻ 2}}\n",
    "signatures.key_usage": "signatures: {key_usage: []}\n",
}


def operated(schema: Schema, path: str = "") -> Iterator[str]:
    """The paths of the keys of operation that hold a value."""
    for each in schema.fields:
        here = f"{path}{each.name}"
        if isinstance(each.kind, Schema):
            yield from operated(each.kind, f"{here}.")
        elif each.operation:
            yield here


@pytest.mark.parametrize("path", OPERATED)
def test_what_the_schema_calls_operation_is_todays_in_every_release(path: str) -> None:
    assert sorted(operated(MANIFEST_SCHEMA)) == sorted(OPERATED)
    bare = "units: {BIS: {name: Ban ISO}}\n" if path.startswith("units") else ""
    released, today = config(bare)[0], config(OPERATED[path])[0]
    assert released.operation != today.operation
    assert released.operated_as(today).operation == today.operation


def test_a_time_zone_that_is_none_is_told_and_utc_stands_in() -> None:
    got, told = config(manifest=MANIFEST.replace("Asia/Ho_Chi_Minh", "Asia/Nowhere"))
    assert told == [("wrong-value", 4)]
    assert got.timezone == "UTC"


def test_a_broken_manifest_is_an_empty_one_with_problems() -> None:
    got, told = config(manifest="a: [\n")
    assert "broken-yaml" in {slug for slug, _ in told}
    assert got.types == {}
    assert got.labels["author"] == Text("Biên soạn", "Author")


def test_a_name_that_no_disk_takes_is_told() -> None:
    long = MANIFEST.replace("catalogue: small", f"catalogue: {'x' * 300}")
    assert config(manifest=long)[1] == [("wrong-value", 5)]
