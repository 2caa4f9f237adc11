"""A document's Markdown → clean HTML for paper: no links, pictures inside the page, folded parts open."""

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
    from qmstool.manual.model import Document, TextFile
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
    return Markup("\n").join(
        _file(file, tree, first=at == 0) for at, file in enumerate(document.files)
    )


def _file(file: TextFile, tree: Tree, *, first: bool) -> Markup:
    text, begin, headings = file.source.text, file.body, file.page.headings
    if (
        first
        and headings
        and headings[0].level == 1
        and not text[begin : headings[0].line_start].strip()
    ):
        begin = headings[0].line_end
    made = clean(_renderer().convert(text[begin:]), without=frozenset({"a"}))
    opened = re.sub(r"<details(?! open)", '<details open=""', made)
    return Markup(_SOURCE.sub(lambda hit: _embedded(hit, file.path, tree), opened))  # noqa: S704 - cleaned twice just above


def _renderer() -> Markdown:
    names = [each if isinstance(each, str) else next(iter(each)) for each in EXTENSIONS]
    settings: dict[str, Any] = {
        name: value
        for each in EXTENSIONS
        if not isinstance(each, str)
        for name, value in each.items()
    }
    return Markdown(extensions=[*names, CleanExtension()], extension_configs=settings)


def _embedded(hit: re.Match[str], path: str, tree: Tree) -> str:
    """A picture of the manual goes into the page; anything else stays an address that leads nowhere."""
    place = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(unescape(hit[1]))))
    kind = PICTURES.get(place.rpartition(".")[2].lower())
    data = tree.read_all([place]).get(place) if kind else None
    return (
        f'src="data:image/{kind};base64,{base64.b64encode(data).decode()}"'
        if data is not None
        else hit[0]
    )
