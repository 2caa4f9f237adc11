"""Write pieces of text as runs of Word's XML: words with their looks, pictures that fit."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Any

from qmstool.export.word.pictures import as_png, is_drawn
from qmstool.export.word.xml import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.export.word.flat import StyledText
    from qmstool.export.word.xml import Elements

TEXT_WIDTH = 9300  # twentieths of a point between the edges of an upright sheet of A4
TEXT_HEIGHT = 12500  # the most that a picture takes of the height of an upright sheet of A4
METRIC_UNITS = 635  # English metric units in a twentieth of a point
SMALLER_THAN = 10.0  # points; tables with such letters or larger have those of the text
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


class RunWriter:
    """Writes the runs of one document.

    `document`: python-docx's, for pictures; `pictures`: their bytes, by name.
    """

    def __init__(
        self, docx: Any, document: Any, elements: Elements, pictures: Mapping[str, bytes]
    ) -> None:
        self._make = elements.make
        self._text = elements.text
        self._document = document
        self._pictures = pictures
        raised = docx.image.exceptions
        self._unread = (
            raised.UnrecognizedImageError,
            raised.InvalidImageStreamError,
            raised.UnexpectedEndOfFileError,
            *UNREAD,
        )
        self.room = 0  # how wide a table within a cell may be, 0 outside of cells
        self.size = 0.0  # of the letters of a table that needs smaller ones, in points, else 0

    def runs(self, piece: StyledText, *, deleted: bool) -> list[Any]:
        """Return the runs of a piece of text, or of the picture that it is."""
        if piece.picture:
            return [self._picture(piece)]
        run = self._make("w:r")
        properties = self._run_properties(piece.marks)
        if len(properties):
            run.append(properties)
        for number, line in enumerate(piece.text.split("\n")):
            if number:
                run.append(self._make("w:br"))
            if line:
                run.append(self._text("w:delText" if deleted else "w:t", line))
        return [run]

    def _run_properties(self, marks: frozenset[str]) -> Any:
        properties = self._make("w:rPr")
        named: dict[str, dict[str, str]] = {}
        if 0 < self.size < SMALLER_THAN:
            named["sz"] = {"val": str(round(2 * self.size))}  # half points
        named |= dict(_MARKS[mark] for mark in sorted(marks) if mark in _MARKS)
        for name in _ORDER:
            if name in named:
                properties.append(self._make(f"w:{name}", **named[name]))
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
            run.text = printable(f"[{piece.alt or piece.picture}]")
        else:
            self._fit(shape)
            inline = shape._inline  # noqa: SLF001 - python-docx's way to its XML
            # What programs read to whoever cannot see it.
            inline.docPr.set("descr", printable(piece.alt))
            for side in "TBLR":  # LibreOffice puts 3 mm beside it where nothing is said
                inline.set(f"dist{side}", "0")
        paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001 - python-docx's way to its XML
        return run._r  # noqa: SLF001

    def _fit(self, shape: Any) -> None:
        """Make a picture no wider than its cell or the sheet, and no higher than the sheet."""
        room = (self.room or TEXT_WIDTH) * METRIC_UNITS, TEXT_HEIGHT * METRIC_UNITS
        scale = min(1, room[0] / max(shape.width, 1), room[1] / max(shape.height, 1))
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
