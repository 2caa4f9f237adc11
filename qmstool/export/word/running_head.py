"""Write the running head and foot of a Word file: on sheets that stand, wider on those that lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmstool.export.word.flat import FlatParagraph
from qmstool.export.word.revisions import Revised, revise_line
from qmstool.export.word.styles import HEAD_STYLE
from qmstool.export.word.xml import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.export.sheets import Paper
    from qmstool.export.word.writer import BodyWriter

HEAD_WIDTHS = (2500, 4000, 2800)  # twentieths of a point
LYING_HEAD_WIDTHS = (3900, 6200, 4100)


class RunningHead:
    """Writes the heads and the foot of one document."""

    def __init__(self, docx: Any, document: Any, paper: Paper, writer: BodyWriter) -> None:
        self._docx = docx
        self._document = document
        self._paper = paper
        self._sheet = paper.data["sheets"][0]
        self._writer = writer
        self._elements = writer.elements
        self._make = writer.elements.make

    def write(self, old: Paper | None) -> None:
        """Write them; what differs from another version is tracked."""
        self._write_heads(old)
        self._write_foot()

    def _write_heads(self, old: Paper | None) -> None:
        """Write the running head of sheets that stand, and the wider one of those that lie."""
        kind = self._docx.enum.section.WD_HEADER_FOOTER.PRIMARY
        known: dict[bool, str] = {}
        last: bool | None = None
        for section in self._document.sections:
            lies = int(section.page_width or 0) > int(section.page_height or 0)
            properties = section._sectPr  # noqa: SLF001 - python-docx's way to its XML
            if lies != last and lies in known:
                properties.add_headerReference(kind, known[lies])
            elif lies != last:
                section.header.is_linked_to_previous = False
                self._head(section.header, LYING_HEAD_WIDTHS if lies else HEAD_WIDTHS, old)
                known[lies] = properties.get_headerReference(kind).rId
            last = lies

    def _head(self, header: Any, widths: Sequence[int], old: Paper | None) -> None:
        """Write a running head: organization, title, code and numbers, page of pages."""
        element = header._element  # noqa: SLF001 - python-docx's way to its XML
        for child in list(element):
            element.remove(child)
        old_sheet = old.data["sheets"][0] if old else self._sheet
        organization = self._line(self._sheet["organization"], self._sheet["organization"])
        title = self._line(old_sheet["title"], self._sheet["title"], bold=True)
        facts = [
            self._line(before, after)
            for before, after in _in_pairs(old_sheet["head"], self._sheet["head"])
        ]
        cells = ([organization], [title], [*facts, self._page_numbers()])
        element.append(self._head_table(widths, cells))
        element.append(self._make("w:p"))

    def _line(self, old: Sequence[str], new: Sequence[str], *, bold: bool = False) -> Any:
        pieces = revise_line(old, new, bold=bold)
        return self._writer.paragraph(Revised(FlatParagraph((), HEAD_STYLE), "same", pieces))

    def _head_table(self, widths: Sequence[int], cells: Sequence[Sequence[Any]]) -> Any:
        table, properties = self._make("w:tbl"), self._make("w:tblPr")
        properties.append(self._make("w:tblStyle", val="TableGrid"))
        properties.append(self._make("w:tblW", w=str(sum(widths)), type="dxa"))
        properties.append(self._make("w:tblLayout", type="fixed"))
        columns, row = self._make("w:tblGrid"), self._make("w:tr")
        for width, content in zip(widths, cells, strict=True):
            columns.append(self._make("w:gridCol", w=str(width)))
            cell, cell_properties = self._make("w:tc"), self._make("w:tcPr")
            cell_properties.append(self._make("w:tcW", w=str(width), type="dxa"))
            cell.append(cell_properties)
            cell.extend(content)
            row.append(cell)
        table.extend([properties, columns, row])
        return table

    def _write_foot(self) -> None:
        footer = self._document.sections[0].footer
        parts = ["".join(part) for part in self._sheet["foot"]]
        paragraph = footer.paragraphs[0]
        paragraph.text = printable("   ·   ".join(part for part in parts if part))
        paragraph.style = HEAD_STYLE

    def _page_numbers(self) -> Any:
        paragraph = self._writer.paragraph(Revised(FlatParagraph((), HEAD_STYLE), "same"))
        paragraph.append(self._elements.run(f"{self._paper.data['words']['page']} "))
        paragraph.extend(self._elements.field(" PAGE ", "1"))
        paragraph.append(self._elements.run("/"))
        paragraph.extend(self._elements.field(" NUMPAGES ", "1"))
        return paragraph


def _in_pairs(old: Sequence[Any], new: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Return each new line with the old one in its place, itself where there is none."""
    return [(old[index] if index < len(old) else line, line) for index, line in enumerate(new)]
