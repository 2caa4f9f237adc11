"""Read a Word file whole: its text as blocks, and everything else it holds set apart.

What goes in: the bytes of a .docx or .docm, and what to do with tracked changes. What comes out: a
`Source`. Macros, embedded files and links are never followed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.i18n import QmsError, Text
from qmstool.importing.blocks import Doubt, LeftOut, Source, SourceParagraph
from qmstool.importing.files.pictures import suffix_of
from qmstool.importing.recognized import compiled
from qmstool.importing.word.changes import has_changes, resolve_changes, words_of
from qmstool.importing.word.drawings import WORD_ART, find_figures, name_pictures
from qmstool.importing.word.drawn_words import part_words, word_art
from qmstool.importing.word.figure_pages import figure_file
from qmstool.importing.word.fonts import Fonts
from qmstool.importing.word.numbering import Numbering
from qmstool.importing.word.package import Package
from qmstool.importing.word.raw_words import raw_words
from qmstool.importing.word.runs import BARE_LINE, DRAWING, RunReader
from qmstool.importing.word.styles import BODY_LEVEL, Styles
from qmstool.importing.word.tables import MOST_COLUMNS, read_table
from qmstool.importing.word.wrappers import remove_wrappers
from qmstool.importing.word.xml import W, number, value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from qmstool.importing.blocks import Block
    from qmstool.importing.word.drawings import Figure
    from qmstool.importing.word.xml import Element

MOST_FIGURES = 60  # of a file that are drawn; the others are marked
HEADERS, NOTES = ("header", "footer"), ("footnotes", "endnotes")
NO_PLACE = {DRAWING, BARE_LINE}
_TEXT = b"w:t"
_IN_DRAWINGS = re.compile(r"/diagrams/data\d*\.xml$|/charts/chart(?:Ex)?\d*\.xml$")
_BROKEN = compiled("broken_references")

OPEN_CHANGES = Text(
    "Tệp «{name}» còn thay đổi đang theo dõi (Track Changes) chưa duyệt. Hãy duyệt trong Word, "
    "hoặc thêm --accept (lấy bản đã sửa) hay --reject (giữ bản cũ).",
    "«{name}» holds tracked changes that nobody has accepted. Accept or reject them in Word, or "
    "add --accept (the changed text) or --reject (the old one).",
)
NOT_RESOLVED = Text(
    "Tệp «{name}» còn dấu theo dõi thay đổi mà qmstool không duyệt được. Hãy duyệt trong Word rồi "
    "làm lại.",
    "«{name}» holds a tracked change that qmstool cannot resolve. Do so in Word, then try again.",
)
TWICE = Text(
    "chép lại lần hai cho bản Word cũ, đã lấy lần đầu", "a second form for old versions of Word"
)
COMMENT = Text("lời bình (comment)", "a comment")
CONTENTS = Text("mục lục tự động", "table of contents")
NOT_PRINTED = Text(
    "phần của tệp mà Word không in ra", "a part of the file that Word does not print"
)
NOTE_UNUSED = Text("chú thích không chỗ nào nhắc đến", "a note that nothing refers to")
WATERMARK = Text("chữ chìm, chữ nghệ thuật ở đầu trang", "a watermark or WordArt of a page header")
DIAGRAM = Text("chữ trong sơ đồ SmartArt, biểu đồ", "words of a SmartArt drawing or chart")
COMMENTS_THERE = Text(
    "Tệp có {count} lời bình; không đưa vào bài. Hãy xử lý trong Word.",
    "The file has {count} comments; none is taken. Deal with them in Word.",
)
HIDDEN_THERE = Text(
    "Tệp có văn bản ẩn; không đưa vào bài: «{text}»",
    "The file has hidden text; not taken: «{text}»",
)
CHANGES_RESOLVED = Text(
    "Đã duyệt thay đổi theo dõi; phần bị bỏ: «{text}»", "Tracked changes resolved; gone: «{text}»"
)
EMBEDDED = Text(
    "Trong tệp có tệp khác được nhúng (altChunk), chưa đọc. Hãy mở trong Word, lưu lại rồi làm "
    "lại.",
    "Another file is embedded (altChunk) and was not read. Open and save in Word, then try again.",
)
SUB_DOCUMENT = Text(
    "Chỗ này gọi một tệp con (tài liệu chủ, subDoc), không nằm trong tệp này nên chưa đọc. Hãy mở "
    "trong Word, hủy liên kết tệp con (Unlink) rồi lưu và làm lại, hoặc đưa cả tệp con vào.",
    "Here another file belongs (a master document, subDoc); it is not in this one and was not "
    "read. Open in Word, unlink the subdocument and save, then try again; or take that file in "
    "too.",
)
ODD_NUMBER = Text(
    "Kiểu đánh số tự động này chưa biết, ghi bằng chữ số: {label}. Hãy so với bản in.",
    "An automatic number of an unknown format is written in digits: {label}. Compare with paper.",
)
EMPTY_ROW = Text(
    "Bảng có hàng trống cả hàng. Hãy xem có mất chữ không.",
    "A table has a row that is all empty. See whether words are missing.",
)
BROKEN_REFERENCE = Text(
    "Tham chiếu trong Word đã hỏng (Error! …), không biết chỉ tới đâu. Hãy ghi lại: «{text}»",
    "A reference of Word is broken (Error! …); where it led is not known. Write it anew: «{text}»",
)
WIDE = Text(
    "Bảng quá {count} cột: chữ của các cột sau đó đứng chung trong ô cuối của dòng. Hãy tách bảng.",
    "A table of over {count} columns: what stands beyond is in the last cell of its row. Split it.",
)


def read_word(data: bytes, name: str, *, changes: str = "", draw: Draw | None = None) -> Source:
    """Return what a Word file holds.

    `changes`: "accept", "reject", or "" to refuse a file that has any; `draw`: what makes pictures
    of drawings, from a file with a page for each of so many. Raises QmsError.
    """
    return _WordReader(Package(data, name), changes, draw).read()


if TYPE_CHECKING:
    Draw = Callable[[bytes, int], list[bytes | None]]


class _WordReader:
    def __init__(self, package: Package, changes: str, draw: Draw | None) -> None:
        self._package = package
        self._draw = draw
        self._changes = changes
        self._styles = Styles(package.first("styles"))
        self._numbering = Numbering(package.first("numbering"), self._styles)
        self._pictures = package.pictures()
        self._figures: Mapping[Element, Figure] = {}
        self._left_out: list[LeftOut] = []
        self._doubts: list[Doubt] = []
        self._converted: list[tuple[str, str]] = []
        self._raw: list[tuple[str, str]] = []
        self._paragraph, self._table = 0, 0
        self._part_name = Text("", "")
        self._used_notes: set[str] = set()

    def read(self) -> Source:
        package = self._package
        others = [path for kind in (*HEADERS, *NOTES, "comments") for path in package.parts(kind)]
        for path in (package.main, *others):
            self._prepare(path)
        self._fonts = Fonts(self._styles, map(package.root, (package.main, *others)))
        body = package.root(package.main).find(W + "body")
        if body is not None:
            self._find_figures(body)
        blocks = () if body is None else tuple(self._read_part(package.main, body, Text("", "")))
        notes = tuple(self._read_notes())
        headers = tuple(self._read_headers())
        self._read_comments()
        drawn = [path for figure in self._figures.values() for path, _ in figure.words]
        self._read_rest({package.main, *others, *drawn})
        return Source(
            name=package.name,
            blocks=blocks,
            headers=headers,
            notes=notes,
            pictures=tuple(self._pictures.items()),
            raw=tuple(self._raw),
            converted=tuple(self._converted),
            left_out=tuple(self._left_out),
            doubts=tuple(dict.fromkeys(self._doubts)),
        )

    def _prepare(self, path: str) -> None:
        """Resolve changes and wrappers of a part; count its words in between."""
        root = self._package.root(path)
        place = Text(path, path)
        if has_changes(root):
            values = {"name": self._package.name}
            if not self._changes:
                raise QmsError(OPEN_CHANGES.fill(values))
            gone = resolve_changes(root, accept=self._changes == "accept")
            if has_changes(root):
                raise QmsError(NOT_RESOLVED.fill(values))
            self._doubts += [
                Doubt(CHANGES_RESOLVED.fill({"text": text.strip()}), place, 2) for text in gone
            ]
        self._raw.append((path, raw_words(root)))
        for text in remove_wrappers(root):
            self._left_out.append(LeftOut(text, TWICE, place))

    def _find_figures(self, body: Element) -> None:
        """Find the drawings that are no pictures yet, and have them drawn; count their words."""
        package = self._package
        known = {path for path, data in self._pictures.items() if suffix_of(data)}
        figures = find_figures(body, package, self._fonts, known)
        words = [part for each in figures.values() for part in each.words]
        parts = dict.fromkeys(part for part in words if part[0] != WORD_ART)
        self._raw += [*parts, *(part for part in words if part[0] == WORD_ART)]
        some = list(figures.values())[:MOST_FIGURES]
        drawn = self._draw(figure_file(package, some), len(some)) if self._draw and some else []
        self._figures, pictures = name_pictures(figures, drawn)
        self._pictures |= pictures

    def _read_part(self, path: str, container: Element, part: Text) -> Iterator[Block]:
        """Give the blocks of a container of a part."""
        self._part_name = part
        targets = self._package.targets(path)
        known = {path for path, data in self._pictures.items() if suffix_of(data)}
        runs = RunReader(self._styles, self._fonts, targets, known, self._figures)
        self._paragraph, self._table = 0, 0
        yield from self._read_blocks(container, runs)
        self._left_out += runs.left_out
        self._converted += runs.converted
        hidden = [piece for piece in runs.left_out if piece.reason.en == "hidden text"]
        for piece in hidden[:20]:
            message = HIDDEN_THERE.fill({"text": piece.text.strip()[:200]})
            self._doubts.append(Doubt(message, piece.place, 1))
        self._doubts += runs.doubts

    def _read_blocks(self, container: Element, runs: RunReader) -> Iterator[Block]:
        for child in container:
            if child.tag == W + "p":
                yield from self._read_paragraph(child, runs)
            elif child.tag == W + "tbl":
                yield self._read_table(child, runs)
            elif child.tag == W + "altChunk":
                self._doubts.append(Doubt(EMBEDDED, self._place(), 0))
            elif child.tag == W + "subDoc":
                self._doubts.append(Doubt(SUB_DOCUMENT, self._place(), 0))

    def _read_table(self, element: Element, runs: RunReader) -> Block:
        self._table += 1
        place = self._place(Text(f"bảng {self._table}", f"table {self._table}"))
        table = read_table(element, place, lambda cell: tuple(self._read_blocks(cell, runs)))
        if table.width >= MOST_COLUMNS:
            self._doubts.append(Doubt(WIDE.fill({"count": str(MOST_COLUMNS)}), place, 0))
        filled = [any(cell.text for _, cell in row.cells) for row in table.rows]
        if any(filled[1:]) and not all(filled):
            self._doubts.append(Doubt(EMPTY_ROW, place, 2))
        return table

    def _read_paragraph(self, element: Element, runs: RunReader) -> Iterator[Block]:
        self._paragraph += 1
        place = self._place()
        if element.find(f".//{W}subDoc") is not None:
            self._doubts.append(Doubt(SUB_DOCUMENT, place, 0))
        style_id = value(element.find(f"{W}pPr/{W}pStyle")) or self._styles.default
        spans = runs.read(element, style_id, place)
        boxes = runs.boxes
        text = "".join(span.text for span in spans if not span.picture)
        label = None
        if text.strip() or any(span.note or span.picture for span in spans):
            label = self._numbering.label(element, style_id)
        if label is not None and not label.sure:
            self._doubts.append(Doubt(ODD_NUMBER.fill({"label": label.text}), place, 1))
        paragraph = SourceParagraph(
            spans=spans,
            place=place,
            label="" if label is None else label.text,
            level=self._level(element, style_id) if text.strip() else 0,
            bullet=label.depth if label is not None and label.bullet else -1,
            depth=label.depth if label is not None and not label.bullet else -1,
            title=self._styles.is_title(style_id),
        )
        if _BROKEN.search(text):
            message = BROKEN_REFERENCE.fill({"text": text.strip()[:200]})
            self._doubts.append(Doubt(message, place, 1))
        if runs.in_contents or self._styles.is_contents(style_id):
            self._left_out.append(LeftOut(text, CONTENTS, place))
        elif spans:
            self._used_notes |= {span.note for span in spans if span.note}
            yield paragraph
        for box in boxes:
            yield from self._read_blocks(box, runs)

    def _level(self, element: Element, style_id: str) -> int:
        outline = element.find(f"{W}pPr/{W}outlineLvl")
        if outline is not None:
            level = number(outline, default=BODY_LEVEL)
            return level + 1 if 0 <= level < BODY_LEVEL else 0
        return self._styles.heading_level(style_id)

    def _place(self, where: Text | None = None) -> Text:
        where = where or Text(f"đoạn {self._paragraph}", f"paragraph {self._paragraph}")
        if not self._part_name.vi:
            return where
        return Text(f"{self._part_name.vi}, {where.vi}", f"{self._part_name.en}, {where.en}")

    def _read_notes(self) -> Iterator[tuple[str, tuple[Block, ...]]]:
        for kind, letter in zip(NOTES, "fe", strict=True):
            for path in self._package.parts(kind):
                for note in self._package.root(path):
                    key = letter + value(note, "id")
                    blocks = tuple(self._read_part(path, note, Text("chú thích", "note")))
                    if key in self._used_notes:
                        yield key, blocks
                    elif value(note, "type") in {"", "normal"} or any(b.text for b in blocks):
                        text = " ".join(block.text for block in blocks)
                        self._left_out.append(LeftOut(text, NOTE_UNUSED, Text(path, path)))

    def _read_headers(self) -> Iterator[tuple[str, tuple[Block, ...]]]:
        names = {"header": Text("đầu trang", "page header"), "footer": Text("chân trang", "footer")}
        for kind in HEADERS:
            for path in self._package.parts(kind):
                root = self._package.root(path)
                told = len(self._doubts)
                yield path, tuple(self._read_part(path, root, names[kind]))
                for words in word_art(root):
                    self._raw.append((path, words))
                    self._left_out.append(LeftOut(words, WATERMARK, Text(path, path)))
                # A drawing there has no place in the text: it is left out with its header.
                own = [doubt for doubt in self._doubts[told:] if doubt.message not in NO_PLACE]
                self._doubts[told:] = own

    def _read_comments(self) -> None:
        for path in self._package.parts("comments"):
            root = self._package.root(path)
            comments = list(root)
            for comment in comments:
                self._left_out.append(LeftOut(_lines(comment), COMMENT, Text(path, path)))
            if comments:
                message = COMMENTS_THERE.fill({"count": str(len(comments))})
                self._doubts.append(Doubt(message, Text(path, path), 2))

    def _read_rest(self, read: set[str]) -> None:
        """Account for parts that hold words and are no text: building blocks, drawings."""
        for path, data in self._package.files.items():
            if path in read or not path.endswith(".xml"):
                continue
            place = Text(path, path)
            if _IN_DRAWINGS.search(path):
                words = part_words(self._package, path)
                self._raw.append((path, words))
                self._left_out.append(LeftOut(words, DIAGRAM, place))
            elif _TEXT in data and path.startswith(self._package.main.rpartition("/")[0]):
                text = raw_words(self._package.root(path))
                if text.strip():
                    self._raw.append((path, text))
                    self._left_out.append(LeftOut(text, NOT_PRINTED, place))


def _lines(element: Element) -> str:
    return "\n".join(words_of(paragraph) for paragraph in element.iter(W + "p"))
