"""Find lines that were to be headings: they have the number of a section that somebody cites.

Such a line is a paragraph of its own, bold or in plain words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.text_files import TextFile
    from qmstool.parsing.markdown.inlines import Span
    from qmstool.references.model import Reference

    _Openings = dict[str, list[tuple[TextFile, Span, str]]]

_OPENING = regex(r"(?<=\0)\x01*(?P<number>[^\s\0\x01]+)[ \t\u00a0]+[^\W\d_][^\n\0]*(?=[\n\0])")
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
    lines: dict[tuple[str, str], PlainHeading | None] = {}
    read: dict[str, tuple[_Openings, dict[int, int]]] = {}
    for reference in missing:
        part = reference.part
        if part is None or (part.owner, part.number) in lines or "." not in part.number:
            continue
        if part.owner not in read:
            document = manual.documents[part.owner]
            read[part.owner] = _openings(document), _levels(document)
        lines[part.owner, part.number] = _find_line(*read[part.owner], part.number)
    return {key: line for key, line in lines.items() if line is not None}


def _openings(document: Document) -> _Openings:
    """Return the paragraphs of one line that open with a number, by what may be the number.

    Of each file the first.
    """
    found: _Openings = {}
    for file in document.files:
        own: dict[str, tuple[Span, str]] = {}
        for hit in _OPENING.finditer(file.page.prose):
            number = hit["number"]
            for each in {number, number[:-1] if number.endswith((".", ")", ":")) else number}:
                own.setdefault(each, (hit.span(), hit[0]))
        for number, (span, words) in own.items():
            found.setdefault(number, []).append((file, span, words))
    return found


def _find_line(openings: _Openings, levels: dict[int, int], number: str) -> PlainHeading | None:
    """Return the first paragraph of one line that opens with a number."""
    for file, span, line in openings.get(number, ()):
        if len(line) > LONGEST or line.rstrip("\x01 ").endswith((".", ";", ",", ":")):
            continue
        words = line.replace("\x01", "").strip()
        points = number.count(".")
        heading = f"{'#' * levels.get(points, min(points + 2, 6))} {words}"
        return PlainHeading(file, span, number, heading)
    return None


def _levels(document: Document) -> dict[int, int]:
    """Return the level of the headings whose numbers have so many points."""
    levels: dict[int, int] = {}
    for section in document.sections:
        levels.setdefault(section.number.count("."), section.heading.level)
    return levels
