"""A standard or law is found by its name alone, whatever that name opens with."""

from __future__ import annotations

import pytest

from qmstool.parsing.designations import DesignationFinder

BODIES = ("ISO", "IEC", "AS/NZS", "EA-", "ITU-T", "ГОСТ Р", "ÖNORM")
LAWS = (
    "21 CFR",
    "{n} CFR Part {n}",
    "{n} C.F.R. {n}",
    "{n} U.S.C. {n}",
    "(EU) {yyyy}/{n}",
    "{n}/{n}/EEC",
    "DS-GVO",
    "MDR",
)
FINDER = DesignationFinder(BODIES, LAWS, ("9001:2015",), ("act",), ("ISO",))


def found(finder: DesignationFinder, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in finder.find(text, plain=True)]


@pytest.mark.parametrize(
    "name",
    [
        "ISO/IEC 17025:2017",
        "AS/NZS 4801",
        "EA-12",
        "ITU-T 1234",
        "ГОСТ Р 15189",
        "ÖNORM 1300",
        "21 CFR",
        "45 CFR Part 160.103",
        "45 C.F.R. 160",
        "15 U.S.C. 78",
        "(EU) 2017/745",
        "93/42/EEC",
        "DS-GVO",
        "MDR",
        "9001:2015",
        "Archives Act",
    ],
)
def test_a_name_is_found_alone(name: str) -> None:
    assert name in found(FINDER, f"xem {name} nhé")


def test_a_body_of_ones_own_stands_for_its_standards() -> None:
    assert found(FINDER, "theo ISO, mục 4") == ["ISO"]


@pytest.mark.parametrize("text", ["", "xem mục 4 của QT VP 01", "Công ty, ngày 21/10/2024"])
def test_a_text_that_names_none_has_none(text: str) -> None:
    assert found(FINDER, text) == []


@pytest.mark.parametrize("shape", ["{n}", "{n} {abc}", "{abc}.{n}", "{yyyy}/{n}"])
def test_a_shape_without_a_word_is_sought_everywhere(shape: str) -> None:
    finder = DesignationFinder((), (shape,))
    text = shape.replace("{n}", "12").replace("{abc}", "xyz").replace("{yyyy}", "2024")
    assert text in found(finder, f"xem {text} nhé")


def test_where_nothing_is_listed_nothing_is_found() -> None:
    assert found(DesignationFinder((), ()), "theo ISO 9001") == []
