from __future__ import annotations

import pytest

from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml.composer import compose, find_front_matter
from qmstool.parsing.yaml.nodes import Mapping, Scalar


def read(text: str) -> tuple[object, list[tuple[str, int, int, str]]]:
    node, problems = compose(SourceFile("a.yml", text.encode()))
    places = [(each, each.violation.location) for each in problems]
    return node, [
        (each.slug, where.line, where.column, each.violation.values.get("cause", ""))
        for each, where in places
    ]


@pytest.mark.parametrize(
    "scalar",
    ["4.10", "no", "1:30", "2024-01-05", "010", "1_000", "2024-13-45", "~", "null", "0x1F"],
)
def test_every_scalar_stays_as_it_was_typed(scalar: str) -> None:
    node, told = read(f"a: {scalar}\n")
    assert isinstance(node, Mapping)
    assert isinstance(node.values[0], Scalar)
    assert node.values[0].mark.text == scalar
    assert told == []


def test_marks_point_at_the_very_words() -> None:
    node, _ = read("tên: Quy trình\nmã: QT 01\n")
    assert isinstance(node, Mapping)
    where = node.values[1].mark.location
    assert (where.line, where.column, where.end_column) == (2, 5, 10)


def test_a_doubled_key_is_told_at_the_second_place() -> None:
    _, told = read("a: 1\nb: 2\na: 3\n")
    assert told == [("duplicate-key", 3, 1, "")]


@pytest.mark.parametrize(
    ("text", "line", "column", "cause"),
    [
        ("a: b: c\n", 1, 5, "colon"),
        ("a: [1, 2\nb: 3\n", 1, 4, "bracket"),
        ('a: "x\nb: 1\n', 1, 4, "quote"),
        ("a: 1\n\tb: 2\n", 2, 1, "tab"),
        ("a: &x 1\nb: *x\n", 1, 4, "sign"),
        ("a: \x07\n", 1, 4, "character"),
        ("a: 1\n---\nb: 2\n", 2, 1, "second"),
        ("a: @x\n", 1, 4, "sign"),
        ("? [a]\n: 1\n", 1, 3, "key"),
    ],
)
def test_what_yaml_refuses_is_named_by_cause_and_place(
    text: str, line: int, column: int, cause: str
) -> None:
    assert read(text)[1] == [("broken-yaml", line, column, cause)]


def test_a_bomb_of_aliases_is_refused_and_not_grown() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    _, told = read(bomb)
    assert told
    assert {slug for slug, *_ in told} == {"broken-yaml"}


def test_a_deep_nest_is_a_problem_and_no_crash() -> None:
    assert read("[" * 5000)[1][0][0] == "broken-yaml"
    assert read("- " * 300 + "a\n")[1][0][0] == "broken-yaml"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("---\na: 1\n---\nbody", (4, 9, 13)),
        ("---\n---\n", (4, 4, 8)),
        ("---\na\n", None),
        ("a\n---\n", None),
    ],
)
def test_front_matter_is_what_stands_between_two_rules(
    text: str, span: tuple[int, int, int] | None
) -> None:
    assert find_front_matter(text) == span
