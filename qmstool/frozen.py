"""Frozen dataclasses that cost little to define: what the standard `@dataclass(frozen=True, slots=True)` makes, ten times sooner.

The standard one compiles six methods for every class when its module is imported, and brings `inspect` with it: a sixth of what a
check of a real manual cost. Here the methods are shared, and `__init__` is compiled when the first value is made. To a type checker
these are the standard names; `tests/test_frozen.py` holds the two against each other.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NONE = object()


class _Default:
    """What stands in a class body where a default has to be made afresh for each value."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], object]) -> None:
        self.make = make


def _field(*, default: object = _NONE, default_factory: Callable[[], object] | None = None) -> Any:
    return default if default_factory is None else _Default(default_factory)


def _dataclass(*, frozen: bool, slots: bool = False, order: bool = False) -> Callable[[type], type]:
    if not frozen:
        raise TypeError("a value is frozen")
    return lambda cls: _made(cls, slots=slots, order=order)


def _replace(value: Any, /, **changes: object) -> Any:
    cls = type(value)
    return cls(**{name: getattr(value, name) for name in cls.__match_args__} | changes)


def _made(cls: type, *, slots: bool, order: bool) -> type:
    """The class anew, with its slots and methods."""
    names = tuple(cls.__dict__.get("__annotations__", ()))  # noqa: RUF063 - `inspect` is what start-up is spared
    body = {
        name: value
        for name, value in cls.__dict__.items()
        if name not in {"__dict__", "__weakref__"}
    }
    defaults = {name: body.pop(name) if slots else body[name] for name in names if name in body}
    body |= _methods(names) | (_ordering(names) if order else {})
    if slots:
        body["__slots__"] = names
    made = type(cls)(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__

    def first(self: object, *given: object, **named: object) -> None:
        """Compile `__init__`, put it in the place of this, and use it."""
        compiled = _init(made, names, defaults)
        type.__setattr__(made, "__init__", compiled)
        compiled(self, *given, **named)

    type.__setattr__(made, "__init__", first)
    return made


def _init(cls: type, names: tuple[str, ...], defaults: Mapping[str, object]) -> Callable[..., None]:
    """`__init__` as one would write it by hand; a slot is filled through its descriptor, past the refusal to set anything."""
    known: dict[str, object] = {"_Default": _Default}
    head, lines = ["self"], []
    for name in names:
        default, given = defaults.get(name, _NONE), name
        if isinstance(default, _Default):
            given = f"_{name}.make() if {name} is _{name} else {name}"
        head.append(name if default is _NONE else f"{name}=_{name}")
        known[f"_{name}"] = default
        if "__slots__" in cls.__dict__:
            known[f"_set_{name}"] = cls.__dict__[name].__set__
            lines.append(f" _set_{name}(self, {given})")
        else:
            lines.append(f" self.__dict__[{name!r}] = {given}")
    source = f"def __init__({', '.join(head)}):\n" + "\n".join(lines or [" pass"])
    exec(source, known)  # noqa: S102 - made of the names of fields, which stand in our own source
    made: Callable[..., None] = known["__init__"]  # type: ignore[assignment]
    return made


def _methods(names: tuple[str, ...]) -> dict[str, Any]:
    """Equal, hashed, pickled and shown by the fields in their order; never changed."""
    every = _all(names)

    def equal(self: object, other: object) -> bool:
        return every(self) == every(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(every(self))

    return {
        "__eq__": equal,
        "__hash__": hashed,
        "__repr__": _repr,
        "__reduce__": _reduce,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__match_args__": names,
    }


def _ordering(names: tuple[str, ...]) -> dict[str, Any]:
    """Sorted by the fields in their order; Python turns > and >= round."""
    every = _all(names)

    def less(self: object, other: object) -> bool:
        return (
            bool(every(self) < every(other))
            if other.__class__ is self.__class__
            else NotImplemented
        )

    def less_or_equal(self: object, other: object) -> bool:
        return (
            bool(every(self) <= every(other))
            if other.__class__ is self.__class__
            else NotImplemented
        )

    return {"__lt__": less, "__le__": less_or_equal}


def _all(names: tuple[str, ...]) -> Callable[[object], Any]:
    """All fields of a value as one, to be compared."""
    return attrgetter(*names) if names else lambda _: ()


def _repr(self: Any) -> str:
    return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.__match_args__)})"


def _reduce(self: Any) -> tuple[object, ...]:
    return type(self), tuple(getattr(self, name) for name in self.__match_args__)


def _refuse(self: object, name: str, _value: object = None) -> NoReturn:
    raise AttributeError(f"{type(self).__name__}.{name} is frozen")


if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
else:
    dataclass, field, replace = _dataclass, _field, _replace

__all__ = ["dataclass", "field", "replace"]
