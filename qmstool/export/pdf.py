"""Set sheets as PDF with Typst, all in one go: sheets and pictures go in, a PDF comes out.

Only the letters that Typst brings are used, and the day is given, never asked: the same sheets give
the same bytes on every machine. The template is ours alone, since a template is a program.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from qmstool.extras import load_extra
from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.storage import files, resources, temporary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
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


@dataclass(frozen=True, slots=True)
class Press:
    """How sheets are set.

    `made`: the day that the file says it was made. `profile`: `pdf`, `a` for PDF/A-2b, `ua` for
    PDF/A-2a and PDF/UA-1. `fonts`: a folder with letters for scripts that Typst brings none for.
    """

    made: date
    profile: str = "pdf"
    fonts: Path | None = None

    def set_sheets(self, data: Mapping[str, Any], pictures: Mapping[str, bytes]) -> bytes:
        """Return the PDF of sheets. Raises QmsError where Typst refuses, or is not installed."""
        typst = load_extra("typst", "typst")
        with self._laid_out(typst, data, pictures) as (source, settings):
            seconds = (self.made.toordinal() - UNIX_EPOCH) * SECONDS_OF_A_DAY
            made: bytes = typst.compile(
                source, pdf_standards=PROFILES[self.profile], timestamp=seconds, **settings
            )
        return made

    def survey(self, data: Mapping[str, Any], pictures: Mapping[str, bytes]) -> dict[str, Any]:
        """Return how many sheets there are, and level and sheet of each heading."""
        typst = load_extra("typst", "typst")
        with self._laid_out(typst, data, pictures) as (source, settings):
            told = typst.query(source, "<survey>", field="value", one=True, **settings)
        surveyed: dict[str, Any] = json.loads(told)
        return surveyed

    @contextmanager
    def _laid_out(
        self, typst: Any, data: Mapping[str, Any], pictures: Mapping[str, bytes]
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Lend the file from which Typst sets, and its settings; say in words what it refuses."""
        content = {**data, "fonts": FONTS, "code_font": CODE_FONT}
        if self.fonts is not None:
            found = typst.Fonts(False, False, [str(self.fonts)]).fonts()
            content["fonts"] = [*FONTS, *sorted({font.family for font in found})]
        with temporary.lend_folder() as folder:
            files.write(folder, "sheets.typ", resources.find(None, TEMPLATE) or b"")
            files.write(folder, "content.json", json.dumps(content, ensure_ascii=False))
            for name, picture in pictures.items():
                files.write(folder, f"img/{name}", picture)
            settings = {
                "root": str(folder),
                "font_paths": [str(self.fonts)] if self.fonts else [],
                "ignore_system_fonts": True,
            }
            try:
                yield str(folder / "sheets.typ"), settings
            except RuntimeError as error:  # TypstError is one; a query raises it plainly
                message = str(getattr(error, "message", error)).strip()
                cause = _broken_picture(typst, pictures, settings, folder) or _cause(message)
                raise QmsError(Text(_REFUSED.vi + cause.vi, _REFUSED.en + cause.en)) from error


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
