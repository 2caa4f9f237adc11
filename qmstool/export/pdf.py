"""Set sheets as PDF with Typst: sheets and pictures go in, the bytes of a PDF come out.

Only the letters that Typst brings are used, and the day is given, never asked: the same sheets give
the same bytes on every machine. The template is ours alone, since a template is a program.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from qmstool.extras import load_extra
from qmstool.i18n import QmsError, Text
from qmstool.storage import files, resources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

FONTS = ["Libertinus Serif", "DejaVu Sans Mono"]
CODE_FONT = "DejaVu Sans Mono"
TEMPLATE = "templates/pdf/sheets.typ"
SECONDS_OF_A_DAY = 86_400
UNIX_EPOCH = 719_163  # the ordinal of 1970-01-01, from which Typst counts seconds
PROFILES = {"pdf": [], "a": ["a-2b"], "ua": ["a-2a", "ua-1"]}
_REFUSED = Text("Không dựng được PDF: ", "The PDF cannot be made: ")
_BROKEN_PICTURE = Text(
    "hình thứ {number} trong số các hình của văn bản không đọc được; hãy thay tệp hình ({cause})",
    "picture {number} of those in the text cannot be read; replace its file ({cause})",
)
_NO_ALTERNATIVE = Text(
    "có hình chưa có lời mô tả; PDF cho trình đọc màn hình cần lời ấy: ![lời mô tả](tệp)",
    "a picture has no words that describe it; a PDF for screen readers wants them: ![words](file)",
)


def as_pdf(
    data: Mapping[str, Any],
    pictures: Mapping[str, bytes],
    made: date,
    *,
    profile: str = "pdf",
    fonts: Path | None = None,
) -> bytes:
    """Return a PDF of what `sheets` made.

    `made`: the day that the file says it was made. `profile`: `pdf`, `a` for PDF/A-2b, `ua` for
    PDF/A-2a and PDF/UA-1. `fonts`: a folder with letters for scripts that Typst brings none for.
    Raises QmsError where Typst refuses, with its cause, or is not installed.
    """
    typst = load_extra("typst", "typst")
    seconds = (made.toordinal() - UNIX_EPOCH) * SECONDS_OF_A_DAY
    content = {**data, "fonts": FONTS, "code_font": CODE_FONT}
    if fonts is not None:
        families = sorted({font.family for font in typst.Fonts(False, False, [str(fonts)]).fonts()})
        content["fonts"] = [*FONTS, *families]
    with files.temporary_folder() as folder:
        template = resources.find(None, TEMPLATE) or b""
        files.write(folder, "sheets.typ", template)
        files.write(folder, "content.json", json.dumps(content, ensure_ascii=False))
        for name, picture in pictures.items():
            files.write(folder, f"img/{name}", picture)
        settings = {
            "root": str(folder),
            "font_paths": [str(fonts)] if fonts else [],
            "ignore_system_fonts": True,
            "timestamp": seconds,
        }
        try:
            made_bytes: bytes = typst.compile(
                str(folder / "sheets.typ"), pdf_standards=PROFILES[profile], **settings
            )
        except typst.TypstError as error:
            message = str(error.message).strip()
            cause = _broken_picture(typst, pictures, settings, folder) or _cause(message)
            raise QmsError(Text(_REFUSED.vi + cause.vi, _REFUSED.en + cause.en)) from error
    return made_bytes


def _broken_picture(
    typst: Any, pictures: Mapping[str, bytes], settings: Mapping[str, Any], folder: Path
) -> Text | None:
    """Return which picture Typst cannot read: each is set alone, since its message names none."""
    for number, name in enumerate(pictures, 1):
        file = files.write(folder, "one.typ", f'#image("img/{name}")')
        try:
            typst.compile(str(file), **settings)
        except typst.TypstError as error:
            values = {"number": str(number), "cause": str(error.message).strip()}
            return _BROKEN_PICTURE.fill(values)
    return None


def _cause(message: str) -> Text:
    return _NO_ALTERNATIVE if "missing alt text" in message else Text(message, message)
