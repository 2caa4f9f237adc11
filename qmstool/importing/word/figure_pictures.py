"""Draw the figures of a Word file as pictures, by LibreOffice where it is installed.

What goes in: a file with a page for each figure. What comes out: a PNG of each, cut to what is
drawn; None for one that the program could not draw.
"""

from __future__ import annotations

import struct
import zlib
from typing import Any

from qmstool.extras import load_extra
from qmstool.importing.files.libreoffice import turn
from qmstool.importing.word.figure_pages import mark

DOTS_A_POINT = 2
MOST_DOTS = 12_000_000
_MARGIN = 8  # dots around what is drawn
_WHITE = 0xFF
_LONGEST_PAGES = 200


def draw(data: bytes, count: int) -> list[bytes | None]:
    """Return a picture for each of the figures of a file."""
    pictures: list[bytes | None] = [None] * count
    made = turn(data, ".docx", kind="pdf:writer_pdf_Export")
    if made is None:
        return pictures
    pdfium = load_extra("pypdfium2", "pypdfium2")
    document = pdfium.PdfDocument(made)
    try:
        for number in range(min(len(document), _LONGEST_PAGES)):
            page = document[number]
            text = page.get_textpage().get_text_range()
            for figure in range(count):
                if pictures[figure] is None and mark(figure) in text:
                    pictures[figure] = _picture(page)
    finally:
        document.close()
    return pictures


def _picture(page: Any) -> bytes | None:
    """Return what a page shows as a PNG, None for an empty one."""
    width, height = page.get_size()
    scale = min(DOTS_A_POINT, (MOST_DOTS / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True, no_smoothtext=False)
    return png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels)


def png(dots: bytes, width: int, height: int, stride: int, channels: int) -> bytes | None:
    """Return dots of red, green and blue as a PNG, cut to what is not white; None for nothing."""
    rows = [dots[number * stride : number * stride + width * channels] for number in range(height)]
    white = bytes([_WHITE]) * (width * channels)
    filled = [number for number, row in enumerate(rows) if row != white]
    if not filled:
        return None
    lefts = (len(rows[number]) - len(rows[number].lstrip(b"\xff")) for number in filled)
    rights = (len(rows[number].rstrip(b"\xff")) for number in filled)
    left = max(0, min(lefts) // channels - _MARGIN)
    right = min(width, -(-max(rights) // channels) + _MARGIN)
    top, bottom = max(0, filled[0] - _MARGIN), min(height, filled[-1] + 1 + _MARGIN)
    cut = [row[left * channels : right * channels] for row in rows[top:bottom]]
    lines = b"".join(b"\0" + _three_channels(row, channels) for row in cut)
    head = struct.pack(">IIBBBBB", right - left, bottom - top, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(lines, 9))
        + _chunk(b"IEND", b"")
    )


def _three_channels(row: bytes, channels: int) -> bytes:
    if channels == 3:  # noqa: PLR2004
        return row
    bare = bytearray(len(row) // channels * 3)
    for place in range(3):
        bare[place::3] = row[place::channels] if channels > 1 else row
    return bytes(bare)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
