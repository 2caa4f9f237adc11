"""Find the slip behind data that YAML refuses: its cause, its place, and the line as it was meant.

YAML says where it gave up, often lines below the slip. So every slip that the lines nearby could
hold is mended in a copy, and the copy is read: the slip whose mend lets the reading go furthest is
the cause. What no mend helps is not guessed at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.yaml.line_slips import joint_slips, possible_slips

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmstool.parsing.markdown.inlines import Span
    from qmstool.parsing.yaml.line_slips import LineSlip

# How many lines before the place where reading stopped may hold the slip, and how many after it are
# read to see what a mend does.
BEFORE, AFTER = 12, 25
# So many lines before a line show how it may be indented.
ABOVE = 6
# More blanks than any indent has.
WIDEST = 100


@dataclass(frozen=True, slots=True)
class YamlMistake:
    """The slip that keeps a text from being read.

    `cause`: by its name; `start`, `end`: the wrong words; `line`: offsets of their line; `meant`:
    the line as it was meant; `sign`: the sign at fault.
    """

    cause: str
    start: int
    end: int
    line: Span
    meant: str
    sign: str


def diagnose(
    text: str, at: int, opened: int, reach: Callable[[str], int | None]
) -> YamlMistake | None:
    """Return the slip that keeps `text` from being read, or None where no mend helps.

    `at`, `opened`: where YAML gave up, and where what it was reading begins; `reach`: where it
    gives up on a text, None if nowhere.
    """
    excerpt = _Excerpt(text, at, opened, reach)
    if excerpt.unread < 0:
        return None
    best: YamlMistake | None = None
    left = excerpt.unread, 0
    for row in reversed(excerpt.rows):
        line = excerpt.line(row)
        for slip in possible_slips(line, excerpt.lines_above(row)):
            unread = excerpt.unread_with([(row, slip)])
            # Of mends that help alike, a line that was to stand elsewhere is the last to be
            # believed.
            after = unread, int(slip.cause == "indent")
            if after < left:
                left = after
                best = excerpt.mistake(row, slip)
    return best or _first_of_many(excerpt)


def _first_of_many(excerpt: _Excerpt) -> YamlMistake | None:
    """Return the first of many like slips, where only the mend of all of them helps."""
    for cause in ("no-blank", "wide-colon", "no-dash-blank"):
        slips = [
            (row, slip)
            for row in excerpt.rows
            for slip in joint_slips(excerpt.line(row))
            if slip.cause == cause
        ]
        if slips and excerpt.unread_with(slips) < excerpt.unread:
            return excerpt.mistake(*slips[0])
    return None


class _Excerpt:
    """The part of a text that is read to see what a mend does.

    `rows`: the lines that may hold the slip; `unread`: how many characters of the part are left
    where reading stops, -1 where it does not.
    """

    def __init__(self, text: str, at: int, opened: int, reach: Callable[[str], int | None]) -> None:
        self.text = text
        self.reach = reach
        self.line_starts = [0, *(line_end.end() for line_end in re.finditer("\n", text))]
        last = self._row(at)
        first = max(0, min(last - BEFORE, self._row(opened)), last - 4 * BEFORE)
        self.rows = range(first, last + 1)
        self.end = len(text)
        if last + AFTER < len(self.line_starts):
            self.end = self.line_starts[last + AFTER]
        # The offset of a line in `text` less that in `part`.
        self.part, self.base = self._part(first)
        self.unread = self._unread(self.part)

    def line(self, row: int) -> str:
        """Return a line without its end."""
        start = self.line_starts[row]
        line_end = self.text.find("\n", start)
        return self.text[start : line_end if line_end >= 0 else len(self.text)]

    def lines_above(self, row: int) -> list[str]:
        """Return the few lines before a line."""
        return [self.line(above) for above in range(max(0, row - ABOVE), row)]

    def unread_with(self, slips: list[tuple[int, LineSlip]]) -> int:
        """Return how many characters are left unread once slips are mended; -1 for none."""
        mended = self.part
        for row, slip in reversed(slips):
            start = self.line_starts[row] - self.base
            mended = mended[:start] + slip.line + mended[start + len(self.line(row)) :]
        return self._unread(mended)

    def mistake(self, row: int, slip: LineSlip) -> YamlMistake:
        """Return a slip of a line in places of the text."""
        start = self.line_starts[row]
        end = start + len(self.line(row))
        return YamlMistake(
            cause=slip.cause,
            start=start + slip.start,
            end=start + slip.end,
            line=(start, end),
            meant=slip.line,
            sign=slip.sign,
        )

    def _unread(self, part: str) -> int:
        stop = self.reach(part)
        return -1 if stop is None else len(part) - stop

    def _row(self, at: int) -> int:
        return max(0, bisect_right(self.line_starts, at) - 1)

    def _part(self, row: int) -> tuple[str, int]:
        """Return the entry around a row, under the key that holds all such entries, and its base.

        A register may have thousands of entries; all of them need not be read again.
        """
        text, starts = self.text, self.line_starts
        top = row
        while top and not text[starts[top] : starts[top] + 1].isalpha():
            top -= 1
        first = top + 1
        while first < row and self._is_empty(first):
            first += 1
        entry, indent = row, self._indent(first)
        while entry > first and not self._begins_entry(entry, indent):
            entry -= 1
        is_list = first < len(starts) and text.startswith("-", starts[first])
        if entry <= first or not (indent or is_list):
            return text[starts[top] : self.end], starts[top]
        head = text[starts[top] : starts[top + 1]]
        return head + text[starts[entry] : self.end], starts[entry] - len(head)

    def _is_empty(self, row: int) -> bool:
        """Whether a line holds nothing but blanks or a remark."""
        return self.line(row).lstrip(" ")[:1] in {"", "#"}

    def _begins_entry(self, row: int, indent: int) -> bool:
        first = self.line_starts[row] + indent
        return self._indent(row) == indent and self.text[first : first + 1] not in "#\n"

    def _indent(self, row: int) -> int:
        if row >= len(self.line_starts):
            return 0
        line = self.text[self.line_starts[row] : self.line_starts[row] + WIDEST]
        return len(line) - len(line.lstrip(" "))
