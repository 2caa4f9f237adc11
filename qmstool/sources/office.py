"""A Word or Excel file → what its page headers say, as plain lines.

The file comes from outside: it is a zip archive of which only the header parts are read, up to a size, and never parsed as XML. So
no entity is expanded, nothing outside is fetched, and an archive that would unpack without end is cut short.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
# In a sheet's header «&» opens a command: a part of the line, a font, a size, a style, the page number. «&&» is the sign itself.
_COMMAND = re.compile(r"&(?:([LCR])|\"[^\"]*\"|\d+|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|(&)|.)")
_ENTRY = b"PK\x01\x02"
_PLAIN = {0, 8}  # stored and deflated; Office uses no other, and others unpack to far more


def headers(data: bytes, name: str) -> str | None:
    """Return what the page headers of a file say, a line for each paragraph or part; None for what is no such file."""
    kind = name[name.rfind(".") :].lower()
    if kind not in (*WORD, *EXCEL) or data.count(_ENTRY) > MOST_ENTRIES:
        return None
    # Few manuals have forms in Office files, and start-up counts.
    import io  # noqa: PLC0415
    import zipfile  # noqa: PLC0415
    import zlib  # noqa: PLC0415

    # Every way in which the archive of a stranger can be broken: not an archive, cut off, encrypted, packed in a way unknown here.
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _word(archive) if kind in WORD else _excel(archive)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError):
        return None


def _word(archive: ZipFile) -> str:
    paragraphs = (each for part in _parts(archive, _WORD_PART, MOST_BYTES) for each in _PARAGRAPH.split(part))
    return "\n".join(_unescaped("".join(_RUN.findall(each))) for each in paragraphs)


def _excel(archive: ZipFile) -> str:
    found = (said for part in _parts(archive, _EXCEL_PART, MOST_SHEET_BYTES) for said in _SHEET_HEADER.findall(part))
    return "\n".join(dict.fromkeys(_COMMAND.sub(_plain, _unescaped(each)).strip("\n") for each in found))


def _plain(command: re.Match[str]) -> str:
    """What a command of a sheet's header leaves on paper, fonts and page numbers apart."""
    return "\n" if command[1] else command[2] or ""


def _unescaped(text: str) -> str:
    """A text with the five signs that XML writes as names; the ampersand last, so that nothing is read twice."""
    for name, sign in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'"), ("amp", "&")):
        text = text.replace(f"&{name};", sign)
    return text


def _parts(archive: ZipFile, wanted: re.Pattern[str], most: int) -> list[str]:
    """The parts of an archive by that name, cut where they grow too large, whatever the archive says of their size."""
    found = [each for each in archive.infolist() if wanted.fullmatch(each.filename) and each.compress_type in _PLAIN]
    texts = []
    for each in found[:MOST_PARTS]:
        with archive.open(each) as part:
            texts.append(part.read(most).decode("utf-8", errors="replace"))
    return texts
