"""Put words in the place of others in a text as it is stored: accents, line ends, mark and all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.parsing.source import BOM
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.findings import Location

LINE = regex(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def stored_lines(text: str) -> list[str]:
    """Return the lines of a file with their ends, as places in it count them.

    Python would end a line at signs that end none in a file: U+2028, a form feed.
    """
    return [line for line in LINE.findall(text) if line]


class Edit(NamedTuple):
    """Words for a place."""

    place: Location
    words: str


def apply_edits(text: str, edits: Iterable[Edit]) -> tuple[str, list[Edit]]:
    """Return a text with edits made, and those that were.

    `text` is the whole decoded file. Of two edits for the same words the later one in the file is
    made: which of them is right is not certain.
    """
    starts = line_starts(text)
    made: list[Edit] = []
    # The pieces of the new text, the last one first.
    pieces: list[str] = []
    first = len(text)
    for edit in sorted(edits, key=_place, reverse=True):
        start, end = _offsets(starts, edit.place)
        if end > first:
            continue
        pieces += [text[end:first], edit.words]
        first = start
        made.append(edit)
    pieces.append(text[:first])
    return "".join(reversed(pieces)), made


def line_starts(text: str) -> list[int]:
    """Return where the lines of a file begin; a byte-order mark stands before the first column."""
    starts = [line.start() for line in LINE.finditer(text)]
    starts[0] = len(BOM) if text.startswith(BOM) else 0
    return starts


def _place(edit: Edit) -> Location:
    return edit.place


def _offsets(starts: list[int], place: Location) -> tuple[int, int]:
    start = starts[place.line - 1] + place.column - 1
    end = starts[place.end_line - 1] + place.end_column - 1
    return start, end
