"""Render a document's Markdown for paper: clean HTML without links, pictures inside the page.

Folded parts are open, since nobody can unfold paper.
"""

from __future__ import annotations

import base64
import posixpath
import re
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from markdown import Markdown
from markupsafe import Markup

from qmstool.markdown_extension import EXTENSIONS, CleanExtension, clean

if TYPE_CHECKING:
    from qmstool.manual.documents import Document, TextFile
    from qmstool.storage.tree import Tree

PICTURES = {
    "png": "png",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "gif": "gif",
    "webp": "webp",
    "svg": "svg+xml",
}
_SOURCE = re.compile(r'src="([^"]*)"')


def document_html(document: Document, tree: Tree) -> Markup:
    """Return the whole text of a document; the title of its first file is left to the page."""
    parts = []
    for index, file in enumerate(document.files):
        begin = _after_title(file) if index == 0 else file.body
        parts.append(_html(file.source.text[begin:], file.path, tree))
    return Markup("\n").join(parts)


def _after_title(file: TextFile) -> int:
    """Where the text begins after the file's title; after its front matter where it has none."""
    headings = file.page.headings
    if not headings or headings[0].level != 1:
        return file.body
    before = file.source.text[file.body : headings[0].line_start]
    return file.body if before.strip() else headings[0].line_end


def _html(text: str, path: str, tree: Tree) -> Markup:
    cleaned = clean(_renderer().convert(text), without=frozenset({"a"}))
    unfolded = re.sub(r"<details(?! open)", '<details open=""', cleaned)
    embedded = _SOURCE.sub(lambda match: _embedded(match, path, tree), unfolded)
    return Markup(embedded)  # noqa: S704 - cleaned just above


def _renderer() -> Markdown:
    names: list[Any] = []
    settings: dict[str, Any] = {}
    for extension in EXTENSIONS:
        if isinstance(extension, str):
            names.append(extension)
        else:
            names.append(next(iter(extension)))
            settings |= extension
    return Markdown(extensions=[*names, CleanExtension()], extension_configs=settings)


def _embedded(match: re.Match[str], path: str, tree: Tree) -> str:
    """A picture of the manual goes into the page; any other address stays, and leads nowhere."""
    address = unquote(unescape(match[1]))
    place = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
    kind = PICTURES.get(place.rpartition(".")[2].lower())
    data = tree.read_all([place]).get(place) if kind else None
    if data is None:
        return match[0]
    return f'src="data:image/{kind};base64,{base64.b64encode(data).decode()}"'
