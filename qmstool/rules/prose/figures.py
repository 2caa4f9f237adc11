"""Find the figures and tables of its own that a document points at and does not show.

«Hình 1», «Bảng 2», «theo lưu đồ dưới đây». In: `Facts`. Out: the places that point at them.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass
from qmstool.rules.base.prose_text import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.prose_text import Writing

FigureKind = Literal["figures", "tables"]
FIGURE_KINDS: tuple[FigureKind, ...] = ("figures", "tables")
# What may hold a drawing: an image, a block of code, an HTML element.
DRAWING = re.compile(
    r"!\[(?P<alt>[^\]\n]{0,200})|^[ \t]*(?:```|~~~)|<(?:img|svg|figure|object|iframe|div|table)\b",
    re.MULTILINE,
)
_ENDS = re.compile(r"[\s\x01]*(?:[.,;:)»”\"\]\x00\n]|\Z)")
_start = attrgetter("start")
# How many characters of a sentence around a number are searched for another document's code.
REACH = 300


@dataclass(frozen=True, slots=True)
class FigureReference:
    """Words that point at a figure or table: its number ("" for «below»), and where."""

    kind: FigureKind
    number: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ShownFigures:
    """What a document shows: numbers of captions, and how many figures and tables have none."""

    captions: Mapping[FigureKind, frozenset[str]]
    uncaptioned: Mapping[FigureKind, int]

    def may_have(self, reference: FigureReference) -> bool:
        """Whether a numbered figure or table may be there; a table may be shown as an image."""
        if reference.number in self.captions[reference.kind]:
            return True
        candidates = self.uncaptioned[reference.kind]
        if reference.kind == "tables":
            candidates += self.uncaptioned["figures"]
        return candidates > 0


class FigureIndex:
    """What the documents of a manual show, and where they point at it."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        lists = facts.prose.lists
        self.words = "|".join(rf"(?P<{kind}>{alternatives(lists[kind])})" for kind in FIGURE_KINDS)
        self.number = r"[\s\x01]+(?P<number>\d{1,3}(?:[.-]\d{1,3})*)(?!\w)"
        self.elsewhere = re.compile(
            rf"[\s\x01]*(?:{alternatives(lists['elsewhere'])})(?!\w)", re.IGNORECASE
        )
        self.caption = re.compile(rf"[\s\x01]*(?:{self.words}){self.number}", re.IGNORECASE)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A figure or table, by number or «below»."""
        below = rf"[\s\x01]+(?P<below>{alternatives(self.facts.prose.lists['below'])})(?!\w)"
        return re.compile(rf"(?<!\w)(?:{self.words})(?:{self.number}|{below})", re.IGNORECASE)

    def missing(
        self, writings: tuple[Writing, ...]
    ) -> Iterator[list[tuple[Writing, FigureReference]]]:
        """Yield the figures and tables of one document that nobody can find.

        Each with all the places that point at it.
        """
        pointed: list[tuple[Writing, FigureReference]] = []
        for writing in writings:
            pointed += [(writing, reference) for reference in self.references(writing)]
        if not pointed:
            return
        shown = self.shown(writings) if any(each.number for _, each in pointed) else None
        groups: dict[tuple[FigureKind, str], list[tuple[Writing, FigureReference]]] = {}
        layouts: dict[str, FileLayout] = {}
        for writing, reference in pointed:
            if reference.number:
                if shown and not shown.may_have(reference):
                    key = reference.kind, reference.number
                    groups.setdefault(key, []).append((writing, reference))
                continue
            path = writing.file.path
            if path not in layouts:
                layouts[path] = FileLayout(writing)
            if not layouts[path].shows_below(reference):
                yield [(writing, reference)]
        yield from groups.values()

    def references(self, writing: Writing) -> Iterator[FigureReference]:
        """Yield the places of a text that point at a figure or table of the same document."""
        for found in self.pattern.finditer(writing.words):
            kind: FigureKind = "figures" if found["figures"] else "tables"
            start, end = found.span()
            ends = _ENDS.match(writing.words, end) is not None
            if found["below"]:
                if ends or " " in found["below"]:
                    yield FigureReference(kind, "", start, end)
                continue
            is_name = ends or found[0][0].isupper()
            if is_name and not self._is_of_another(writing, start, end):
                yield FigureReference(kind, found["number"], start, end)

    def _is_of_another(self, writing: Writing, start: int, end: int) -> bool:
        """Whether a number is one of another text.

        «Bảng 2 của …», or in a sentence that cites another document.
        """
        if self.elsewhere.match(writing.words, end):
            return True
        first, last = writing.sentence(start)
        first, last = max(first, start - REACH), min(last, end + REACH)
        cited = self.facts.references.by_path.get(writing.file.path, ())
        near = cited[bisect_left(cited, first, key=_start) : bisect_left(cited, last, key=_start)]
        for reference in near:
            if reference.kind == "image":
                continue
            if reference.target is None or reference.target.key != writing.document.key:
                return True
        return False

    def shown(self, writings: tuple[Writing, ...]) -> ShownFigures:
        """Return what a document shows in all its files."""
        captions: dict[FigureKind, set[str]] = {"figures": set(), "tables": set()}
        counts: dict[FigureKind, int] = {"figures": 0, "tables": 0}
        for writing in writings:
            texts = [
                drawing["alt"] or ""
                for drawing in DRAWING.finditer(writing.file.source.text, writing.file.body)
            ]
            counts["figures"] += len(texts)
            counts["tables"] += _count_tables(writing)
            found = [self.caption.match(text) for text in texts]
            found += [
                self.caption.match(writing.words, passage.start, passage.end)
                for passage in writing.blocks
            ]
            for caption in found:
                if caption:
                    kind: FigureKind = "figures" if caption["figures"] else "tables"
                    captions[kind].add(caption["number"])
        numbers: dict[FigureKind, frozenset[str]] = {}
        uncaptioned: dict[FigureKind, int] = {}
        for kind in FIGURE_KINDS:
            # The caption of a figure that is not there shows nothing.
            numbers[kind] = frozenset(captions[kind]) if counts[kind] else frozenset()
            uncaptioned[kind] = max(0, counts[kind] - len(captions[kind]))
        return ShownFigures(numbers, uncaptioned)


def _count_tables(writing: Writing) -> int:
    """Return how many runs of cells a text has."""
    tables = 0
    in_table = False
    for passage in writing.blocks:
        is_cell = passage.kind == "cell"
        if is_cell and not in_table:
            tables += 1
        in_table = is_cell
    return tables


class FileLayout:
    """Where the headings, tables and drawings of one text stand."""

    def __init__(self, writing: Writing) -> None:
        self.blocks = writing.blocks
        self.headings = [each.start for each in writing.blocks if each.kind == "heading"]
        self.cells = [each.start for each in writing.blocks if each.kind == "cell"]
        self.drawings = [
            drawing.start()
            for drawing in DRAWING.finditer(writing.file.source.text, writing.file.body)
        ]

    def shows_below(self, reference: FigureReference) -> bool:
        """Whether something stands between words that promise it below and the next heading."""
        here = max(0, bisect_left(self.blocks, reference.end, key=_start) - 1)
        start = self.blocks[here].start
        heading = bisect_right(self.headings, start)
        end = self.headings[heading] if heading < len(self.headings) else sys.maxsize
        # A flow may be drawn as a list or a table, but then at once.
        if here + 1 < len(self.blocks):
            following = self.blocks[here + 1]
            if following.start < end and following.kind in {"item", "cell"}:
                return True
        if reference.kind == "tables" and _any_within(self.cells, start, end):
            return True
        return _any_within(self.drawings, start, end)


def _any_within(places: list[int], start: int, end: int) -> bool:
    return bisect_left(places, start) < bisect_left(places, end)
