"""Make regular expressions that are compiled when they are first used, and once for many runs.

A check of a real manual names four hundred expressions, uses two hundred, and to compile these took
a third of its time. `regex` stands for `re.compile`: to a type checker, and in use, it gives a
`re.Pattern`. What the compiler of `re` made of an expression is plain numbers; a command that keeps
facts hands the numbers of earlier runs in (`recall`) and takes those of this run out (`fresh`).
Python's engine checks numbers before it goes by them. Where this Python's `re` is made otherwise
than we know, expressions are compiled as ever.
"""

from __future__ import annotations

import re
import sys
from array import array
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

# An expression with its flags; and what the compiler makes of them: all flags, the numbers that the
# engine goes by (four bytes each), how many groups there are, and their names with their numbers.
Expression = tuple[str, int]
Numbers = tuple[int, bytes, int, dict[str, int]]

# What a compiled expression is asked.
_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")
_VALUES = ("flags", "groups", "groupindex")
_known: dict[Expression, Numbers] = {}
_fresh: dict[Expression, Numbers] = {}
_used: set[Expression] = set()


class _Unused:
    """Stands for an expression until it is used; from then on it answers as the compiled one."""

    def __init__(self, expression: str, flags: int) -> None:
        self.pattern = expression
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS and name not in _VALUES:
            raise AttributeError(name)
        compiled = _compile(self.pattern, self._flags)
        for each in (*_METHODS, *_VALUES):
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)

    def __reduce__(self) -> tuple[type[_Unused], tuple[str, int]]:
        return _Unused, (self.pattern, self._flags)

    def __repr__(self) -> str:
        return f"regex({self.pattern!r}, {self._flags})"


def _regex(expression: str, flags: int = 0) -> Any:
    return _Unused(expression, int(flags))


def key() -> str:
    """Return what numbers depend on besides an expression: this Python, and its engine."""
    return f"{sys.version} {getattr(_engine(), 'MAGIC', '')}"


def recall(known: Mapping[Expression, Numbers]) -> None:
    """Go by what earlier runs made of expressions; whoever calls this trusts it."""
    _known.update(known)


def fresh() -> dict[Expression, Numbers]:
    """Return what this run made of expressions that no earlier one had handed in."""
    return dict(_fresh)


def used() -> frozenset[Expression]:
    """Return the expressions that this run used."""
    return frozenset(_used)


def _compile(expression: str, flags: int) -> re.Pattern[str]:
    """Return a compiled expression, by the numbers that are known, else by those made now."""
    asked = expression, flags
    _used.add(asked)
    try:
        if asked not in _known:
            _known[asked] = _fresh[asked] = _numbers(expression, flags)
        return _from_numbers(expression, _known[asked])
    except (AttributeError, KeyError, TypeError, ValueError, RuntimeError, OverflowError):
        return re.compile(expression, flags)


def _engine() -> Any:
    """Return the engine below `re`; None where this Python has another."""
    return sys.modules.get("_sre")


def _from_numbers(expression: str, numbers: Numbers) -> re.Pattern[str]:
    flags, code, groups, names = numbers
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    listed = array("I", code).tolist()
    pattern: re.Pattern[str] = _engine().compile(
        expression, flags, listed, groups, names, tuple(by_number)
    )
    return pattern


def _numbers(expression: str, flags: int) -> Numbers:
    """Return what the compiler of `re` makes of an expression, in its own two steps."""
    compiler: Any = sys.modules["re._compiler"]
    parsed = sys.modules["re._parser"].parse(expression, flags)
    code = array("I", compiler._code(parsed, flags))  # noqa: SLF001 - `re` cannot keep its work
    state = parsed.state
    return flags | state.flags, code.tobytes(), state.groups - 1, state.groupdict


if TYPE_CHECKING:
    from re import compile as regex
else:
    regex = _regex

__all__ = ["Expression", "Numbers", "fresh", "key", "recall", "regex", "used"]
