"""Render a document's Markdown for paper: clean HTML without links, pictures inside the page.

Folded parts are open, since nobody can unfold paper.
"""

from __future__ import annotations

import base64
import posixpath
import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markupsafe import Markup

from qmstool.rendering import Renderer
from qmstool.sanitizing.drawings import rebuilt_drawing
from qmstool.storage.file_kinds import PICTURES, ending

if TYPE_CHECKING:
    from qmstool.i18n import Lang
    from qmstool.manual.documents import Document
    from qmstool.storage.tree import Tree

LONGEST_WORD = 12  # letters after which a word breaks anywhere; four columns of such words fit
_SOURCE = re.compile(r'src="([^"]*)"')
_ENTITY = re.compile(r"&[#\w]+;")  # one letter of a word
_TAG_OR_WORD = re.compile(r"<[^>]*>|[^\s<>\u00ad\u200b]+")


def document_html(document: Document, tree: Tree, lang: Lang) -> Markup:
    """Return the whole text of a document; the title of its first file is left to the page.

    `lang` is that of the titles of alerts.
    """
    renderer = Renderer(lang)
    title = f"{document.code} {document.title}"
    parts = []
    for number, file in enumerate(document.files):
        notes = f"{number}-" if number else ""
        cleaned = renderer.render_plain(
            file.source.text, file.body, title="" if number else title, notes=notes
        )
        parts.append(_for_paper(cleaned, file.path, tree))
    return Markup("\n").join(parts)


def with_breaks(html: str) -> str:
    """Return clean HTML with its long words marked: on paper they may break anywhere."""
    return _TAG_OR_WORD.sub(_marked, html)


def _marked(match: re.Match[str]) -> str:
    word = match[0]
    is_long = not word.startswith("<") and len(_ENTITY.sub("x", word)) > LONGEST_WORD
    return f'<span class="breaks">{word}</span>' if is_long else word


def _for_paper(cleaned: str, path: str, tree: Tree) -> Markup:
    unfolded = re.sub(r"<details(?! open)", '<details open=""', cleaned)
    embedded = _SOURCE.sub(lambda match: _embedded(match, path, tree), unfolded)
    return Markup(with_breaks(embedded))  # noqa: S704 - cleaned by the renderer


def _embedded(match: re.Match[str], path: str, tree: Tree) -> str:
    """A picture of the manual goes into the page; any other address stays, and leads nowhere."""
    address = unquote(unescape(match[1]))
    place = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
    kind = PICTURES.get(ending(place))
    data = tree.read_all([place]).get(place) if kind else None
    if data is not None and ending(place) == "svg":
        data = rebuilt_drawing(data)
    if data is None:
        return match[0]
    return f'src="data:image/{kind};base64,{base64.b64encode(data).decode()}"'
