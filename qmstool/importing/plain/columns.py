"""Read a page of columns: which there are, and its lines in the order in which they are read.

What goes in: the letters of a page, each with its box. What comes out: lines from top to bottom,
column by column between the lines that go over all of them; None for a page of one column. A table
is none of columns: its rows have rules across them, or its cells are not filled as columns are.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NARROWEST_GAP = 8.0  # points between columns
MOST_ACROSS = 0.25  # of the lines may go over a gap: titles, heads, feet
FEWEST_LINES = 6
FILLED = 0.6  # of a column's width is a usual line of it
WIDE_BLANK = 1.0  # heights of a letter: so far apart are parts of a line in different columns
HEAD_BLANK = 1.4  # usual steps: so far from the text are head and foot
INDENTED = 0.2  # of the width: what begins so far inside a column is no line of it
HEAD_LINES = 3
MOST_PIECES, MOST_PLACES = 3_000, 1_000  # of a page that are looked at


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with its place on the page, in points from the bottom left; `number`: its order."""

    sign: str
    number: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class LineStretch:
    """A stretch of a line without a wide blank."""

    letters: tuple[Letter, ...]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.letters[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(letter.right for letter in self.letters)

    @property
    def text(self) -> str:
        """Its words; a blank stands where the page leaves one."""
        signs: list[str] = []
        before: Letter | None = None
        for letter in self.letters:
            height = letter.top - letter.bottom
            if before is not None and letter.left - before.right > 0.15 * height:
                signs.append(" ")
            elif before is not None and letter.number != before.number + 1:
                signs.append(" ")  # there was a blank between them, however narrow
            signs.append(letter.sign)
            before = letter
        return "".join(signs)


Lines = list[list[LineStretch]]
Rule = tuple[float, float, float]  # left, right, height above the bottom


def read_columns(letters: Sequence[Letter], rules: Sequence[Rule]) -> list[str] | None:
    """Return the lines of a page in reading order; None where it has one column.

    `rules`: the straight lines drawn across the page.
    """
    lines = [list(_pieces(line)) for line in _lines(letters)]
    if not lines:
        return None
    gaps = _gaps(lines)
    first, last = _body(lines, gaps)
    body = lines[first:last]
    if not gaps or _is_ruled(body, gaps, rules) or not _are_columns(body, gaps):
        return None
    read = [_joined(line) for line in lines[:first]]
    band: Lines = []
    for line in body:
        if any(piece.left < gap < piece.right for piece in line for gap in gaps):
            read += _read_band(band, gaps)
            band = []
            read.append(_joined(line))
        else:
            band.append(line)
    read += _read_band(band, gaps)
    return read + [_joined(line) for line in lines[last:]]


def _lines(letters: Sequence[Letter]) -> Iterator[list[Letter]]:
    """Give the lines from top to bottom, the letters of each from left to right."""
    line: list[Letter] = []
    middle = 0.0
    near = 0.4 * _usual([letter.top - letter.bottom for letter in letters])
    for letter in sorted(letters, key=lambda each: -(each.top + each.bottom)):
        here = (letter.top + letter.bottom) / 2
        if line and middle - here > near:
            yield sorted(line, key=lambda each: (each.left, each.number))
            line = []
        if not line:
            middle = here
        line.append(letter)
    if line:
        yield sorted(line, key=lambda each: (each.left, each.number))


def _pieces(line: Sequence[Letter]) -> Iterator[LineStretch]:
    piece: list[Letter] = []
    for letter in line:
        height = min(other.top - other.bottom for other in (letter, *piece[-1:]))
        if piece and letter.left - piece[-1].right > max(WIDE_BLANK * height, NARROWEST_GAP):
            yield LineStretch(tuple(piece))
            piece = []
        piece.append(letter)
    yield LineStretch(tuple(piece))


def _body(lines: Lines, gaps: Sequence[float]) -> tuple[int, int]:
    """Return the first line of the text and the end of the last; head and foot are set apart.

    They begin where no column does, or stand alone and farther from the text than its lines do.
    """
    heights = [line[0].letters[0].top for line in lines]
    steps = [above - below for above, below in pairwise(heights)]
    far = HEAD_BLANK * _usual(steps)
    starts = _starts(lines, gaps)
    first, last = 0, len(lines)
    for number, step in enumerate(steps[:HEAD_LINES]):
        if _is_apart(lines[number], gaps, starts, is_far=step > far):
            first = number + 1
    for number, step in enumerate(reversed(steps[-HEAD_LINES:])):
        if _is_apart(lines[-number - 1], gaps, starts, is_far=step > far):
            last = len(lines) - number - 1
    return (first, last) if first < last else (0, len(lines))


def _starts(lines: Lines, gaps: Sequence[float]) -> list[float]:
    """Return where the lines of each column usually begin."""
    lefts: list[list[float]] = [[] for _ in range(len(gaps) + 1)]
    for piece in (piece for line in lines for piece in line):
        lefts[_column(piece, gaps)].append(piece.left)
    return [_usual(column) for column in lefts]


def _usual(lengths: Sequence[float]) -> float:
    """Return the length in the middle of some, 0 of none."""
    if not lengths:
        return 0.0
    return median(lengths)


def _is_apart(
    line: Sequence[LineStretch], gaps: Sequence[float], starts: Sequence[float], *, is_far: bool
) -> bool:
    """Whether a line is none of columns: it begins elsewhere, or in one of them and far away."""
    inside = INDENTED * (starts[-1] - starts[0])
    elsewhere = any(piece.left - starts[_column(piece, gaps)] > inside for piece in line)
    return elsewhere or (is_far and len({_column(piece, gaps) for piece in line}) == 1)


def _column(piece: LineStretch, gaps: Sequence[float]) -> int:
    return sum(gap < piece.left for gap in gaps)


def _gaps(lines: Lines) -> list[float]:
    """Return the middles of the stretches that few lines go over, from left to right."""
    pieces = [(piece.left, piece.right) for line in lines for piece in line]
    if len(lines) < FEWEST_LINES or len(pieces) > MOST_PIECES:
        return []
    left, right = min(piece[0] for piece in pieces), max(piece[1] for piece in pieces)
    step = max(1.0, (right - left) / MOST_PLACES)
    free: list[float] = []
    gaps: list[float] = []
    for number in range(1, int((right - left) / step)):
        place = left + number * step
        across = sum(1 for start, end in pieces if start < place < end)
        if across <= MOST_ACROSS * len(lines):
            free.append(place)
        else:
            gaps += _middle(free)
            free = []
    return gaps


def _is_ruled(lines: Lines, gaps: Sequence[float], rules: Sequence[Rule]) -> bool:
    """Whether lines are drawn across gaps within the text, as between the rows of a table."""
    top, bottom = lines[0][0].letters[0].top, lines[-1][0].letters[0].bottom
    across = {
        round(height)
        for left, right, height in rules
        if bottom < height < top and any(left < gap < right for gap in gaps)
    }
    return len(across) > 1


def _middle(free: Sequence[float]) -> list[float]:
    wide = bool(free) and free[-1] - free[0] >= NARROWEST_GAP
    return [(free[0] + free[-1]) / 2] if wide else []


def _are_columns(lines: Lines, gaps: Sequence[float]) -> bool:
    """Whether the parts of a page beside its gaps are filled as columns of text are."""
    pieces = [piece for line in lines for piece in line]
    edges = [min(p.left for p in pieces), *gaps, max(p.right for p in pieces)]
    for start, end in pairwise(edges):
        inside = [p.right - p.left for p in pieces if start <= (p.left + p.right) / 2 <= end]
        if len(inside) < FEWEST_LINES or median(inside) < FILLED * (end - start - NARROWEST_GAP):
            return False
    return True


def _read_band(lines: Lines, gaps: Sequence[float]) -> list[str]:
    """Return lines that lie between two that go over all columns, column by column."""
    read: list[str] = []
    for column in range(len(gaps) + 1):
        for line in lines:
            own = [piece for piece in line if _column(piece, gaps) == column]
            if own:
                read.append(_joined(own))
    return read


def _joined(line: Sequence[LineStretch]) -> str:
    return " ".join(piece.text for piece in line)
