"""Write what stands around a text in Word: head, foot, title, contents, styles, properties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmstool.export.word.flat import FlatCell, FlatParagraph, Flattener, Grid, StyledText
from qmstool.export.word.revisions import Revised, revise_pieces

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from qmstool.export.sheets import Paper
    from qmstool.export.word.revisions import RevisedPiece
    from qmstool.export.word.writer import BodyWriter
    from qmstool.releases.exported import ExportedText

FONT = "Times New Roman"
HEAD_STYLE = "QmsHead"
HEAD_WIDTHS = (2500, 4000, 2800)  # twentieths of a point
LYING_HEAD_WIDTHS = (3900, 6200, 4100)
TWIPS = 635  # English metric units in a twentieth of a point
LETTER_SIZE = 12
HEADING_SIZES = (16, 14, 13, 12, 12, 12)
LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}


class Frame:
    """Writes the frame of one document around the text that a `BodyWriter` writes."""

    def __init__(
        self,
        docx: Any,
        document: Any,
        paper: Paper,
        writer: BodyWriter,
        *,
        keep_head: bool,
        named: ExportedText | None = None,
    ) -> None:
        self._docx = docx
        self._document = document
        self._paper = paper
        self._sheet = paper.data["sheets"][0]
        self._writer = writer
        self._keep_head = keep_head
        self._named = named
        self._make = writer.make

    def write(self, revised: Sequence[Revised], old: Paper | None) -> None:
        """Write the whole document."""
        if not self._keep_head:
            self._set_styles()
            self._set_sheet(self._document.sections[0], lying=False)
        self._add_styles()
        official = self._sheet.get("official", False)
        body = self._document.element.body
        last = body[-1] if len(body) and body[-1].tag.endswith("}sectPr") else None
        before = [] if official else [*self._front(old), *self._contents(revised)]
        for element in before:
            self._append(element, last)
        self._text(revised, last)
        if not self._keep_head and not official:
            self._heads(old)
            self._foot()

    def _append(self, element: Any, last: Any) -> None:
        if last is None:
            self._document.element.body.append(element)
        else:
            last.addprevious(element)

    # --- what stands before the text

    def _front(self, old: Paper | None) -> list[Any]:
        front = self._sheet["front"]
        old_front = old.data["sheets"][0]["front"] if old else front
        title = self._revised_line(old_front["title"], front["title"])
        made = [self._writer.paragraph(Revised(FlatParagraph((), "Title"), "same", title))]
        if self._named is not None:
            made[0].append(self._make("w:bookmarkStart", id="0", name=self._named.bookmark()))
            made[0].append(self._make("w:bookmarkEnd", id="0"))
        before = dict(old_front["facts"])
        for name, value in front["facts"]:
            pieces = self._revised_line(before.get(name, value), value, bold=True)
            label = revise_pieces((StyledText(f"{name}: "),), (StyledText(f"{name}: "),))
            made.append(
                self._writer.paragraph(Revised(FlatParagraph(()), "same", (*label, *pieces)))
            )
        if front["people"]:
            made += self._writer.blocks([Revised(_people(front["people"]), "same")])
        if front["changes"] is not None:
            words = self._paper.data["words"]["changes"]
            over = FlatParagraph((StyledText(words, frozenset({"b"})),))
            (table,) = Flattener().blocks([front["changes"]])
            made += self._writer.blocks([Revised(over, "same"), Revised(table, "same")])
        return made

    def _revised_line(
        self, old: Sequence[str], new: Sequence[str], *, bold: bool = False
    ) -> tuple[RevisedPiece, ...]:
        marks = frozenset({"b"}) if bold else frozenset()
        before = [StyledText(part, marks) for part in old]
        return revise_pieces(before, [StyledText(part, marks) for part in new])

    def _contents(self, revised: Sequence[Revised]) -> list[Any]:
        """Return the field that lists the headings; Word fills in the numbers of pages."""
        headings = [
            item.block
            for item in revised
            if isinstance(item.block, FlatParagraph) and item.block.heading and item.act != "del"
        ]
        if not self._sheet["front"]["contents"] or not headings:
            return []
        words = self._paper.data["words"]["contents"]
        heading_words = FlatParagraph((StyledText(words, frozenset({"b"})),))
        made = [self._writer.paragraph(Revised(heading_words, "same"))]
        for number, heading in enumerate(headings):
            paragraph = self._make("w:p")
            if number == 0:
                paragraph.extend(self._field_start(' TOC \\o "1-3" \\h \\z ', dirty=True))
            paragraph.append(self._run(heading.text))
            if number == len(headings) - 1:
                paragraph.append(self._field_char("end"))
            made.append(paragraph)
        return made

    # --- the text, in sections that stand and that lie

    def _text(self, revised: Sequence[Revised], last: Any) -> None:
        lying = False
        run: list[Revised] = []
        for item in revised:
            lies = isinstance(item.block, Grid) and item.block.is_landscape
            if lies != lying:
                moved: list[Revised] = []
                while lies and len(run) > 1 and _is_heading(run[-1]):
                    moved.insert(0, run.pop())  # a heading goes with its table
                self._write_run(run, last)
                self._end_section(last, lying=lying)
                lying, run = lies, moved
            run.append(item)
        self._write_run(run, last)
        if lying and not self._keep_head:
            self._set_sheet(self._document.sections[-1], lying=True)

    def _write_run(self, run: Sequence[Revised], last: Any) -> None:
        for element in self._writer.blocks(run):
            self._append(element, last)

    def _end_section(self, last: Any, *, lying: bool) -> None:
        """End a section here; its sheets stand or lie, heads and feet go on."""
        paragraph, properties = self._make("w:p"), self._make("w:pPr")
        section = self._make("w:sectPr")
        width, height = ("16838", "11906") if lying else ("11906", "16838")
        size = self._make("w:pgSz", w=width, h=height)
        if lying:
            size.set(self._docx.oxml.ns.qn("w:orient"), "landscape")
        section.append(size)
        margins = {"top": "1700", "right": "1020", "bottom": "1134", "left": "1420"}
        edges = {"header": "567", "footer": "567", "gutter": "0"}
        section.append(self._make("w:pgMar", **margins, **edges))
        properties.append(section)
        paragraph.append(properties)
        self._append(paragraph, last)

    def _set_sheet(self, section: Any, *, lying: bool) -> None:
        orient = self._docx.enum.section.WD_ORIENT
        width, height = (16838, 11906) if lying else (11906, 16838)
        section.orientation = orient.LANDSCAPE if lying else orient.PORTRAIT
        section.page_width, section.page_height = width * TWIPS, height * TWIPS
        section.left_margin, section.right_margin = 1420 * TWIPS, 1020 * TWIPS
        section.top_margin, section.bottom_margin = 1700 * TWIPS, 1134 * TWIPS
        section.header_distance = section.footer_distance = 567 * TWIPS

    # --- running head and foot

    def _heads(self, old: Paper | None) -> None:
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
        pieces = self._revised_line(old, new, bold=bold)
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

    def _foot(self) -> None:
        footer = self._document.sections[0].footer
        parts = ["".join(part) for part in self._sheet["foot"]]
        paragraph = footer.paragraphs[0]
        paragraph.text = "   ·   ".join(part for part in parts if part)
        paragraph.style = HEAD_STYLE

    def _page_numbers(self) -> Any:
        paragraph = self._writer.paragraph(Revised(FlatParagraph((), HEAD_STYLE), "same"))
        paragraph.append(self._run(f"{self._paper.data['words']['page']} "))
        paragraph.extend(self._field(" PAGE ", "1"))
        paragraph.append(self._run("/"))
        paragraph.extend(self._field(" NUMPAGES ", "1"))
        return paragraph

    def _field(self, instruction: str, shown: str) -> list[Any]:
        return [*self._field_start(instruction), self._run(shown), self._field_char("end")]

    def _field_start(self, instruction: str, *, dirty: bool = False) -> list[Any]:
        begin = self._field_char("begin")
        if dirty:
            begin[0].set(self._docx.oxml.ns.qn("w:dirty"), "true")
        code = self._make("w:r")
        text = self._make("w:instrText")
        text.text = instruction
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        code.append(text)
        return [begin, code, self._field_char("separate")]

    def _field_char(self, kind: str) -> Any:
        run = self._make("w:r")
        run.append(self._make("w:fldChar", fldCharType=kind))
        return run

    def _run(self, words: str) -> Any:
        run, text = self._make("w:r"), self._make("w:t")
        text.text = words
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(text)
        return run

    # --- styles, lists, properties

    def _set_styles(self) -> None:
        styles = self._document.styles
        language = LANGUAGES.get(self._paper.data["language"], self._paper.data["language"])
        normal = styles["Normal"]
        _set_font(normal, FONT, LETTER_SIZE, self._docx)
        properties = normal.element.get_or_add_rPr()
        properties.append(self._make("w:lang", val=language, eastAsia=language))
        for level, size in enumerate(HEADING_SIZES, 1):
            _set_font(styles[f"Heading {level}"], FONT, size, self._docx)
        _set_font(styles["Title"], FONT, 20, self._docx)
        normal.paragraph_format.space_after = self._docx.shared.Pt(4)
        normal.paragraph_format.line_spacing = 1.1

    def _add_styles(self) -> None:
        """Add the styles that a text needs and a template may lack."""
        styles = self._document.styles
        kind = self._docx.enum.style.WD_STYLE_TYPE
        names = {style.name for style in styles}
        for level in range(1, 7):
            if f"Heading {level}" not in names:
                styles.add_style(f"Heading {level}", kind.PARAGRAPH)
        for name in ("Title", "Quote", "QmsCode", "QmsNote", HEAD_STYLE):
            if name not in names:
                style = styles.add_style(name, kind.PARAGRAPH)
                style.base_style = styles["Normal"] if "Normal" in names else None
        if "Table Grid" not in names:
            styles.add_style("Table Grid", kind.TABLE)
        styles["QmsCode"].font.name = "Courier New"
        styles[HEAD_STYLE].font.size = self._docx.shared.Pt(9)
        styles[HEAD_STYLE].paragraph_format.space_after = 0

    def set_properties(self, moment: datetime) -> None:
        """Name the document in its properties; they outlast other programs' saving."""
        properties = self._document.core_properties
        facts = ["".join(fact) for fact in self._sheet.get("head", ())]
        properties.title = self._paper.data["title"]
        properties.author = self._paper.data["organization"]
        properties.identifier = self._sheet.get("code", "")
        properties.subject = "; ".join(facts)
        properties.comments = "".join(self._sheet.get("foot", [""])[0])
        properties.language = LANGUAGES.get(
            self._paper.data["language"], self._paper.data["language"]
        )
        properties.keywords = self._named.keywords() if self._named is not None else ""
        properties.created = properties.modified = moment.replace(tzinfo=None)
        properties.last_modified_by = ""
        properties.revision = 1


def _people(people: Sequence[dict[str, Any]]) -> Grid:
    cells = []
    for x, person in enumerate(people):
        label = FlatParagraph((StyledText(person["label"], frozenset({"b"})),))
        name = FlatParagraph(tuple(StyledText(part) for part in person["name"]))
        cells.append(FlatCell(x, 0, 1, 1, head=True, align="center", blocks=(label,)))
        cells.append(FlatCell(x, 1, 1, 1, head=False, align="center", blocks=(name,)))
    return Grid(len(people), 2, 0, tuple(cells))


def _in_pairs(old: Sequence[Any], new: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Return each new line with the old one in its place, itself where there is none."""
    return [(old[index] if index < len(old) else line, line) for index, line in enumerate(new)]


def _is_heading(item: Revised) -> bool:
    return isinstance(item.block, FlatParagraph) and item.block.heading > 0


def _set_font(style: Any, name: str, size: int, docx: Any) -> None:
    style.font.name = name
    style.font.size = docx.shared.Pt(size)
    style.font.color.rgb = docx.shared.RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(docx.oxml.ns.qn(f"w:{script}"), None)
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(docx.oxml.ns.qn(script), name)
