"""Our frozen dataclasses behave as the standard ones do, as far as they go."""

from __future__ import annotations

import dataclasses
import pickle
import typing
from types import SimpleNamespace
from typing import Any

import pytest

from qmstool import frozen as values


def _classes(way: Any) -> SimpleNamespace:
    """The same classes, made by the standard module or by ours."""

    @way.dataclass(frozen=True, slots=True)
    class Plain:
        a: int
        b: str = "x"
        c: dict[str, int] = way.field(default_factory=dict)
        d: int = way.field(default=4)

        @property
        def twice(self) -> int:
            return self.a * 2

    @way.dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        path: str
        line: int = 1

    @way.dataclass(frozen=True)
    class Open:
        a: int
        b: tuple[int, ...] = ()

    @way.dataclass(frozen=True, slots=True)
    class Empty:
        pass

    return SimpleNamespace(Plain=Plain, Ordered=Ordered, Open=Open, Empty=Empty)


STANDARD = _classes(dataclasses)
OURS = _classes(values)
BOTH = pytest.mark.parametrize("kind", [STANDARD, OURS], ids=["standard", "ours"])


@values.dataclass(frozen=True, slots=True)
class Kept:
    """At the top of a module, where pickle finds it."""

    a: int
    b: str = "x"


@BOTH
def test_values_are_made_by_place_name_and_default(kind: SimpleNamespace) -> None:
    value = kind.Plain(1, c={"k": 2})
    assert (value.a, value.b, value.c, value.d, value.twice) == (1, "x", {"k": 2}, 4, 2)
    assert kind.Plain(1).c is not kind.Plain(1).c
    assert kind.Open(a=1).b == ()
    kind.Empty()


@BOTH
@pytest.mark.parametrize(
    "given", [((), {}), ((1, "x", {}, 4, 5), {}), ((1,), {"e": 1}), ((1,), {"a": 1})], ids=str
)
def test_what_does_not_fit_is_refused(
    kind: SimpleNamespace, given: tuple[tuple[object, ...], dict[str, object]]
) -> None:
    with pytest.raises(TypeError, match="__init__"):
        kind.Plain(*given[0], **given[1])


@BOTH
def test_values_are_equal_and_hashed_by_their_fields(kind: SimpleNamespace) -> None:
    assert kind.Ordered("p", 2) == kind.Ordered("p", 2)
    assert kind.Ordered("p", 2) != kind.Ordered("p", 3)
    assert kind.Ordered("p", 2) != ("p", 2)
    assert (
        len(
            {
                kind.Ordered("p", 2),
                kind.Ordered("p", 2),
                kind.Open(1),
                kind.Open(1),
                kind.Empty(),
                kind.Empty(),
            }
        )
        == 3
    )
    with pytest.raises(TypeError, match="unhashable"):
        hash(kind.Plain(1))


@BOTH
def test_ordered_values_sort_by_their_fields(kind: SimpleNamespace) -> None:
    one, two, three = kind.Ordered("a", 2), kind.Ordered("a", 3), kind.Ordered("b", 1)
    assert sorted([three, two, one]) == [one, two, three]
    assert max(one, three) is three
    assert one < two <= kind.Ordered("a", 3)
    assert three > two >= kind.Ordered("a", 3)
    with pytest.raises(TypeError, match="not supported"):
        assert kind.Ordered("a") < "a"
    with pytest.raises(TypeError, match="not supported"):
        assert kind.Open(1) < kind.Open(2)


@BOTH
def test_a_value_has_no_other_fields(kind: SimpleNamespace) -> None:
    with pytest.raises((AttributeError, TypeError)):
        kind.Plain(1).other = 2
    assert not hasattr(kind.Plain(1), "__dict__")


def test_the_type_checker_refuses_changes() -> None:
    """Were a change allowed, strict types would tell the comments here as unused."""
    value = Kept(1)
    value.a = 2  # type: ignore[misc]
    value.b = "y"  # type: ignore[misc]
    assert value == Kept(2, "y")  # at run time nothing refuses them


@pytest.mark.parametrize("way", [dataclasses, values], ids=["standard", "ours"])
def test_another_like_it(way: Any) -> None:
    kind = _classes(way)
    assert way.replace(kind.Plain(1, "y"), d=5) == kind.Plain(1, "y", {}, 5)
    with pytest.raises(TypeError, match="nothing"):
        way.replace(kind.Plain(1), nothing=5)


@BOTH
def test_it_shows_itself_and_is_taken_apart(kind: SimpleNamespace) -> None:
    assert repr(kind.Ordered("p")).endswith("Ordered(path='p', line=1)")
    match kind.Ordered("p", 3):
        case kind.Ordered(path, line):
            assert (path, line) == ("p", 3)
        case _:
            pytest.fail("no match")


def test_a_value_is_the_same_after_a_journey() -> None:
    assert pickle.loads(pickle.dumps(Kept(1, "y"))) == Kept(1, "y")


def test_only_frozen_ones() -> None:
    with pytest.raises(TypeError, match="frozen"):
        values.dataclass(frozen=False)


class StandardTuple(typing.NamedTuple):
    """A named tuple of the standard library."""

    a: int
    b: str = "x"

    @property
    def twice(self) -> int:
        return self.a * 2


class OurTuple(values.NamedTuple):
    """The same, made by ours."""

    a: int
    b: str = "x"

    @property
    def twice(self) -> int:
        return self.a * 2


@pytest.mark.parametrize("kind", [StandardTuple, OurTuple])
def test_named_tuples_behave_as_the_standard_ones(kind: Any) -> None:
    made = kind(3)
    assert (made.a, made.b, made.twice) == (3, "x", 6)
    assert made == (3, "x")
    assert kind(b="y", a=1) == kind(1, "y")
    assert kind._fields == ("a", "b") == kind.__match_args__
    assert repr(made) == f"{kind.__name__}(a=3, b='x')"
    assert made._replace(b="z") == kind(3, "z")
    again = pickle.loads(pickle.dumps(made))
    assert (again, type(again)) == (made, kind)
    match made:
        case kind(a, b=b):
            assert (a, b) == (3, "x")
    assert not hasattr(made, "__dict__")
    with pytest.raises(AttributeError):
        made.a = 4
    for wrong in ({}, {"a": 1, "c": 2}):
        with pytest.raises(TypeError):
            kind(**wrong)
