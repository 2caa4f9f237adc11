"""A Word or Excel file → what its page headers say, as plain lines, or why that is not known.

The file comes from outside: it is a zip archive of which only the header parts are read, up to a
size, and never parsed as XML. So no entity is expanded, nothing outside is fetched, and of an
archive that would unpack without end no more is read.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from qmstool.i18n import Text

if TYPE_CHECKING:
    from zipfile import ZipFile

WORD, EXCEL = (".docx", ".docm"), (".xlsx", ".xlsm")
MOST_PARTS, MOST_BYTES, MOST_ENTRIES = 20, 500_000, 5_000
# A sheet's header stands after all its cells.
MOST_SHEET_BYTES = 8_000_000
_WORD_PART = re.compile(r"word/header\d{0,3}\.xml")
_EXCEL_PART = re.compile(r"xl/worksheets/sheet\d{0,3}\.xml")
_PARAGRAPH = re.compile(r"</w:p>")
_RUN = re.compile(r"<w:t(?: [^<>]*)?>([^<]*)</w:t>")
_SHEET_HEADER = re.compile(r"<(?:odd|even|first)Header>([^<]*)</")
# In a sheet's header «&» opens a command: a part of the line, a font, a size, a style, the page
# number. «&&» is the sign itself.
_COMMAND = re.compile(r"&(?:([LCR])|\"[^\"]*\"|\d+|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|(&)|.)")
_ENTRY = b"PK\x01\x02"
_PLAIN = {0, 8}  # stored and deflated; Office uses no other, and others unpack to far more
_CONTENTS = "[Content_Types].xml"
_ENCRYPTED = 1
_ARCHIVE = b"PK"
# Word and Excel before 2007, and files with a password: a container of streams, whose names are
# UTF-16.
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")


class UnreadReason(Enum):
    """Why nothing is known of what a file's page headers say; `{suffix}` and `{program}` are those of its name."""

    OTHER_KIND = Text(
        "có dạng khác .docx, .docm, .xlsx, .xlsm", "is no .docx, .docm, .xlsx or .xlsm"
    )
    LOCKED = Text("có mật khẩu", "has a password")
    TOO_LARGE = Text("quá lớn", "is too large")
    ODDLY_PACKED = Text("nén theo cách khác thường", "is packed in an unusual way")
    EMPTY = Text("là tệp rỗng", "is empty")
    BROKEN = Text("bị hỏng hoặc thiếu một phần", "is damaged or cut off")
    OLD = Text(
        "mang đuôi {suffix} mà bên trong là dạng cũ (.doc, .xls)",
        "ends in {suffix} and holds the old format (.doc, .xls)",
    )
    WORD = Text(
        "mang đuôi {suffix} mà bên trong là tệp Word", "ends in {suffix} and holds a Word document"
    )
    EXCEL = Text(
        "mang đuôi {suffix} mà bên trong là tệp Excel",
        "ends in {suffix} and holds an Excel workbook",
    )
    ANOTHER = Text(
        "mang đuôi {suffix} mà bên trong không phải tệp {program}",
        "ends in {suffix} and is no {program} file",
    )

    @property
    def is_defect(self) -> bool:
        """Whether whoever opens the file meets it too; the others are limits of what is read here."""
        return self not in {
            UnreadReason.OTHER_KIND,
            UnreadReason.LOCKED,
            UnreadReason.TOO_LARGE,
            UnreadReason.ODDLY_PACKED,
        }

    def told(self, name: str) -> Text:
        """What is the matter with the file of that name."""
        suffix = name[name.rfind(".") :].lower()
        return self.value.fill({"suffix": suffix, "program": "Word" if suffix in WORD else "Excel"})


def read_headers(data: bytes, name: str) -> str | UnreadReason:
    """Return what the page headers of a file say, a line for each paragraph or part; or why that is not known."""
    kind = name[name.rfind(".") :].lower()
    why = _outside(data, kind)
    if why is not None:
        return why
    # Few manuals have forms in Office files, and start-up counts.
    import io  # noqa: PLC0415
    import zipfile  # noqa: PLC0415
    import zlib  # noqa: PLC0415

    # Every way in which the archive of a stranger can be broken: not an archive, cut off,
    # encrypted, packed in a way unknown here.
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _inside(archive, kind)
    except NotImplementedError:
        return UnreadReason.ODDLY_PACKED
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError):
        return UnreadReason.BROKEN if data.startswith(_ARCHIVE) else UnreadReason.ANOTHER


def _outside(data: bytes, kind: str) -> UnreadReason | None:
    """What can be told of a file before it is opened."""
    if kind not in (*WORD, *EXCEL):
        return UnreadReason.OTHER_KIND
    if not data:
        return UnreadReason.EMPTY
    if data.startswith(_OLD):
        return UnreadReason.LOCKED if _LOCKED in data else UnreadReason.OLD
    return UnreadReason.TOO_LARGE if data.count(_ENTRY) > MOST_ENTRIES else None


def _inside(archive: ZipFile, kind: str) -> str | UnreadReason:
    home, other = ("word/", "xl/") if kind in WORD else ("xl/", "word/")
    names = archive.namelist()
    if not any(each.startswith(home) for each in names):
        if any(each.startswith(other) for each in names):
            return UnreadReason.EXCEL if kind in WORD else UnreadReason.WORD
        # A package whose parts lie elsewhere may still open in Office, which goes by what this part
        # says.
        return (
            UnreadReason.ODDLY_PACKED
            if _CONTENTS in names and not any(each.startswith("ppt/") for each in names)
            else UnreadReason.ANOTHER
        )
    return _word(archive) if kind in WORD else _excel(archive)


def _word(archive: ZipFile) -> str | UnreadReason:
    parts = _parts(archive, _WORD_PART, MOST_BYTES)
    if isinstance(parts, UnreadReason):
        return parts
    return "\n".join(
        _unescaped("".join(_RUN.findall(each))) for part in parts for each in _PARAGRAPH.split(part)
    )


def _excel(archive: ZipFile) -> str | UnreadReason:
    parts = _parts(archive, _EXCEL_PART, MOST_SHEET_BYTES)
    if isinstance(parts, UnreadReason):
        return parts
    found = (said for part in parts for said in _SHEET_HEADER.findall(part))
    return "\n".join(
        dict.fromkeys(_COMMAND.sub(_plain, _unescaped(each)).strip("\n") for each in found)
    )


def _plain(command: re.Match[str]) -> str:
    """What a command of a sheet's header leaves on paper, fonts and page numbers apart."""
    return "\n" if command[1] else command[2] or ""


def _unescaped(text: str) -> str:
    """A text with the five signs that XML writes as names; the ampersand last, so that nothing is read twice."""
    for name, sign in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'"), ("amp", "&")):
        text = text.replace(f"&{name};", sign)
    return text


def _parts(archive: ZipFile, wanted: re.Pattern[str], most: int) -> list[str] | UnreadReason:
    """The parts of an archive by that name; none where there are too many or one is too large, whatever the archive says of it."""
    found = [each for each in archive.infolist() if wanted.fullmatch(each.filename)]
    if len(found) > MOST_PARTS:
        return UnreadReason.TOO_LARGE
    texts = []
    for each in found:
        if each.flag_bits & _ENCRYPTED:
            return UnreadReason.LOCKED
        if each.compress_type not in _PLAIN:
            return UnreadReason.ODDLY_PACKED
        with archive.open(each) as part:
            texts.append(part.read(most).decode("utf-8", errors="replace"))
            if part.read(1):
                return UnreadReason.TOO_LARGE
    return texts
