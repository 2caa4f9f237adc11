"""What running text and raw HTML say: links, ids, titles, comments and the pieces that are words, in places of one draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from qmstool.parsing.markdown.html_tags import Tag
    from qmstool.parsing.markdown.source_map import Span
    from qmstool.parsing.markdown.tree import Unit

    Piece = tuple[int, int, bool]
    """A stretch of running text; or, if so marked, of the delimiters of its markup."""


class LinkFact(NamedTuple):
    """A link or an image: its place, that of its words, that of its target, and how the target is to be read."""

    image: bool
    start: int
    end: int
    words: Span
    target: Span
    scheme: str = ""
    escapes: bool = False
    reference: bool = False


class TitleFact(NamedTuple):
    """A heading's unit, where its words end, and the place of its explicit id."""

    unit: Unit
    end: int
    id: Span | None = None


class MissingFact(NamedTuple):
    """A label without a definition, and where it is used."""

    label: str
    start: int
    end: int


class Facts:
    """All that was found in a draft."""

    __slots__ = ("anchors", "called", "comments", "links", "missing", "pieces", "titles")

    def __init__(self) -> None:
        self.links: list[LinkFact] = []
        self.titles: list[TitleFact] = []
        self.anchors: list[Span] = []
        self.missing: list[MissingFact] = []
        self.called: set[str] = set()  # labels of footnotes
        self.comments: list[Span] = []
        self.pieces: list[Piece] = []

    def take_tag(self, tag: Tag) -> None:
        """Note the target and the id in a tag of raw HTML."""
        wanted = {"a": "href", "img": "src"}.get(tag.name, "")
        if wanted in tag.attributes:
            nothing = (tag.end, tag.end)
            words = tag.attributes.get("alt", nothing) if tag.name == "img" else nothing
            self.links.append(
                LinkFact(tag.name == "img", tag.start, tag.end, words, tag.attributes[wanted])
            )
        place = tag.attributes.get("id") or (
            tag.attributes.get("name") if tag.name == "a" else None
        )
        if place:
            self.anchors.append(place)
