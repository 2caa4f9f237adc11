"""Links, images, references and footnote marks within running text, in the order in which the renderer looks for them."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container

    from qmstool.parsing.markdown.source_map import Span

FILLER = "\x02"
"""Stands for each character of a construct that is already taken."""

_BRACKETS = re.compile(r"[\[\]]")
_PARENTHESES = re.compile(r"[()]")
_OPENINGS = {False: re.compile(r"(?<!!)\["), True: re.compile(r"!\[")}
_FOOTNOTE = re.compile(r"\[\^([^\]]*)\]")
_LABEL = re.compile(r"\s?\[([^\]]*)\]")
_LABELLED = re.compile(r"\]\s?\[")
_SIMPLE = re.compile(r"""\(([^\s()<>"'\x02]*)\)""")
_ANGLED = re.compile(r"""\(\s*<([^<>]*)>\s*(?:(?:'[^']*'|"[^"]*")\s*)?\)""")
_OPENING = re.compile(r"\(\s*")
_QUOTE = re.compile(r"[\"']")
_TITLE_ENDS = {'"': re.compile(r'" *\)'), "'": re.compile(r"' *\)")}
_SPACE = re.compile(r"\s+")
_FAR = 2000

INLINE, FULL, SHORT = "inline", "full", "short"
PASSES = (
    (FULL, False),
    (INLINE, False),
    (INLINE, True),
    (FULL, True),
    (SHORT, False),
    (SHORT, True),
)
"""What the renderer looks for, one after the other, and whether it is an image; a link's words only see what comes later."""


class Found(NamedTuple):
    """A link, an image or a footnote's mark: its place, that of its words, that of its target or the label of its reference."""

    image: bool
    start: int
    end: int
    words: Span
    target: Span | None
    label: str | None = None


class Missing(NamedTuple):
    """A label without a definition: the place of the whole, and of the brackets with the label."""

    label: str
    start: int
    end: int
    bracket: int


class Passes:
    """One look at a text for one kind of link after the other."""

    def __init__(self, data: str, references: Container[str]) -> None:
        self.data = data
        self.missing: list[Missing] = []
        self._references = references
        self._paired: str | None = None
        self._pairs: dict[int, int] = {}
        self._parenthesised: str | None = None
        self._parentheses: dict[int, int] = {}
        self._endless: dict[str, int] = {}  # from where on a title with that mark never ends

    def footnotes(self, known: Container[str]) -> list[Span]:
        """Return the places of the marks of footnotes."""
        found = []
        for mark in _FOOTNOTE.finditer(self.data, 0, self.data.rfind("]") + 1):
            if mark[1] in known:
                found.append(mark.span())
            else:
                self.missing.append(Missing("^" + mark[1], *mark.span(), mark.start()))
        self.fill(found)
        return found

    def find(self, form: str, *, image: bool) -> list[Found]:
        """Return the links, or images, of one form, and count their places as taken."""
        if not self._worth_it(form, image=image):
            return []
        found = []
        at = 0
        read = {INLINE: self._inline, FULL: self._full, SHORT: self._short}[form]
        pairs = self._bracket_pairs()
        for opening in _OPENINGS[image].finditer(self.data):
            close = pairs.get(opening.end() - 1)
            if opening.start() >= at and close is not None:
                link, at = read(image, opening.span(), close)
                if link:
                    found.append(link)
        self.fill([(link.start, link.end) for link in found])
        return found

    def fill(self, places: list[Span]) -> None:
        """Count places as taken."""
        self.data = filled(self.data, places)

    def _worth_it(self, form: str, *, image: bool) -> bool:
        if image and "![" not in self.data:
            return False
        if form == INLINE:
            return "](" in self.data
        return bool(self._references) if form == SHORT else bool(_LABELLED.search(self.data))

    def _inline(self, image: bool, opening: Span, close: int) -> tuple[Found | None, int]:
        destination = self._destination(close + 1)
        if destination is None:
            return None, opening[1]
        target, end = destination
        return Found(image, opening[0], end, (opening[1], close), target), end

    def _full(self, image: bool, opening: Span, close: int) -> tuple[Found | None, int]:
        label = _LABEL.match(self.data, close + 1)
        if label is None:
            return None, opening[1]
        words = (opening[1], close)
        name = _SPACE.sub(" ", (label[1] or self.data[slice(*words)]).lower())
        if name in self._references:
            return Found(image, opening[0], label.end(), words, None, name), label.end()
        if label.start() == label.start(1) - 1:
            self.missing.append(Missing(name, opening[0], label.end(), label.start()))
        return None, label.end()

    def _short(self, image: bool, opening: Span, close: int) -> tuple[Found | None, int]:
        words = (opening[1], close)
        name = _SPACE.sub(" ", self.data[slice(*words)].lower())
        found = (
            Found(image, opening[0], close + 1, words, None, name)
            if name in self._references
            else None
        )
        return found, close + 1

    def _bracket_pairs(self) -> dict[int, int]:
        if self._paired is not self.data:
            self._paired = self.data
            self._pairs = _pairs(_BRACKETS, self.data)
        return self._pairs

    def _destination(self, at: int) -> tuple[Span, int] | None:
        """Return the place of the target in the parentheses that begin there, and where they end."""
        if simple := _SIMPLE.match(self.data, at):
            return simple.span(1), simple.end()
        if angled := _ANGLED.match(self.data, at):
            return _trimmed(self.data, *angled.span(1)), angled.end()
        opening = _OPENING.match(self.data, at)
        if opening is None:
            return None
        close = self._parenthesis_pairs().get(at)
        quote = _QUOTE.search(
            self.data, opening.end(), opening.end() + _FAR if close is None else close
        )
        if quote:
            return self._before_title(opening.end(), quote)
        return None if close is None else (_trimmed(self.data, opening.end(), close), close + 1)

    def _before_title(self, start: int, quote: re.Match[str]) -> tuple[Span, int] | None:
        """Return the place of a target that a quotation mark follows, and where the parentheses end.

        The title ends at a mark of its own kind just before a parenthesis; so does one that began later with the other kind.
        """
        end = self._title_end(quote[0], quote.end())
        other = "'" if quote[0] == '"' else '"'
        inner = self.data.find(other, quote.end(), end or len(self.data))
        if (
            inner >= 0
            and (inner_end := self._title_end(other, inner + 1))
            and (end is None or inner_end < end)
        ):
            return _trimmed(self.data, start, inner), inner_end
        if end is not None:
            return _trimmed(self.data, start, quote.start()), end
        depth = (
            1
            + self.data.count("(", start, quote.start())
            - self.data.count(")", start, quote.start())
        )
        following = list(
            islice(_PARENTHESES.finditer(self.data, quote.end(), quote.end() + _FAR), depth)
        )
        if len(following) < depth or following[-1][0] != ")":
            return None
        return _trimmed(self.data, start, following[-1].start()), following[-1].end()

    def _title_end(self, quote: str, at: int) -> int | None:
        """Return where a title and the parentheses around it end."""
        if at >= self._endless.get(quote, len(self.data)):
            return None
        end = _TITLE_ENDS[quote].search(self.data, at)
        if end is None:
            self._endless[quote] = at
        return end.end() if end else None

    def _parenthesis_pairs(self) -> dict[int, int]:
        if self._parenthesised is not self.data:
            self._parenthesised = self.data
            self._parentheses = _pairs(_PARENTHESES, self.data)
            self._endless = {}
        return self._parentheses


def _pairs(marks: re.Pattern[str], data: str) -> dict[int, int]:
    """Match opening brackets with closing ones."""
    opened = []
    pairs = {}
    for mark in marks.finditer(data):
        if mark[0] in "[(":
            opened.append(mark.start())
        elif opened:
            pairs[opened.pop()] = mark.start()
    return pairs


def _trimmed(data: str, start: int, end: int) -> Span:
    """Return a place without the white space around it."""
    piece = data[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())


def filled(data: str, places: list[Span]) -> str:
    """Put fillers into a text."""
    if not places:
        return data
    parts = []
    at = 0
    for start, end in places:
        parts += [data[at:start], FILLER * (end - start)]
        at = end
    return "".join([*parts, data[at:]])
