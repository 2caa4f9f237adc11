"""The closest of many names: the same as comparing all would find for a slip, at a cost that does not grow with them."""

from __future__ import annotations

from difflib import SequenceMatcher, get_close_matches
from random import Random
from typing import TYPE_CHECKING

from qmstool.sources import entries
from qmstool.sources.alike import FEW
from qmstool.sources.entries import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest

UNITS = ("BIS", "VP", "KT", "TC", "NV")
CODES = tuple(f"QT {unit} {number:04d}" for unit in UNITS for number in range(800))


def slipped(random: Random, code: str) -> str:
    """A code with one letter or figure left out, doubled or exchanged."""
    at = random.randrange(len(code))
    return code[:at] + random.choice(("", code[at] * 2, random.choice("BKTVX0189"))) + code[at + 1 :]


def test_of_many_codes_one_as_close_as_any_is_found() -> None:
    random = Random(1)
    for _ in range(12):
        word = slipped(random, random.choice(CODES))
        found = nearest(word, CODES)
        every = get_close_matches(word.casefold(), [code.casefold() for code in CODES], n=200, cutoff=0.6)
        assert found is not None
        assert ratio(word, found) == ratio(word, every[0]), (word, found, every[:3])


def ratio(word: str, name: str) -> float:
    return SequenceMatcher(None, name.casefold(), word.casefold()).ratio()


def test_few_names_are_compared_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def counted(word: str, names: Iterable[str], n: int, cutoff: float) -> list[str]:
        compared.append(len(list(names)))
        return get_close_matches(word, names, n=n, cutoff=cutoff)

    monkeypatch.setattr(entries, "get_close_matches", counted)
    assert nearest("QT XX 0012", CODES) is not None
    assert nearest("không giống gì", CODES) is None
    assert max(compared) <= FEW
    assert nearest("QT BIS 01", ("QT BIS 01", "QT VP 01")) == "QT BIS 01"
