"""Write a document as a Word file: its frame, its text, and what changed since another version.

What goes in: the paper of one document, as `export.sheets` makes it for a PDF too. What comes out:
the bytes of a .docx that Word and LibreOffice open, with styles, headings, contents, running head
and foot. The same paper and day give the same bytes.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qmstool.export.word.flat import Flattener, Grid
from qmstool.export.word.frame import Frame
from qmstool.export.word.lists import ListDefinitions
from qmstool.export.word.numbering import ListNumbers, heading_dots, level_texts, without_number
from qmstool.export.word.origins import with_authors
from qmstool.export.word.revisions import Author, Revised, compare_blocks
from qmstool.export.word.runs import RunWriter
from qmstool.export.word.tracking import TrackedChanges
from qmstool.export.word.writer import BodyWriter
from qmstool.export.word.xml import Elements
from qmstool.export.zipped import zipped
from qmstool.extras import load_extra
from qmstool.frozen import replace
from qmstool.i18n import QmsError, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qmstool.export.sheets import Paper
    from qmstool.export.word.flat import Block
    from qmstool.export.word.origins import AuthoredText
    from qmstool.releases.exported import ExportedText

FIRST_LIST = 100  # numbers below it may be the template's own
# What python-docx raises for a file that is no ZIP, is cut off, or lacks a part of a Word file;
# lxml's error of syntax is Python's.
NO_TEMPLATE = (zipfile.BadZipFile, zlib.error, OSError, LookupError, ValueError, SyntaxError)
BAD_TEMPLATE = Text(
    "Không mở được mẫu Word «{path}». Mẫu phải là một tệp .docx lưu từ Word.",
    "The Word template «{path}» cannot be opened. It has to be a .docx saved by Word.",
)


def as_docx(
    paper: Paper,
    made: date,
    *,
    old: Paper | None = None,
    versions: Sequence[AuthoredText] = (),
    author: Author | None = None,
    template: bytes | None = None,
    template_name: str = "",
    named: ExportedText | None = None,
) -> bytes:
    """Return the Word file of a document.

    `old`: the paper of another version, whose differences are tracked changes: of the authors of
    `versions`, which lead from the old to the new one, else of `author`.
    `template`: a .docx whose letterhead and styles are taken; `named`: the text that the file is to
    be known by when it comes back. Raises QmsError for one that cannot
    be opened, or without python-docx.
    """
    docx = load_extra("docx", "python-docx")
    document = _open(docx, template, template_name)
    moment = datetime.combine(made, datetime.min.time(), UTC)
    author = author or Author("qmstool", moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
    revised = _revised(paper, old)
    if versions:
        revised = with_authors(revised, versions)
    lists = ListNumbers(FIRST_LIST)
    elements = Elements(docx)
    runs = RunWriter(docx, document, elements, paper.pictures)
    writer = BodyWriter(elements, lists, runs, TrackedChanges(document, elements, author))
    frame = Frame(docx, document, paper, writer, keep_head=template is not None, named=named)
    dots = heading_dots([item.block for item in revised if item.act == "same"])
    if dots is not None and old is None:
        writer.without_typed_number = without_number
    frame.write(revised, old)
    definitions = ListDefinitions(docx, document, elements)
    definitions.add_lists(lists.lists)
    if dots is not None and old is None:
        definitions.number_headings(level_texts(dots), min(dots))
    frame.set_properties(moment)
    content = io.BytesIO()
    document.save(content)
    return _repacked(content.getvalue())


def _open(docx: Any, template: bytes | None, name: str) -> Any:
    if template is None:
        return docx.Document()
    try:
        document = docx.Document(io.BytesIO(template))
    except (docx.opc.exceptions.OpcError, *NO_TEMPLATE) as error:
        raise QmsError(BAD_TEMPLATE.fill({"path": name})) from error
    body = document.element.body
    for element in list(body):
        if not element.tag.endswith("}sectPr"):
            body.remove(element)
    return document


def _revised(paper: Paper, old: Paper | None) -> list[Revised]:
    new_blocks = text_blocks(paper)
    if old is None:
        return [Revised(block, "same") for block in new_blocks]
    return compare_blocks(text_blocks(old), new_blocks)


def text_blocks(paper: Paper) -> list[Block]:
    """Return the text of a paper's one document as blocks for Word; wide tables say so."""
    blocks: list[Block] = []
    flattener = Flattener()
    for segment in paper.data["sheets"][0]["segments"]:
        for block in flattener.blocks(segment["blocks"]):
            if segment["lying"] and isinstance(block, Grid):
                blocks.append(replace(block, is_landscape=True))
            else:
                blocks.append(block)
    return blocks


def _repacked(content: bytes) -> bytes:
    """Return the same parts in a ZIP without the clock."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        named = ((name, parts.read(name)) for name in parts.namelist())
        return zipped(named, zipfile.ZIP_DEFLATED)
