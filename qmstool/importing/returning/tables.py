"""Change a table where it is typed: its cells word by word, its rows one by one. Pure."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from qmstool.diff.pairing import pair_alike
from qmstool.diff.words import likeness
from qmstool.importing.returning.inline import prefix_at
from qmstool.importing.returning.lines import find_change
from qmstool.importing.returning.shown import squeeze
from qmstool.importing.returning.steps import ALIKE
from qmstool.importing.returning.told import NO_PLACE, TABLE_REWRITTEN
from qmstool.parsing.matching import BoundedMatcher
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qmstool.importing.blocks import SourceCell
    from qmstool.importing.returning.edits import FileEdits
    from qmstool.importing.returning.lines import LineChange, LineChanger
    from qmstool.importing.returning.shown import ShownTable
    from qmstool.importing.returning.told import Telling
    from qmstool.importing.returning.typed import TypedRow, TypedTable
    from qmstool.importing.returning.writing import BlockWriter


_RULE = regex(r"\|(?:[ ]*:?-+:?[ ]*\|)+")


class TableChanger:
    """Changes tables of some files."""

    def __init__(
        self,
        lines: LineChanger,
        edits: Mapping[str, FileEdits],
        writer: BlockWriter,
        telling: Telling,
    ) -> None:
        self._lines = lines
        self._edits = edits
        self._writer = writer
        self._telling = telling

    def change(self, table: TypedTable, old: ShownTable, new: ShownTable) -> None:
        """Change the rows that are not what they were; the whole where its columns are others."""
        if {len(row) for row in old.rows} != {len(row) for row in new.rows}:
            prefix = prefix_at(table.file.text, table.start)
            lines = _aligned(self._writer.lines(new), table, old, new)
            self._edits[table.file.path].put(table.start, table.end, f"\n{prefix}".join(lines))
            self._telling.tell("changed", old.words, new.words, table, TABLE_REWRITTEN)
            return
        last: TypedRow | None = None
        for before, after in _rows_joined(old, new):
            last = self._take_row(table, last, before, after, old, new)

    def _take_row(
        self,
        table: TypedTable,
        last: TypedRow | None,
        before: int,
        after: int,
        old: ShownTable,
        new: ShownTable,
    ) -> TypedRow | None:
        """Change, remove or add a row; return the row that the next one stands behind."""
        if after < 0:
            row = table.rows[before]
            words = " | ".join(old.rows[before])
            if table.form == "cell" and before == 0:
                self._telling.tell("removed", words, "", None, NO_PLACE)
                return row
            _take_out_row(self._edits[table.file.path], table, row)
            self._telling.tell("removed", words, "", table, start=row.start)
            return last
        if before < 0:
            self._add_row(table, last, new.rows[after], new.cells[after])
            return last
        for change in _cells(table, old, new, before, after):
            addresses = "".join(f" ({link.address})" for link in change.laid)
            note = self._lines.change(change)
            self._telling.tell(
                "changed", change.shown, change.returned + addresses, change.line, note
            )
        return table.rows[before]

    def _add_row(
        self,
        table: TypedTable,
        last: TypedRow | None,
        row: Sequence[str],
        cells: Sequence[SourceCell],
    ) -> None:
        text = table.file.text
        words = " | ".join(row)
        if last is None:
            self._telling.tell("added", "", words, None, NO_PLACE)
            return
        end = last.end
        if table.form == "cell" and last is table.rows[0]:
            end = text.find("\n", last.end) + 1  # behind the line of dashes
        end = text.find("\n", end) if table.form == "cell" else end
        end = len(text) if end < 0 else end
        prefix = prefix_at(text, last.start)
        written = self._writer.row(cells, table.form)
        self._edits[table.file.path].insert_block(end, f"\n{prefix}{written}")
        self._telling.tell("added", "", words, table, start=last.start)


def changed_cells(table: TypedTable, old: ShownTable, new: ShownTable) -> Iterator[LineChange]:
    """Yield the changes of cells, where the columns are the same."""
    if {len(row) for row in old.rows} != {len(row) for row in new.rows}:
        return
    for before, after in _rows_joined(old, new):
        if before >= 0 and after >= 0:
            yield from _cells(table, old, new, before, after)


def _cells(
    table: TypedTable, old: ShownTable, new: ShownTable, before: int, after: int
) -> Iterator[LineChange]:
    """Yield what came back in each cell of a row whose words or addresses are others."""
    for cell, was, now, shown, held in zip(
        table.rows[before].cells, old.rows[before], new.rows[after], old.cells[before],
        new.cells[after], strict=True,
    ):  # fmt: skip
        same = squeeze(was) == squeeze(now)
        change = find_change(cell, (was, now), shown.blocks, held.blocks, same=same)
        if change.laid or not same:
            yield change


def _take_out_row(edits: FileEdits, table: TypedTable, row: TypedRow) -> None:
    """Take a row out: its line, or its tags with the line that they have to themselves."""
    text = table.file.text
    first = text.rfind("\n", 0, row.start) + 1
    last = text.find("\n", row.end)
    last = len(text) if last < 0 else last
    alone = not text[first : row.start].strip(" \t>") and not text[row.end : last].strip()
    if table.form == "html" and not alone:
        edits.put(row.start, row.end, "")
    else:
        edits.put(first, min(last + 1, len(text)), "")


def _aligned(lines: list[str], table: TypedTable, old: ShownTable, new: ShownTable) -> list[str]:
    """Return the lines of a table written anew, each column that it had aligned as it was."""
    _, *rules = table.file.text[table.start : table.end].split("\n")[:2]
    if table.form != "cell" or not rules or not _RULE.fullmatch("".join(lines[1:2])):
        return lines
    alignments = [part.strip() for part in rules[0].strip(" \t>").strip("|").split("|")]
    columns = [[*map(squeeze, column)] for column in zip_longest(*old.rows, fillvalue="")]
    came = [[*map(squeeze, column)] for column in zip_longest(*new.rows, fillvalue="")]
    rule = ["---"] * len(came)
    pairs = pair_alike(columns, came, _alike_columns)
    for before, after in pairs:
        if before < len(alignments):
            rule[after] = alignments[before]
    return [lines[0], f"| {' | '.join(rule)} |", *lines[2:]]


def _alike_columns(one: Sequence[str], other: Sequence[str]) -> float:
    """Tell how alike two columns are, by their heads first."""
    if one and other and one[0] and one[0] == other[0]:
        return 1.0
    return likeness(" ".join(one), " ".join(other))


def _row_keys(table: ShownTable) -> list[tuple[str, ...]]:
    return [tuple(map(squeeze, row)) for row in table.rows]


def _rows_joined(old: ShownTable, new: ShownTable) -> Iterator[tuple[int, int]]:
    """Yield the rows in order: which was which; -1 where one is new, or gone."""
    matcher = BoundedMatcher(_row_keys(old), _row_keys(new))
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(range(a, b), range(c, d), strict=True)
        else:
            yield from _row_pairs(old, new, range(a, b), range(c, d))


def _row_pairs(old: ShownTable, new: ShownTable, a: range, c: range) -> list[tuple[int, int]]:
    """Return the rows of two stretches in order, paired where one is the other changed."""

    def alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
        share = likeness(" ".join(one), " ".join(other))
        return share if share >= ALIKE and len(one) == len(other) else 0.0

    pairs = pair_alike([old.rows[at] for at in a], [new.rows[at] for at in c], alike)
    made: list[tuple[int, int]] = []
    if a.start == c.start == 0 and a and c and (not pairs or min(pairs[0]) > 0):
        pairs.insert(0, (0, 0))  # the row of heads, however it reads now
    x, y = 0, 0
    for pair_x, pair_y in [*pairs, (len(a), len(c))]:
        made += [(a[at], -1) for at in range(x, pair_x)]
        made += [(-1, c[at]) for at in range(y, pair_y)]
        if pair_x < len(a):
            made.append((a[pair_x], c[pair_y]))
        x, y = pair_x + 1, pair_y + 1
    return made
