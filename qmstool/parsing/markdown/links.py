"""Place the links and pictures of a document, and the ids in its raw HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.frozen import NamedTuple
from qmstool.parsing.markdown import containers as tree
from qmstool.parsing.markdown.definitions import definitions, normalised
from qmstool.parsing.markdown.inlines import Image, InlineHtml, Link, LinkKind, TextRun
from qmstool.parsing.markdown.mapped_text import MappedText
from qmstool.parsing.markdown.plain import alternative, plain, walk
from qmstool.parsing.markdown.raw_html import is_kept_id, tags
from qmstool.patterns import regex

if TYPE_CHECKING:
    from qmstool.parsing.markdown.document import MarkdownDocument
    from qmstool.parsing.markdown.inlines import Inlines, Span
    from qmstool.parsing.markdown.raw_html import Tag

LinkOrigin = LinkKind | Literal["html"]
_REFERENCES = frozenset({"reference", "collapsed", "shortcut"})
_PLAIN_TARGET = regex(r"(?:[^ \t\r\n()\\]++|\\\w)*+")
_GAP = regex(r"[\s>]*")
_LINKS = (Link, Image)
_MARKS = {"autolink": 1, "email": 1}


class PlacedLink(NamedTuple):
    """A link or an image, with the places of the whole, of its words and of its target.

    Of one that goes by a reference, the target stands in the definition.
    """

    start: int
    end: int
    image: bool
    target: str
    text: str
    kind: LinkOrigin
    target_start: int
    target_end: int
    words_start: int
    words_end: int

    @property
    def reference(self) -> bool:
        """Tell whether the link goes by a definition."""
        return self.kind in _REFERENCES


class Anchor(NamedTuple):
    """An id in raw HTML, at its place."""

    start: int
    end: int
    id: str


class LinkedPlaces(NamedTuple):
    """The links, pictures and ids of a document, in order."""

    links: tuple[PlacedLink, ...]
    anchors: tuple[Anchor, ...]


def linked_places(document: MarkdownDocument) -> LinkedPlaces:
    """Return where a document links to and what of it can be linked to, headings apart."""
    found = _Finder(document)
    for inlines, block, _ in document.lines:
        if block.__class__ is tree.HtmlBlock:
            found.take_html(MappedText(block.pieces))
        elif len(inlines) > 1 or inlines[0].__class__ is not TextRun:
            found.take_line(inlines)
    return LinkedPlaces(tuple(sorted(found.links)), tuple(sorted(found.anchors)))


class _Finder:
    """Gathers the links of one document."""

    def __init__(self, document: MarkdownDocument) -> None:
        self._source = document.text
        self._document = document
        self._definitions: dict[str, Span] | None = None
        self.links: list[PlacedLink] = []
        self.anchors: list[Anchor] = []

    def take_line(self, inlines: Inlines) -> None:
        """Take what stands in a line."""
        for node in walk(inlines):
            if isinstance(node, _LINKS):
                self.links.append(self._placed(node))
            elif isinstance(node, InlineHtml) and not node.text.startswith("<!"):
                self.take_html(MappedText([TextRun(*node)]))

    def take_html(self, html: MappedText) -> None:
        """Take the tags of a piece of HTML."""
        for tag in tags(html.text):
            wanted = {"a": "href", "img": "src"}.get(tag.name, "")
            if wanted in tag.attributes:
                self.links.append(_raw_link(html, tag, wanted))
            name = "name" if tag.name == "a" and "id" not in tag.attributes else "id"
            value, place = tag.attributes.get(name, ("", (0, 0)))
            if is_kept_id(value):
                self.anchors.append(Anchor(*html.span(*place), value))

    def _placed(self, node: Link | Image) -> PlacedLink:
        image = isinstance(node, Image)
        words = self._words(node)
        text = (
            alternative(node) if isinstance(node, Image) else " ".join(plain(node.children).split())
        )
        target = self._target(node, words[1])
        return PlacedLink(
            node.start, node.end, image, node.target, text, node.kind, *target, *words
        )

    def _words(self, node: Link | Image) -> Span:
        """Return where the words of a link stand, between its brackets."""
        if not self._source.startswith(("[", "!"), node.start):
            mark = _MARKS.get(node.kind, 0)
            return node.start + mark, node.end - mark
        start = node.start + (2 if isinstance(node, Image) else 1)
        last = node.children[-1].end if node.children else start
        close = self._source.find("]", last, node.end)
        return start, close if close >= 0 else last

    def _target(self, node: Link | Image, words_end: int) -> Span:
        """Return where the target of a link stands."""
        if node.kind in _REFERENCES:
            return self._defined(node.label, (node.start, node.end))
        if node.kind != "inline":
            mark = _MARKS.get(node.kind, 0)
            return node.start + mark, node.end - mark
        gap = _GAP.match(self._source, words_end + len("]("))
        start = gap.end() if gap else words_end
        if self._source.startswith("<", start):
            end = self._source.find(">", start, node.end)
            return start + 1, end
        return start, _bare_end(self._source, start, node.end)

    def _defined(self, label: str, otherwise: Span) -> Span:
        """Return where the target of a definition stands."""
        if self._definitions is None:
            self._definitions = {
                normalised(each.label): (each.target_start, each.target_end)
                for each in definitions(self._document)
                if each.first
            }
        return self._definitions.get(normalised(label), otherwise)


def _raw_link(html: MappedText, tag: Tag, wanted: str) -> PlacedLink:
    """Return the link or picture of a tag."""
    place = html.span(tag.start, tag.end)
    target, span = tag.attributes[wanted]
    text, words = tag.attributes.get("alt", ("", (tag.end, tag.end)))
    image = tag.name == "img"
    if not image:
        text, words = "", (tag.end, tag.end)
    return PlacedLink(*place, image, target, text, "html", *html.span(*span), *html.span(*words))


def _bare_end(source: str, start: int, end: int) -> int:
    """Return the end of a target without angles: a blank, or the bracket that closes the link."""
    depth = 0
    at = start
    while at < end:
        plain_part = _PLAIN_TARGET.match(source, at, end)
        at = plain_part.end() if plain_part else at
        sign = source[at : at + 1]
        if not sign or sign in " \t\r\n" or (sign == ")" and depth == 0):
            return at
        depth += {"(": 1, ")": -1}.get(sign, 0)
        at += 2 if sign == "\\" else 1
    return end
