"""Turn old Word files and those of LibreOffice into .docx, by LibreOffice where it is installed.

What goes in: the bytes of a .doc, .rtf or .odt. What comes out: the bytes of a .docx.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from qmstool.i18n import QmsError, Text
from qmstool.importing.files.libreoffice import find_libreoffice, turn

SUFFIXES = (".doc", ".rtf", ".odt")

NOT_INSTALLED = Text(
    "Tệp dạng {suffix} cần LibreOffice, máy này chưa cài (hoặc chưa thấy lệnh soffice). Hãy cài "
    "LibreOffice, hoặc mở tệp trong Word, Lưu thành (Save As) .docx rồi làm lại.",
    "Files of the kind {suffix} need LibreOffice, which is not installed here (or its command "
    "soffice is not found). Install it, or open the file in Word, Save As .docx and try again.",
)
NOT_CONVERTED = Text(
    "LibreOffice không đổi được tệp «{name}». Hãy mở trong Word, Lưu thành (Save As) .docx rồi làm "
    "lại.",
    "LibreOffice could not convert «{name}». Open it in Word, Save As .docx and try again.",
)
CONVERTED = Text(
    "Tệp dạng {suffix} đọc qua LibreOffice. Hãy so số mục với bản in.",
    "A file of the kind {suffix} was read through LibreOffice. Compare its numbers with paper.",
)


def convert(data: bytes, name: str) -> bytes:
    """Return a file as .docx. Raises QmsError with what to do where that is not possible."""
    suffix = PurePosixPath(name).suffix.casefold()
    if not find_libreoffice():
        raise QmsError(NOT_INSTALLED.fill({"suffix": suffix}))
    made = turn(data, suffix, kind="docx:MS Word 2007 XML")
    if made is None:
        raise QmsError(NOT_CONVERTED.fill({"name": name}))
    return made
