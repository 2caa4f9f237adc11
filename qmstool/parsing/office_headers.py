"""Read what the page headers of a Word or Excel file say, as plain lines, or why that is not known.

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
    """Why nothing is known of what a file's page headers say.

    `{suffix}` is that of the file's name, `{program}` the one whose files end so.
    """

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
        """Whether whoever opens the file meets it too; the others are limits of this reading."""
        limits = {
            UnreadReason.OTHER_KIND,
            UnreadReason.LOCKED,
            UnreadReason.TOO_LARGE,
            UnreadReason.ODDLY_PACKED,
        }
        return self not in limits

    def told(self, name: str) -> Text:
        """Return what is the matter with the file of that name."""
        suffix = _suffix(name)
        program = "Word" if suffix in WORD else "Excel"
        return self.value.fill({"suffix": suffix, "program": program})


def _suffix(name: str) -> str:
    return name[name.rfind(".") :].lower()


def read_headers(data: bytes, name: str) -> str | UnreadReason:
    """Return what the page headers of a file say; or why that is not known.

    Each paragraph (Word) or part of a header (Excel) is a line.
    """
    suffix = _suffix(name)
    reason = _reason_unopened(data, suffix)
    if reason is not None:
        return reason
    # Few manuals have forms in Office files, and start-up counts.
    import io  # noqa: PLC0415
    import zipfile  # noqa: PLC0415
    import zlib  # noqa: PLC0415

    # Every way in which the archive of a stranger can be broken: not an archive, cut off,
    # encrypted, packed in a way unknown here.
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read_archive(archive, suffix)
    except NotImplementedError:
        return UnreadReason.ODDLY_PACKED
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError):
        return UnreadReason.BROKEN if data.startswith(_ARCHIVE) else UnreadReason.ANOTHER


def _reason_unopened(data: bytes, suffix: str) -> UnreadReason | None:
    """Return why a file need not even be opened; None where it has to be."""
    if suffix not in (*WORD, *EXCEL):
        return UnreadReason.OTHER_KIND
    if not data:
        return UnreadReason.EMPTY
    if data.startswith(_OLD):
        return UnreadReason.LOCKED if _LOCKED in data else UnreadReason.OLD
    if data.count(_ENTRY) > MOST_ENTRIES:
        return UnreadReason.TOO_LARGE
    return None


def _read_archive(archive: ZipFile, suffix: str) -> str | UnreadReason:
    names = archive.namelist()
    has_word, has_excel, has_slides = (
        any(name.startswith(folder) for name in names) for folder in ("word/", "xl/", "ppt/")
    )
    if suffix in WORD:
        if has_word:
            return _read_word(archive)
        if has_excel:
            return UnreadReason.EXCEL
    else:
        if has_excel:
            return _read_excel(archive)
        if has_word:
            return UnreadReason.WORD
    # A package whose parts lie elsewhere may still open in Office, which goes by what the part of
    # that name says.
    if _CONTENTS in names and not has_slides:
        return UnreadReason.ODDLY_PACKED
    return UnreadReason.ANOTHER


def _read_word(archive: ZipFile) -> str | UnreadReason:
    parts = _read_parts(archive, _WORD_PART, MOST_BYTES)
    if isinstance(parts, UnreadReason):
        return parts
    lines = []
    for part in parts:
        paragraphs = _PARAGRAPH.split(part)
        lines += [_unescaped("".join(_RUN.findall(paragraph))) for paragraph in paragraphs]
    return "\n".join(lines)


def _read_excel(archive: ZipFile) -> str | UnreadReason:
    parts = _read_parts(archive, _EXCEL_PART, MOST_SHEET_BYTES)
    if isinstance(parts, UnreadReason):
        return parts
    lines = []
    for part in parts:
        headers = _SHEET_HEADER.findall(part)
        lines += [_COMMAND.sub(_printed, _unescaped(header)).strip("\n") for header in headers]
    return "\n".join(dict.fromkeys(lines))


def _printed(command: re.Match[str]) -> str:
    """Return what a command of a sheet's header leaves on paper, fonts and page numbers apart."""
    return "\n" if command[1] else command[2] or ""


def _unescaped(text: str) -> str:
    """Return a text with the five signs that XML writes as names.

    The ampersand comes last, so that nothing is read twice.
    """
    for name, sign in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'"), ("amp", "&")):
        text = text.replace(f"&{name};", sign)
    return text


def _read_parts(archive: ZipFile, name: re.Pattern[str], most: int) -> list[str] | UnreadReason:
    """Return the parts of an archive by that name, each of at most `most` bytes.

    None where there are too many or one is too large, whatever the archive says of its size.
    """
    members = [member for member in archive.infolist() if name.fullmatch(member.filename)]
    if len(members) > MOST_PARTS:
        return UnreadReason.TOO_LARGE
    texts = []
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            return UnreadReason.LOCKED
        if member.compress_type not in _PLAIN:
            return UnreadReason.ODDLY_PACKED
        with archive.open(member) as part:
            texts.append(part.read(most).decode("utf-8", errors="replace"))
            if part.read(1):
                return UnreadReason.TOO_LARGE
    return texts
