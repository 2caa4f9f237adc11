"""Check whether tables fit on paper: rows as they stand in a text, measured as they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.paper import LONGEST_WORD, fits_on_sheet
from qmstool.patterns import regex
from qmstool.rules.base.rule import file_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.parsing.markdown.running_text import TextBlock
    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.text.prose_text import Writing

_EMPTY_LINE = regex(r"\n[ \t>]*\n")
# A table of more rows is a register.
REGISTER = 40


@file_rule(
    "QMS037",
    "wide-table",
    Severity.WARNING,
    Text("Bảng quá rộng so với khổ giấy", "A table too wide for paper"),
    Text(
        "Bảng này có {columns} cột, in khổ A4 nằm ngang ở cỡ chữ nhỏ nhất vẫn phải ngắt giữa từ. "
        "Hãy tách thành hai bảng, hoặc đổi cột thành dòng.",
        "This table has {columns} columns: even lying across A4 in the smallest letters, words "
        "must be broken to fit. Part it into two tables, or turn its columns into rows.",
    ),
)
def wide_table(writing: Writing) -> Iterator[Violation]:
    """Find tables that no sheet holds without breaking their words; told at the first row.

    Not a register of many rows: it grows, is read on a screen, and nobody parts it.
    """
    for rows in _tables(writing.file.source.text, writing.blocks):
        if len(rows) > REGISTER:
            continue
        columns = max(map(len, rows))
        if fits_on_sheet([LONGEST_WORD] * columns):  # whatever stands in them
            continue
        longest = [0] * columns
        for row in rows:
            for column, cell in enumerate(row):
                words = writing.plain_words(cell.start, cell.end).split()
                longest[column] = max(longest[column], *map(len, words), 0)
        if not fits_on_sheet(longest):
            place = writing.locate(rows[0][0].start, rows[0][-1].end)
            yield Violation(place, {"columns": str(len(longest))})


def _tables(text: str, blocks: Sequence[TextBlock]) -> Iterator[list[list[TextBlock]]]:
    """Yield each table as its rows; an empty line, or what is no cell, ends it."""
    rows: list[list[TextBlock]] = []
    for block in blocks:
        if block.kind != "cell":
            if rows:
                yield rows
            rows = []
        elif rows and rows[-1][0].row == block.row:
            rows[-1].append(block)
        elif rows and _EMPTY_LINE.search(text, rows[-1][-1].end, block.row):
            yield rows
            rows = [[block]]
        else:
            rows.append([block])
    if rows:
        yield rows


RULES: tuple[Rule, ...] = (wide_table,)
