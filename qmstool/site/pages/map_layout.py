"""Hold the shapes of the process map: boxes in lanes, parties at the edges, arrows between them.

Numbers only, in units of the drawing; the template draws. Two pictures come out of the same data: a
wide one for desks and paper, a tall one for phones.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qmstool.i18n import Lang
    from qmstool.manual.process_map import Flow, Process, ProcessMap

# The height of a line of text, the mean width of a letter, what lies between a text and its frame.
LINE, LETTER, PAD = 20, 7.9, 14
# A head's length and half its width; the room that a column of letters needs at least.
HEAD_LENGTH, HEAD_HALF, FEWEST_LETTERS = 9, 5, 8
LOWEST_BOX = 54
CORNER = 8  # how far from a corner of an arrow its curve begins
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with lines of text; `kind`: process, party."""

    key: str
    kind: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    note: tuple[str, ...] = ()

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def baselines(self) -> tuple[tuple[float, str, bool], ...]:
        """Each line of text with its baseline, and whether it belongs to the small print."""
        total = len(self.lines) + len(self.note)
        top = self.y + self.height / 2 - total * LINE / 2 + LINE * 0.72
        rows = [*((line, False) for line in self.lines), *((line, True) for line in self.note)]
        baselines = []
        for place, (line, is_small) in enumerate(rows):
            baselines.append((top + place * LINE, line, is_small))
        return tuple(baselines)


@dataclass(frozen=True, slots=True)
class Lane:
    """A group of processes: its frame, its name, its place in the row of tones."""

    key: str
    name: str
    tone: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line of right angles that ends in a head."""

    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """The line as SVG path data, its corners rounded."""
        return rounded(self.points)

    @property
    def head(self) -> str:
        """The head as SVG polygon points."""
        (from_x, from_y), (x, y) = self.points[-2:]
        # The way the line goes: -1, 0 or 1 along each axis.
        dx, dy = (x > from_x) - (x < from_x), (y > from_y) - (y < from_y)
        back_x, back_y = x - HEAD_LENGTH * dx, y - HEAD_LENGTH * dy
        side_x, side_y = HEAD_HALF * dy, HEAD_HALF * dx
        corners = ((x, y), (back_x - side_x, back_y - side_y), (back_x + side_x, back_y + side_y))
        return " ".join(f"{corner_x:g},{corner_y:g}" for corner_x, corner_y in corners)


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn map."""

    width: float
    height: float
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def rounded(points: Sequence[Point]) -> str:
    """Return SVG path data through points, each corner a small curve."""
    parts = [f"M{_written(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        begin, end = _towards(corner, before), _towards(corner, after)
        parts.append(f"L{_written(begin)} Q{_written(corner)} {_written(end)}")
    parts.append(f"L{_written(points[-1])}")
    return " ".join(parts)


def _written(point: Point) -> str:
    return f"{point[0]:g},{point[1]:g}"


def _towards(corner: Point, other: Point) -> Point:
    """The point on the way to another corner where a curve begins, at most half the way."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = max(abs(dx), abs(dy)) or 1
    part = min(CORNER, length / 2) / length
    return corner[0] + dx * part, corner[1] + dy * part


def wrap_to_width(text: str, width: float) -> tuple[str, ...]:
    """Wrap a text to the lines that fit a box of a width."""
    letters = int((width - 2 * PAD) / LETTER)
    return tuple(wrap(text, max(letters, FEWEST_LETTERS), break_long_words=False))


def rank_processes(processes: Sequence[Process], flows: Iterable[Flow]) -> list[list[Process]]:
    """Return the processes of one group in columns: each right of those that hand it something.

    Without a flow inside the group there is no order, and no column.
    """
    ranks = {process.key: 0 for process in processes}
    pairs = [(flow.source.text, flow.target.text) for flow in flows]
    inner = [(source, target) for source, target in pairs if source in ranks and target in ranks]
    if not inner:
        return []
    # As many rounds as processes are enough; a circle would push its members on for ever.
    for _ in processes:
        for source, target in inner:
            if source != target and ranks[source] + 1 < len(processes):
                ranks[target] = max(ranks[target], ranks[source] + 1)
    columns: dict[int, list[Process]] = {rank: [] for rank in sorted(ranks.values())}
    for process in processes:
        columns[ranks[process.key]].append(process)
    return list(columns.values())


def group_processes(chart: ProcessMap) -> Mapping[str, list[Process]]:
    """Return the processes of each group, in the order of the file; not groups without any."""
    groups: dict[str, list[Process]] = {key: [] for key in chart.groups}
    for process in chart.processes.values():
        if process.group.text in groups:
            groups[process.group.text].append(process)
    return {key: processes for key, processes in groups.items() if processes}


def process_box(
    process: Process, lang: Lang, place: tuple[float, float, float], height: float | None = None
) -> Box:
    """Return a process's box; `place`: x, y and width. It is as high as its text unless told."""
    x, y, width = place
    lines = wrap_to_width(process.title.get(lang), width)
    return Box(process.key, "process", x, y, width, height or box_height(len(lines)), lines)


def box_height(lines: int) -> float:
    """Return how high a box with so many lines is."""
    return max(lines * LINE + 2 * PAD - 4, LOWEST_BOX)
