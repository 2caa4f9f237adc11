"""Read a table written in HTML as rows of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.importing.blocks import SourceCell, SourceParagraph, SourceRow, SourceTable, Span
from qmstool.sanitizing.html_reader import HtmlReader

if TYPE_CHECKING:
    from qmstool.i18n import Text

MOST_OVER = 63  # rows or columns that a cell goes over
_STRONG, _SLANTED, _STRUCK = {"strong", "b"}, {"em", "i"}, {"del", "s"}


class _TableReader(HtmlReader):
    """Collects the rows of tables; one inside another is read as text of its cell.

    `is_alone`: whether no words stand outside their cells.
    """

    def __init__(self, place: Text) -> None:
        super().__init__()
        self._place = place
        self._depth = 0
        self.is_alone = True
        self._open: dict[str, str | None] | None = None
        self._spans: list[Span] = []
        self._marks: list[str] = []
        self.rows: list[list[tuple[dict[str, str | None], tuple[Span, ...]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
        elif tag == "tr" and self._depth == 1:
            self._close()
            self.rows.append([])
        elif tag in {"td", "th"} and self._depth == 1:
            self._close()
            self._open = dict(attrs)
        elif tag == "br" or self._depth > 1:
            self._spans.append(Span("\n"))
        elif tag in {"sup", "sub"} | _STRONG | _SLANTED | _STRUCK:
            self._marks.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._close()
            self._depth -= 1
        elif tag in {"td", "th"} and self._depth == 1:
            self._close()
        elif tag in self._marks:
            self._marks.remove(tag)

    def handle_data(self, data: str) -> None:
        if self._open is None:
            self.is_alone = self.is_alone and not data.strip()
        else:
            marks = set(self._marks)
            self._spans.append(
                Span(
                    " ".join(data.split("\n")),
                    bold=bool(marks & _STRONG),
                    italic=bool(marks & _SLANTED),
                    struck=bool(marks & _STRUCK),
                    raised=next(iter(marks & {"sup", "sub"}), ""),
                )
            )

    def handle_unfinished(self, rest: str) -> None:
        self.handle_data(rest)  # no word of a source is lost

    def _close(self) -> None:
        if self._open is not None:
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append((self._open, tuple(self._spans)))
        self._open, self._spans, self._marks = None, [], []


def read_html_table(text: str, place: Text) -> SourceTable | None:
    """Return the table that a piece of HTML is, None where it is none or has words beside it."""
    reader = _TableReader(place)
    reader.feed(text)
    reader.close()
    if not reader.is_alone:
        return None
    taken: dict[int, int] = {}  # column → rows for which a cell above still goes on
    rows: list[SourceRow] = []
    width = 0
    for line in reader.rows:
        cells: list[tuple[int, SourceCell]] = []
        column = 0
        above, taken = taken, {at: left - 1 for at, left in taken.items() if left > 1}
        for attributes, spans in line:
            while above.get(column):
                column += 1
            columns, height = _over(attributes, "colspan"), _over(attributes, "rowspan")
            cells.append((column, SourceCell((SourceParagraph(spans, place),), columns, height)))
            taken |= {at: height - 1 for at in range(column, column + columns) if height > 1}
            column += columns
        rows.append(SourceRow(tuple(cells)))
        width = max([width, column, *(at + 1 for at in above)])
    return SourceTable(tuple(rows), width, place) if width else None


def _over(attributes: dict[str, str | None], name: str) -> int:
    written = attributes.get(name) or "1"
    number = int(written) if written.isdecimal() and len(written) < 4 else 1  # noqa: PLR2004
    return max(1, min(number, MOST_OVER))
