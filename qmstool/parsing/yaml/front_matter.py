"""Tell what is wrong with the lines «---» around the data of a document, and where the data are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple, dataclass
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Collection

    from qmstool.parsing.markdown.inlines import Span

# How many lines of a file may hold its data.
REACH = 120
_FENCE = regex(r"---[ \t]*")
_BAR = regex(r"[ \t\u00a0]*(?:(?:[-\u2010-\u2015\u2212_=*~][ \t]?)+|\.\.\.|`{3}[a-z]*)[ \t\u00a0]*")
_KEY = regex(r"(?P<key>[A-Za-z_][\w-]*)[ \t]*[:\uff1a]")
_DATA = regex(r"[A-Za-z_][\w-]*[ \t]*[:\uff1a]|[ \t\u00a0]+\S|-[ \t]")


@dataclass(frozen=True, slots=True)
class FrontMatterMistake:
    """What is wrong with the lines around the data of a document.

    `cause`: by its name; `place`, and `more` of them; `meant`: what to write there; `sign`: what
    stands there; `data`: where the data begin and end, and where the text after them begins.
    """

    cause: str
    place: Span
    meant: str | None
    more: tuple[Span, ...]
    sign: str
    data: tuple[int, int, int]


class _WrongLine(NamedTuple):
    cause: str
    place: Span
    meant: str | None = None
    sign: str = ""


def find_mistake(text: str, known: Collection[str]) -> FrontMatterMistake | None:
    """Return what is wrong about the data of a document, whose keys are `known`.

    None where there are no data, or nothing is wrong.
    """
    lines = _lines(text)
    opening, first = _find_opening(text, lines, known)
    if first is None:
        return None
    closing, last = _find_closing(text, lines, first)
    wrong = (
        _check_opening(text, lines, opening, first),
        _check_closing(text, lines, closing, last),
    )
    mistakes = [line for line in wrong if line is not None]
    if not mistakes:
        return None
    worst = mistakes[0]
    after = lines[last if closing is None else closing]
    data = lines[first][0], min(lines[last][1] + 1, len(text)), min(after[1] + 1, len(text))
    more = tuple(line.place for line in mistakes[1:])
    return FrontMatterMistake(worst.cause, worst.place, worst.meant, more, worst.sign, data)


def _check_opening(
    text: str, lines: list[Span], opening: int | None, first: int
) -> _WrongLine | None:
    if opening is None:
        return _WrongLine("no-opening", lines[first], "---")
    start, end = lines[opening]
    if not _FENCE.fullmatch(text, start, end):
        return _WrongLine("bar", lines[opening], "---", text[start:end].rstrip())
    if opening:
        return _WrongLine("later" if text[:start].strip() else "late", lines[opening])
    return None


def _check_closing(
    text: str, lines: list[Span], closing: int | None, last: int
) -> _WrongLine | None:
    if closing is None:
        return _WrongLine("unclosed", lines[last], "---")
    start, end = lines[closing]
    if _FENCE.fullmatch(text, start, end) or text[start:end].strip() == "...":
        return None
    return _WrongLine("bar", lines[closing], "---", text[start:end].rstrip())


def _lines(text: str) -> list[Span]:
    """Return the first lines of a text, without their ends."""
    lines: list[Span] = []
    start = 0
    while start <= len(text) and len(lines) < REACH:
        end = text.find("\n", start)
        if end < 0:
            end = len(text)
        lines.append((start, end))
        start = end + 1
    return lines


def _find_opening(
    text: str, lines: list[Span], known: Collection[str]
) -> tuple[int | None, int | None]:
    """Return the line that opens the data, if one does, and their first line; None for no data."""

    def is_data(row: int) -> bool:
        key = _KEY.match(text, *lines[row])
        return key is not None and key["key"] in known

    filled = [row for row, (start, end) in enumerate(lines) if text[start:end].strip()]
    if filled and is_data(filled[0]):
        return None, filled[0]
    for row, span in enumerate(lines):
        if not _BAR.fullmatch(text, *span):
            continue
        after = next((below for below in filled if below > row), row)
        if is_data(after):
            return row, after
    return None, None


def _find_closing(text: str, lines: list[Span], first: int) -> tuple[int | None, int]:
    """Return the line that closes the data, if one does, and their last line."""
    last = first
    for row in range(first, len(lines)):
        start, end = lines[row]
        line = text[start:end]
        if _BAR.fullmatch(line) and line.strip() != "-":
            return row, last
        if _DATA.match(line):
            last = row
        elif line.strip() and (not line.startswith("#") or row > last + 1):
            break
    return None, last
