"""Write blocks as the XML of Word, what went and came as tracked changes.

Every run of a row that went or came is marked besides the row: some programs keep a row's own mark
only with its words.
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Any

from qmstool.export.word.flat import Cell, Grid, Paragraph, Piece
from qmstool.export.word.revisions import Revised, RevisedPiece
from qmstool.frozen import dataclass, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from qmstool.export.word.flat import Block
    from qmstool.export.word.numbering import ListNumbers
    from qmstool.export.word.revisions import Act, RevisedRow

TEXT_WIDTH = 9300  # twentieths of a point between the edges of an upright sheet of A4
LYING_WIDTH = 14200
CELL_EDGES = 230  # what the inside edges of a cell take
INDENT = 360
# What python-docx's readers of pictures raise besides their own errors.
UNREAD = (ValueError, LookupError, ArithmeticError, AttributeError, struct.error)
_MARKS = {
    "b": ("b", {}),
    "i": ("i", {}),
    "s": ("strike", {}),
    "u": ("u", {"val": "single"}),
    "sub": ("vertAlign", {"val": "subscript"}),
    "sup": ("vertAlign", {"val": "superscript"}),
    "mark": ("highlight", {"val": "yellow"}),
    "code": ("rFonts", {"ascii": "Courier New", "hAnsi": "Courier New", "cs": "Courier New"}),
    "small": ("sz", {"val": "18"}),
}
# The order in which the schema of Word wants the properties of a run.
_ORDER = ("rFonts", "b", "i", "strike", "sz", "highlight", "u", "vertAlign")


@dataclass(frozen=True, slots=True)
class Author:
    """Who made the changes, and when: an ISO moment in UTC."""

    name: str
    moment: str


class BodyWriter:
    """Writes blocks as elements; `document` is python-docx's, for pictures."""

    def __init__(
        self,
        docx: Any,
        document: Any,
        lists: ListNumbers,
        pictures: Mapping[str, bytes],
        author: Author,
    ) -> None:
        self._element: Callable[[str], Any] = docx.oxml.OxmlElement
        self._qn: Callable[[str], str] = docx.oxml.ns.qn
        self._document = document
        self._lists = lists
        self._pictures = pictures
        raised = docx.image.exceptions
        self._unread = (
            raised.UnrecognizedImageError,
            raised.InvalidImageStreamError,
            raised.UnexpectedEndOfFileError,
            *UNREAD,
        )
        self._author = author
        self._ids = 0
        self._room = 0  # how wide a table within a cell may be, 0 outside of cells
        # Of a heading that Word numbers itself, what stands behind the number.
        self.without_typed_number: Callable[[Paragraph], Paragraph | None] = lambda _: None

    def blocks(self, blocks: Iterable[Revised]) -> list[Any]:
        """Return elements for blocks, a paragraph between two tables and behind the last."""
        made: list[Any] = []
        for item in blocks:
            if isinstance(item.block, Grid):
                if made and made[-1].tag == self._qn("w:tbl"):
                    made.append(self.make("w:p"))
                made.append(self.table(item.block, item.act, item.rows))
            else:
                made.append(self.paragraph(item))
        if made and made[-1].tag == self._qn("w:tbl"):
            made.append(self.make("w:p"))
        return made

    # --- paragraphs

    def paragraph(self, item: Revised) -> Any:
        """Return a paragraph; one that went or came has its end marked too."""
        paragraph = item.block
        if not isinstance(paragraph, Paragraph):
            raise TypeError("a table is written by `table`")
        pieces = item.pieces or tuple(RevisedPiece(piece, item.act) for piece in paragraph.pieces)
        counted = None
        if paragraph.heading and not item.pieces:
            counted = self.without_typed_number(paragraph)
        if counted is not None:
            pieces = tuple(RevisedPiece(piece, item.act) for piece in counted.pieces)
        element = self.make("w:p")
        properties = self._paragraph_properties(paragraph, item.act, counted=counted is not None)
        if len(properties):
            element.append(properties)
        runs = self._runs(pieces, item.move)
        element.extend(runs)
        return element

    def _paragraph_properties(self, paragraph: Paragraph, act: Act, *, counted: bool) -> Any:
        properties = self.make("w:pPr")
        style = f"Heading{paragraph.heading}" if paragraph.heading else paragraph.style
        if style != "Normal":
            properties.append(self.make("w:pStyle", val=style))
        if paragraph.on_new_sheet:
            properties.append(self.make("w:pageBreakBefore"))
        if paragraph.label is not None:
            numbering = self.make("w:numPr")
            numbering.append(self.make("w:ilvl", val=str(paragraph.label.level)))
            numbering.append(self.make("w:numId", val=str(self._lists.number(paragraph.label))))
            properties.append(numbering)
        elif paragraph.heading and not counted:
            numbering = self.make("w:numPr")  # a heading that has no number of Word's own
            numbering.append(self.make("w:numId", val="0"))
            properties.append(numbering)
        if paragraph.room:
            properties.append(self.make("w:spacing", before=str(20 * paragraph.room)))
        if paragraph.indent and paragraph.label is None:
            properties.append(self.make("w:ind", left=str(INDENT * paragraph.indent)))
        if paragraph.align:
            properties.append(self.make("w:jc", val=paragraph.align))
        if act in {"ins", "del", "moveFrom", "moveTo"}:
            mark = self.make("w:rPr")
            mark.append(self._change("ins" if act in {"ins", "moveTo"} else "del"))
            properties.append(mark)
        return properties

    def _runs(self, pieces: Sequence[RevisedPiece], move: str) -> list[Any]:
        made: list[Any] = []
        for piece in pieces:
            runs = self._piece_runs(piece.piece, deleted=piece.act == "del")
            if piece.act == "same":
                made += runs
                continue
            change = self._change(piece.act)
            change.extend(runs)
            made.append(change)
        if move and made:
            kind = "moveFrom" if pieces[0].act == "moveFrom" else "moveTo"
            return self._within_move(kind, move, made)
        return made

    def _within_move(self, kind: str, move: str, made: list[Any]) -> list[Any]:
        start = self._change(f"{kind}RangeStart")
        start.set(self._qn("w:name"), move)
        end = self.make(f"w:{kind}RangeEnd", id=start.get(self._qn("w:id")))
        return [start, *made, end]

    def _piece_runs(self, piece: Piece, *, deleted: bool) -> list[Any]:
        if piece.picture:
            return [self._picture(piece)]
        run = self.make("w:r")
        properties = self._run_properties(piece.marks)
        if len(properties):
            run.append(properties)
        for number, line in enumerate(piece.text.split("\n")):
            if number:
                run.append(self.make("w:br"))
            if line:
                text = self.make("w:delText" if deleted else "w:t")
                text.text = _printable(line)
                text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                run.append(text)
        return [run]

    def _run_properties(self, marks: frozenset[str]) -> Any:
        properties = self.make("w:rPr")
        named = dict(_MARKS[mark] for mark in sorted(marks) if mark in _MARKS)
        for name in _ORDER:
            if name in named:
                properties.append(self.make(f"w:{name}", **named[name]))
        return properties

    def _picture(self, piece: Piece) -> Any:
        paragraph = self._document.add_paragraph()
        run = paragraph.add_run()
        try:
            shape = run.add_picture(io.BytesIO(self._pictures[piece.picture]))
        except self._unread:  # a kind that Word does not show, or a picture cut off
            run.text = f"[{piece.alt or piece.picture}]"
        else:
            widest = TEXT_WIDTH * 635  # a twentieth of a point in English metric units
            if shape.width > widest:
                shape.height = int(shape.height * widest / shape.width)
                shape.width = widest
        paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001 - python-docx's way to its XML
        return run._r  # noqa: SLF001

    # --- tables

    def table(self, grid: Grid, act: Act = "same", rows: Sequence[RevisedRow] = ()) -> Any:
        """Return a table; its heads are repeated, its rows stay whole.

        `rows`: of one that changed within, old and new.
        """
        room = self._room or (LYING_WIDTH if grid.is_landscape else TEXT_WIDTH)
        widths = _column_widths(grid, room)
        table = self.make("w:tbl")
        properties = self.make("w:tblPr")
        properties.append(self.make("w:tblStyle", val="TableNormal" if grid.plain else "TableGrid"))
        properties.append(self.make("w:tblW", w=str(sum(widths)), type="dxa"))
        properties.append(self.make("w:tblLayout", type="fixed"))
        table.append(properties)
        columns = self.make("w:tblGrid")
        for width in widths:
            columns.append(self.make("w:gridCol", w=str(width)))
        table.append(columns)
        if rows:
            for y, revised in enumerate(rows):
                table.append(self._revised_row(revised, widths, head=y < grid.heads))
            return table
        for y in range(grid.rows):
            table.append(self._row(grid, y, widths, act))
        return table

    def _revised_row(self, revised: RevisedRow, widths: Sequence[int], *, head: bool) -> Any:
        row = self._row_start(revised.act, head=head)
        for width, blocks in zip(widths, revised.cells, strict=True):
            cell, properties = self.make("w:tc"), self.make("w:tcPr")
            properties.append(self.make("w:tcW", w=str(width), type="dxa"))
            cell.append(properties)
            cell.extend(self.blocks(blocks))
            row.append(cell)
        return row

    def _row_start(self, act: Act, *, head: bool) -> Any:
        row, properties = self.make("w:tr"), self.make("w:trPr")
        properties.append(self.make("w:cantSplit"))
        if head:
            properties.append(self.make("w:tblHeader"))
        if act in {"ins", "del"}:
            properties.append(self._change(act))
        row.append(properties)
        return row

    def _row(self, grid: Grid, y: int, widths: Sequence[int], act: Act) -> Any:
        row = self._row_start(act, head=y < grid.heads)
        x = 0
        while x < grid.columns:
            cell = next((cell for cell in grid.cells if _covers(cell, x, y)), None)
            if cell is None:
                row.append(self._cell(None, widths[x], y, act))
                x += 1
                continue
            row.append(self._cell(cell, sum(widths[x : x + cell.column_span]), y, act))
            x = cell.x + cell.column_span
        return row

    def _cell(self, cell: Cell | None, width: int, y: int, act: Act) -> Any:
        element = self.make("w:tc")
        properties = self.make("w:tcPr")
        properties.append(self.make("w:tcW", w=str(width), type="dxa"))
        if cell is not None and cell.column_span > 1:
            properties.append(self.make("w:gridSpan", val=str(cell.column_span)))
        if cell is not None and cell.row_span > 1:
            merge = self.make("w:vMerge")
            if y == cell.y:
                merge.set(self._qn("w:val"), "restart")
            properties.append(merge)
        element.append(properties)
        if cell is None or y != cell.y:
            element.append(self.make("w:p"))
            return element
        outside, self._room = self._room, max(width - CELL_EDGES, 1)
        element.extend(self.blocks(self._cell_blocks(cell, act)))
        self._room = outside
        return element

    def _cell_blocks(self, cell: Cell, act: Act) -> list[Revised]:
        return [Revised(_bold(block) if cell.head else block, act) for block in cell.blocks]

    # --- elements

    def _change(self, kind: str) -> Any:
        self._ids += 1
        author, moment = self._author.name, self._author.moment
        return self.make(f"w:{kind}", id=str(self._ids), author=author, date=moment)

    def make(self, tag: str, **attributes: str) -> Any:
        """Return an element; attributes are of Word's namespace."""
        element = self._element(tag)
        for name, value in attributes.items():
            element.set(self._qn(f"w:{name}"), value)
        return element


def _covers(cell: Cell, x: int, y: int) -> bool:
    return cell.x <= x < cell.x + cell.column_span and cell.y <= y < cell.y + cell.row_span


def _bold(block: Block) -> Block:
    if isinstance(block, Grid):
        return block
    pieces = tuple(replace(piece, marks=piece.marks | {"b"}) for piece in block.pieces)
    return Paragraph(pieces, block.style, block.heading, block.label, block.indent)


def _column_widths(grid: Grid, room: int) -> list[int]:
    weights = grid.widths or (1.0,) * grid.columns
    total = sum(weights)
    return [max(int(room * weight / total), 1) for weight in weights]


def _printable(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return "".join(
        letter if letter >= " " or letter == "\t" else "\ufffd"
        for letter in text.encode("utf-8", "replace").decode("utf-8")
        if letter not in "\ufffe\uffff"
    )
