"""The number nearest to one that is not there, and which of several sections of one number is meant."""

from __future__ import annotations

from random import Random

import pytest

from qmstool.parsing.similar import nearest_name
from qmstool.references.sections import KnownNumbers, Namesakes
from tests.support.memory import manual

NUMBERS = [f"{one}.{two}" for one in (1, 5, 7) for two in (1, 2, 4, 9, 10, 20)] + ["1", "5", "7"]


def nearest_of_all(number: str) -> str | None:
    """What comparing a number with every known one finds."""
    above, _, own = number.rpartition(".")
    beside = {
        int(other.rpartition(".")[2]): other
        for other in NUMBERS
        if other.rpartition(".")[0] == above
    }
    if not beside or not own.isdecimal():
        return nearest_name(number, NUMBERS)
    return beside[min(beside, key=lambda last: (abs(last - int(own)), -last))]


def test_the_nearest_number_is_that_of_comparing_all() -> None:
    random, known = Random(1), KnownNumbers(NUMBERS)
    for _ in range(300):
        number = f"{random.randrange(9)}.{random.randrange(30)}"
        expected = number if number in NUMBERS else nearest_of_all(number)
        assert known.nearest(number) == expected, number
    assert known.nearest(" 7.4. ") == nearest_of_all(" 7.4. ")
    assert known.nearest("6") == "7"


@pytest.mark.parametrize(
    ("at", "meant"),
    [
        ("xem A", ["Việc A"]),
        ("xem B", ["Việc A", "Việc B", "Việc C"]),
        ("xem C", ["Việc A", "Việc B", "Việc C"]),
    ],
)
def test_of_sections_of_one_number_the_one_under_the_nearest_heading_is_meant(
    at: str, meant: list[str]
) -> None:
    body = (
        "## A\n\nxem A\n\n### 1. Việc A\n\nChữ.\n\n"
        "## B\n\n### 1. Việc B\n\nxem B\n\n## 1. Việc C\n\nxem C\n"
    )
    document = manual(body=body).documents["st"]
    sections = document.all_by_number["1"]
    file = sections[0].file
    found = Namesakes(file).own_first(sections, file.source.text.index(at))
    assert [section.title for section in found] == meant
