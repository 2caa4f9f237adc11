"""Edits of one file are kept apart without comparing each with all."""

from __future__ import annotations

from random import Random

from qmstool.findings import Location
from qmstool.scaffold.changes import Edits


def place(start: int, end: int) -> Location:
    return Location("a.md", 1, start + 1, 1, end + 1)


def test_of_overlapping_edits_the_first_stays() -> None:
    random, text = Random(1), "abcdefghijklmnopqrstuvwxyz"
    for _ in range(200):
        edits, kept = Edits(), dict[tuple[int, int], str]()
        for number in range(8):
            start = random.randrange(20)
            end = start + random.randrange(1, 6)
            edits.add(place(start, end), str(number))
            if all(end <= other or last <= start for other, last in kept):
                kept[start, end] = str(number)
        expected = text
        for (start, end), words in sorted(kept.items(), reverse=True):
            expected = expected[:start] + words + expected[end:]
        assert edits.apply(lambda _: text.encode())["a.md"] == (text, expected)


def test_thousands_of_edits_are_looked_through_by_halving() -> None:
    compared = 0

    class Counted(int):
        def __lt__(self, other: int) -> bool:
            nonlocal compared
            compared += 1
            return int(self) < int(other)

        def __gt__(self, other: int) -> bool:
            nonlocal compared
            compared += 1
            return int(self) > int(other)

    edits = Edits()
    for at in range(4000):
        edits.add(Location("a.md", 1, Counted(3 * at), 1, Counted(3 * at + 2)), "x")
    assert 0 < compared < 4000 * 60
