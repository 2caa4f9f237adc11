"""Write a document for Word: title, contents, text on sheets that stand and lie, properties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmstool.export.word.flat import FlatCell, FlatParagraph, Flattener, Grid, StyledText
from qmstool.export.word.revisions import Revised, revise_line, revise_pieces
from qmstool.export.word.running_head import RunningHead
from qmstool.export.word.styles import add_styles, set_styles, word_language
from qmstool.export.word.xml import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from qmstool.export.sheets import Paper
    from qmstool.export.word.writer import BodyWriter
    from qmstool.releases.exported import ExportedText

TWIPS = 635  # English metric units in a twentieth of a point
PROPERTY = 255  # letters that a property of a file holds


class Frame:
    """Writes one document around the blocks that a `BodyWriter` writes."""

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
        self._language = word_language(paper.data["language"])
        self._elements = writer.elements
        self._make = writer.elements.make

    def write(self, revised: Sequence[Revised], old: Paper | None) -> None:
        """Write the whole document."""
        if not self._keep_head:
            set_styles(self._docx, self._document, self._elements, self._language)
            self._set_sheet(self._document.sections[0], lying=False)
        add_styles(self._docx, self._document)
        official = self._sheet.get("official", False)
        body = self._document.element.body
        last = body[-1] if len(body) and body[-1].tag.endswith("}sectPr") else None
        before = [] if official else [*self._front(old), *self._contents(revised)]
        for element in before:
            self._append(element, last)
        self._text(revised, last)
        if not self._keep_head and not official:
            head = RunningHead(self._docx, self._document, self._paper, self._writer)
            head.write(old)

    def _append(self, element: Any, last: Any) -> None:
        if last is None:
            self._document.element.body.append(element)
        else:
            last.addprevious(element)

    def _front(self, old: Paper | None) -> list[Any]:
        front = self._sheet["front"]
        old_front = old.data["sheets"][0]["front"] if old else front
        title = revise_line(old_front["title"], front["title"])
        made = [self._writer.paragraph(Revised(FlatParagraph((), "Title"), "same", title))]
        if self._named is not None:
            made[0].append(self._make("w:bookmarkStart", id="0", name=self._named.bookmark()))
            made[0].append(self._make("w:bookmarkEnd", id="0"))
        before = dict(old_front["facts"])
        for name, value in front["facts"]:
            pieces = revise_line(before.get(name, value), value, bold=True)
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
                paragraph.extend(self._elements.field_start(' TOC \\o "1-3" \\h \\z ', dirty=True))
            paragraph.append(self._elements.run(heading.text))
            if number == len(headings) - 1:
                paragraph.append(self._elements.field_end())
            made.append(paragraph)
        return made

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
            size.set(self._elements.name("w:orient"), "landscape")
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

    def set_properties(self, moment: datetime) -> None:
        """Name the document in its properties; they outlast other programs' saving."""
        properties = self._document.core_properties
        facts = ["".join(fact) for fact in self._sheet.get("head", ())]
        properties.title = _held(self._paper.data["title"])
        properties.author = _held(self._paper.data["organization"])
        properties.identifier = _held(self._sheet.get("code", ""))
        properties.subject = _held("; ".join(facts))
        properties.comments = _held("".join(self._sheet.get("foot", [""])[0]))
        properties.language = self._language
        properties.keywords = printable(self._named.keywords()) if self._named is not None else ""
        properties.created = properties.modified = moment.replace(tzinfo=None)
        properties.last_modified_by = ""
        properties.revision = 1


def _held(text: str) -> str:
    """Return as much of a text as a property of a Word file holds; the page has all of it."""
    text = printable(text)
    return text if len(text) <= PROPERTY else f"{text[: PROPERTY - 1]}…"


def _people(people: Sequence[dict[str, Any]]) -> Grid:
    cells = []
    for x, person in enumerate(people):
        words = (StyledText(person["label"], frozenset({"b"})),)
        label = FlatParagraph(words, align="center")
        name = FlatParagraph(tuple(StyledText(part) for part in person["name"]), align="center")
        cells.append(FlatCell(x, 0, 1, 1, head=True, blocks=(label,)))
        cells.append(FlatCell(x, 1, 1, 1, head=False, blocks=(name,)))
    return Grid(len(people), 2, 0, tuple(cells))


def _is_heading(item: Revised) -> bool:
    return isinstance(item.block, FlatParagraph) and item.block.heading > 0
