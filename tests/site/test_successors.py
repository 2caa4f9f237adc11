"""Ways from an external document to what came in its place: a few, however many there are."""

from __future__ import annotations

from qmstool.site.edition.successors import LONGEST_WAY, MOST_WAYS, Successors
from tests.support.memory import manual


def register(following: dict[str, list[str]]) -> Successors:
    entries = "".join(
        f"  {key}: {{number: {at}/2006/NĐ-CP, type: Luật, issuer: QH, title: {key}, status: "
        f"superseded, superseded_by: [{', '.join(after)}]}}\n"
        for at, (key, after) in enumerate(following.items())
    )
    text = f"schema: 1\ndocuments:\n{entries}"
    return Successors(manual(procedures__external_dot_yml=text).externals)


def test_ways_lead_to_the_end_and_stop_in_a_circle() -> None:
    successors = register({"a": ["b", "1/2006/NĐ-CP"], "b": ["c", "d"], "c": ["a"], "d": []})
    ways = [("a", "b", "c"), ("a", "b", "d"), ("a", "b", "c"), ("a", "b", "d")]
    assert successors.ways("a") == ways
    assert successors.ways("d") == []
    assert list(successors.before("b")) == ["a"]


def test_ways_that_double_with_every_step_are_told_in_part() -> None:
    steps = 45
    layers = {
        f"{side}{step}": [f"a{step + 1}", f"b{step + 1}"] for step in range(steps) for side in "ab"
    }
    ways = register(layers | {f"a{steps}": [], f"b{steps}": []}).ways("a0")
    assert len(ways) == MOST_WAYS
    assert {len(way) for way in ways} == {steps + 1}


def test_a_long_way_is_told_from_its_beginning() -> None:
    chain = {f"a{step}": [f"a{step + 1}"] for step in range(1500)}
    successors = register(chain | {"a1500": []})
    assert [len(way) for way in successors.ways("a0")] == [LONGEST_WAY]
