"""The first lines of a document without data between two lines «---» → what is wrong with these lines, and where the data are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection

    from qmstool.parsing.markdown.source_map import Span

# How many lines of a file may hold its data.
REACH = 120
_FENCE = re.compile(r"---[ \t]*")
_BAR = re.compile(
    r"[ \t\u00a0]*(?:(?:[-\u2010-\u2015\u2212_=*~][ \t]?)+|\.\.\.|`{3}[a-z]*)[ \t\u00a0]*"
)
_KEY = re.compile(r"(?P<key>[A-Za-z_][\w-]*)[ \t]*[:\uff1a]")
_DATA = re.compile(r"[A-Za-z_][\w-]*[ \t]*[:\uff1a]|[ \t\u00a0]+\S|-[ \t]")


@dataclass(frozen=True, slots=True)
class FrontMatterMistake:
    """What is wrong, by its name; its place and more of them; what to write there; where the data are, and the text after them."""

    cause: str
    place: Span
    meant: str | None
    more: tuple[Span, ...]
    sign: str
    data: tuple[int, int, int]


def find_mistake(text: str, known: Collection[str]) -> FrontMatterMistake | None:
    """Return the slip about the data of a document, whose keys are `known`; None where there are no data, or nothing is wrong."""
    lines = _lines(text)
    opening, first = _opening(text, lines, known)
    if first is None:
        return None
    closing, last = _closing(text, lines, first)
    found: list[tuple[str, Span, str | None, str]] = []
    if opening is None:
        found.append(("no-opening", lines[first], "---", ""))
    elif not _FENCE.fullmatch(text, *lines[opening]):
        found.append(("bar", lines[opening], "---", text[slice(*lines[opening])].rstrip()))
    elif opening:
        before = text[: lines[opening][0]].strip()
        found.append(("later" if before else "late", lines[opening], None, ""))
    if closing is None:
        found.append(("unclosed", lines[last], "---", ""))
    elif (
        not _FENCE.fullmatch(text, *lines[closing])
        and text[slice(*lines[closing])].strip() != "..."
    ):
        found.append(("bar", lines[closing], "---", text[slice(*lines[closing])].rstrip()))
    if not found:
        return None
    cause, place, meant, sign = found[0]
    body = min(lines[last if closing is None else closing][1] + 1, len(text))
    data = lines[first][0], min(lines[last][1] + 1, len(text)), body
    return FrontMatterMistake(cause, place, meant, tuple(each[1] for each in found[1:]), sign, data)


def _lines(text: str) -> list[Span]:
    """The first lines of a text, without their ends."""
    found: list[Span] = []
    at = 0
    while at <= len(text) and len(found) < REACH:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        found.append((at, end))
        at = end + 1
    return found


def _opening(text: str, lines: list[Span], known: Collection[str]) -> tuple[int | None, int | None]:
    """The line that opens the data, if one does, and the first line of them; None for no data."""

    def is_data(row: int) -> bool:
        found = _KEY.match(text, *lines[row]) if row < len(lines) else None
        return found is not None and found["key"] in known

    filled = next((row for row, span in enumerate(lines) if text[slice(*span)].strip()), None)
    if filled is not None and is_data(filled):
        return None, filled
    for row, span in enumerate(lines):
        if _BAR.fullmatch(text, *span):
            after = next(
                (each for each in range(row + 1, len(lines)) if text[slice(*lines[each])].strip()),
                row,
            )
            if is_data(after):
                return row, after
    return None, None


def _closing(text: str, lines: list[Span], first: int) -> tuple[int | None, int]:
    """The line that closes the data, if one does, and the last line of them."""
    last = first
    for row in range(first, len(lines)):
        line = text[slice(*lines[row])]
        if _BAR.fullmatch(line) and line.strip() != "-":
            return row, last
        if _DATA.match(line):
            last = row
        elif line.strip() and (not line.startswith("#") or row > last + 1):
            break
    return None, last
