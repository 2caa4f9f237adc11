"""Turn old Word and Excel files and those of LibreOffice into .docx and .xlsx, by LibreOffice.

What goes in: the bytes of a .doc, .rtf, .odt, .xls or .ods. What comes out: those of a newer file.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from qmstool.i18n import QmsError, Text
from qmstool.importing.files.libreoffice import find_libreoffice, turn

SUFFIXES = (".doc", ".rtf", ".odt")
SHEET_SUFFIXES = (".xls", ".ods")
_KINDS = {
    **dict.fromkeys(SUFFIXES, "docx:MS Word 2007 XML"),
    **dict.fromkeys(SHEET_SUFFIXES, "xlsx:Calc MS Excel 2007 XML"),
}

NOT_INSTALLED = Text(
    "Tệp dạng {suffix} cần LibreOffice, máy này chưa cài (hoặc chưa thấy lệnh soffice). Hãy cài "
    "LibreOffice, hoặc mở tệp, Lưu thành (Save As) {newer} rồi làm lại.",
    "Files of the kind {suffix} need LibreOffice, which is not installed here (or its command "
    "soffice is not found). Install it, or open the file, Save As {newer} and try again.",
)
NOT_CONVERTED = Text(
    "LibreOffice không đổi được tệp «{name}»: tệp có mật khẩu hoặc bị hỏng. Hãy mở tệp, Lưu thành "
    "(Save As) {newer} không đặt mật khẩu rồi làm lại.",
    "LibreOffice could not convert «{name}»: it has a password, or is damaged. Open it, Save As "
    "{newer} without a password and try again.",
)
CONVERTED = Text(
    "Tệp dạng {suffix} đọc qua LibreOffice. Hãy so số mục với bản in.",
    "A file of the kind {suffix} was read through LibreOffice. Compare its numbers with paper.",
)


def convert(data: bytes, name: str) -> bytes:
    """Return a file as .docx or .xlsx. Raises QmsError with what to do where that cannot be."""
    suffix = PurePosixPath(name).suffix.casefold()
    kind = _KINDS[suffix]
    newer = f".{kind.partition(':')[0]}"
    if not find_libreoffice():
        raise QmsError(NOT_INSTALLED.fill({"suffix": suffix, "newer": newer}))
    made = turn(data, suffix, kind=kind)
    if made is None:
        raise QmsError(NOT_CONVERTED.fill({"name": name, "newer": newer}))
    return made
