"""Bound what a template may cost: its steps, the size of what it makes, how deep it nests.

A template is somebody's text. Steps are counted, not seconds: the same template is refused on every
machine, or on none. What makes long values out of short ones is looked at before it is done; what
reads a long value through, to make little of it or to compare it, costs as much as making it.
"""

from __future__ import annotations

from functools import partial
from types import BuiltinMethodType, MethodType
from typing import TYPE_CHECKING, Any

from jinja2.runtime import Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from qmstool.template_code import CountingGenerator, count_steps, joined
from qmstool.template_costs import (
    CHARACTERS_A_STEP,
    GREATEST_NUMBER,
    HOLDING,
    LARGEST_PAGE,
    LARGEST_VALUE,
    MOST_DIGITS,
    TOO_LARGE,
    TooMuchError,
    is_sized,
    length_of,
    refuse_above,
    refuse_forming,
    refuse_stretching,
    size_of,
    weight_of,
    whole_of,
)
from qmstool.template_functions import WrappedFunctions, count_filter, weigh_test

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2 import nodes

# A page of ten thousand rows takes under two million steps.
MOST_STEPS = 10_000_000
LARGEST_TEMPLATE = 1_000_000  # characters
# To look for a template takes longer than to run a line of one.
_LOOKED_UP = 10
# Methods that make bytes, which no page needs and nothing here counts.
_FORBIDDEN = frozenset({"encode", "to_bytes"})
_METHODS = (MethodType, BuiltinMethodType)
_TOO_LONG = "too many steps / quá nhiều bước"
_OPERATORS = frozenset({"*", "**", "%", "+"})
# Templates compiled in this process, by all that goes into it: each version of a site has a sandbox
# of its own, and to compile the package's pages for each costs as much as to lay out fifty.
_MOST_COMPILED = 512
_compiled: dict[tuple[object, ...], Any] = {}


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with a bound on steps and sizes; `begin` before each page."""

    intercepted_binops = _OPERATORS
    code_generator_class = CountingGenerator

    def __init__(self, **options: Any) -> None:
        super().__init__(optimized=False, **options)
        self._safe: dict[tuple[type, str], bool] = {}
        self._sizes: dict[str, int] = {}
        self._steps = 0
        self._buffered = 0
        self.filters = WrappedFunctions(self.filters, partial(count_filter, self))
        self.filters["counted_"] = self._counted
        self.filters["joined_"] = joined
        self.filters["called_"] = self._called
        self.tests: Any = WrappedFunctions(self.tests, partial(weigh_test, self))
        # It makes as much text as it is asked for.
        del self.globals["lipsum"]
        self.globals["namespace"] = _Namespace

    def begin(self) -> None:
        """Count anew."""
        self._steps = self._buffered = 0

    def spend(self, value: object = None) -> None:
        """Count a step, and what it made, with all that is in it."""
        if type(value) in HOLDING:
            size = weight_of(value)
        else:
            size = len(value) if isinstance(value, str) else size_of(value)
            refuse_above(LARGEST_VALUE, size)
        self.step(1 + size // CHARACTERS_A_STEP)

    def held(self, value: object) -> object:
        """Return a list that a template makes, counted as all that is in it.

        One that holds another twice, which holds another twice, is soon without end.
        """
        self.spend(value)
        return value

    def step(self, count: int) -> None:
        """Count some steps."""
        self._steps += count
        if self._steps > MOST_STEPS:
            raise TooMuchError(_TOO_LONG)

    def weighed(self, value: object) -> object:
        """Return a value that is read through, counted as all that is in it."""
        self.step(length_of(value) // CHARACTERS_A_STEP)
        return value

    def searched(self, value: object) -> object:
        """Return a value that something is looked for in; by its name it costs nothing."""
        return value if isinstance(value, dict) else self.weighed(value)

    def buffered(self, value: object) -> object:
        """Return what is written into something that is itself a value: of a macro, of a block."""
        self.spend(value)
        if isinstance(value, str):
            self._buffered += len(value)
            refuse_above(LARGEST_PAGE, self._buffered)
        return value

    def pieces(self, name: str, values: dict[str, object]) -> Iterator[str]:
        """Yield what a template makes of some values, piece by piece."""
        whole = 0
        for piece in self.get_template(name).generate(values):
            whole += len(piece)
            if whole > LARGEST_PAGE:
                raise TooMuchError(TOO_LARGE)
            yield piece

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether a template may see an attribute; the answer depends on type and name alone."""
        key = type(obj), attr
        is_safe = self._safe.get(key)
        if is_safe is None:
            is_safe = attr not in _FORBIDDEN and super().is_safe_attribute(obj, attr, value)
            self._safe[key] = is_safe
        return is_safe

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return what a template sees; what it may see of a type is known after the first time.

        Methods may be `format`, which is wrapped each time anew.
        """
        if self._safe.get((type(obj), attribute)):
            value = getattr(obj, attribute, None)
            if value is not None and not isinstance(value, _METHODS):
                return value
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return what a value has under a name, which is read through."""
        if isinstance(argument, str):
            self.weighed(argument)
        return super().getitem(obj, argument)

    def get_template(self, name: Any, *arguments: Any, **options: Any) -> Any:
        """Return a template; one that is included is as many steps as it is long."""
        self.step(_LOOKED_UP + self._sizes.get(str(name), 0) // CHARACTERS_A_STEP)
        return super().get_template(name, *arguments, **options)

    def compile(self, source: Any, name: Any = None, filename: Any = None, *rest: Any) -> Any:
        """Return the code of a template, compiled once for all sandboxes of the same settings."""
        key = source, name, filename, rest, self._settings()
        self._sizes[name or ""] = len(source)
        code = _compiled.get(key)
        if code is None:
            code = super().compile(source, name, filename, *rest)
            if len(_compiled) >= _MOST_COMPILED:
                _compiled.clear()
            _compiled[key] = code
        return code

    def _settings(self) -> tuple[object, ...]:
        """Return what of this sandbox goes into the code of a template."""
        handed = [
            (name, getattr(function, "jinja_pass_arg", None))
            for name, function in sorted(self.filters.items())
        ]
        return self.autoescape, self.trim_blocks, self.lstrip_blocks, tuple(handed)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Read a template; each round of a loop in it becomes a step."""
        if len(source) > LARGEST_TEMPLATE:
            raise TooMuchError(TOO_LARGE)
        tree = super()._parse(source, name, filename)
        count_steps(tree)
        return tree

    def _called(self, _: object, steps: int) -> str:
        """Count the steps of a long macro or block each time that it is run."""
        self.step(steps)
        return ""

    def _counted(self, values: Iterable[object], weight: int) -> Any:
        """Yield the values of a loop, each a step or as many as its words are long."""
        if isinstance(values, Undefined):
            return values
        return self._rounds(values, weight)

    def _rounds(self, values: Iterable[object], weight: int) -> Iterator[object]:
        for value in values:
            self.step(weight + 1)
            yield value

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Reckon, if what comes out is no larger than anything of a page."""
        if operator == "*":
            refuse_above(LARGEST_VALUE, max(size_of(left), 1) * max(size_of(right), 1))
            for text, times in ((left, right), (right, left)):
                if isinstance(times, int) and is_sized(text):
                    refuse_above(LARGEST_VALUE, len(text) * times)
        if operator == "**":
            refuse_above(GREATEST_NUMBER, max(size_of(left), 1) * whole_of(right))
        if operator == "%" and isinstance(left, str):
            refuse_forming(left, (right,))
        result = super().call_binop(context, operator, left, right)
        if isinstance(result, int):
            refuse_above(MOST_DIGITS, size_of(result))
        self.spend(result)
        return result

    def call(self, context: Any, function: Any, /, *arguments: Any, **named: Any) -> Any:
        """Call what a template may call, if it makes no more than a page holds."""
        if type(function) is Macro:
            # A template's own; Jinja would ask of each call again what every macro is.
            named.pop("_block_vars", None)
            named.pop("_loop_vars", None)
            if function.catch_varargs or function.catch_kwargs:
                self.spend((*arguments, *named.values()))
            made = function(context.eval_ctx, *arguments, **named)
            self.spend(made)
            return made
        # Jinja wraps `format` of texts.
        method = getattr(function, "__wrapped__", function)
        text, name = getattr(method, "__self__", None), getattr(method, "__name__", "")
        if isinstance(text, str | list | tuple):
            self.weighed(text)
        if isinstance(text, str):
            refuse_stretching(name, text, (*arguments, *named.values()))
        result = super().call(context, function, *arguments, **named)
        self.spend(result)
        return result


class _Namespace(Namespace):
    """Values that a template sets; what is in it is not written with it."""

    def __repr__(self) -> str:
        return "<Namespace>"
