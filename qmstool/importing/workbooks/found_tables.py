"""Find the registers on a sheet: where each begins and ends, and which of its columns holds what.

What goes in: the rows of a sheet, what somebody says of its columns. What comes out: its tables. A
title may stand above the heads, the heads may go over two rows, and several tables may stand
below or beside each other.
"""

from __future__ import annotations

import re
from enum import Enum
from itertools import zip_longest
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, replace
from qmstool.i18n import Text
from qmstool.importing.workbooks import headings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    Rows = Sequence[Sequence[str]]
    Columns = Mapping["TableKind", Mapping[str, int]]


class TableKind(Enum):
    """What a table lists; the first that fits counts."""

    RECORDS = "records"
    ABBREVIATIONS = "abbreviations"
    EXTERNAL = "external"
    DISTRIBUTION = "distribution"
    DOCUMENTS = "documents"


FIELDS: Mapping[TableKind, headings.Kinds] = {
    TableKind.RECORDS: headings.RECORDS,
    TableKind.ABBREVIATIONS: headings.ABBREVIATIONS,
    TableKind.EXTERNAL: headings.EXTERNAL,
    TableKind.DISTRIBUTION: headings.DISTRIBUTION,
    TableKind.DOCUMENTS: headings.DOCUMENTS,
}
# Each of these has to be there, of several in one place any.
_NEEDED: Mapping[TableKind, tuple[tuple[str, ...], ...]] = {
    TableKind.RECORDS: (("title",), ("retention",)),
    TableKind.ABBREVIATIONS: (("short",), ("expansion",)),
    TableKind.EXTERNAL: (("number",), ("title",)),
    TableKind.DISTRIBUTION: (("unit",), ("copies", "copy", "given", "returned")),
    TableKind.DOCUMENTS: (("code",), ("title",)),
}
_COUNTS = re.compile(r"\(?(\d{1,2})\)?")
_AS_MANY = 3  # columns of which the row below the heads gives the numbers
_FEWEST_HEADS = 2
MOST_TABLES = 100  # on a sheet; what looks like heads below them belongs to the last one
_ONE_CELL = 1


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row: its number on the sheet, 0 in a text, and its cells."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table of a sheet.

    `columns`: kind → field → column, of each kind that its heads fit; `heads`: what stands above
    each column; `above`: file, sheet and what stands above the heads; `said`: fields that somebody
    says it has; `title`: what stands above the heads alone.
    """

    place: Text
    heads: tuple[str, ...]
    columns: Columns
    rows: tuple[FoundRow, ...]
    above: str
    said: frozenset[str] = frozenset()
    title: str = ""

    def without_head(self) -> list[str]:
        """Return the words that stand below no head."""
        heads = self.heads
        return [
            cell
            for row in self.rows
            for column, cell in enumerate(row.cells)
            if cell.strip() and not (column < len(heads) and heads[column].strip())
        ]

    def place_of(self, row: FoundRow) -> Text:
        """Return the place of a row, of one in a text that of its table."""
        if not row.number:
            return self.place
        return Text(f"{self.place.vi}, dòng {row.number}", f"{self.place.en}, row {row.number}")


def find_tables(
    rows: Rows, place: Text, said: Mapping[str, str], name: str = ""
) -> list[FoundTable]:
    """Return the tables of a sheet.

    `said`: head, folded → field, "" for a column to leave out; `name`: of the file.
    """
    parts = _side_by_side(rows, said)
    found = [table for part in parts for table in _below_each_other(_cut(rows, part), place, said)]
    return [
        replace(table, above=f"{name}\n{place.vi}\n{table.above}", title=table.above)
        for table in found
    ]


def word_table(rows: Rows, place: Text, kinds: Collection[TableKind]) -> FoundTable | None:
    """Return a table of a text as one of some registers; None where its heads fit none."""
    for number, row in enumerate(rows[: headings.HEAD_ROWS]):
        fitting = _columns([(text,) for text in row], {})
        columns = {kind: fields for kind, fields in fitting.items() if kind in kinds}
        if columns:
            lines = tuple(FoundRow(0, line) for line in rows[number + 1 :])
            return FoundTable(place, tuple(row), columns, lines, "")
    return None


def _side_by_side(rows: Rows, said: Mapping[str, str]) -> list[Sequence[int]]:
    """Return the columns of each table, parted where a column is empty on the whole sheet."""
    width = max(map(len, rows), default=0)
    filled = [
        any(row[column].strip() for row in rows if column < len(row)) for column in range(width)
    ]
    groups: list[list[int]] = [[]]
    for column in range(width):
        if filled[column]:
            groups[-1].append(column)
        elif groups[-1]:
            groups.append([])
    parts = [group for group in groups if group]
    with_heads = [part for part in parts if next(_heads_in(_cut(rows, part), said), None)]
    return list(parts) if len(with_heads) > 1 else [range(width)]


def _cut(rows: Rows, columns: Sequence[int]) -> list[list[str]]:
    """Return some columns of a sheet."""
    return [[*_cells_at(row, columns)] for row in rows]


def _cells_at(row: Sequence[str], columns: Sequence[int]) -> Iterator[str]:
    """Give the cells of a row in some columns, "" where the row is shorter."""
    for column in columns:
        yield row[column] if column < len(row) else ""


def _below_each_other(rows: Rows, place: Text, said: Mapping[str, str]) -> Iterator[FoundTable]:
    heads = list(_heads_in(rows, said))
    last_end = 0
    for number, (start, end, texts, columns) in enumerate(heads):
        stop = heads[number + 1][0] if number + 1 < len(heads) else len(rows)
        if number + 1 < len(heads):
            stop = _without_title(rows, end, stop)
        above = "\n".join(" ".join(filter(None, row)) for row in rows[last_end:start])
        numbered = _numbered(rows, end, stop)
        yield FoundTable(
            place=place,
            heads=tuple(texts),
            columns=columns,
            rows=tuple(FoundRow(line + 1, rows[line]) for line in numbered),
            above=above,
            said=frozenset(said[head] for head in map(headings.fold_head, texts) if said.get(head)),
        )
        last_end = stop


def _numbered(rows: Rows, start: int, stop: int) -> list[int]:
    """Return which rows of a table hold anything, without the row that numbers its columns."""
    lines = [line for line in range(start, stop) if any(cell.strip() for cell in rows[line])]
    if lines:
        numbers = [_count_in(cell.strip()) for cell in rows[lines[0]] if cell.strip()]
        if len(numbers) >= _AS_MANY and numbers == list(range(1, len(numbers) + 1)):
            del lines[0]
    return lines


def _count_in(cell: str) -> int:
    """Return the number that a cell is, 0 for anything else."""
    count = _COUNTS.fullmatch(cell)
    if count is None:
        return 0
    return int(count[1])


def _without_title(rows: Rows, start: int, stop: int) -> int:
    """Return where a table ends above another one: before the title of that."""
    while stop > start and sum(bool(cell.strip()) for cell in rows[stop - 1]) <= _ONE_CELL:
        stop -= 1
    return stop


def _heads_in(rows: Rows, said: Mapping[str, str]) -> Iterator[tuple[int, int, list[str], Columns]]:
    """Give the heads on a sheet: first row, row after the last, texts, columns of each kind."""
    found = 0
    like_heads = [sum(headings.may_be_head(text, said) for text in row) for row in rows]
    number = 0
    while number < len(rows) and found < MOST_TABLES:
        lower = rows[number + 1] if number + 1 < len(rows) else ()
        if like_heads[number] + sum(like_heads[number + 1 : number + 2]) >= _FEWEST_HEADS:
            one = _columns([(text,) for text in rows[number]], said)
            storeys = [_texts(above, below) for above, below in zip_longest(rows[number], lower)]
            both = _columns(storeys, said) if _is_lower_storey(rows[number], lower, one) else {}
            below = _columns([(text,) for text in lower], said) if both else {}
            if both and _size(below) >= max(_size(both), _size(one)):
                one = {}  # the lower row says all; the upper one is a title
            elif _size(both) > _size(one):
                found += 1
                yield number, number + 2, [texts[0] for texts in storeys], both
                number += 1
                one = {}
            if one:
                found += 1
                yield number, number + 1, list(rows[number]), one
        number += 1


def _is_lower_storey(upper: Sequence[str], lower: Sequence[str], columns: Columns) -> bool:
    """Whether a row may be the lower one of heads: where the upper says all, it says nothing else.

    `columns`: what the upper row says.
    """
    pairs = [
        (above.strip(), below.strip()) for above, below in zip_longest(upper, lower, fillvalue="")
    ]
    used = {column for fields in columns.values() for column in fields.values()}
    if any(pairs[column][1] not in {"", pairs[column][0]} for column in used):
        return False
    return any(below and below != above for above, below in pairs)


def _size(columns: Columns) -> int:
    return max((len(fields) for fields in columns.values()), default=0)


def _texts(upper: str | None, lower: str | None) -> tuple[str, ...]:
    """Return the texts that a column goes by whose head has two storeys; the first is shown."""
    above, below = (upper or "").strip(), (lower or "").strip()
    if above == below or not below:
        return (above,)
    return (f"{above} {below}", below) if above else (below,)


def _columns(heads: Sequence[Sequence[str]], said: Mapping[str, str]) -> Columns:
    found: dict[TableKind, Mapping[str, int]] = {}
    for kind, fields in FIELDS.items():
        columns = headings.match_heads(heads, fields, said)
        if all(any(field in columns for field in fields) for fields in _NEEDED[kind]):
            found[kind] = columns
    return found
