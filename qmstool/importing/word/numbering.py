"""Compute the number that Word prints before a paragraph of an automatic list.

What goes in: `word/numbering.xml`, then each numbered paragraph in the order of the text. What
comes out: its label («Điều 3.», «1.2.1», «b)»), or a bullet. Counters belong to the abstract list:
tables, pictures and plain paragraphs do not interrupt them (ECMA-376 part 1, 17.9).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.importing.word.number_formats import format_number, is_known
from qmstool.importing.word.xml import W, number, value

if TYPE_CHECKING:
    from qmstool.importing.word.styles import Styles
    from qmstool.importing.word.xml import Element

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: format of its number, text around it, where it starts and restarts.

    `restart`: None after any higher level, 0 never, k after a level up to the k-th.
    """

    format: str
    text: str
    start: int
    restart: int | None
    legal: bool
    gap: str
    style: str


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph: its printed number, or nothing for a bullet.

    `depth`: level from 0; `sure`: whether the format of the number is known here.
    """

    text: str
    bullet: bool
    depth: int
    sure: bool = True


_DEFAULT = Level("decimal", "%1.", 1, None, legal=False, gap="tab", style="")


class Numbering:
    """The lists of one file, and how far each has counted."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._lists: dict[str, Element] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()
        self._levels: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        if root is None:
            return
        for element in root:
            if element.tag == W + "abstractNum":
                self._abstract[value(element, "abstractNumId")] = element
            elif element.tag == W + "num":
                self._lists[value(element, "numId")] = element

    def label(self, paragraph: Element, style_id: str) -> Label | None:
        """Count a paragraph and return its label; None for one that is in no list."""
        list_id, level = self._place(paragraph, style_id)
        if list_id not in self._lists:
            return None
        abstract_id, levels, starts = self._read(list_id)
        if level is None:
            level = _level_of_style(levels, style_id)
        level = min(max(level, 0), LEVELS - 1)
        counts = self._count(list_id, abstract_id, level, levels, starts)
        return _label(counts, level, levels)

    def _place(self, paragraph: Element, style_id: str) -> tuple[str, int | None]:
        """Return list and level of a paragraph, from itself or its style."""
        list_id, level = self._styles.numbering(style_id)
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        if properties is None:
            return list_id, level
        if properties.find(W + "ilvl") is not None:
            level = number(properties.find(W + "ilvl"))
        if properties.find(W + "numId") is not None:
            list_id = value(properties.find(W + "numId"))
            level = level or 0
        return list_id, level

    def _read(self, list_id: str) -> tuple[str, dict[int, Level], dict[int, int]]:
        """Return the abstract list of a list, its levels, and where it starts anew."""
        if list_id not in self._levels:
            self._levels[list_id] = self._read_list(self._lists[list_id])
        return self._levels[list_id]

    def _read_list(self, element: Element) -> tuple[str, dict[int, Level], dict[int, int]]:
        abstract_id = self._resolve(value(element.find(W + "abstractNumId")))
        levels: dict[int, Level] = {}
        starts: dict[int, int] = {}
        abstract = self._abstract.get(abstract_id)
        if abstract is not None:
            own_levels = abstract.findall(W + "lvl")
            levels |= {number(level, "ilvl"): _read_level(level) for level in own_levels}
        for override in element.findall(W + "lvlOverride"):
            depth = number(override, "ilvl")
            own = override.find(W + "lvl")
            if own is not None:
                levels[depth] = _read_level(own)
            start = override.find(W + "startOverride")
            if start is not None:
                starts[depth] = number(start, default=1)
        return abstract_id, levels, starts

    def _resolve(self, abstract_id: str) -> str:
        """Follow a list that only names a style of lists to the one that defines that style."""
        abstract = self._abstract.get(abstract_id)
        link = None if abstract is None else abstract.find(W + "numStyleLink")
        if link is None:
            return abstract_id
        for other_id, other in self._abstract.items():
            if value(other.find(W + "styleLink")) == value(link):
                return other_id
        return abstract_id

    def _count(
        self,
        list_id: str,
        abstract_id: str,
        level: int,
        levels: dict[int, Level],
        starts: dict[int, int],
    ) -> list[int | None]:
        counts = self._counts.setdefault(abstract_id, [None] * LEVELS)
        start = levels.get(level, _DEFAULT).start
        anew = level in starts and (list_id, level) not in self._started
        if anew:
            counts[level] = starts[level]
        else:
            before = counts[level]
            counts[level] = start if before is None else before + 1
        # A start that a list says anew counts once for each of its levels.
        self._started.add((list_id, level))
        for deeper in range(level + 1, LEVELS):
            restart = levels.get(deeper, _DEFAULT).restart
            if restart is None or (restart and level < restart):
                counts[deeper] = None
        return counts


def _level_of_style(levels: dict[int, Level], style_id: str) -> int:
    """Return the level that a style of headings is tied to."""
    for depth, level in levels.items():
        if level.style and level.style == style_id:
            return depth
    return 0


def _read_level(element: Element) -> Level:
    restart = element.find(W + "lvlRestart")
    text = element.find(W + "lvlText")
    legal = element.find(W + "isLgl")
    gap = value(element.find(W + "suff")) or "tab"
    return Level(
        format=_read_format(element),
        text="" if value(text, "null") in {"1", "true"} else value(text),
        start=number(element.find(W + "start")),
        restart=None if restart is None else number(restart),
        legal=legal is not None and value(legal) not in {"0", "false"},
        gap="" if gap == "nothing" else " ",
        style=value(element.find(W + "pStyle")),
    )


def _read_format(element: Element) -> str:
    """Return the format of a level's number; a pattern such as «001, 002» where it is its own."""
    formats = list(element.iter(W + "numFmt"))
    for form in formats:
        if value(form) == "custom":
            return value(form, "format").partition(",")[0].strip() or "decimal"
    return value(formats[0]) if formats else "decimal"


def _label(counts: list[int | None], level: int, levels: dict[int, Level]) -> Label:
    own = levels.get(level, _DEFAULT)
    if own.format == "bullet":
        return Label("", bullet=True, depth=level)
    sure = [is_known(own.format)]

    def printed(match: re.Match[str]) -> str:
        other = int(match[1]) - 1
        kind = levels.get(other, _DEFAULT)
        count = counts[other]
        if count is None:
            count = kind.start
        form = "decimal" if own.legal and kind.format != "decimalZero" else kind.format
        sure.append(is_known(form))
        return format_number(count, form)

    text = _PLACE.sub(printed, own.text).strip()
    if text:
        text += own.gap
    return Label(text, bullet=False, depth=level, sure=all(sure))
