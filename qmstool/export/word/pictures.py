"""Turn pictures that Word files cannot carry (SVG, WebP) into PNG, drawn as on the PDF.

Typst draws them, without letters of the machine: the same picture gives the same bytes everywhere.
"""

from __future__ import annotations

import struct
import zlib

from qmstool.extras import load_extra
from qmstool.storage import files, temporary

PIXELS_PER_INCH = 200
_DRAWN = frozenset({"svg", "webp"})  # kinds, by the ends of their names
_AFTER_HEAD = 33  # bytes of a PNG up to the end of its first part, which says its size
_INCH = 0.0254  # metres
# No side of the text's room on A4 is longer; a picture of more is drawn that large.
_DRAWING = """\
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#context {
  let natural = measure(image("NAME"))
  let scale = calc.min(1, 164mm / natural.width, 230mm / natural.height)
  image("NAME", width: natural.width * scale, height: natural.height * scale)
}
"""


def is_drawn(name: str) -> bool:
    """Whether a picture is of a kind that has to be drawn for Word."""
    return _ending(name) in _DRAWN


def as_png(name: str, picture: bytes) -> bytes:
    """Return a picture as PNG, b"" where it cannot be read.

    `name`: any name with the ending of its kind. Raises QmsError where Typst is not installed.
    """
    typst = load_extra("typst", "typst")
    file = "picture." + _ending(name)
    with temporary.lend_folder() as folder:
        files.write(folder, file, picture)
        drawing = files.write(folder, "one.typ", _DRAWING.replace("NAME", file))
        try:
            drawn: bytes = typst.compile(
                str(drawing),
                root=str(folder),
                format="png",
                ppi=float(PIXELS_PER_INCH),
                ignore_system_fonts=True,
            )
        except typst.TypstError:
            return b""
    return drawn[:_AFTER_HEAD] + _resolution() + drawn[_AFTER_HEAD:]


def _ending(name: str) -> str:
    return name.rpartition(".")[2]


def _resolution() -> bytes:
    """Return the part of a PNG that says how large it is on paper (PNG, section 11.3.4.3)."""
    pixels_per_metre = round(PIXELS_PER_INCH / _INCH)
    part = b"pHYs" + struct.pack(">IIB", pixels_per_metre, pixels_per_metre, 1)
    return struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part))
