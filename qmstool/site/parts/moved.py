"""Keep old addresses of sections: anchors that recorded texts gave to what is numbered anew."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from qmstool.parsing.markdown.headings import fold, headings, number_of
from qmstool.parsing.markdown.reader import read
from qmstool.site.parts.changes import texts_by_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.manual.documents import Document
    from qmstool.site.edition.edition import Edition

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_HEADING = re.compile(r'(<h[2-6] id="([^"]+)"[^>]*>)')


def old_anchors(edition: Edition, document: Document, path: str) -> dict[str, tuple[str, ...]]:
    """Return for each section of a file, by its anchor, those that it had in recorded texts.

    A section is the same if its title is, whatever its number or id; where two sections share a
    title nobody can tell. An anchor that another section has now is not an old one.
    """
    own = [each for each in document.sections if each.file.path == path and each.anchor]
    anchors = {each.anchor for each in own}
    by_title: dict[str, list[str]] = {}
    for each in own:
        by_title.setdefault(fold(each.title), []).append(each.anchor)
    old: dict[str, dict[str, None]] = {}
    for text in _recorded(edition, document, path):
        for heading in headings(read(_FRONT_MATTER.sub("", text))):
            now = by_title.get(fold(number_of(heading.text)[1]), ())
            if heading.anchor not in anchors and len(now) == 1:
                old.setdefault(now[0], {})[heading.anchor] = None
    return {anchor: tuple(names) for anchor, names in old.items()}


def _recorded(edition: Edition, document: Document, path: str) -> Iterator[str]:
    """The recorded texts of a file that are not the one shown, each once."""
    shown = {file.path: file.source.text for file in document.files}
    done = {shown.get(path, "")}
    for _, item in edition.register.lives.get(document.key, ()):
        texts = texts_by_path(item, edition.context.blobs)
        is_moved = path not in texts and len(document.files) == len(texts) == 1
        text = texts[next(iter(texts))] if is_moved else texts.get(path, "")
        if text not in done:
            done.add(text)
            yield text


def keep_anchors(text: str, old: Mapping[str, tuple[str, ...]]) -> str:
    """Return the HTML of a text with the old anchors of its headings beside their own."""
    if not old:
        return text

    def with_old(match: re.Match[str]) -> str:
        names = old.get(html.unescape(match[2]), ())
        ids = (html.escape(name, quote=True) for name in names)
        return match[1] + "".join(f'<span class="q-old" id="{each}"></span>' for each in ids)

    return _HEADING.sub(with_old, text)
