"""Take the lines out of a PDF that holds text, page by page, each in reading order.

What goes in: the bytes of a PDF. What comes out: a `Source`, read as plain text is. A scan holds no
text and is refused with what to do; pages that are pictures among pages of text are told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from qmstool.extras import load_extra
from qmstool.frozen import replace
from qmstool.i18n import QmsError, Text
from qmstool.importing.blocks import Doubt, some_of
from qmstool.importing.plain.columns import Letter, Rule, read_columns
from qmstool.importing.plain.mending import HYPHENATED
from qmstool.importing.plain.text import from_pages

if TYPE_CHECKING:
    from qmstool.importing.blocks import Source

MOST_PAGES, MOST_TEXT = 1_000, 5_000_000  # pages and letters of a file
MOST_LETTERS = 30_000  # of a page whose columns are looked for
FEW_LETTERS = 200  # a stamp, a page number: so few on a picture of a page are not its text
MOST_UNREADABLE = 0.02
MOST_NAMED = 20  # pages in one line of the report
MOST_NOTES = 10_000  # of a page
_NO_WORDS = 2  # bytes in which pdfium tells an empty text
_RULE_HEIGHT = 3.0  # points: no higher is a line that is drawn
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x01\x03-\x08\x0e-\x1f]")
BROKEN = Text(
    "Không đọc được tệp PDF «{name}»: tệp bị hỏng.",
    "The PDF «{name}» cannot be read: it is damaged.",
)
LOCKED = Text(
    "Không đọc được tệp PDF «{name}»: tệp có mật khẩu. Hãy mở bằng mật khẩu, in ra một tệp PDF "
    "không có mật khẩu (tốt hơn: tìm tệp Word của nó) rồi nhập lại.",
    "The PDF «{name}» cannot be read: it has a password. Open it with that and print it to a PDF "
    "without one (better: look for its Word file), then import again.",
)
SCAN = Text(
    "Tệp PDF «{name}» là ảnh quét, không có chữ; qmstool không nhận dạng chữ trong ảnh (OCR). Hãy "
    "tìm tệp Word của nó. Nếu không còn: mở PDF trong Word (Word tự nhận dạng chữ) rồi lưu thành "
    ".docx, hoặc chạy ocrmypdf -l vie, đọc soát lại, rồi nhập.",
    "The PDF «{name}» is a scan and holds no text; qmstool does not read letters in pictures (OCR)."
    " Look for its Word file. Where there is none: open the PDF in Word, which reads them, and "
    "save as .docx, or run ocrmypdf -l vie; proofread, then import.",
)
SCANNED_PAGES = Text(
    "Trang {pages} là ảnh quét, chữ trong ảnh không đọc được. Hãy gõ lại, hoặc nhận dạng chữ (OCR) "
    "rồi nhập lại.",
    "Page {pages} is a picture, whose letters were not read. Type it, or let a program read it "
    "(OCR) and import again.",
)
COLUMNS = Text(
    "Trang {pages} đọc theo cột, hết cột trái mới sang cột phải. Hãy so thứ tự với bản in.",
    "Page {pages} was read by columns, the left one first. Compare the order with paper.",
)
UNREADABLE = Text(
    "Phông trong PDF không cho biết là chữ gì ở {count} chỗ. Hãy so với bản in, hoặc tìm tệp Word.",
    "The fonts of the PDF do not say which letter it is in {count} places. Compare with paper, or "
    "look for its Word file.",
)
UPON_PAGES = Text(
    "Trên trang {pages} có con dấu, ghi chú gõ trên trang hoặc ô biểu mẫu đã điền; chữ trong đó "
    "không đọc được. Hãy so với bản in rồi gõ thêm.",
    "On page {pages} there are stamps, typed notes or filled fields whose words were not read. "
    "Compare with paper, and type them in.",
)
FILES_WITHIN = Text(
    "Trong tệp PDF có {count} tệp đính kèm, không được nhập. Hãy mở PDF, lưu các tệp ấy ra rồi "
    "nhập riêng.",
    "The PDF brings attached files ({count}), which were not imported. Open it, save them and "
    "import them on their own.",
)
TOO_LONG = Text(
    "Chỉ đọc {count} trang đầu. Hãy tách tệp rồi nhập từng phần.",
    "Only the first {count} pages were read. Split the file and import its parts.",
)
WHOLE = Text("cả tệp", "the whole file")


class _Pages:
    """Collects the lines of pages, and what has to be told of them."""

    def __init__(self) -> None:
        self.lines: list[list[str]] = []
        self.scanned: list[int] = []
        self.in_columns: list[int] = []
        self.upon: list[int] = []
        self.files = 0
        self.letters = 0

    def read(self, page: Any) -> None:
        """Read one page."""
        number = len(self.lines) + 1
        text_page = page.get_textpage()
        text = text_page.get_text_range().replace("\r\n", "\n").replace("\x02", HYPHENATED)
        self.letters += len(text)
        if len(text.strip()) < FEW_LETTERS and _is_picture(page):
            self.scanned.append(number)
        words, files = _upon(page)
        if words:
            self.upon.append(number)
        self.files += files
        lines = None
        if text_page.count_chars() <= MOST_LETTERS:
            lines = read_columns(_letters(text_page), _rules(page))
        if lines is None:
            # pdfium has one sign for such a hyphen and the end of its line.
            lines = text.replace(HYPHENATED, f"{HYPHENATED}\n").split("\n")
        else:
            self.in_columns.append(number)
        self.lines.append(lines)


def read_pdf(data: bytes, name: str) -> Source:
    """Return what a PDF holds. Raises QmsError for one without text, or that cannot be read."""
    pdfium = load_extra("pypdfium2", "pypdfium2")
    pages = _Pages()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        # Versions of pdfium's binding tell it in words alone.
        why = LOCKED if "password" in str(error).casefold() else BROKEN
        raise QmsError(why.fill({"name": name})) from error
    try:
        count = len(document)
        pages.files = document.count_attachments()
        for number in range(min(count, MOST_PAGES)):
            if pages.letters > MOST_TEXT:
                break
            pages.read(document[number])
    except pdfium.PdfiumError as error:
        raise QmsError(BROKEN.fill({"name": name})) from error
    finally:
        document.close()
    written = len(pages.lines) - len(pages.scanned)
    if not written or not any(line.strip() for page in pages.lines for line in page):
        raise QmsError(SCAN.fill({"name": name}))
    source = from_pages(pages.lines, name)
    return replace(source, doubts=(*_doubts(pages, count), *source.doubts))


def _doubts(pages: _Pages, count: int) -> list[Doubt]:
    doubts = []
    if pages.scanned:
        doubts.append(Doubt(SCANNED_PAGES.fill({"pages": _numbers(pages.scanned)}), WHOLE, 0))
    if pages.upon:
        doubts.append(Doubt(UPON_PAGES.fill({"pages": _numbers(pages.upon)}), WHOLE, 0))
    if pages.files:
        doubts.append(Doubt(FILES_WITHIN.fill({"count": str(pages.files)}), WHOLE, 0))
    if count > len(pages.lines):
        doubts.append(Doubt(TOO_LONG.fill({"count": str(len(pages.lines))}), WHOLE, 0))
    text = "".join(line for page in pages.lines for line in page)
    unreadable = len(_UNREADABLE.findall(text))
    if unreadable > MOST_UNREADABLE * len(text):
        doubts.append(Doubt(UNREADABLE.fill({"count": str(unreadable)}), WHOLE, 0))
    if pages.in_columns:
        doubts.append(Doubt(COLUMNS.fill({"pages": _numbers(pages.in_columns)}), WHOLE))
    return doubts


def _numbers(numbers: list[int]) -> str:
    return some_of([str(number) for number in numbers], MOST_NAMED)


def _letters(text_page: Any) -> list[Letter]:
    text = text_page.get_text_range
    letters = []
    for number in range(text_page.count_chars()):
        sign = text(number, 1)
        if sign.strip():
            box = text_page.get_charbox(number, loose=True)
            letters.append(Letter(HYPHENATED if sign == "\x02" else sign, number, *box))
    return letters


def _rules(page: Any) -> list[Rule]:
    """Return the straight lines that are drawn across a page."""
    raw = load_extra("pypdfium2.raw", "pypdfium2")
    rules = []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = _bounds(item)
        if top - bottom < _RULE_HEIGHT:
            rules.append((left, right, bottom))
    return rules


def _bounds(item: Any) -> tuple[float, float, float, float]:
    bounds = getattr(item, "get_bounds", None) or item.get_pos  # the name before version 5
    left, bottom, right, top = bounds()
    return left, bottom, right, top


def _upon(page: Any) -> tuple[int, int]:
    """Return how many annotations of a page show words, and how many bring a file.

    pdfium has the words of none of them in the text of the page, nor such a file in its list.
    """
    raw = load_extra("pypdfium2.raw", "pypdfium2")
    words = files = 0
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), MOST_NOTES)):
        note = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(note)
        unseen = raw.FPDFAnnot_GetFlags(note) & raw.FPDF_ANNOT_FLAG_HIDDEN
        is_filled = raw.FPDFAnnot_GetStringValue(note, b"V", None, 0) > _NO_WORDS
        raw.FPDFPage_CloseAnnot(note)
        is_typed = kind in (raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_FREETEXT)
        words += not unseen and (is_typed or (kind == raw.FPDF_ANNOT_WIDGET and is_filled))
        files += kind == raw.FPDF_ANNOT_FILEATTACHMENT
    return words, files


def _is_picture(page: Any) -> bool:
    """Whether a picture covers most of a page."""
    raw = load_extra("pypdfium2.raw", "pypdfium2")
    width, height = page.get_size()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = _bounds(item)
        if (right - left) * (top - bottom) > width * height / 2:
            return True
    return False
