"""Write blocks as the XML of Word, what went and came as tracked changes.

Every run of a row that went or came is marked besides the row: some programs keep a row's own mark
only with its words.
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Any

from qmstool.export.word.flat import FlatCell, FlatParagraph, Grid, StyledText
from qmstool.export.word.pictures import as_png, is_drawn
from qmstool.export.word.revisions import Author, Revised, RevisedPiece
from qmstool.frozen import replace

if TYPE_CHECKING:
    Done = tuple["Act", Author | None]  # what became of something, and who did it

    from collections.abc import Callable, Iterable, Mapping, Sequence

    from qmstool.export.word.flat import Block
    from qmstool.export.word.numbering import ListNumbers
    from qmstool.export.word.revisions import Act, RevisedRow

COMMENT_SIGN = "qmstool"  # initials of the comments that give reasons
TEXT_WIDTH = 9300  # twentieths of a point between the edges of an upright sheet of A4
LYING_WIDTH = 14200
TEXT_HEIGHT = 12500  # the most that a picture takes of the height of an upright sheet of A4
METRIC_UNITS = 635  # English metric units in a twentieth of a point
SMALLER_THAN = 10.0  # points; tables with such letters or larger have those of the text
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
        self._by: dict[Any, Author] = {}  # who made each change that was written
        self._told: set[Author] = set()  # whose reason stands at the paragraph before
        self._room = 0  # how wide a table within a cell may be, 0 outside of cells
        self._size = 0.0  # of the letters of a table that needs smaller ones, in points, else 0
        # Of a heading that Word numbers itself, what stands behind the number.
        self.without_typed_number: Callable[[FlatParagraph], FlatParagraph | None] = lambda _: None

    def blocks(self, blocks: Iterable[Revised]) -> list[Any]:
        """Return elements for blocks, a paragraph between two tables and behind the last."""
        made: list[Any] = []
        for item in blocks:
            if isinstance(item.block, Grid):
                if made and made[-1].tag == self._qn("w:tbl"):
                    made.append(self.make("w:p"))
                made.append(self.table(item.block, item.act, item.rows, item.author))
            else:
                made.append(self.paragraph(item))
        if made and made[-1].tag == self._qn("w:tbl"):
            made.append(self.make("w:p"))
        return made

    # --- paragraphs

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
        element = self.make("w:p")
        properties = self._paragraph_properties(item, counted=counted is not None)
        if len(properties):
            element.append(properties)
        runs = self._runs(pieces, item.move, item.author)
        element.extend(self._with_reasons(runs))
        return element

    def _paragraph_properties(self, item: Revised, *, counted: bool) -> Any:
        paragraph, act = item.block, item.act
        if not isinstance(paragraph, FlatParagraph):
            raise TypeError("a table is written by `table`")
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
            kind = "ins" if act in {"ins", "moveTo"} else "del"
            mark.append(self._change(kind, item.author))
            properties.append(mark)
        return properties

    def _runs(self, pieces: Sequence[RevisedPiece], move: str, author: Author | None) -> list[Any]:
        made: list[Any] = []
        for piece in pieces:
            runs = self._piece_runs(piece.piece, deleted=piece.act == "del")
            if piece.act == "same":
                made += runs
                continue
            change = self._change(piece.act, piece.author)
            change.extend(runs)
            made.append(change)
        if move and made:
            kind = "moveFrom" if pieces[0].act == "moveFrom" else "moveTo"
            return self._within_move(kind, move, made, author)
        return made

    def _within_move(
        self, kind: str, move: str, made: list[Any], author: Author | None
    ) -> list[Any]:
        start = self._change(f"{kind}RangeStart", author)
        start.set(self._qn("w:name"), move)
        end = self.make(f"w:{kind}RangeEnd", id=start.get(self._qn("w:id")))
        return [start, *made, end]

    def _piece_runs(self, piece: StyledText, *, deleted: bool) -> list[Any]:
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
        named: dict[str, dict[str, str]] = {}
        if 0 < self._size < SMALLER_THAN:
            named["sz"] = {"val": str(round(2 * self._size))}  # half points
        named |= dict(_MARKS[mark] for mark in sorted(marks) if mark in _MARKS)
        for name in _ORDER:
            if name in named:
                properties.append(self.make(f"w:{name}", **named[name]))
        return properties

    def _picture(self, piece: StyledText) -> Any:
        paragraph = self._document.add_paragraph()
        run = paragraph.add_run()
        picture = self._pictures[piece.picture]
        if is_drawn(piece.picture):
            picture = as_png(piece.picture, picture)
        try:
            shape = run.add_picture(io.BytesIO(picture))
        except self._unread:  # a kind that Word does not show, or a picture cut off
            run.text = f"[{piece.alt or piece.picture}]"
        else:
            self._fit(shape)
            inline = shape._inline  # noqa: SLF001 - python-docx's way to its XML
            # What programs read to whoever cannot see it.
            inline.docPr.set("descr", _printable(piece.alt))
            for side in "TBLR":  # LibreOffice puts 3 mm beside it where nothing is said
                inline.set(f"dist{side}", "0")
        paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001 - python-docx's way to its XML
        return run._r  # noqa: SLF001

    def _fit(self, shape: Any) -> None:
        """Make a picture no wider than its cell or the sheet, and no higher than the sheet."""
        room = (self._room or TEXT_WIDTH) * METRIC_UNITS, TEXT_HEIGHT * METRIC_UNITS
        scale = min(1, room[0] / max(shape.width, 1), room[1] / max(shape.height, 1))
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)

    # --- tables

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
        outside, self._size = self._size, min(grid.size, self._size or SMALLER_THAN)
        for y, revised in enumerate(rows):
            table.append(self._revised_row(revised, widths, head=y < grid.heads))
        if not rows:
            cells = _cells_by_place(grid)
            for y in range(grid.rows):
                table.append(self._row(grid, y, cells, widths, (act, author)))
        self._size = outside
        return table

    def _revised_row(self, revised: RevisedRow, widths: Sequence[int], *, head: bool) -> Any:
        row = self._row_start(revised.act, revised.author, head=head)
        for width, blocks in zip(widths, revised.cells, strict=True):
            cell, properties = self.make("w:tc"), self.make("w:tcPr")
            properties.append(self.make("w:tcW", w=str(width), type="dxa"))
            cell.append(properties)
            cell.extend(self.blocks(blocks))
            row.append(cell)
        return row

    def _row_start(self, act: Act, author: Author | None, *, head: bool) -> Any:
        row, properties = self.make("w:tr"), self.make("w:trPr")
        properties.append(self.make("w:cantSplit"))
        if head:
            properties.append(self.make("w:tblHeader"))
        if act in {"ins", "del"}:
            properties.append(self._change(act, author))
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
        element.extend(self.blocks(self._cell_blocks(cell, done)))
        self._room = outside
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

    # --- elements

    def _change(self, kind: str, author: Author | None) -> Any:
        self._ids += 1
        by = author or self._author
        element = self.make(f"w:{kind}", id=str(self._ids), author=by.name, date=by.moment)
        self._by[element] = by
        return element

    def _with_reasons(self, runs: list[Any]) -> list[Any]:
        """Return runs with a comment on the first change of each author that gave a reason.

        Paragraphs that follow one another with changes of one author have one comment.
        """
        made: list[Any] = []
        told: set[Author] = set()
        for run in runs:
            by = self._by.get(run)
            if by is None or not by.reason or by in self._told or by in told:
                made.append(run)
            else:
                made += self._commented(run, by)
            if by is not None:
                told.add(by)
        self._told = told
        return made

    def _commented(self, run: Any, by: Author) -> list[Any]:
        comment = self._document.comments.add_comment(by.reason, by.name, COMMENT_SIGN)
        element = comment._comment_elm  # noqa: SLF001 - python-docx's way to its XML
        element.set(self._qn("w:date"), by.moment)
        number = element.get(self._qn("w:id"))
        reference = self.make("w:r")
        reference.append(self.make("w:commentReference", id=number))
        start = self.make("w:commentRangeStart", id=number)
        return [start, run, self.make("w:commentRangeEnd", id=number), reference]

    def make(self, tag: str, **attributes: str) -> Any:
        """Return an element; attributes are of Word's namespace."""
        element = self._element(tag)
        for name, value in attributes.items():
            element.set(self._qn(f"w:{name}"), value)
        return element


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
    return FlatParagraph(pieces, block.style, block.heading, block.label, block.indent)


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
