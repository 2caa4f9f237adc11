"""Count what the filters and tests of templates cost: what they are given, and what they make."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Protocol

from qmstool.template_costs import (
    GREATEST_NUMBER,
    filter_steps,
    refuse_above,
    refuse_filter,
    whole_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

# Filters that do not read through what they are given; those of a loop count its rounds.
_GLANCING = frozenset({
    "count", "length", "first", "last", "default", "d", "safe", "random",
    "counted_", "joined_", "called_",
})  # fmt: skip
# Tests of what a value is, whatever is in it.
_OF_ITS_KIND = frozenset({
    "defined", "undefined", "none", "boolean", "false", "true", "integer", "float", "number",
    "string", "mapping", "iterable", "sequence", "callable", "sameas", "filter", "test",
})  # fmt: skip


class Counter(Protocol):
    """What counts: the sandbox."""

    def step(self, count: int) -> None:
        """Count some steps."""

    def spend(self, value: object = None) -> None:
        """Count a step, and what it made."""

    def weighed(self, value: object) -> object:
        """Return a value that is read through, counted as all that is in it."""

    def searched(self, value: object) -> object:
        """Return a value that something is looked for in."""


class WrappedFunctions(dict[str, "Callable[..., Any]"]):
    """Filters or tests of a sandbox, each as `wrap` makes it count, by its name."""

    def __init__(self, functions: Any, wrap: Callable[[str, Any], Any]) -> None:
        super().__init__(functions)
        self._wrap = wrap
        self._wrapped: dict[str, tuple[Any, Any]] = {}

    def __getitem__(self, name: str) -> Any:
        return self._counted(name, super().__getitem__(name))

    def get(self, name: str, default: Any = None) -> Any:
        """Return a function as it is used."""
        function = super().get(name)
        return default if function is None else self._counted(name, function)

    def _counted(self, name: str, function: Any) -> Any:
        kept = self._wrapped.get(name)
        if kept is None or kept[0] is not function:
            kept = self._wrapped[name] = function, self._wrap(name, function)
        return kept[1]


def weigh_test(counter: Counter, name: str, function: Any) -> Any:
    """Return a test that costs the reading of what it is asked of."""
    if name in _OF_ITS_KIND:
        return function
    method = counter.searched if name == "in" else counter.weighed

    @functools.wraps(function)
    def weighed(*arguments: Any, **named: Any) -> Any:
        for value in (*arguments, *named.values()):
            method(value)
        return function(*arguments, **named)

    return weighed


def count_filter(counter: Counter, name: str, function: Any) -> Any:
    """Return a filter of which each use is a step, and whose numbers are looked at before."""
    own = 2 if hasattr(function, "jinja_pass_arg") else 1

    @functools.wraps(function)
    def counted(*arguments: Any, **named: Any) -> Any:
        told = (*arguments[own:], *named.values())
        for value in told if name != "counted_" else ():
            refuse_above(GREATEST_NUMBER, whole_of(value))
        if name not in _GLANCING:
            for value in (*arguments[own - 1 :], *named.values()):
                counter.weighed(value)
        if len(arguments) >= own:
            refuse_filter(name, arguments[own - 1], told)
            counter.step(filter_steps(name, arguments[own - 1], told))
        result = function(*arguments, **named)
        counter.spend(result)
        return result

    return counted
