"""Read what a Word or Excel file says of itself, as plain lines, or why that is not known.

That stands in page headers and footers, in the first table of a Word document, and in the first
rows of a sheet. The file comes from outside: it is a zip archive of which only these parts are
read, up to a size, and never parsed as XML. So no entity is expanded, nothing outside is fetched,
and of an archive that would unpack without end no more is read.
"""

from __future__ import annotations

import codecs
import re
import sys
import unicodedata
from enum import Enum
from typing import TYPE_CHECKING

from qmstool.git.pointers import is_pointer
from qmstool.i18n import Text
from qmstool.parsing.figures import whole_number
from qmstool.patterns import regex
from qmstool.unseen import COMPARED

if TYPE_CHECKING:
    from zipfile import ZipFile

WORD, EXCEL = (".docx", ".docm"), (".xlsx", ".xlsm")
MOST_PARTS, MOST_BYTES, MOST_ENTRIES = 20, 500_000, 5_000
# A sheet's header stands after all its cells.
MOST_SHEET_BYTES = 8_000_000
# The first table stands at the head of the body, which may be long.
MOST_BODY_BYTES = 2_000_000
HEAD_ROWS = 5
_WORD_HEADER = regex(r"word/header\d{0,3}\.xml")
_WORD_FOOTER = regex(r"word/footer\d{0,3}\.xml")
_WORD_BODY = regex(r"word/document\.xml")
_EXCEL_STRINGS = regex(r"xl/sharedStrings\.xml")
_EXCEL_PART = regex(r"xl/worksheets/sheet\d{0,3}\.xml")
_PARAGRAPH = regex(r"</?w:p(?: [^<>]*)?>")
# Word parts a word wherever spelling, language or an edit changed, and writes some signs as
# elements.
_RUN = regex(r"<w:t(?: [^<>]*)?>([^<]*)</w:t>|<w:(noBreakHyphen|tab|ptab|br|cr)\b[^<>]*/>")
_MOVED_AWAY = regex(r"<w:moveFrom .*?</w:moveFrom>", re.DOTALL)
# What older programs are shown instead of a drawing says the same once more.
_FALLBACK = regex(r"<mc:Fallback\b.*?</mc:Fallback>", re.DOTALL)
_BOX = regex(r"<w:txbxContent>.*?</w:txbxContent>", re.DOTALL)
_TABLE = regex(r"<(/?)w:tbl(?: [^<>]*)?>")
_SHEET_HEADER = regex(r"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>([^<]*)</")
_ROW = regex(r"<(?:\w+:)?row\b[^<>]*(?<!/)>(.*?)</(?:\w+:)?row>", re.DOTALL)
_CELL = regex(r"<(?:\w+:)?c\b([^<>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_VALUE = regex(r"<(?:\w+:)?v>([^<]*)</")
_SHARED = regex(r"<(?:\w+:)?si>(.*?)</(?:\w+:)?si>", re.DOTALL)
_SPOKEN = regex(r"<(?:\w+:)?rPh\b.*?</(?:\w+:)?rPh>", re.DOTALL)
_CELL_TEXT = regex(r"<(?:\w+:)?t(?: [^<>]*)?>([^<]*)</")
_NUMBERED = regex(r"&#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}));")
# In a sheet's header «&» opens a command: a part of the line, a font, a size, a style, the page
# number. «&&» is the sign itself.
_COMMAND = regex(r"&(?:([LCR])|\"[^\"]*\"|\d+|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|(&)|.)")
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
    POINTER = Text(
        "chỉ là con trỏ Git LFS, nội dung chưa được tải về (git lfs pull)",
        "is only a Git LFS pointer; its content is not here (git lfs pull)",
    )
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
            UnreadReason.POINTER,
            UnreadReason.TOO_LARGE,
            UnreadReason.ODDLY_PACKED,
        }
        return self not in limits

    def message(self, name: str) -> Text:
        """Return what is the matter with the file of that name."""
        suffix = _suffix(name)
        program = "Word" if suffix in WORD else "Excel"
        return self.value.fill({"suffix": suffix, "program": program})


def _suffix(name: str) -> str:
    return name[name.rfind(".") :].lower()


def read_headers(data: bytes, name: str) -> str | UnreadReason:
    """Return what a file says of itself; or why that is not known.

    Each paragraph (Word), part of a header or cell (Excel) is a line.
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
    if is_pointer(data):
        return UnreadReason.POINTER
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
    lines = []
    for name in (_WORD_HEADER, _WORD_BODY, _WORD_FOOTER):
        is_body = name is _WORD_BODY
        most = MOST_BODY_BYTES if is_body else MOST_BYTES
        parts = _read_parts(archive, name, most, cut=is_body)
        if isinstance(parts, UnreadReason):
            return parts
        for part in parts:
            plain = _FALLBACK.sub("", part)
            lines += _word_lines(_head_of_body(plain) if is_body else plain)
    return "".join(f"{line}\n" for line in lines)


def _head_of_body(body: str) -> str:
    """Return the text boxes that lie above the first table of a body, and that table."""
    table = _first_table(body)
    above = body[: body.index(table)] if table else ""
    return "".join((*_BOX.findall(above), table))


def _first_table(body: str) -> str:
    """Return the first table of a Word document's body, tables within it and all; "" for none."""
    start, depth = -1, 0
    for tag in _TABLE.finditer(body):
        if start < 0:
            start = tag.start()
        depth += -1 if tag[1] else 1
        if depth <= 0:
            return body[start : tag.end()]
    return body[start:] if start >= 0 else ""


def _word_lines(part: str) -> list[str]:
    lines = []
    for paragraph in _PARAGRAPH.split(_MOVED_AWAY.sub("", part)):
        line = "".join(_written(text, sign) for text, sign in _RUN.findall(paragraph))
        line = line.translate(COMPARED)
        if line.strip():
            lines.append(line)
    return lines


def _written(text: str, sign: str) -> str:
    """Return what a run or a sign of Word is in plain text."""
    if not sign:
        return _unescaped(text)
    return "-" if sign == "noBreakHyphen" else " "


def _read_excel(archive: ZipFile) -> str | UnreadReason:
    parts = _read_parts(archive, _EXCEL_PART, MOST_SHEET_BYTES)
    if isinstance(parts, UnreadReason):
        return parts
    shared = _read_parts(archive, _EXCEL_STRINGS, MOST_SHEET_BYTES, cut=True)
    if isinstance(shared, UnreadReason):
        return shared
    strings = [_cell_text(text) for part in shared for text in _SHARED.findall(part)]
    lines = []
    for part in parts:
        headers = _SHEET_HEADER.findall(part)
        lines += [_COMMAND.sub(_printed, _unescaped(header)).strip("\n") for header in headers]
        for row, _ in zip(_ROW.finditer(part), range(HEAD_ROWS), strict=False):
            lines += _cells(row[1], strings)
    return "\n".join(dict.fromkeys(lines))


def _cells(row: str, strings: list[str]) -> list[str]:
    """Return the texts in a row: its own, or those that it names in the workbook's list."""
    texts = []
    for attributes, content in _CELL.findall(row):
        value = _VALUE.search(content)
        if 't="s"' in attributes and value:
            number = whole_number(value[1])
            text = strings[number] if number is not None and number < len(strings) else ""
        elif 't="str"' in attributes and value:
            text = _unescaped(value[1])
        else:
            text = _cell_text(content)
        if text.strip():
            texts.append(text)
    return texts


def _cell_text(xml: str) -> str:
    """Return a text of a workbook from its runs, without how it is spoken."""
    return _unescaped("".join(_CELL_TEXT.findall(_SPOKEN.sub("", xml))))


def _printed(command: re.Match[str]) -> str:
    """Return what a command of a sheet's header leaves on paper, fonts and page numbers apart."""
    return "\n" if command[1] else command[2] or ""


def _unescaped(text: str) -> str:
    """Return a text with the signs that XML writes as numbers or by one of its five names.

    The ampersand comes last, so that nothing is read twice.
    """
    text = _NUMBERED.sub(_numbered, text)
    for name, sign in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'"), ("amp", "&")):
        text = text.replace(f"&{name};", sign)
    return text


def _numbered(sign: re.Match[str]) -> str:
    code = int(sign[1], 16) if sign[1] else int(sign[2])
    character = chr(code) if code <= sys.maxunicode else "&"
    # A number that is no character, or would be the start of a name, is left as it is.
    is_text = character != "&" and unicodedata.category(character) != "Cs"
    return character if is_text else sign[0]


def _read_parts(
    archive: ZipFile, name: re.Pattern[str], most: int, *, cut: bool = False
) -> list[str] | UnreadReason:
    """Return the parts of an archive by that name, each of at most `most` bytes.

    A reason where there are too many or one is too large, whatever the archive says of its size;
    with `cut` the beginning of a large one is enough.
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
            data = part.read(most)
            is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
            texts.append(data.decode("utf-16" if is_wide else "utf-8", errors="replace"))
            if not cut and part.read(1):
                return UnreadReason.TOO_LARGE
    return texts
