"""The shipped manual on paper: every word of every document, in its order."""

from __future__ import annotations

import io
import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdf
import pytest

from qmstool.dossier.text import document_html
from qmstool.export.content import read_html
from qmstool.export.pdf_in_parts import as_pdf
from qmstool.export.sheets import SheetWriter
from qmstool.export.tables_on_paper import words_of
from qmstool.manual.loading.loader import load
from qmstool.register.status import register
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.manual.model import Manual

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 22)
TOP, BOTTOM = 742, 55  # between them stands the text of an upright sheet, in points


@pytest.fixture(scope="module")
def shipped() -> Manual:
    return load(FolderTree(ROOT))


def _letters(text: str) -> str:
    return re.sub(r"[\s•]", "", unicodedata.normalize("NFC", text))


def _body(content: bytes) -> str:
    """The letters between heads and feet, in reading order."""
    parts: list[str] = []

    def visit(text: str, page: list[float], line: list[float], _font: Any, _size: Any) -> None:
        if BOTTOM < page[5] + page[3] * line[5] < TOP:
            parts.append(text)

    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        page.extract_text(visitor_text=visit)
    return _letters("".join(parts))


def _pieces(blocks: Iterable[Any]) -> Iterator[str]:
    """The words of each block that nothing can come between."""
    for block in blocks:
        if block["k"] == "table":
            for cell in block["cells"]:
                yield from _pieces(cell["c"])
        elif block["k"] == "list":
            for item in block["items"]:
                yield item["mark"]
                yield from _pieces(item["c"])
        elif block["k"] in {"quote", "alert", "indent"}:
            yield from _pieces(block["c"])
        else:
            yield "".join(words_of([block]))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_word_of_every_document_is_on_paper_in_its_order(shipped: Manual, lang: Any) -> None:
    tree = FolderTree(ROOT)
    standing = register(shipped, shipped.releases, DAY)
    documents = [document for document in shipped.documents.values() if document.held]
    assert len(documents) > 5
    paper = SheetWriter(shipped, standing, lang).documents(documents, tree, {}, whole=True)
    printed = _body(as_pdf(paper.data, paper.pictures, DAY))
    place = 0
    for document in documents:
        for piece in _pieces(read_html(str(document_html(document, tree, lang))).blocks):
            wanted = _letters(piece)
            found = printed.find(wanted, place)
            assert found >= 0, (document.name, piece)
            place = found + len(wanted)
