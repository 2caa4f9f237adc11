"""Write a table: as a Markdown table where that reads the same, else as HTML.

A cell over many rows is repeated in each (its words are told as added); one over many columns
stands in the first. HTML is for what that would make unreadable: a head of two storeys, a table
inside a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.importing.blocks import SourceParagraph, SourceTable
from qmstool.importing.markdown.inlines import escape, write_html, write_spans

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmstool.importing.blocks import SourceCell
    from qmstool.importing.markdown.inlines import Picture


def write_table(
    table: SourceTable, note: Callable[[str], str], picture: Picture, html_picture: Picture
) -> tuple[list[str], list[str]]:
    """Return the lines of a table, and the texts that it repeats."""
    if is_plain(table):
        return _write_pipes(table, note, picture)
    return [_html_table(table, note, html_picture)], []


def is_plain(table: SourceTable) -> bool:
    """Whether a Markdown table can hold it: one row of heads, no table in a cell."""
    for number, row in enumerate(table.rows):
        for _, cell in row.cells:
            nested = any(isinstance(block, SourceTable) for block in cell.blocks)
            storeys = number == 0 and (cell.columns > 1 or cell.rows > 1) and len(table.rows) > 1
            if nested or storeys:
                return False
    return True


def _write_pipes(
    table: SourceTable, note: Callable[[str], str], picture: Picture
) -> tuple[list[str], list[str]]:
    grid = [[""] * table.width for _ in table.rows]
    repeated: list[str] = []
    for number, row in enumerate(table.rows):
        for column, cell in row.cells:
            content = pipe_cell(cell, note, picture)
            height = min(cell.rows, len(grid) - number)
            for line in grid[number : number + height]:
                line[column] = content
            repeated += [cell.text] * (height - 1)
    head, *body = [f"| {' | '.join(line)} |" for line in grid]
    rule = "|" + " --- |" * table.width
    return [head, rule, *body], repeated


def pipe_cell(cell: SourceCell, note: Callable[[str], str], picture: Picture) -> str:
    """Return a cell as it stands in a Markdown table."""
    lines = []
    for block in cell.blocks:
        if isinstance(block, SourceParagraph):
            text = write_spans(block.spans, note, picture).strip()
            mark = "- " if block.bullet >= 0 else ""
            lines.append(block.markdown or f"{mark}{escape(block.label)}{text}".replace("|", "\\|"))
    return "<br>".join(line for line in lines if line.strip()).replace("\n", "<br>")


def _html_table(table: SourceTable, note: Callable[[str], str], picture: Picture) -> str:
    rows = []
    heads = max((cell.rows for _, cell in table.rows[0].cells), default=1) if table.rows else 0
    for number, row in enumerate(table.rows):
        name = "th" if number < heads else "td"
        cells = [html_cell(cell, name, note, picture) for _, cell in row.cells]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def html_cell(cell: SourceCell, name: str, note: Callable[[str], str], picture: Picture) -> str:
    """Return a cell as HTML; `name`: its tag."""
    over = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    over += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    pieces = []
    for block in cell.blocks:
        if isinstance(block, SourceTable):
            pieces.append(_html_table(block, note, picture))
        elif block.text or block.spans:
            mark = "- " if block.bullet >= 0 else ""
            pieces.append(f"{mark}{block.label}{write_html(block.spans, note, picture)}".strip())
    return f"<{name}{over}>{'<br>'.join(pieces)}</{name}>"
