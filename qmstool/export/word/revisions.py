"""Compare two texts block by block for Word: what stays, went, came, moved, and changed within.

What goes in: the blocks of an old and a new text. What comes out: `Revised` values in the order of
the new text, what went standing where it was. Pure.
"""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, Literal

from qmstool.diff.words import compare_words
from qmstool.export.word.flat import FlatParagraph, Grid, StyledText
from qmstool.frozen import dataclass
from qmstool.parsing.matching import BoundedMatcher, SharedSteps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.export.word.flat import Block

Act = Literal["same", "ins", "del", "moveFrom", "moveTo"]
ALIKE = 0.5  # share of common words from which two paragraphs are one that changed
MOST_AHEAD = 200  # so many old blocks are held against a new one
LONG_ENOUGH_TO_MOVE = 20  # letters


@dataclass(frozen=True, slots=True)
class Author:
    """Who made a change, when (an ISO moment in UTC), and why, "" where that is not said."""

    name: str
    moment: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RevisedPiece:
    """A piece, whether it stays, went or came, and who did that, None where it is not known."""

    piece: StyledText
    act: Act
    author: Author | None = None


@dataclass(frozen=True, slots=True)
class Revised:
    """A block and what became of it.

    `pieces`: of a paragraph that changed within, its pieces, old and new; `rows`: of a table that
    did, its rows; () otherwise. `move`: the name that ties both ends of a move together; `author`:
    who did it, None where it is not known.
    """

    block: Block
    act: Act
    pieces: tuple[RevisedPiece, ...] = ()
    move: str = ""
    rows: tuple[RevisedRow, ...] = ()
    author: Author | None = None


@dataclass(frozen=True, slots=True)
class RevisedRow:
    """A row of a table, what became of it, of what each of its cells holds, and who did that."""

    act: Act
    cells: tuple[tuple[Revised, ...], ...]
    author: Author | None = None


def compare_blocks(old: Sequence[Block], new: Sequence[Block]) -> list[Revised]:
    """Return the blocks of both texts with what became of each."""
    matcher = BoundedMatcher(list(map(_key, old)), list(map(_key, new)))
    made: list[Revised] = []
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            made += [Revised(block, "same") for block in new[new_start:new_end]]
        else:
            made += _replaced(old[old_start:old_end], new[new_start:new_end])
    return _with_moves(made)


def _key(block: Block) -> tuple[object, ...]:
    if isinstance(block, Grid):
        return ("table", block.columns, block.text)
    return ("p", block.heading, block.style, block.label is not None, block.pieces)


def _replaced(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Revised]:
    """Pair blocks that are one block that changed; the rest went or came."""
    at = 0
    alike = _Likeness()
    for block in new:
        partner = _partner(old, at, block, alike)
        if partner is None:
            yield Revised(block, "ins")
            continue
        yield from (Revised(gone, "del") for gone in old[at:partner])
        yield _changed(old[partner], block)
        at = partner + 1
    yield from (Revised(gone, "del") for gone in old[at:])


def _partner(old: Sequence[Block], start: int, block: Block, alike: _Likeness) -> int | None:
    """Return the first old block from a place on that is much like a new one.

    It is looked for among a few: a text that is wholly new would be held against all of the old.
    """
    for index in range(start, min(start + MOST_AHEAD, len(old))):
        before = old[index]
        if (
            isinstance(before, FlatParagraph)
            and isinstance(block, FlatParagraph)
            and alike.are(before, block)
        ):
            return index
        if isinstance(before, Grid) and isinstance(block, Grid) and _same_shape(before, block):
            return index
    return None


class _Likeness:
    """Tells which paragraphs are much alike; the words of each are counted once."""

    def __init__(self) -> None:
        self._steps = SharedSteps()
        self._counted: dict[str, tuple[list[str], Counter[str]]] = {}

    def are(self, old: FlatParagraph, new: FlatParagraph) -> bool:
        """Whether two paragraphs share half of their words, and neither is a heading alone."""
        if bool(old.heading) != bool(new.heading) or (old.label is None) != (new.label is None):
            return False
        before, counted_before = self._words(old.text)
        after, counted_after = self._words(new.text)
        needed = ALIKE * (len(before) + len(after)) / 2
        if min(len(before), len(after)) < needed:
            return False
        if (counted_before & counted_after).total() < needed:
            return False
        return BoundedMatcher(before, after, self._steps).ratio() >= ALIKE

    def _words(self, text: str) -> tuple[list[str], Counter[str]]:
        if text not in self._counted:
            words = text.split()
            self._counted[text] = words, Counter(words)
        return self._counted[text]


def _same_shape(old: Grid, new: Grid) -> bool:
    """Whether two tables have the same columns and no cell that reaches over others."""
    if old.columns != new.columns or old.heads != new.heads:
        return False
    cells = (*old.cells, *new.cells)
    return all(cell.column_span == 1 and cell.row_span == 1 for cell in cells)


def _changed(old: Block, new: Block) -> Revised:
    if isinstance(old, FlatParagraph) and isinstance(new, FlatParagraph):
        return Revised(new, "same", revise_pieces(old.pieces, new.pieces))
    if isinstance(old, Grid) and isinstance(new, Grid):
        return Revised(new, "same", rows=tuple(_revised_rows(_rows(old), _rows(new))))
    return Revised(new, "same")


_Row = tuple[tuple["Block", ...], ...]  # what each cell of a row holds


def _rows(grid: Grid) -> list[_Row]:
    cells = {(cell.y, cell.x): cell.blocks for cell in grid.cells}
    empty = (FlatParagraph(()),)
    return [tuple(cells.get((y, x), empty) for x in range(grid.columns)) for y in range(grid.rows)]


def _revised_rows(old: Sequence[_Row], new: Sequence[_Row]) -> Iterator[RevisedRow]:
    matcher = BoundedMatcher(list(map(_words, old)), list(map(_words, new)))
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield from (_whole_row(row, "same") for row in new[new_start:new_end])
            continue
        before = deque(old[old_start:old_end])
        for row in new[new_start:new_end]:
            if before and _rows_alike(before[0], row):
                yield _changed_row(before.popleft(), row)
            else:
                yield _whole_row(row, "ins")
        yield from (_whole_row(row, "del") for row in before)


def _words(row: _Row) -> tuple[str, ...]:
    return tuple("\n".join(block.text for block in blocks) for blocks in row)


def _rows_alike(old: _Row, new: _Row) -> bool:
    """Whether half of the cells of two rows say the same, or share half of their words."""
    before, after = " ".join(_words(old)).split(), " ".join(_words(new)).split()
    return BoundedMatcher(before, after).ratio() >= ALIKE


def _whole_row(row: _Row, act: Act) -> RevisedRow:
    return RevisedRow(act, tuple(tuple(Revised(block, act) for block in cell) for cell in row))


def _changed_row(old: _Row, new: _Row) -> RevisedRow:
    cells = [tuple(compare_blocks(before, after)) for before, after in zip(old, new, strict=True)]
    return RevisedRow("same", tuple(cells))


def revise_pieces(old: Sequence[StyledText], new: Sequence[StyledText]) -> tuple[RevisedPiece, ...]:
    """Return the pieces of two lines word by word; what stays looks as in the new one."""
    before, after = _PieceCursor(old), _PieceCursor(new)
    made: list[RevisedPiece] = []
    for run in compare_words(before.text, after.text):
        if run.kind == "old":
            made += [RevisedPiece(piece, "del") for piece in before.take(len(run.text))]
        elif run.kind == "new":
            made += [RevisedPiece(piece, "ins") for piece in after.take(len(run.text))]
        else:
            before.take(len(run.text))
            made += [RevisedPiece(piece, "same") for piece in after.take(len(run.text))]
    return tuple(made)


class _PieceCursor:
    """Hands out the pieces of a line by so many letters; a picture is one letter."""

    def __init__(self, pieces: Sequence[StyledText]) -> None:
        self._pieces = deque((piece, 0) for piece in pieces)
        self.text = "".join("\ufffc" if piece.picture else piece.text for piece in pieces)

    def take(self, length: int) -> list[StyledText]:
        taken: list[StyledText] = []
        while length > 0 and self._pieces:
            piece, start = self._pieces.popleft()
            size = 1 if piece.picture else len(piece.text) - start
            if size > length:
                self._pieces.appendleft((piece, start + length))
                taken.append(StyledText(piece.text[start : start + length], piece.marks))
            else:
                taken.append(StyledText(piece.text[start:], piece.marks) if start else piece)
            length -= size
        return taken


def _with_moves(revised: Sequence[Revised]) -> list[Revised]:
    """Call what went here and came there a move, where it is long enough and stands once."""
    gone: dict[tuple[object, ...], list[int]] = {}
    for index, item in enumerate(revised):
        long_enough = len(item.block.text) >= LONG_ENOUGH_TO_MOVE
        if item.act == "del" and isinstance(item.block, FlatParagraph) and long_enough:
            gone.setdefault(_key(item.block), []).append(index)
    made = list(revised)
    count = 0
    for index, item in enumerate(revised):
        if item.act != "ins" or not isinstance(item.block, FlatParagraph):
            continue
        places = gone.get(_key(item.block), [])
        if len(places) == 1:
            count += 1
            name = f"move{count}"
            place = places.pop()
            made[place] = Revised(revised[place].block, "moveFrom", move=name)
            made[index] = Revised(item.block, "moveTo", move=name)
    return made


def revise_line(
    old: Sequence[str], new: Sequence[str], *, bold: bool = False
) -> tuple[RevisedPiece, ...]:
    """Return the pieces of two lines of plain words, each given in parts."""
    marks = frozenset({"b"}) if bold else frozenset()
    before = [StyledText(part, marks) for part in old]
    return revise_pieces(before, [StyledText(part, marks) for part in new])
