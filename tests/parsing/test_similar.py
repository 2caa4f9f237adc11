"""The closest of many names: the same as comparing all would find for a slip, at a cost that does not grow with them."""

from __future__ import annotations

import difflib
from difflib import SequenceMatcher, get_close_matches
from random import Random
from typing import TYPE_CHECKING

import pytest

from qmstool.parsing.similar import FEW_NAMES, OutsideNumbers, nearest_name

if TYPE_CHECKING:
    from collections.abc import Iterable

UNITS = ("BIS", "VP", "KT", "TC", "NV")
CODES = tuple(f"QT {unit} {number:04d}" for unit in UNITS for number in range(800))


def slipped(random: Random, code: str) -> str:
    """A code with one letter or figure left out, doubled or exchanged."""
    at = random.randrange(len(code))
    return (
        code[:at] + random.choice(("", code[at] * 2, random.choice("BKTVX0189"))) + code[at + 1 :]
    )


def test_of_many_codes_one_as_close_as_any_is_found() -> None:
    random = Random(1)
    for _ in range(12):
        word = slipped(random, random.choice(CODES))
        found = nearest_name(word, CODES)
        every = get_close_matches(
            word.casefold(), [code.casefold() for code in CODES], n=200, cutoff=0.6
        )
        assert found is not None
        assert ratio(word, found) == ratio(word, every[0]), (word, found, every[:3])


@pytest.mark.parametrize("alike", [0, 0.6, 0.7, 0.75, 0.8, 0.85])
def test_of_few_names_the_one_is_found_that_difflib_finds(alike: float) -> None:
    random = Random(2)
    names = ["", *("".join(random.choices("abcd", k=random.randint(1, 12))) for _ in range(120))]
    for _ in range(60):
        word = "".join(random.choices("abcd", k=random.randint(0, 12)))
        some = list(dict.fromkeys(random.sample(names, 20)))
        found = get_close_matches(word, some, n=1, cutoff=alike)
        assert nearest_name(word, some, alike) == (found[0] if found else None), (word, some)


def ratio(word: str, name: str) -> float:
    return SequenceMatcher(None, name.casefold(), word.casefold()).ratio()


def test_few_names_are_compared_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def counted(word: str, names: Iterable[str], n: int, cutoff: float) -> list[str]:
        compared.append(len(list(names)))
        return get_close_matches(word, names, n=n, cutoff=cutoff)

    monkeypatch.setattr(difflib, "get_close_matches", counted)
    assert nearest_name("QT XX 0012", CODES) is not None
    assert nearest_name("không giống gì", CODES) is None
    assert max(compared) <= FEW_NAMES
    assert nearest_name("QT BIS 01", ("QT BIS 01", "QT VP 01")) == "QT BIS 01"


@pytest.mark.parametrize(
    ("number", "close"),
    [
        ("30/2021/NĐ-CP", "30/2020/NĐ-CP"),
        ("03/2020/NĐ-CP", "30/2020/NĐ-CP"),
        ("3/2020/NĐ-CP", "30/2020/NĐ-CP"),
        ("30/2020/NĐCP", "30/2020/NĐ-CP"),
        ("30/2020/ND-CP", "30/2020/NĐ-CP"),
        ("83/2006/NĐ-CP", None),
        ("30/2020/QĐ-TTg", None),
        ("31/2021/NĐ-CP", None),
        ("7/2015/QH13", None),  # two are as near
        ("77/2015/QH14", "77/2015/QH13"),
    ],
)
def test_of_outside_numbers_one_that_is_one_slip_away(number: str, close: str | None) -> None:
    numbers = OutsideNumbers(["30/2020/NĐ-CP", "77/2015/QH13", "71/2015/QH13", "unknown"])
    assert numbers.nearest(number) == close
