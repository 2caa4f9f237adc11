"""Find what existing manuals wrote for the renderer before, and put it in words of this dialect.

`!!! kind "title"` and `??? kind` with an indented body become quotations whose first heading is the
title, `*[QT]: meaning` a comment. The draft is read by the parser like any text. What then comes
out as a quotation or comment at that place is the old construct; what does not stood in code, or
was none, and is read again as it stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.parsing.markdown.reading.draft import Draft, DraftBlock, DraftWriter
from qmstool.parsing.signs import holds
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = regex(
    r"(?P<lead>[ \t>]*)(?P<mark>!!!|\?\?\?\+?)[ ]?(?P<kind>[\w-]+(?:[ ]+[\w-]+)*)?"
    r"(?:[ ]+\"(?P<title>.*?)\")?[ \t]*\r?\Z"
)
_ABBREVIATION = regex(
    r"(?P<lead>(?:[ ]{0,3}>)*[ ]{0,3})\*\[(?P<label>[^\]\\]+)\][ ]?:"
    r"[ \t]*(?P<meaning>.*?)[ \t]*\r?\Z"
)
_SIGN = regex(r"!!!|\?\?\?|^[ >]*\*\[", re.MULTILINE)
_INDENT = regex(r" {4}| {0,3}\t")
_EMPTY = regex(r"[ \t>\r]*\Z")
MAX_DEPTH = 20
"""How deep admonitions may stand in each other; what is deeper is read as it stands."""


def may_be_old(text: str, start: int) -> bool:
    """Tell whether a text may hold anything of the old dialect."""
    if holds(text, "!!!", start) or holds(text, "???", start):
        return True
    return text.find("*[", start) >= 0 and _SIGN.search(text, start) is not None


class OldReading(NamedTuple):
    """A text put in words of this dialect, and the old constructs in it by their places."""

    draft: Draft
    blocks: dict[int, DraftBlock]


def modernised(text: str, start: int, refused: frozenset[int]) -> OldReading:
    """Return the draft of a text whose body begins at `start`, but for refused constructs."""
    return _Modernizer(text, start, refused).reading()


class _Open(NamedTuple):
    """An admonition whose body goes on: what stands before its mark, and what its block says."""

    lead: str
    start: int
    mark: str
    kind: str
    title: tuple[int, int] | None


class _Modernizer:
    """Goes through the lines of one text."""

    def __init__(self, text: str, start: int, refused: frozenset[int]) -> None:
        self._text = text
        self._start = start
        self._refused = refused
        self._writer = DraftWriter(text)
        self._open: list[_Open] = []
        self._empty: list[tuple[int, int]] = []
        self._last_end = start
        self._after_words = False
        self._blocks: dict[int, DraftBlock] = {}

    def reading(self) -> OldReading:
        """Return the draft and what stands in it for the old dialect."""
        for start, end, line_end in self._lines():
            if _EMPTY.match(self._text[start:end]):
                self._empty.append((start, line_end))
                continue
            place, depth = self._inside(start, end)
            if self._end_above(depth) and not self._empty:
                self._writer.add(f"{self._prefix().rstrip()}\n")
            self._write_empty()
            self._line(place, end)
            self._writer.copy(end, line_end)
            self._last_end = end
        self._end_above(0)
        self._write_empty()
        return OldReading(self._writer.draft(), self._blocks)

    def _lines(self) -> Iterator[tuple[int, int, int]]:
        """Yield where each line begins, where its words end, and where it ends."""
        at = self._start
        while at < len(self._text):
            if not self._open and not self._empty:
                at = self._past_plain_lines(at)
            end = self._text.find("\n", at)
            end = end if end >= 0 else len(self._text)
            yield at, end, min(end + 1, len(self._text))
            at = end + 1

    def _past_plain_lines(self, start: int) -> int:
        """Copy the lines up to the next that may be of the old dialect; return where that is."""
        found = _SIGN.search(self._text, start)
        sign = found.start() if found else len(self._text)
        line = self._text.rfind("\n", start, sign) + 1 if found else sign
        if line <= start:
            return start
        self._writer.copy(start, line)
        above = self._text[self._text.rfind("\n", start, line - 1) + 1 : line]
        self._after_words = not _EMPTY.match(above.rstrip("\n"))
        self._last_end = line
        return line

    def _inside(self, start: int, end: int) -> tuple[int, int]:
        """Return where the words of a line begin, and in how many of the open bodies it stands."""
        for depth, opened in enumerate(self._open):
            indent = None
            if self._text.startswith(opened.lead, start, end):
                indent = _INDENT.match(self._text, start + len(opened.lead), end)
            if indent is None:
                return start, depth
            start = indent.end()
        return start, len(self._open)

    def _end_above(self, depth: int) -> bool:
        """End the bodies that a line does not stand in; tell whether there were any."""
        ended = len(self._open) > depth
        while len(self._open) > depth:
            opened = self._open.pop()
            self._blocks[opened.start] = DraftBlock(
                opened.start, self._last_end, opened.mark, opened.kind, opened.title, self._text
            )
        return ended

    def _prefix(self) -> str:
        return "".join([f"{opened.lead}> " for opened in self._open])

    def _write_empty(self) -> None:
        """Write the empty lines before a line, as they look in the bodies that go on."""
        prefix = self._prefix().rstrip()
        for start, end in self._empty:
            self._writer.add(prefix)
            self._writer.copy(start if not prefix else end - 1, end)
        self._after_words = self._after_words and not self._empty
        self._empty = []

    def _line(self, start: int, end: int) -> None:
        """Write a line that is not empty."""
        line = self._text[start:end]
        opening = _OPENING.match(line) if "!!!" in line or "???" in line else None
        if opening and len(self._open) < MAX_DEPTH and self._wanted(opening, start):
            self._opening(opening, start)
            self._after_words = False
            return
        abbreviation = _ABBREVIATION.match(line) if "*[" in line else None
        self._writer.add(self._prefix())
        if abbreviation and start + len(abbreviation["lead"]) not in self._refused:
            self._abbreviation(abbreviation, start)
        else:
            self._writer.copy(start, end)
        self._after_words = True

    def _wanted(self, opening: re.Match[str], start: int) -> bool:
        """Tell whether an opening says enough, and was not refused before."""
        named = opening["kind"] or (opening["title"] is not None and opening["mark"][0] == "?")
        return bool(named) and start + opening.start("mark") not in self._refused

    def _opening(self, opening: re.Match[str], start: int) -> None:
        """Write the line that opens an admonition."""
        prefix = self._prefix()
        if self._after_words:
            self._writer.add(f"{prefix}{opening['lead']}".rstrip() + "\n")
        place = start + opening.start("mark")
        self._writer.add(prefix + opening["lead"])
        self._writer.stand_in(">", place)
        title = None
        if opening["title"] is not None:
            title = start + opening.start("title"), start + opening.end("title")
            if opening["title"].strip():
                self._writer.add(f"\n{prefix}{opening['lead']}> # ")
                self._writer.copy(*title)
        kind = (opening["kind"] or "").lower()
        self._open.append(_Open(opening["lead"], place, opening["mark"], kind, title))

    def _abbreviation(self, found: re.Match[str], start: int) -> None:
        """Write the line of an abbreviation."""
        place = start + len(found["lead"])
        end = start + found.end("meaning")
        title = (start + found.start("meaning"), end)
        self._writer.add(found["lead"])
        self._writer.stand_in("<!---->", place)
        self._blocks[place] = DraftBlock(place, end, "*", found["label"], title, self._text)
