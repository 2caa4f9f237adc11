"""Draft → units of running text: the frame in which the rules of the block grammar work.

The renderer decides what a block is by its lines, by what stands open around it and by what came
last, so a reader grows a small tree while it goes. The rules themselves are in
`markdown_containers`, `markdown_leaves`, `markdown_lists` and `markdown_tables`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qmstool.parsing.markdown.tree import INDENT, TEXT, Block, Node, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qmstool.parsing.markdown.html_blocks import Element
    from qmstool.parsing.markdown.source_map import Draft, Span
    from qmstool.parsing.markdown.tree import Definition, Lines

    Rest = list[Lines | Block]
    """Blocks still to come, the next one last; a list without lines stands for an empty block."""
    Rule = Callable[["BlockReader", Node, Block, Rest], bool]
    """Takes a block, or its first lines, if it is what the rule is for."""
    Shortcut = Callable[["BlockReader", Node, int, int], bool]
    """Takes a stretch of lines, if they are so plain that no rule need be asked."""

_MARGIN = " " * INDENT
_DEEPEST = 60

_BLOCK = re.compile(r"(?:[^\n]++\n?+)++")


class Rules(NamedTuple):
    """The rules in their order: those for any block, for one whose lines begin nothing special, for a heading by itself.

    `simple` is asked before any of them.
    """

    simple: Shortcut
    all: tuple[Rule, ...]
    unmarked: tuple[Rule, ...]
    heading: tuple[Rule, ...]

    def of(self, block: Block, text: str) -> tuple[Rule, ...]:
        """Return the rules that may want a block."""
        if block.kinds == "#":
            return self.heading
        start = block.lines[block.first][0]
        if block.marked or text.startswith(_MARGIN, start) or text.startswith("\x02", start):
            return self.all
        return self.unmarked


class BlockReader:
    """Reads the blocks of a draft and gathers units of running text and definitions."""

    def __init__(self, draft: Draft, elements: tuple[Element, ...], rules: Rules) -> None:
        self.text = draft.text
        self.elements = elements
        self.units: list[Unit] = []
        self.references: dict[str, Definition] = {}
        self.footnotes: dict[str, list[Lines]] = {}
        self.notes: list[
            tuple[str, Span]
        ] = []  # the label of every definition of a footnote, and its place
        self.state = (
            ""  # what is being read: "list" (a tight one), "looselist", "detabbed", "blockquote"
        )
        self._start = draft.start
        self._rules = rules
        self._depth = 0

    def read(self) -> None:
        """Read the whole draft, then the footnotes, as the renderer does."""
        end = self.elements[0].start if self.elements else len(self.text)
        self.parse(Node("div"), self.blocks(self._start, end))
        for blocks in list(self.footnotes.values()):
            self.parse(Node("div"), [*reversed(blocks)])

    def blocks(self, start: int, end: int) -> Rest:
        """Split a stretch of the draft at empty lines."""
        rest: Rest = []
        done = start
        for found in _BLOCK.finditer(self.text, start, end):
            first, stop = found.span()
            if first > done + 1:
                rest.append([])
            rest.append([(first, stop - 1 if self.text[stop - 1] == "\n" else stop)])
            done = stop
        rest.reverse()
        return rest

    def chunk(self, parent: Node, lines: Lines) -> None:
        """Read lines with empty ones among them."""
        block: Lines = []
        rest: Rest = [block]
        for line in lines[:-1]:
            if line[0] < line[1]:
                block.append(line)
            else:
                block = []
                rest.append(block)
        block += lines[-1:]  # even an empty one: a table of one column is none then
        rest.reverse()
        self.parse(parent, rest)

    def parse(self, parent: Node, rest: Rest) -> None:
        """Read blocks until none is left."""
        self._depth += 1
        while rest:
            block = rest.pop()
            if isinstance(block, list):
                if len(block) == 1 and self._rules.simple(self, parent, *block[0]):
                    continue
                block = Block(self.text, self.split(block))
            lines = block.lines
            while block.first < len(lines) and lines[block.first][0] == lines[block.first][1]:
                block.first += 1
            if block.first == len(lines):
                continue
            if self._depth > _DEEPEST:
                self.running(parent, list(block.left()))
                continue
            for rule in self._rules.of(block, self.text):
                if rule(self, parent, block, rest):
                    break
        self._depth -= 1

    def parse_in(self, state: str, parent: Node, lines: Lines) -> None:
        """Read one block in another state."""
        outer, self.state = self.state, state
        self.parse(parent, [lines])
        self.state = outer

    def parse_before(self, parent: Node, block: Block, stop: int) -> None:
        """Read the lines of a block before the one where something begins."""
        if stop > block.first:
            self.parse(parent, [block.lines[block.first : stop]])

    def push(self, rest: Rest, block: Block, first: int) -> None:
        """Leave the lines from `first` on to be read next."""
        block.first = first
        if first < len(block.lines):
            rest.append(block)

    def running(self, parent: Node, lines: Lines) -> None:
        """Take lines for a paragraph, or for more text of a tight list's item."""
        lines = self._stripped(lines)
        if not lines:
            return
        if self.state != "list":
            parent.kids.append(Node("p", self.unit(TEXT, lines)))
        elif parent.kids:
            last = parent.kids[-1]
            last.tail = self._extended(last.tail, lines)
        else:
            parent.text = self._extended(parent.text, lines)

    def unit(self, kind: int, lines: Lines, construct: Span = (0, 0)) -> Unit:
        """Record a unit of running text."""
        unit = Unit(kind, lines if len(lines) == 1 else _joined(lines), construct)
        self.units.append(unit)
        return unit

    def _extended(self, unit: Unit | None, lines: Lines) -> Unit:
        if unit is None:
            return self.unit(TEXT, lines)
        unit.lines = _joined(unit.lines + lines)
        return unit

    def split(self, lines: Lines) -> Lines:
        """Return lines one by one."""
        if len(lines) != 1:
            return lines
        at, stop = lines[0]
        split = []
        while (end := self.text.find("\n", at, stop)) >= 0:
            split.append((at, end))
            at = end + 1
        split.append((at, stop))
        return split

    def dedented(self, lines: Iterable[Span], width: int) -> Lines:
        """Take that much indentation off the lines, up to the first that has less and is not blank."""
        margin = " " * width
        inner = []
        for start, end in lines:
            if self.text.startswith(margin, start, end):
                inner.append((start + width, end))
            elif not self.text[start:end].strip():
                inner.append((end, end))
            else:
                break
        return inner

    def loosely_dedented(self, lines: Iterable[Span], width: int) -> Lines:
        """Take that much indentation off those lines that have it."""
        margin = " " * width
        return [
            (start + width if self.text.startswith(margin, start, end) else start, end)
            for start, end in lines
        ]

    def indented(self, line: Span, width: int = INDENT) -> bool:
        """Tell whether a line begins with so many blanks."""
        return self.text.startswith(_MARGIN if width == INDENT else " " * width, *line)

    def stripped(self, line: Span) -> Span:
        """Return the place of a line without the white space around it."""
        text = self.text[slice(*line)]
        start = line[0] + len(text) - len(text.lstrip())
        return start, max(start, line[0] + len(text.rstrip()))

    def _stripped(self, lines: Lines) -> Lines:
        """Drop leading white space, and empty lines at both ends."""
        if (
            lines[0][0] < lines[0][1]
            and not self.text[lines[0][0]].isspace()
            and lines[-1][0] < lines[-1][1]
        ):
            return lines
        while lines and lines[-1][0] == lines[-1][1]:
            lines = lines[:-1]
        for index, (start, end) in enumerate(lines):
            if stripped := self.text[start:end].lstrip():
                return [(end - len(stripped), end), *lines[index + 1 :]]
        return []


def _joined(lines: Lines) -> Lines:
    """Make one span of lines that follow each other with nothing but the line end between them."""
    joined = [lines[0]]
    for start, end in lines[1:]:
        if start == joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
