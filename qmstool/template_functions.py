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


class _Wrapped(dict[str, "Callable[..., Any]"]):
    """Filters or tests of a sandbox, each as it is used there."""

    def __init__(self, sandbox: Counter, functions: Any) -> None:
        super().__init__(functions)
        self._sandbox = sandbox
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

    def _wrap(self, name: str, function: Any) -> Any:
        raise NotImplementedError


class WeighedTests(_Wrapped):
    """Tests: each reads through what it is asked of."""

    def _wrap(self, name: str, function: Any) -> Any:
        sandbox = self._sandbox
        if name in _OF_ITS_KIND:
            return function
        method = sandbox.searched if name == "in" else sandbox.weighed

        @functools.wraps(function)
        def weighed(*arguments: Any, **named: Any) -> Any:
            for value in (*arguments, *named.values()):
                method(value)
            return function(*arguments, **named)

        return weighed


class CountedFilters(_Wrapped):
    """Filters: each use is a step, and its numbers are looked at before."""

    def _wrap(self, name: str, function: Any) -> Any:
        sandbox = self._sandbox
        own = 2 if hasattr(function, "jinja_pass_arg") else 1

        @functools.wraps(function)
        def counted(*arguments: Any, **named: Any) -> Any:
            told = (*arguments[own:], *named.values())
            for value in told if name != "counted_" else ():
                refuse_above(GREATEST_NUMBER, whole_of(value))
            if name not in _GLANCING:
                for value in (*arguments[own - 1 :], *named.values()):
                    sandbox.weighed(value)
            if len(arguments) >= own:
                refuse_filter(name, arguments[own - 1], told)
                sandbox.step(filter_steps(name, arguments[own - 1], told))
            result = function(*arguments, **named)
            sandbox.spend(result)
            return result

        return counted
