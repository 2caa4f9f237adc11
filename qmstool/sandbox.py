"""Bound what a template may cost: its steps, the size of what it makes, how deep it nests.

A template is somebody's text. Steps are counted, not seconds: the same template is refused on every
machine, or on none. What makes long values out of short ones is looked at before it is done.
"""

from __future__ import annotations

import functools
import re
from types import BuiltinMethodType, MethodType
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateRuntimeError, nodes
from jinja2.compiler import CodeGenerator
from jinja2.filters import _GroupTuple
from jinja2.runtime import Macro, Undefined, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Namespace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jinja2.compiler import Frame

# A page of ten thousand rows takes under two million steps.
MOST_STEPS = 10_000_000
# In characters: of one value, of a page, of a template.
LARGEST_VALUE = 4_000_000
LARGEST_PAGE = 64_000_000
LARGEST_TEMPLATE = 1_000_000
# Of what a template gives as a number to what makes text: a width, a count.
GREATEST_NUMBER = 100_000
# So many characters cost as much as a step, or as an entry of a list.
_CHARACTERS_A_STEP = 20
_LONG_NUMBER = re.compile(r"\d{6,}")
# Methods of text whose result may be much longer than the text.
_STRETCHING = frozenset({"ljust", "rjust", "center", "zfill", "expandtabs"})
_FORMING = frozenset({"format", "format_map"})
_MULTIPLYING = frozenset({"join", "replace", "translate"})
_METHODS = (MethodType, BuiltinMethodType)
# What holds other values, and is written, compared or sorted with all that is in it.
_HOLDING = frozenset(
    {list, tuple, dict, _GroupTuple, Cycler, *map(type, ({}.keys(), {}.values(), {}.items()))}
)
_OPERATORS = frozenset({"*", "**", "%", "+"})
# Templates compiled in this process, by all that goes into it: each version of a site has a sandbox
# of its own, and to compile the package's pages for each costs as much as to lay out fifty.
_MOST_COMPILED = 512
_compiled: dict[tuple[object, ...], Any] = {}


class TooMuchError(TemplateRuntimeError):
    """A template that takes more steps than any page needs, or makes more than any page holds."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with a bound on steps and sizes; `begin` before each page."""

    intercepted_binops = _OPERATORS

    def __init__(self, **options: Any) -> None:
        super().__init__(optimized=False, **options)
        self._safe: dict[tuple[type, str], bool] = {}
        self._sizes: dict[str, int] = {}
        self._steps = 0
        self.filters = _CountedFilters(self, self.filters)
        self.filters["counted_"] = self._counted
        self.filters["joined_"] = _joined
        # It makes as much text as it is asked for.
        del self.globals["lipsum"]
        self.globals["namespace"] = _Namespace

    def begin(self) -> None:
        """Count anew."""
        self._steps = 0

    def spend(self, value: object = None) -> None:
        """Count a step, and what it made, with all that is in it."""
        if type(value) in _HOLDING:
            size = _weight(value)
        else:
            size = len(value) if isinstance(value, str) else _size(value)
            _refuse_above(LARGEST_VALUE, size)
        self._steps += 1 + size // _CHARACTERS_A_STEP
        if self._steps > MOST_STEPS:
            raise TooMuchError(_TOO_LONG)

    def held(self, value: object) -> object:
        """Return a list that a template makes, counted as all that is in it.

        One that holds another twice, which holds another twice, is soon without end.
        """
        self.spend(value)
        return value

    def pieces(self, name: str, values: dict[str, object]) -> Iterator[str]:
        """Yield what a template makes of some values, piece by piece."""
        whole = 0
        for piece in self.get_template(name).generate(values):
            whole += len(piece)
            if whole > LARGEST_PAGE:
                raise TooMuchError(_TOO_LARGE)
            yield piece

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether a template may see an attribute; the answer depends on type and name alone."""
        key = type(obj), attr
        is_safe = self._safe.get(key)
        if is_safe is None:
            is_safe = super().is_safe_attribute(obj, attr, value)
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

    def get_template(self, name: Any, *arguments: Any, **options: Any) -> Any:
        """Return a template; one that is included is as many steps as it is long."""
        self.spend()
        self._steps += self._sizes.get(str(name), 0) // _CHARACTERS_A_STEP
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
            raise TooMuchError(_TOO_LARGE)
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            written = sum(len(data.data) for data in loop.find_all(nodes.TemplateData))
            weight = nodes.Const(1 + written // _CHARACTERS_A_STEP)
            loop.iter = nodes.Filter(loop.iter, "counted_", [weight], [], None, None)
        return tree

    def _counted(self, values: Iterable[object], weight: int) -> Any:
        """Yield the values of a loop, each a step or as many as its words are long."""
        if isinstance(values, Undefined):
            return values
        return self._rounds(values, weight)

    def _rounds(self, values: Iterable[object], weight: int) -> Iterator[object]:
        for value in values:
            self._steps += weight
            self.spend()
            yield value

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Reckon, if what comes out is no larger than anything of a page."""
        if operator == "*":
            _refuse_above(LARGEST_VALUE, max(_size(left), 1) * max(_size(right), 1))
            for text, times in ((left, right), (right, left)):
                if isinstance(times, int) and _is_sized(text):
                    _refuse_above(LARGEST_VALUE, len(text) * times)
        if operator == "**":
            _refuse_above(GREATEST_NUMBER, max(_size(left), 1) * _whole(right))
        if operator == "%" and isinstance(left, str) and _LONG_NUMBER.search(left):
            raise TooMuchError(_TOO_LARGE)
        result = super().call_binop(context, operator, left, right)
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
        if isinstance(text, str):
            _refuse_stretching(name, text, (*arguments, *named.values()))
        result = super().call(context, function, *arguments, **named)
        self.spend(result)
        return result


class _Namespace(Namespace):
    """Values that a template sets; what is in it is not written with it."""

    def __repr__(self) -> str:
        return "<Namespace>"


class _Generator(CodeGenerator):
    """Writes `~`, and each list that a template makes, as a step of the sandbox, too."""

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802
        """Write a list."""
        self._write_held(super().visit_List, node, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        """Write values by their names."""
        self._write_held(super().visit_Dict, node, frame)

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802
        """Write values in a row, or the names that some are given to."""
        if node.ctx == "load":
            self._write_held(super().visit_Tuple, node, frame)
        else:
            super().visit_Tuple(node, frame)

    def _write_held(
        self, write: Callable[[Any, Frame], None], node: nodes.Expr, frame: Frame
    ) -> None:
        self.write("environment.held(")
        write(node, frame)
        self.write(")")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """Write the parts as a sum that the sandbox sees."""
        self.write("environment.call_filter('joined_', (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


Sandbox.code_generator_class = _Generator


class _CountedFilters(dict[str, "Callable[..., Any]"]):
    """The filters of a sandbox; each use is a step, and its numbers are looked at before."""

    def __init__(self, sandbox: Sandbox, filters: Any) -> None:
        super().__init__(filters)
        self._sandbox = sandbox
        self._wrapped: dict[str, tuple[Any, Any]] = {}

    def __getitem__(self, name: str) -> Any:
        return self._counted(name, super().__getitem__(name))

    def get(self, name: str, default: Any = None) -> Any:
        """Return a filter as it is used."""
        function = super().get(name)
        return default if function is None else self._counted(name, function)

    def _counted(self, name: str, function: Any) -> Any:
        kept = self._wrapped.get(name)
        if kept is None or kept[0] is not function:
            kept = self._wrapped[name] = function, self._wrap(name, function)
        return kept[1]

    def _wrap(self, name: str, function: Any) -> Any:
        sandbox = self._sandbox
        own = 2 if hasattr(function, "jinja_pass_arg") else 1

        @functools.wraps(function)
        def counted(*arguments: Any, **named: Any) -> Any:
            told = (*arguments[own:], *named.values())
            for value in told if name != "counted_" else ():
                _refuse_above(GREATEST_NUMBER, _whole(value))
            if name in {"replace", "join", "format", "indent"} and len(arguments) >= own:
                kind = "replace" if name == "indent" else name
                _refuse_stretching(kind, arguments[own - 1], told)
            result = function(*arguments, **named)
            sandbox.spend(result)
            return result

        return counted


_TOO_LONG = "too many steps / quá nhiều bước"
_TOO_LARGE = "too large / quá lớn"


def _joined(parts: tuple[object, ...]) -> str:
    """Return parts as one text, escaped where one of them is (`~` of Jinja)."""
    return markup_join(parts)


def _refuse_stretching(method: str, text: Any, arguments: Iterable[Any]) -> None:
    """Refuse what would make a very long text of a short one."""
    values = list(arguments)
    if method in _STRETCHING:
        _refuse_above(GREATEST_NUMBER, max(map(_whole, values), default=0))
    if method in _FORMING and isinstance(text, str) and _LONG_NUMBER.search(text):
        raise TooMuchError(_TOO_LARGE)
    if method in _MULTIPLYING:
        longest = max(map(_size, values), default=0)
        _refuse_above(LARGEST_VALUE, (_size(text) + 1) * longest)


def _refuse_above(most: int, number: int) -> None:
    if number > most:
        raise TooMuchError(_TOO_LARGE)


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _weight(value: object) -> int:
    """Return in characters what a list costs, written or compared, with all that is in it.

    Raises TooMuchError where that is more than a page.
    """
    whole = 0
    waiting: list[Any] = [value]
    while waiting:
        each = waiting.pop()
        whole += _CHARACTERS_A_STEP
        if type(each) not in _HOLDING:
            whole += len(each) if isinstance(each, str | bytes) else _size(each)
        elif isinstance(each, Cycler):
            waiting += each.items
        else:
            waiting += each
            if isinstance(each, dict):
                waiting += each.values()
        _refuse_above(LARGEST_PAGE, whole + _CHARACTERS_A_STEP * len(waiting))
    return whole


def _is_sized(value: object) -> bool:
    return isinstance(value, str | list | tuple)


def _size(value: object) -> int:
    """Return how long a text or list is; of a number, how many digits it has, nearly."""
    if isinstance(value, str | list | tuple | dict):
        return len(value)
    return value.bit_length() // 3 if isinstance(value, int) else 0
