"""Tell of each letter of a text which version brought it, and give tracked changes their authors.

What goes in: the versions of a text one after another, each with who made it. What comes out: the
changes between the first and the last, each with the author of the version that made it: of what
came, the one in which it first stood; of what went, the first without it. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.diff.pairing import pair_alike
from qmstool.diff.words import compare_words, likeness
from qmstool.export.word.flat import FlatParagraph, StyledText
from qmstool.export.word.revisions import Author, Revised, RevisedPiece, RevisedRow
from qmstool.frozen import dataclass, replace
from qmstool.parsing.matching import BoundedMatcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qmstool.export.word.flat import Block

ALIKE = 0.4  # share of words in common from which two lines are one that changed
_PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"

Origins = list[int]  # of each letter of a line, the number of the version that brought it


@dataclass(frozen=True, slots=True)
class AuthoredText:
    """A version of a text and who made it; of the first nobody is asked."""

    blocks: tuple[Block, ...]
    author: Author


def with_authors(revised: Sequence[Revised], versions: Sequence[AuthoredText]) -> list[Revised]:
    """Return changes with their authors; `versions`: from the old text to the new one."""
    lines = [_lines(version.blocks) for version in versions]
    came = _trace(lines)
    went = _trace(lines[::-1])
    authors = [version.author for version in versions]
    # Read backwards, what a version «brings» is what the one after it took out. What no version
    # brought or took has only moved: that is told of the last one.
    new = _LineCursor(came, [authors[-1], *authors[1:]])
    old = _LineCursor(went, [authors[-1], *authors[:0:-1]])
    return _Signer(new, old).sign_all(revised)


def _lines(blocks: Iterable[Block]) -> list[str]:
    """Return the words of each paragraph that has any, those of cells among them."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, FlatParagraph):
            text = _text(block.pieces)
            if text:
                lines.append(text)
        else:
            for cell in block.cells:
                lines += _lines(cell.blocks)
    return lines


def _text(pieces: Iterable[StyledText]) -> str:
    return "".join(_PICTURE if piece.picture else piece.text for piece in pieces)


def _trace(versions: Sequence[list[str]]) -> list[Origins]:
    """Return for each line of the last version which version brought each of its letters."""
    before = versions[0]
    origins = [[0] * len(line) for line in before]
    for number, after in enumerate(versions[1:], 1):
        origins = _traced(before, after, origins, number)
        before = after
    return origins


def _traced(
    before: Sequence[str], after: Sequence[str], origins: Sequence[Origins], number: int
) -> list[Origins]:
    made: list[Origins] = [[number] * len(line) for line in after]
    matcher = BoundedMatcher(before, after)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            made[c:d] = origins[a:b]
            continue
        for x, y in pair_alike(before[a:b], after[c:d], _likeness):
            made[c + y] = _within(before[a + x], after[c + y], origins[a + x], number)
    return made


def _likeness(one: str, other: str) -> float:
    share = likeness(one, other)
    return share if share >= ALIKE else 0.0


def _within(before: str, after: str, origins: Origins, number: int) -> Origins:
    made: Origins = []
    place = 0
    for run in compare_words(before, after):
        if run.kind == "new":
            made += [number] * len(run.text)
            continue
        if run.kind == "same":
            made += origins[place : place + len(run.text)]
        place += len(run.text)
    return made


class _LineCursor:
    """Goes along the lines of one side; `authors` by the number of their versions."""

    def __init__(self, lines: Sequence[Origins], authors: Sequence[Author]) -> None:
        self._lines = lines
        self._authors = authors
        self._line = 0
        self._place = 0

    def next_line(self) -> None:
        self._line += 1
        self._place = 0

    def skip(self, blocks: Iterable[Block]) -> None:
        """Go past all lines of some blocks."""
        self._line += len(_lines(blocks))
        self._place = 0

    def take(self, length: int) -> list[tuple[int, Author]]:
        """Return the authors of the next letters, each with how many are theirs."""
        runs: list[tuple[int, Author]] = []
        for number in self._at_hand()[self._place : self._place + length]:
            author = self._authors[number]
            if runs and runs[-1][1] is author:
                runs[-1] = runs[-1][0] + 1, author
            else:
                runs.append((1, author))
        self._place += length
        return runs

    @property
    def author(self) -> Author:
        """The author of the first letter of the line at hand."""
        line = self._at_hand()
        return self._authors[line[0] if line else 0]

    def _at_hand(self) -> Origins:
        """The line at hand; empty after the last one."""
        if self._line >= len(self._lines):
            return []
        return self._lines[self._line]


class _Signer:
    """Writes authors into changes; one cursor on either side."""

    def __init__(self, new: _LineCursor, old: _LineCursor) -> None:
        self._new = new
        self._old = old

    def sign_all(self, revised: Iterable[Revised]) -> list[Revised]:
        return [self._sign(item) for item in revised]

    def _sign(self, item: Revised) -> Revised:
        if not isinstance(item.block, FlatParagraph):
            return self._sign_table(item)
        pieces = item.pieces or tuple(RevisedPiece(piece, item.act) for piece in item.block.pieces)
        if not _text(revised.piece for revised in pieces):
            return item
        side = {"ins": self._new, "moveTo": self._new, "del": self._old, "moveFrom": self._old}
        cursor = side.get(item.act)
        passed: tuple[_LineCursor, ...] = (self._new, self._old)
        author = None
        if cursor is not None:
            passed, author = (cursor,), cursor.author
        if item.act == "same" and not item.pieces:
            self._new.next_line()
            self._old.next_line()
            return item
        signed = tuple(part for piece in pieces for part in self._sign_piece(piece))
        for one in passed:
            one.next_line()
        return replace(item, pieces=signed, author=author)

    def _sign_piece(self, revised: RevisedPiece) -> Iterator[RevisedPiece]:
        piece, act = revised.piece, revised.act
        length = len(_text((piece,)))
        if act == "same":
            self._new.take(length)
            self._old.take(length)
            yield revised
            return
        cursor = self._new if act in {"ins", "moveTo"} else self._old
        place = 0
        for count, author in cursor.take(length):
            part = piece
            if not piece.picture:
                part = StyledText(piece.text[place : place + count], piece.marks)
            yield RevisedPiece(part, act, author)
            place += count

    def _sign_table(self, item: Revised) -> Revised:
        if item.rows:
            return replace(item, rows=tuple(self._sign_row(row) for row in item.rows))
        author: Author | None = None
        if item.act == "ins":
            author = self._new.author
        elif item.act != "same":
            author = self._old.author
        if item.act in {"same", "ins"}:
            self._new.skip([item.block])
        if item.act in {"same", "del"}:
            self._old.skip([item.block])
        return replace(item, author=author)

    def _sign_row(self, row: RevisedRow) -> RevisedRow:
        author = None
        if row.act == "ins":
            author = self._new.author
        elif row.act == "del":
            author = self._old.author
        cells = tuple(tuple(self.sign_all(cell)) for cell in row.cells)
        return RevisedRow(row.act, cells, author)
