"""Hold the headings and links of a page as numbers and words, and make them when asked for.

After an edit few of the documents of a manual are asked for theirs; to make those of all was a
twentieth of the check.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from qmstool.frozen import NamedTuple
from qmstool.parsing.markdown.headings import NamedHeading
from qmstool.parsing.markdown.inlines import LinkKind
from qmstool.parsing.markdown.links import LinkOrigin, PlacedLink
from qmstool.parsing.markdown.running_text import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable

_KINDS: tuple[LinkOrigin, ...] = (*get_args(LinkKind), "html")
_NUMBER_OF = {kind: number for number, kind in enumerate(_KINDS)}
_new = tuple.__new__  # a named tuple's own costs twice as much


class PackedHeadings(NamedTuple):
    """Headings: of each its level and its places, and its four words."""

    numbers: bytes
    words: tuple[str | None, ...]

    @classmethod
    def of(cls, headings: Iterable[NamedHeading]) -> PackedHeadings:
        """Pack headings."""
        numbers: list[int] = []
        words: list[str | None] = []
        for level, text, number, anchor, github, *places in headings:
            numbers += (level, *places)
            words += (text, number, anchor, github)
        return cls(pack(numbers), tuple(words))

    @property
    def anchors(self) -> tuple[str | None, ...]:
        """The ids that the site gives them."""
        return self.words[2::4]

    def unpacked(self) -> tuple[NamedHeading, ...]:
        """Return the headings."""
        at = unpack(self.numbers)
        said = iter(self.words)
        headings = zip(at, at, at, at, at, at, at, said, said, said, said, strict=True)
        return tuple(
            [
                _new(NamedHeading, (level, text, number, anchor, github, *places))
                for level, *places, text, number, anchor, github in headings
            ]
        )


class PackedLinks(NamedTuple):
    """Links: of each its places and twice its kind, one more for an image; its target and words."""

    numbers: bytes
    words: tuple[str, ...]

    @classmethod
    def of(cls, links: Iterable[PlacedLink]) -> PackedLinks:
        """Pack links."""
        numbers: list[int] = []
        words: list[str] = []
        for start, end, image, target, text, kind, *places in links:
            numbers += (2 * _NUMBER_OF[kind] + image, start, end, *places)
            words += (target, text)
        return cls(pack(numbers), tuple(words))

    @property
    def targets(self) -> tuple[str, ...]:
        """Where they lead."""
        return self.words[::2]

    def unpacked(self) -> tuple[PlacedLink, ...]:
        """Return the links."""
        at = unpack(self.numbers)
        said = iter(self.words)
        links = zip(at, at, at, at, at, at, at, said, said, strict=True)
        return tuple(
            [
                _new(
                    PlacedLink,
                    (start, end, coded & 1 == 1, target, text, _KINDS[coded >> 1], *places),
                )
                for coded, start, end, *places, target, text in links
            ]
        )
