"""Whether a place lies in one of many stretches: the same as asking each of them."""

from __future__ import annotations

from random import Random

from qmstool.parsing.spans import Spans


def test_many_stretches_say_the_same_as_each_of_them() -> None:
    random = Random(1)
    for _ in range(200):
        spans = [(start, start + random.randrange(5)) for start in random.choices(range(30), k=6)]
        many = Spans(spans)
        for at in range(36):
            assert many.holds(at) == any(start <= at < end for start, end in spans)
            end = at + random.randrange(4)
            assert many.meets(at, end) == any(s < end and at < e for s, e in spans)


def test_nothing_lies_in_none() -> None:
    none = Spans([])
    assert not none.holds(0)
    assert not none.meets(0, 9)
