"""Find the figures and tables of its own that a text points at, and those that it shows.

«Hình 1», «Bảng 2», «theo lưu đồ dưới đây». In: a `Writing`. Out: the places that point at them, and
what a document that shows so much may have.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from qmstool.frozen import NamedTuple
from qmstool.parsing.signs import holds
from qmstool.patterns import regex
from qmstool.rules.base.text.wording import alternatives, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qmstool.rules.base.text.prose_text import Writing
    from qmstool.rules.base.text.wording import Wording

FigureKind = Literal["figures", "tables"]
FIGURE_KINDS: tuple[FigureKind, ...] = ("figures", "tables")
# What may hold a drawing: an image, a block of code, an HTML element.
DRAWING = regex(
    r"!\[(?P<alt>[^\]\n]{0,200})|^[ \t]*(?:```|~~~)|<(?:img|svg|figure|object|iframe|div|table)\b",
    re.MULTILINE,
)
_PART = regex(r"[\W_]")
_DRAWING_SIGNS = ("![", "```", "~~~", "<")
_ENDS = regex(r"[\s\x01]*(?:[.,;:)»”\"\]\x00\n]|\Z)")
_start = attrgetter("start")
# How many characters of a sentence around a number are searched for another document's code.
REACH = 300


class FigureReference(NamedTuple):
    """Words that point at a figure or table: its number ("" for «below»), and where.

    `sentence`: where their sentence begins; `first`, `last`: the stretch around them in which the
    code of another document says that its figure is meant. `is_shown`: for «below», whether it is.
    """

    kind: FigureKind
    number: str
    start: int
    end: int
    sentence: int
    first: int
    last: int
    is_shown: bool


class ShownFigures(NamedTuple):
    """What a text shows: the numbers of captions, and how many figures and tables there are."""

    captions: Mapping[FigureKind, frozenset[str]]
    counts: Mapping[FigureKind, int]


class FigureReader:
    """Reads the figures and tables of texts in the words of a language."""

    def __init__(self, wording: Wording) -> None:
        self.lists = wording.lists
        self.words = "|".join(
            rf"(?P<{kind}>{alternatives(self.lists[kind])})" for kind in FIGURE_KINDS
        )
        self.number = r"[\s\x01]+(?P<number>\d{1,3}(?:[.-]\d{1,3})*)(?!\w)"
        self.elsewhere = regex(
            rf"[\s\x01]*(?:{alternatives(self.lists['elsewhere'])})(?!\w)", re.IGNORECASE
        )
        self.caption = regex(rf"[\s\x01]*(?:{self.words}){self.number}", re.IGNORECASE)
        named = (*self.lists["figures"], *self.lists["tables"])
        self._names = words_of(named)
        self._first_words = frozenset(_PART.split(name.lower(), maxsplit=1)[0] for name in named)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A figure or table, by number or «below»."""
        below = rf"[\s\x01]+(?P<below>{alternatives(self.lists['below'])})(?!\w)"
        return regex(rf"(?<!\w)(?:{self.words})(?:{self.number}|{below})", re.IGNORECASE)

    def _may_name_any(self, writing: Writing) -> bool:
        """Whether a text has all the words of a name for figures or tables."""
        return any(name <= writing.vocabulary for name in self._names)

    def references(self, writing: Writing) -> Iterator[FigureReference]:
        """Yield the places of a text that point at a figure or table of the same document."""
        if not self._may_name_any(writing):
            return
        layout = FileLayout(writing)
        first_words = self._first_words & writing.vocabulary
        for found in writing.matches_from(first_words, self.pattern):
            kind: FigureKind = "figures" if found["figures"] else "tables"
            start, end = found.span()
            ends = _ENDS.match(writing.words, end) is not None
            if found["below"]:
                if ends or " " in found["below"]:
                    is_shown = layout.shows_below(kind, end)
                    yield _reference(writing, kind, "", (start, end), is_shown=is_shown)
                continue
            is_name = ends or found[0][0].isupper()
            if is_name and self.elsewhere.match(writing.words, end) is None:
                yield _reference(writing, kind, found["number"], (start, end))

    def shown_figures(self, writing: Writing) -> ShownFigures:
        """Return what a text shows."""
        captions: dict[FigureKind, set[str]] = {"figures": set(), "tables": set()}
        texts = [drawing["alt"] or "" for drawing in _drawings(writing)]
        found = [self.caption.match(text) for text in texts]
        if self._may_name_any(writing):
            found += [
                self.caption.match(writing.words, passage.start, passage.end)
                for passage in writing.blocks
            ]
        for caption in found:
            if caption:
                captions["figures" if caption["figures"] else "tables"].add(caption["number"])
        counts: dict[FigureKind, int] = {"figures": len(texts), "tables": _count_tables(writing)}
        return ShownFigures({kind: frozenset(captions[kind]) for kind in FIGURE_KINDS}, counts)


def _drawings(writing: Writing) -> Iterator[re.Match[str]]:
    text, body = writing.file.source.text, writing.file.body
    if any(holds(text, sign, body) for sign in _DRAWING_SIGNS):
        yield from DRAWING.finditer(text, body)


def _reference(
    writing: Writing,
    kind: FigureKind,
    number: str,
    span: tuple[int, int],
    *,
    is_shown: bool = False,
) -> FigureReference:
    start, end = span
    first, last = writing.sentence(start)
    reach = max(first, start - REACH), min(last, end + REACH)
    return FigureReference(kind, number, start, end, first, *reach, is_shown)


def may_be_shown(reference: FigureReference, shown: Iterable[ShownFigures]) -> bool:
    """Whether a numbered figure or table may be in the texts of a document, given what each shows.

    A table may be shown as an image; the caption of a figure that is not there shows nothing.
    """
    candidates = 0
    for kind in FIGURE_KINDS:
        count = sum(text.counts[kind] for text in shown)
        captions = frozenset().union(*(text.captions[kind] for text in shown))
        if kind == reference.kind and count and reference.number in captions:
            return True
        if kind in {reference.kind, "figures"}:
            candidates += max(0, count - len(captions))
    return candidates > 0


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
    """Where the headings, tables and drawings of one text stand; few texts ask."""

    def __init__(self, writing: Writing) -> None:
        self.blocks = writing.blocks
        self._writing = writing

    @cached_property
    def headings(self) -> list[int]:
        """Where headings begin."""
        return [each.start for each in self.blocks if each.kind == "heading"]

    @cached_property
    def cells(self) -> list[int]:
        """Where cells of tables begin."""
        return [each.start for each in self.blocks if each.kind == "cell"]

    @cached_property
    def drawings(self) -> list[int]:
        """Where drawings begin."""
        return [drawing.start() for drawing in _drawings(self._writing)]

    def shows_below(self, kind: FigureKind, promised: int) -> bool:
        """Whether something stands between words that promise it below and the next heading."""
        here = max(0, bisect_left(self.blocks, promised, key=_start) - 1)
        start = self.blocks[here].start
        heading = bisect_right(self.headings, start)
        end = self.headings[heading] if heading < len(self.headings) else sys.maxsize
        # A flow may be drawn as a list or a table, but then at once.
        if here + 1 < len(self.blocks):
            following = self.blocks[here + 1]
            if following.start < end and following.kind in {"item", "cell"}:
                return True
        if kind == "tables" and _any_within(self.cells, start, end):
            return True
        return _any_within(self.drawings, start, end)


def _any_within(places: list[int], start: int, end: int) -> bool:
    return bisect_left(places, start) < bisect_left(places, end)
