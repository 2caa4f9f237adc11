"""Count how often the shapes of a drawing are drawn, what repeats or covers them followed.

A mask, a clip path or a marker is drawn for every shape that names it, and its own shapes may name
others: seven of eight shapes each in a row are two million. In: elements in order, and style
sheets. Out: whether all of it is drawn more often than a browser can take.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Beyond one time for each element: some seconds of a browser, where masks are what repeats.
MOST_REPEATED = 100_000
# Elements times references of a style that is everybody's, or may be.
MOST_PAIRS = 1_000_000
# Colours that shade off, and patterns: to lay one within another costs a browser nothing.
_PAINTS = frozenset({"fill", "stroke"})
_REFERENCE = re.compile(r"url\(\s*[\"']?\s*#([^\"')]+)", re.IGNORECASE)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_PAINTED = re.compile(r"(?:^|;)\s*(?:fill|stroke)\s*:[^;]*", re.IGNORECASE)
_CLASS = re.compile(r"\.([\w-]+)")
_ESCAPE = re.compile(r"\\([0-9A-Fa-f]{1,6})\s?")


class DrawnTimes:
    """Gathers the elements of one drawing, each with the ids that it names."""

    def __init__(self) -> None:
        self._children: list[list[int]] = []
        self._named: list[list[str]] = []
        self._classes: list[list[str]] = []
        self._open: list[int] = []
        self._by_id: dict[str, list[int]] = {}
        # What style sheets have elements of a class name, and what they may have any of them name.
        self._by_class: dict[str, set[str]] = {}
        self._everywhere: set[str] = set()

    def begin(self, attributes: Mapping[str, str]) -> int:
        """Take note that an element begins, and return its number."""
        number = len(self._children)
        self._children.append([])
        if self._open:
            self._children[self._open[-1]].append(number)
        self._open.append(number)
        looks = [value for name, value in attributes.items() if name not in {*_PAINTS, "style"}]
        looks.append(_PAINTED.sub("", attributes.get("style", "")))
        self._named.append([name for value in looks for name in _references(value)])
        self._classes.append(attributes.get("class", "").split())
        if own := attributes.get("id"):
            self._by_id.setdefault(own, []).append(number)
        return number

    def end(self) -> None:
        """Take note that the element begun last ends."""
        self._open.pop()

    def repeat(self, number: int, target: str) -> None:
        """Take note that an element shows another once more."""
        self._named[number].append(target)

    def style(self, sheet: str) -> None:
        """Take note of a style sheet: what is said of a class, and what may be said of all."""
        for selectors, body in _RULE.findall(_unescaped(sheet)):
            named = set(_references(_PAINTED.sub("", body)))
            for selector in selectors.split(",") if named else ():
                classes = [] if "[" in selector else _CLASS.findall(selector)
                if classes:
                    self._by_class.setdefault(classes[-1], set()).update(named)
                else:
                    self._everywhere |= named

    def is_too_often(self) -> bool:
        """Tell whether all of it is drawn more often than a browser can take."""
        count = len(self._children)
        if count * len(self._everywhere) > MOST_PAIRS:
            return True
        most = count + MOST_REPEATED
        # How often something is drawn for one time of an element: 0 while that is being counted.
        times: dict[int, int] = {}
        waiting = [(0, self._within(0))] if count else []
        sums = [1]
        times[0] = 0
        while waiting:
            number, others = waiting[-1]
            other = next(others, None)
            if other is None:
                waiting.pop()
                times[number] = total = sums.pop()
                if total > most:
                    return True
                if sums:
                    sums[-1] += total
            elif other in times:
                sums[-1] += times[other]  # a ring is drawn nowhere
                if sums[-1] > most:
                    return True
            else:
                times[other] = 0
                waiting.append((other, self._within(other)))
                sums.append(1)
        return False

    def _within(self, number: int) -> Iterator[int]:
        """Yield what is drawn with an element: what stands in it, and what it names."""
        yield from self._children[number]
        for name in self._named[number]:
            yield from self._by_id.get(name, ())
        for name in self._everywhere:
            yield from self._by_id.get(name, ())
        for kind in self._classes[number]:
            for name in self._by_class.get(kind, ()):
                yield from self._by_id.get(name, ())


def _references(looks: str) -> list[str]:
    """Return the ids that a declaration names."""
    return [unquote(name.strip()) for name in _REFERENCE.findall(_unescaped(looks))]


def _unescaped(style: str) -> str:
    """Return a style with the letters in the place of their numbers."""
    if "\\" not in style:
        return style
    return _ESCAPE.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), style).replace("\\", "")
