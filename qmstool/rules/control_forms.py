"""The rule on files of forms: the code that a Word form prints in its header, against the code it is registered under.

The file comes from outside: it is a zip archive of which only the header parts are read, up to a size, and never parsed as XML.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity, Text
from qmstool.load import local_path
from qmstool.rules.lost import misshapen
from qmstool.rules.rule import Facts, Rule
from qmstool.sources.codes import key as fold_code
from qmstool.sources.codes import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADER = re.compile(r"word/header\d{0,3}\.xml")
MOST_HEADERS, MOST_BYTES = 20, 500_000
PARAGRAPH = re.compile(r"</w:p>")
RUN = re.compile(r"<w:t(?: [^<>]*)?>([^<]*)</w:t>")
UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError)


def header_text(data: bytes) -> str:
    """Return what the headers of a Word file say, a line for each paragraph; "" for what is no such file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if HEADER.fullmatch(name)][:MOST_HEADERS]
            parts = [_read(archive, name) for name in names]
    except UNREADABLE:
        return ""
    paragraphs = (each for part in parts for each in PARAGRAPH.split(part))
    return "\n".join(html.unescape("".join(RUN.findall(each))) for each in paragraphs)


def _read(archive: zipfile.ZipFile, name: str) -> str:
    """A part of an archive, cut where it grows too large, whatever the archive says of its size."""
    with archive.open(name) as part:
        return part.read(MOST_BYTES).decode("utf-8", errors="replace")


def form_code_differs(facts: Facts) -> Iterator[Fault]:
    """Forms whose Word file names other codes of their shape in its header, and not its own."""
    for document in facts.manual.documents.values():
        kind, mark = facts.manual.config.types.get(document.type), document.entry.get("file")
        if facts.read is None or mark is None or kind is None or kind.code is None or misshapen(facts.manual, document):
            continue
        path = local_path(posixpath.dirname(document.path), mark.text)
        if path not in facts.manual.paths or not path.lower().endswith((".docx", ".docm")):
            continue
        text = header_text(facts.read(path))
        said = [found[0] for found in re.finditer(rf"(?<!\w){pattern(kind.code.text)}(?!\w)", text, re.IGNORECASE)]
        if said and document.key not in map(fold_code, said):
            yield Fault(mark.location, {"file": mark.text, "said": said[0], "code": document.name}, None, (document.mark.location,))


# fmt: off
RULES = (
    Rule(
        "QMS314", "form-code-differs", Severity.WARNING,
        Text("Biểu mẫu in một mã khác", "A form that prints another code"),
        Text(
            "Đầu trang của tệp «{file}» ghi mã «{said}», nhưng biểu mẫu đăng ký ở đây là {code}. Sửa tệp, hoặc gắn đúng tệp.",
            "The header of «{file}» says «{said}», but the form registered here is {code}. Mend the file, or name the right one.",
        ),
        form_code_differs,
    ),
)
