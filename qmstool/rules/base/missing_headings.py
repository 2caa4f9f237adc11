"""Find lines that were to be headings: they have the number of a section that somebody cites.

Such a line is a paragraph of its own, bold or in plain words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.manual.documents import Document, TextFile
    from qmstool.manual.model import Manual
    from qmstool.references.model import Reference

# In characters; a longer line is a sentence.
LONGEST = 150


class PlainHeading(NamedTuple):
    """A line that was to be a heading: where it stands, its number, and what to put there."""

    file: TextFile
    place: tuple[int, int]
    number: str
    line: str


def find_plain_headings(
    manual: Manual, missing: Iterable[Reference]
) -> Mapping[tuple[str, str], PlainHeading]:
    """Return the lines with the numbers of missing sections, by document key and number.

    `missing` are the references to sections that their document does not have.
    """
    lines: dict[tuple[str, str], PlainHeading] = {}
    for reference in missing:
        part = reference.part
        if part is None or (part.owner, part.number) in lines or "." not in part.number:
            continue
        line = _find_line(manual.documents[part.owner], part.number)
        if line is not None:
            lines[part.owner, part.number] = line
    return lines


def _find_line(document: Document, number: str) -> PlainHeading | None:
    """Return the first paragraph of one line that opens with a number."""
    opening = regex(rf"(?<=\0)\x01*{re.escape(number)}[.):]?[ \t\u00a0]+[^\W\d_][^\n\0]*(?=[\n\0])")
    for file in document.files:
        prose = file.page.prose
        hit = opening.search(prose) if number in prose else None
        if hit is None or len(hit[0]) > LONGEST:
            continue
        if hit[0].rstrip("\x01 ").endswith((".", ";", ",", ":")):
            continue
        words = hit[0].replace("\x01", "").strip()
        heading = f"{'#' * _level(document, number)} {words}"
        return PlainHeading(file, hit.span(), number, heading)
    return None


def _level(document: Document, number: str) -> int:
    """Return the level of the headings whose numbers have as many parts."""
    dots = number.count(".")
    for section in document.sections:
        if section.number.count(".") == dots:
            return section.heading.level
    return min(dots + 2, 6)
