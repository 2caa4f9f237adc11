"""Write blocks as the XML of Word, what went and came as tracked changes.

Every run of a row that went or came is marked besides the row: some programs keep a row's own mark
only with its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmstool.export.word.flat import FlatCell, FlatParagraph, Grid
from qmstool.export.word.revisions import Revised, RevisedPiece
from qmstool.export.word.runs import SMALLER_THAN, TEXT_WIDTH
from qmstool.frozen import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from qmstool.export.word.flat import Block
    from qmstool.export.word.numbering import ListNumbers
    from qmstool.export.word.revisions import Act, Author, RevisedRow
    from qmstool.export.word.runs import RunWriter
    from qmstool.export.word.tracking import TrackedChanges
    from qmstool.export.word.xml import Elements

    Done = tuple[Act, Author | None]  # what became of something, and who did it

LYING_WIDTH = 14200
CELL_EDGES = 230  # what the inside edges of a cell take
INDENT = 360


class BodyWriter:
    """Writes the blocks of one document as elements: paragraphs and tables."""

    def __init__(
        self,
        elements: Elements,
        lists: ListNumbers,
        runs: RunWriter,
        changes: TrackedChanges,
    ) -> None:
        self.elements = elements
        self._make = elements.make
        self._name = elements.name
        self._lists = lists
        self._runs = runs
        self._changes = changes
        # Of a heading that Word numbers itself, what stands behind the number.
        self.without_typed_number: Callable[[FlatParagraph], FlatParagraph | None] = lambda _: None

    def blocks(self, blocks: Iterable[Revised]) -> list[Any]:
        """Return elements for blocks, a paragraph between two tables and behind the last."""
        made: list[Any] = []
        for item in blocks:
            if isinstance(item.block, Grid):
                if made and made[-1].tag == self._name("w:tbl"):
                    made.append(self._make("w:p"))
                made.append(self.table(item.block, item.act, item.rows, item.author))
            else:
                made.append(self.paragraph(item))
        if made and made[-1].tag == self._name("w:tbl"):
            made.append(self._make("w:p"))
        return made

    def paragraph(self, item: Revised) -> Any:
        """Return a paragraph; one that went or came has its end marked too."""
        paragraph = item.block
        if not isinstance(paragraph, FlatParagraph):
            raise TypeError("a table is written by `table`")
        pieces = item.pieces or tuple(RevisedPiece(piece, item.act) for piece in paragraph.pieces)
        counted = None
        if paragraph.heading and not item.pieces:
            counted = self.without_typed_number(paragraph)
        if counted is not None:
            pieces = tuple(RevisedPiece(piece, item.act) for piece in counted.pieces)
        element = self._make("w:p")
        properties = self._paragraph_properties(item, counted=counted is not None)
        if len(properties):
            element.append(properties)
        runs = self._paragraph_runs(pieces, item.move, item.author)
        element.extend(self._changes.with_reasons(runs))
        return element

    def _paragraph_properties(self, item: Revised, *, counted: bool) -> Any:
        paragraph, act = item.block, item.act
        if not isinstance(paragraph, FlatParagraph):
            raise TypeError("a table is written by `table`")
        properties = self._make("w:pPr")
        style = f"Heading{paragraph.heading}" if paragraph.heading else paragraph.style
        if style != "Normal":
            properties.append(self._make("w:pStyle", val=style))
        if paragraph.on_new_sheet:
            properties.append(self._make("w:pageBreakBefore"))
        if paragraph.label is not None:
            numbering = self._make("w:numPr")
            numbering.append(self._make("w:ilvl", val=str(paragraph.label.level)))
            numbering.append(self._make("w:numId", val=str(self._lists.number(paragraph.label))))
            properties.append(numbering)
        elif paragraph.heading and not counted:
            numbering = self._make("w:numPr")  # a heading that has no number of Word's own
            numbering.append(self._make("w:numId", val="0"))
            properties.append(numbering)
        if paragraph.room:
            properties.append(self._make("w:spacing", before=str(20 * paragraph.room)))
        if paragraph.indent and paragraph.label is None:
            properties.append(self._make("w:ind", left=str(INDENT * paragraph.indent)))
        if paragraph.align:
            properties.append(self._make("w:jc", val=paragraph.align))
        if act in {"ins", "del", "moveFrom", "moveTo"}:
            mark = self._make("w:rPr")
            kind = "ins" if act in {"ins", "moveTo"} else "del"
            mark.append(self._changes.mark(kind, item.author))
            properties.append(mark)
        return properties

    def _paragraph_runs(
        self, pieces: Sequence[RevisedPiece], move: str, author: Author | None
    ) -> list[Any]:
        made: list[Any] = []
        for piece in pieces:
            runs = self._runs.runs(piece.piece, deleted=piece.act == "del")
            if piece.act == "same":
                made += runs
                continue
            change = self._changes.mark(piece.act, piece.author)
            change.extend(runs)
            made.append(change)
        if move and made:
            kind = "moveFrom" if pieces[0].act == "moveFrom" else "moveTo"
            return self._changes.within_move(kind, move, made, author)
        return made

    def table(
        self,
        grid: Grid,
        act: Act = "same",
        rows: Sequence[RevisedRow] = (),
        author: Author | None = None,
    ) -> Any:
        """Return a table; its heads are repeated, its rows stay whole.

        `rows`: of one that changed within, old and new; `author`: who put it in or took it out.
        """
        room = self._runs.room or (LYING_WIDTH if grid.is_landscape else TEXT_WIDTH)
        widths = _column_widths(grid, room)
        table = self._make("w:tbl")
        properties = self._make("w:tblPr")
        properties.append(
            self._make("w:tblStyle", val="TableNormal" if grid.plain else "TableGrid")
        )
        properties.append(self._make("w:tblW", w=str(sum(widths)), type="dxa"))
        properties.append(self._make("w:tblLayout", type="fixed"))
        table.append(properties)
        columns = self._make("w:tblGrid")
        for width in widths:
            columns.append(self._make("w:gridCol", w=str(width)))
        table.append(columns)
        outside, self._runs.size = self._runs.size, min(grid.size, self._runs.size or SMALLER_THAN)
        for y, revised in enumerate(rows):
            table.append(self._revised_row(revised, widths, head=y < grid.heads))
        if not rows:
            cells = _cells_by_place(grid)
            for y in range(grid.rows):
                table.append(self._row(grid, y, cells, widths, (act, author)))
        self._runs.size = outside
        return table

    def _revised_row(self, revised: RevisedRow, widths: Sequence[int], *, head: bool) -> Any:
        row = self._row_start(revised.act, revised.author, head=head)
        for width, blocks in zip(widths, revised.cells, strict=True):
            cell, properties = self._make("w:tc"), self._make("w:tcPr")
            properties.append(self._make("w:tcW", w=str(width), type="dxa"))
            cell.append(properties)
            cell.extend(self.blocks(blocks))
            row.append(cell)
        return row

    def _row_start(self, act: Act, author: Author | None, *, head: bool) -> Any:
        row, properties = self._make("w:tr"), self._make("w:trPr")
        properties.append(self._make("w:cantSplit"))
        if head:
            properties.append(self._make("w:tblHeader"))
        if act in {"ins", "del"}:
            properties.append(self._changes.mark(act, author))
        row.append(properties)
        return row

    def _row(
        self,
        grid: Grid,
        y: int,
        cells: Mapping[tuple[int, int], FlatCell],
        widths: Sequence[int],
        done: Done,
    ) -> Any:
        row = self._row_start(*done, head=y < grid.heads)
        x = 0
        while x < grid.columns:
            cell = cells.get((x, y))
            if cell is None:
                row.append(self._cell(None, widths[x], y, done))
                x += 1
                continue
            row.append(self._cell(cell, sum(widths[x : x + cell.column_span]), y, done))
            x = cell.x + cell.column_span
        return row

    def _cell(self, cell: FlatCell | None, width: int, y: int, done: Done) -> Any:
        element = self._make("w:tc")
        properties = self._make("w:tcPr")
        properties.append(self._make("w:tcW", w=str(width), type="dxa"))
        if cell is not None and cell.column_span > 1:
            properties.append(self._make("w:gridSpan", val=str(cell.column_span)))
        if cell is not None and cell.row_span > 1:
            merge = self._make("w:vMerge")
            if y == cell.y:
                merge.set(self._name("w:val"), "restart")
            properties.append(merge)
        element.append(properties)
        if cell is None or y != cell.y:
            element.append(self._make("w:p"))
            return element
        outside, self._runs.room = self._runs.room, max(width - CELL_EDGES, 1)
        element.extend(self.blocks(self._cell_blocks(cell, done)))
        self._runs.room = outside
        return element

    def _cell_blocks(self, cell: FlatCell, done: Done) -> list[Revised]:
        act, author = done
        made = []
        for block in cell.blocks:
            shown = _bold(block) if cell.head else block
            pieces = getattr(shown, "pieces", ()) if act != "same" else ()
            signed = tuple(RevisedPiece(piece, act, author) for piece in pieces)
            made.append(Revised(shown, act, signed, author=author))
        return made


def _cells_by_place(grid: Grid) -> dict[tuple[int, int], FlatCell]:
    """Return the cell that covers each place of a grid, by column and row; the first of several."""
    cells: dict[tuple[int, int], FlatCell] = {}
    for cell in grid.cells:
        for y in range(cell.y, min(cell.y + cell.row_span, grid.rows)):
            for x in range(cell.x, min(cell.x + cell.column_span, grid.columns)):
                cells.setdefault((x, y), cell)
    return cells


def _bold(block: Block) -> Block:
    if isinstance(block, Grid):
        return block
    pieces = tuple(replace(piece, marks=piece.marks | {"b"}) for piece in block.pieces)
    return replace(block, pieces=pieces)


def _column_widths(grid: Grid, room: int) -> list[int]:
    weights = grid.widths or (1.0,) * grid.columns
    total = sum(weights)
    return [max(int(room * weight / total), 1) for weight in weights]
