"""Choose the reader of a file by the end of its name."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.importing.blocks import Doubt
from qmstool.importing.dialects.reader import read_markdown
from qmstool.importing.files import converting
from qmstool.importing.plain.pdf import read_pdf
from qmstool.importing.plain.text import read_text
from qmstool.importing.word.reader import read_word

if TYPE_CHECKING:
    from qmstool.importing.blocks import Source
    from qmstool.importing.word.reader import Draw

WORD, TEXT, PDF = (".docx", ".docm"), (".txt",), (".pdf",)
MARKDOWN = (".md", ".markdown", ".mdx", ".qmd", ".rmd")


def reads(suffix: str) -> bool:
    """Whether files of that kind are read."""
    return suffix in {*WORD, *TEXT, *PDF, *MARKDOWN, *converting.SUFFIXES}


def read_source(data: bytes, name: str, *, changes: str, draw: Draw | None = None) -> Source:
    """Return what a file holds; `draw`: what makes pictures of drawings. Raises QmsError."""
    suffix = PurePosixPath(name).suffix.casefold()
    if suffix in TEXT:
        return read_text(data, name)
    if suffix in MARKDOWN:
        return read_markdown(data, name)
    if suffix in PDF:
        return read_pdf(data, name)
    if suffix not in converting.SUFFIXES:
        return read_word(data, name, changes=changes, draw=draw)
    source = read_word(converting.convert(data, name), name, changes=changes, draw=draw)
    message = converting.CONVERTED.fill({"suffix": suffix})
    doubt = Doubt(message, Text("cả tệp", "the whole file"), 1)
    return replace(source, doubts=(*source.doubts, doubt))
