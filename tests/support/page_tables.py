"""Read and write a table of docs/reliability.md that stands between two comments with its name."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs/reliability.md"


def read_cells(name: str) -> dict[str, dict[str, str]]:
    """What the table of a name says: heading of a row → heading of a column → cell."""
    lines = PAGE.read_text("utf-8").partition(f"<!-- {name} -->\n")[2].partition("<!-- /")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines.splitlines()]
    if not rows:  # it was never written
        return {}
    heads = rows[0][1:]
    return {row[0].strip("`"): dict(zip(heads, row[1:], strict=True)) for row in rows[2:]}


def write_cells(name: str, cells: dict[str, dict[str, str]]) -> None:
    """Put a table in the place of the one of that name; all its rows have the same columns."""
    heads = [*next(iter(cells.values()))]
    lines = [f"| | {' | '.join(heads)} |", f"|{'---|' * (len(heads) + 1)}"]
    for row, told in cells.items():
        assert [*told] == heads, row
        lines.append(f"| `{row}` | {' | '.join(told.values())} |")
    pattern = rf"(?<=<!-- {name} -->\n).*?(?=\n?<!-- /{name} -->)"
    text, count = re.subn(
        pattern, lambda _: "\n".join(lines), PAGE.read_text("utf-8"), flags=re.DOTALL
    )
    assert count == 1, f"{PAGE} has no place for the table «{name}»"
    PAGE.write_text(text, "utf-8")
