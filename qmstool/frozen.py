"""Make frozen dataclasses and named tuples as the standard library does, ten times sooner.

The standard one compiles six methods for every class when its module is imported, and imports
`inspect`: a sixth of what a check of a real manual cost. Here the methods are shared, and
`__init__` is compiled when the first value is made. So is `__new__` of a named tuple. To a type
checker these are the standard names, and it alone refuses changes (strict types in CI): a class
that refuses them itself fills its fields five times as slowly. `tests/test_frozen.py` compares the
two.
"""

from __future__ import annotations

from _collections import _tuplegetter  # type: ignore[import-not-found] # as `collections` does
from operator import attrgetter
from types import FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import CodeType

_NONE = object()


class _Default:
    """A default that is made afresh for each value; stands in the body of a class."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], object]) -> None:
        self.make = make


def _field(*, default: object = _NONE, default_factory: Callable[[], object] | None = None) -> Any:
    return default if default_factory is None else _Default(default_factory)


def _dataclass(*, frozen: bool, slots: bool = False, order: bool = False) -> Callable[[type], type]:
    if not frozen:
        raise TypeError("a value is frozen")
    return lambda cls: _rebuild(cls, slots=slots, order=order)


def _replace(value: Any, /, **changes: object) -> Any:
    cls = type(value)
    fields = {name: getattr(value, name) for name in cls.__match_args__}
    return cls(**fields | changes)


def _rebuild(cls: type, *, slots: bool, order: bool) -> type:
    """Return the class made anew, with its slots and methods."""
    names = tuple(cls.__dict__.get("__annotations__", ()))  # noqa: RUF063 - `inspect` is what start-up is spared
    body = dict(cls.__dict__)
    body.pop("__dict__", None)
    body.pop("__weakref__", None)
    defaults = {name: body[name] for name in names if name in body}
    body |= _methods(names)
    if order:
        body |= _ordering(names)
    if slots:
        for name in defaults:
            del body[name]
        body["__slots__"] = names
    rebuilt = type(cls)(cls.__name__, cls.__bases__, body)
    rebuilt.__qualname__ = cls.__qualname__

    def first_init(self: object, *values: object, **named: object) -> None:
        """Compile `__init__`, put it in the place of this, and use it."""
        init = _compile_init(names, defaults)
        type.__setattr__(rebuilt, "__init__", init)
        init(self, *values, **named)

    type.__setattr__(rebuilt, "__init__", first_init)
    return rebuilt


def _compile_init(names: tuple[str, ...], defaults: Mapping[str, object]) -> Callable[..., None]:
    """Return `__init__` as one would write it by hand."""
    lines, namespace = [], {}
    for at, name in enumerate(names):
        value, default = f"v{at}", defaults.get(name)
        if isinstance(default, _Default):
            namespace[f"default{at}"] = default
            value = f"default{at}.make() if v{at} is default{at} else v{at}"
        lines.append(f"self.n{at} = {value}")
    body = "; ".join(lines or ["pass"])
    return _function("__init__", body, ("self", *names), defaults, namespace)


# Functions that differ in the names of their parameters alone are compiled once: what they do, and
# with how many, by their code.
_CODES: dict[tuple[str, int], CodeType] = {}


def _function(
    name: str,
    body: str,
    parameters: tuple[str, ...],
    defaults: Mapping[str, object],
    namespace: dict[str, Any],
) -> Callable[..., Any]:
    """Return a function whose body knows the first parameter by name, the others as v0, v1, v2.

    A field of the name of such a parameter is n0, n1, n2 to it.
    """
    first, count = parameters[0], len(parameters) - 1
    code = _CODES.get((body, count))
    if code is None:
        placed = ", ".join([first, *[f"v{at}" for at in range(count)]])
        made: dict[str, Any] = {}
        exec(f"def {name}({placed}): {body}", made)  # noqa: S102 - made of words of this module
        code = _CODES[body, count] = made[name].__code__
    values = tuple([defaults[each] for each in parameters if each in defaults])
    fields = {f"n{at}": each for at, each in enumerate(parameters[1:])}
    known = tuple([fields.get(each, each) for each in code.co_names])
    code = code.replace(co_varnames=parameters, co_names=known)
    return FunctionType(code, namespace, name, values)


def _methods(names: tuple[str, ...]) -> dict[str, Any]:
    """Return the methods of a value: compared, hashed, pickled and shown by its fields."""
    fields = _fields(names)

    def equal(self: object, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return bool(fields(self) == fields(other))

    def hashed(self: object) -> int:
        return hash(fields(self))

    def reduced(self: object) -> tuple[object, ...]:
        return self.__class__, fields(self)

    def reduced_to_one(self: object) -> tuple[object, ...]:
        return self.__class__, (fields(self),)

    return {
        "__eq__": equal,
        "__hash__": hashed,
        "__repr__": _repr,
        "__reduce__": reduced_to_one if len(names) == 1 else reduced,
        "__match_args__": names,
    }


def _ordering(names: tuple[str, ...]) -> dict[str, Any]:
    """Return the methods that sort values by their fields; Python turns > and >= round."""
    fields = _fields(names)

    def less(self: object, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return bool(fields(self) < fields(other))

    def less_or_equal(self: object, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return bool(fields(self) <= fields(other))

    return {"__lt__": less, "__le__": less_or_equal}


def _fields(names: tuple[str, ...]) -> Callable[[object], Any]:
    """Return the function that gives all fields of a value as one; a field alone is itself."""
    return attrgetter(*names) if names else lambda _: ()


def _repr(self: Any) -> str:
    fields = [f"{name}={getattr(self, name)!r}" for name in self.__match_args__]
    return f"{type(self).__qualname__}({', '.join(fields)})"


class _Values(tuple):  # type: ignore[type-arg]
    """Holds what all named tuples do."""

    __slots__ = ()
    if TYPE_CHECKING:
        _fields: tuple[str, ...]

    def __repr__(self) -> str:
        shown = [f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True)]
        return f"{type(self).__name__}({', '.join(shown)})"

    def __getnewargs__(self) -> tuple[object, ...]:
        return tuple(self)

    def _replace(self, **changes: object) -> Any:
        return type(self)(**dict(zip(self._fields, self, strict=True)) | changes)


class _Named(type):
    """Makes of a class below `NamedTuple` one below `_Values`, of the fields that it annotates.

    The class that is made is plain: asking for its kind costs as little as asking for any other.
    """

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Any:
        if not bases:
            return super().__new__(cls, name, bases, body)
        names = tuple(body.get("__annotations__", ()))
        defaults = {each: body[each] for each in names if each in body}
        body |= {each: _tuplegetter(place, "") for place, each in enumerate(names)}
        body |= {"__slots__": (), "_fields": names, "__match_args__": names}
        made = type(name, (_Values,), body)

        def first_new(kind: type, *values: object, **named: object) -> object:
            """Compile `__new__`, put it in the place of this, and use it."""
            new = _compile_new(names, defaults)
            type.__setattr__(made, "__new__", staticmethod(new))
            return new(kind, *values, **named)

        type.__setattr__(made, "__new__", staticmethod(first_new))
        return made


class _NamedTuple(metaclass=_Named):
    """A tuple whose places have names; a class below it annotates them, with defaults."""


def _compile_new(names: tuple[str, ...], defaults: Mapping[str, object]) -> Callable[..., Any]:
    """Return `__new__` as one would write it by hand."""
    values = "".join([f"v{at}, " for at in range(len(names))])
    body = f"return new(_kind, ({values}))"
    return _function("__new__", body, ("_kind", *names), defaults, {"new": tuple.__new__})


if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
    from typing import NamedTuple
else:
    dataclass, field, replace, NamedTuple = _dataclass, _field, _replace, _NamedTuple

__all__ = ["NamedTuple", "dataclass", "field", "replace"]
