"""A text that points at a figure or table of its own → those that nobody can find: «Hình 1», «Bảng 2», «theo lưu đồ dưới đây»."""

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

    from qmstool.rules.base.prose_text import Writing
    from qmstool.rules.base.rule import Facts

Thing = Literal["figures", "tables"]
THINGS: tuple[Thing, ...] = ("figures", "tables")
# What may hold a drawing: an image, a block of code, an HTML element.
SOLID = re.compile(
    r"!\[(?P<alt>[^\]\n]{0,200})|^[ \t]*(?:```|~~~)|<(?:img|svg|figure|object|iframe|div|table)\b",
    re.MULTILINE,
)
_ENDS = re.compile(r"[\s\x01]*(?:[.,;:)»”\"\]\x00\n]|\Z)")
_begins = attrgetter("start")
FAR = 300


@dataclass(frozen=True, slots=True)
class Pointing:
    """Words that point at a figure or table: which of the two, its number ("" for «below»), and where."""

    thing: Thing
    number: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What a document shows: the numbers of its captions, and how many figures and tables have none."""

    captions: Mapping[Thing, frozenset[str]]
    spare: Mapping[Thing, int]

    def has(self, pointing: Pointing) -> bool:
        """Whether a numbered figure or table may be there; a table may be shown as an image."""
        others = self.spare["figures"] if pointing.thing == "tables" else 0
        return (
            pointing.number in self.captions[pointing.thing]
            or self.spare[pointing.thing] + others > 0
        )


class Figures:
    """What the documents of a manual show, and where they point at it."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        lists = facts.prose.lists
        self.things = "|".join(rf"(?P<{thing}>{alternatives(lists[thing])})" for thing in THINGS)
        self.number = r"[\s\x01]+(?P<number>\d{1,3}(?:[.-]\d{1,3})*)(?!\w)"
        self.elsewhere = re.compile(
            rf"[\s\x01]*(?:{alternatives(lists['elsewhere'])})(?!\w)", re.IGNORECASE
        )
        self.caption = re.compile(rf"[\s\x01]*(?:{self.things}){self.number}", re.IGNORECASE)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A figure or table, by number or «below»."""
        below = rf"[\s\x01]+(?P<below>{alternatives(self.facts.prose.lists['below'])})(?!\w)"
        return re.compile(rf"(?<!\w)(?:{self.things})(?:{self.number}|{below})", re.IGNORECASE)

    def pointings(self, writing: Writing) -> Iterator[Pointing]:
        """The places of a text that point at a figure or table of the same document."""
        for found in self.pattern.finditer(writing.words):
            thing: Thing = "figures" if found["figures"] else "tables"
            ends = _ENDS.match(writing.words, found.end()) is not None
            if found["below"]:
                if ends or " " in found["below"]:
                    yield Pointing(thing, "", *found.span())
            elif (ends or found[0][0].isupper()) and not self._of_another(writing, *found.span()):
                yield Pointing(thing, found["number"], *found.span())

    def _of_another(self, writing: Writing, start: int, end: int) -> bool:
        """Whether a number is one of another text: «Bảng 2 của …», or in a sentence that cites another document."""
        if self.elsewhere.match(writing.words, end):
            return True
        first, last = writing.sentence(start)
        first, last = max(first, start - FAR), min(last, end + FAR)
        cited = self.facts.references.by_path.get(writing.file.path, ())
        near = cited[bisect_left(cited, first, key=_begins) : bisect_left(cited, last, key=_begins)]
        return any(
            each.kind != "image"
            and (each.target is None or each.target.key != writing.document.key)
            for each in near
        )

    def shown(self, writings: tuple[Writing, ...]) -> Shown:
        """What a document shows in all its files."""
        captions: dict[Thing, set[str]] = {"figures": set(), "tables": set()}
        count: dict[Thing, int] = {"figures": 0, "tables": 0}
        for writing in writings:
            alts = [
                found["alt"] or ""
                for found in SOLID.finditer(writing.file.source.text, writing.file.body)
            ]
            cells = [each.kind == "cell" for each in writing.passages]
            count["figures"] += len(alts)
            count["tables"] += sum(
                cell and not before for before, cell in zip([False, *cells], cells, strict=False)
            )
            heads = [
                self.caption.match(writing.words, each.start, each.end) for each in writing.passages
            ]
            for found in (*heads, *map(self.caption.match, alts)):
                if found:
                    captions["figures" if found["figures"] else "tables"].add(found["number"])
        return Shown(
            {
                thing: frozenset(numbers) if count[thing] else frozenset()
                for thing, numbers in captions.items()
            },
            {thing: max(0, count[thing] - len(captions[thing])) for thing in THINGS},
        )

    def missing(self, writings: tuple[Writing, ...]) -> Iterator[list[tuple[Writing, Pointing]]]:
        """The figures and tables of one document that nobody can find, each with all the places that point at it."""
        pointed = [
            (writing, pointing) for writing in writings for pointing in self.pointings(writing)
        ]
        shown = self.shown(writings) if any(pointing.number for _, pointing in pointed) else None
        groups: dict[tuple[Thing, str], list[tuple[Writing, Pointing]]] = {}
        reach: dict[str, Reach] = {}
        for writing, pointing in pointed:
            if not pointing.number and writing.file.path not in reach:
                reach[writing.file.path] = Reach(writing)
            if not pointing.number and not reach[writing.file.path].has(pointing):
                yield [(writing, pointing)]
            elif pointing.number and shown and not shown.has(pointing):
                groups.setdefault((pointing.thing, pointing.number), []).append((writing, pointing))
        yield from groups.values()


class Reach:
    """Where the headings, tables and drawings of one text stand."""

    def __init__(self, writing: Writing) -> None:
        self.passages = writing.passages
        self.headings = [each.start for each in writing.passages if each.kind == "heading"]
        self.cells = [each.start for each in writing.passages if each.kind == "cell"]
        self.drawings = [
            found.start() for found in SOLID.finditer(writing.file.source.text, writing.file.body)
        ]

    def has(self, pointing: Pointing) -> bool:
        """Whether a figure or table stands between words that promise it below and the next heading."""
        here = max(0, bisect_left(self.passages, pointing.end, key=_begins) - 1)
        start = self.passages[here].start
        heading = bisect_right(self.headings, start)
        end = self.headings[heading] if heading < len(self.headings) else sys.maxsize
        # A flow may be drawn as a list or a table, but then at once.
        following = self.passages[here + 1] if here + 1 < len(self.passages) else None
        if following is not None and following.start < end and following.kind in {"item", "cell"}:
            return True
        if pointing.thing == "tables" and _any(self.cells, start, end):
            return True
        return _any(self.drawings, start, end)


def _any(places: list[int], start: int, end: int) -> bool:
    return bisect_left(places, start) < bisect_left(places, end)
