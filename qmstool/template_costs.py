"""Reckon what values cost that a template makes or reads, and refuse what no page needs. Pure.

What goes in: the values of a filter, a method, an operator, before it is run. What comes out: how
long they are with all that is in them, what it costs to work on them, or a `TooMuchError`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateRuntimeError
from jinja2.filters import _GroupTuple
from jinja2.utils import Cycler

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# In characters: of one value, of a page.
LARGEST_VALUE = 4_000_000
LARGEST_PAGE = 64_000_000
# Of what a template gives as a number to what makes text: a width, a count.
GREATEST_NUMBER = 100_000
# Digits of a number: no page can show more (`sys.int_info`), and to divide takes their square.
MOST_DIGITS = 4_000
# So many characters cost as much as a step, or as an entry of a list; and if they are only copied.
CHARACTERS_A_STEP = 20
_COPIED_A_STEP = 2_000
# What holds other values, and is written, compared or sorted with all that is in it.
HOLDING = frozenset(
    {list, tuple, dict, _GroupTuple, Cycler, *map(type, ({}.keys(), {}.values(), {}.items()))}
)
TOO_LARGE = "too large / quá lớn"
# Methods of text whose result may be much longer than the text.
_STRETCHING = frozenset({"ljust", "rjust", "center", "zfill", "expandtabs"})
_FORMING = frozenset({"format", "format_map"})
_MULTIPLYING = frozenset({"join", "replace", "translate"})
# Filters that make much of little as a method does.
_AS_METHODS = {
    "replace": "replace",
    "join": "join",
    "format": "format",
    "indent": "replace",
    "urlize": "replace",
}
# Filters that ask something of each entry, or of each sign of a text.
_ENTRY_BY_ENTRY = frozenset(
    {
        "min",
        "max",
        "sort",
        "unique",
        "map",
        "select",
        "reject",
        "selectattr",
        "rejectattr",
    }
)
_STEPS_AN_ENTRY = 2
# What `wordwrap` wraps at by itself.
_WORDWRAP = 79
# How deep values nest that are written with an indentation.
_DEEPEST = 100
_NUMBER = re.compile(r"\d+")
# Where a form of text takes its width from a value.
_WIDTH_GIVEN = re.compile(r"\{[^{}]*\{|%[^a-zA-Z%]*\*")


class TooMuchError(TemplateRuntimeError):
    """A template that takes more steps than any page needs, or makes more than any page holds."""


def refuse_above(most: int, number: int) -> None:
    """Raise TooMuchError where a number is greater than it may be."""
    if number > most:
        raise TooMuchError(TOO_LARGE)


def refuse_stretching(method: str, text: object, arguments: Iterable[Any]) -> None:
    """Refuse what would make a very long text of a short one."""
    values = list(arguments)
    if method in _STRETCHING:
        refuse_above(GREATEST_NUMBER, max(map(whole_of, values), default=0))
    if method in _FORMING and isinstance(text, str):
        refuse_forming(text, values)
    if method in _MULTIPLYING:
        longest = max(map(size_of, values), default=0)
        refuse_above(LARGEST_VALUE, (size_of(text) + 1) * longest)


def refuse_forming(text: str, values: Iterable[object]) -> None:
    """Refuse a form that asks for more signs, or for its values more often, than a page holds."""
    if _WIDTH_GIVEN.search(text):
        raise TooMuchError(TOO_LARGE)
    widths = sum(int(digits[:9]) for digits in _NUMBER.findall(text))
    fields = text.count("{") + text.count("%")
    longest = max(map(length_of, values), default=0)
    refuse_above(LARGEST_VALUE, len(text) + widths + fields * longest)


def refuse_filter(name: str, value: object, told: Sequence[object]) -> None:
    """Refuse a filter that would make very much of little; `told`: its other arguments."""
    if name in _AS_METHODS:
        refuse_stretching(_AS_METHODS[name], value, told)
    if name == "tojson":
        indentation = max((max(whole_of(each), size_of(each)) for each in told), default=0)
        entries = length_of(value) // CHARACTERS_A_STEP
        refuse_above(LARGEST_VALUE, entries * indentation * _DEEPEST)


def filter_steps(name: str, value: object, told: Sequence[object]) -> int:
    """Return in steps what a filter costs beside reading what it is given."""
    match name:
        case "wordwrap" if isinstance(value, str):
            # Each cut of a long word copies what is left of it.
            longest = max(map(len, value.split()), default=0)
            width = next((each for each in map(whole_of, told) if each > 0), _WORDWRAP)
            return longest * (longest // width) // _COPIED_A_STEP
        case "sum" if any(isinstance(each, list | tuple) for each in told) and is_sized(value):
            # Each addition of a list copies what is there.
            return length_of(value) // CHARACTERS_A_STEP * size_of(value) // _COPIED_A_STEP
        case "groupby" if told:
            # What stands for what is not there is compared each time.
            return size_of(value) * max(map(length_of, told)) // _COPIED_A_STEP
        case _:
            return _STEPS_AN_ENTRY * size_of(value) if name in _ENTRY_BY_ENTRY else 0


def whole_of(value: object) -> int:
    """Return a number, 0 for anything else."""
    return value if isinstance(value, int) else 0


def is_sized(value: object) -> bool:
    """Whether a value can be multiplied with a number."""
    return isinstance(value, str | list | tuple)


def size_of(value: object) -> int:
    """Return how long a text or list is; of a number, how many digits it has, nearly."""
    if isinstance(value, str | list | tuple | dict):
        return len(value)
    return value.bit_length() // 3 if isinstance(value, int) else 0


def length_of(value: object) -> int:
    """Return in characters what it costs to read a value through."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, range):
        return len(value) * CHARACTERS_A_STEP
    return weight_of(value) if type(value) in HOLDING else size_of(value)


def weight_of(value: object) -> int:
    """Return in characters what a list costs, written or compared, with all that is in it.

    Raises TooMuchError where that is more than a page.
    """
    whole = 0
    waiting: list[Any] = [value]
    while waiting:
        each = waiting.pop()
        whole += CHARACTERS_A_STEP
        if type(each) not in HOLDING:
            whole += len(each) if isinstance(each, str | bytes) else size_of(each)
        elif isinstance(each, Cycler):
            waiting += each.items
        else:
            waiting += each
            if isinstance(each, dict):
                waiting += each.values()
        refuse_above(LARGEST_PAGE, whole + CHARACTERS_A_STEP * len(waiting))
    return whole
