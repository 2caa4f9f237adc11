"""Take the lines out of a PDF that holds text, page by page.

What goes in: the bytes of a PDF. What comes out: a `Source`, read as plain text is. A scan holds no
text and is refused with what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.extras import load_extra
from qmstool.i18n import QmsError, Text
from qmstool.importing.plain.text import from_pages

if TYPE_CHECKING:
    from qmstool.importing.blocks import Source

MOST_PAGES = 1_000
BROKEN = Text(
    "Không đọc được tệp PDF «{name}»: tệp bị hỏng hoặc có mật khẩu.",
    "The PDF «{name}» cannot be read: it is damaged or has a password.",
)
SCAN = Text(
    "Tệp PDF «{name}» là ảnh quét, không có chữ. Hãy tìm tệp Word của nó.",
    "The PDF «{name}» is a scan and holds no text. Look for its Word file.",
)


def read_pdf(data: bytes, name: str) -> Source:
    """Return what a PDF holds. Raises QmsError for one without text, or that cannot be read."""
    pdfium = load_extra("pypdfium2", "pypdfium2")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise QmsError(BROKEN.fill({"name": name})) from error
    pages = []
    try:
        for number in range(min(len(document), MOST_PAGES)):
            text = document[number].get_textpage().get_text_range()
            pages.append(text.replace("\r\n", "\n").replace("\ufffe", "").split("\n"))
    except pdfium.PdfiumError as error:
        raise QmsError(BROKEN.fill({"name": name})) from error
    finally:
        document.close()
    if not any(line.strip() for page in pages for line in page):
        raise QmsError(SCAN.fill({"name": name}))
    return from_pages(pages, name)
