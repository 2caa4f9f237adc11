from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.i18n import Text
from qmstool.parsing.similar import nearest_name
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml.composer import compose
from qmstool.parsing.yaml.nodes import LocatedText
from qmstool.parsing.yaml.record_reader import read_record
from qmstool.parsing.yaml.schema import CODE_SHAPE, Field, Schema, ValueKind, is_date

if TYPE_CHECKING:
    from qmstool.parsing.yaml.records import Record

NO = Text("", "")
INNER = Schema("inner", (Field("name", ValueKind.TEXT, Text("tên", "name"), required=True),))
SHAPE = Schema(
    "thing",
    (
        Field("title", ValueKind.BILINGUAL, NO),
        Field("day", ValueKind.DATE, NO),
        Field("count", ValueKind.NUMBER, NO),
        Field("state", ValueKind.CHOICE, NO, choices=("held", "not-held")),
        Field("tags", ValueKind.SLUG, NO, many=True),
        Field("parts", INNER, NO, keyed=True),
        Field("flag", ValueKind.FLAG, NO),
    ),
)


def entry(text: str) -> tuple[Record, list[tuple[str, int, int, str | None]]]:
    source = SourceFile("a.yml", text.encode())
    node, _ = compose(source)
    got, problems = read_record(node, SHAPE, LocatedText("", source, 0, 0))
    return got, [
        (
            each.slug,
            each.violation.location.line,
            each.violation.location.column,
            each.violation.suggestion,
        )
        for each in problems
    ]


def test_what_fits_is_given_by_key() -> None:
    got, told = entry(
        "title: {vi: Tên, en: Name}\nday: unknown\ncount: 12\ntags: [a-b, c]\nparts: {x: "
        "{name: X}}\nflag: true\n"
    )
    assert told == []
    assert got.bilingual("title") == Text("Tên", "Name")
    assert (got.text("day"), got.text("count"), got.flag("flag")) == ("unknown", "12", True)
    assert [mark.text for mark in got.list("tags")] == ["a-b", "c"]
    assert [(key.text, each.text("name")) for key, each in got.keyed("parts")] == [("x", "X")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("titel: x\n", [("unknown-key", 1, 1, "title")]),
        ("day: 2024-02-30\n", [("wrong-value", 1, 6, None)]),
        ("day: 14/3/2024\n", [("wrong-value", 1, 6, "2024-03-14")]),
        ("count: ten\n", [("wrong-value", 1, 8, None)]),
        ("state: not-hold\n", [("wrong-value", 1, 8, "not-held")]),
        ("tags: a\n", [("wrong-value", 1, 7, "[a]")]),
        ("tags: [Có Dấu, ok]\n", [("wrong-value", 1, 8, None)]),
        ("parts: {x: {}}\n", [("missing-key", 1, 9, "name: ")]),
        ("parts:\n  x:\n", [("missing-key", 2, 3, "name: ")]),
        ("- a\n", [("wrong-value", 1, 1, None)]),
        ("flag: yes\n", [("wrong-value", 1, 7, None)]),
    ],
)
def test_what_does_not_fit_is_told_at_its_place(
    text: str, told: list[tuple[str, int, int, str | None]]
) -> None:
    assert entry(text)[1] == told


def test_unknown_stands_for_a_list_too() -> None:
    got, told = entry("tags: unknown\n")
    assert told == []
    assert got.list("tags") == ()


def test_a_missing_key_does_not_spoil_the_rest() -> None:
    got, _ = entry("parts: {x: {}, y: {name: Y}}\n")
    assert [each.text("name") for _, each in got.keyed("parts")] == ["", "Y"]


def test_days_are_days_of_the_calendar() -> None:
    assert is_date("2024-02-29")
    assert not is_date("2023-02-29")
    assert not is_date("20240229")


def test_nearest_is_case_blind_and_knows_when_nothing_is_near() -> None:
    assert nearest_name("qt bis 02", ["QT BIS 01", "CSCL"]) == "QT BIS 01"
    assert nearest_name("hoàn toàn khác", ["QT BIS 01"]) is None


@pytest.mark.parametrize("shape", ["QT {unit} {nn}", "STCL", "{n}/{yyyy}/{abc}", "Đ{nnn}", "{nnn}", "QT-{unit}-{nn}.{nn}", "手順 {nn}"])  # fmt: skip
def test_a_shape_of_codes_has_words_and_known_places(shape: str) -> None:
    assert CODE_SHAPE.match(shape)


@pytest.mark.parametrize("shape", ["QT {foo} {nn}", "QT {NN}", "QT {nn", "QT {}", "???", "- –/", " ", "", "{unit}", "{abc}", "{n}"])  # fmt: skip
def test_what_is_no_shape_of_codes_is_none(shape: str) -> None:
    assert not CODE_SHAPE.match(shape)
