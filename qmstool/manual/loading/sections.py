"""Cut a text file into sections."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import replace
from qmstool.manual.documents import Section
from qmstool.parsing.codes import phrase
from qmstool.parsing.markdown.headings import after_number, number_of
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qmstool.manual.documents import Document, TextFile
    from qmstool.parsing.markdown.headings import NamedHeading


# «Điều 3», and «Điều 3 Phạm vi».
_BARE = regex(r"(\d{1,3})(?:\s+[^\W\d_].*)?")


def read_sections(document: str, file: TextFile) -> list[Section]:
    """Return each heading with the text under it, to the next heading of its level or above."""
    sections = []
    headings = file.page.headings
    for heading, end in zip(headings, _ends(headings, len(file.source.text)), strict=True):
        sections.append(
            Section(
                document=document,
                file=file,
                heading=heading,
                anchor=heading.anchor,
                number=heading.number or "",
                title=_title(heading),
                start=heading.line_end,
                end=end,
            )
        )
    return sections


def _ends(headings: Sequence[NamedHeading], text_end: int) -> list[int]:
    """Return where each section ends: at the next heading of its level or above, or at the end."""
    ends = [text_end] * len(headings)
    open_ones: list[int] = []
    for place, heading in enumerate(headings):
        while open_ones and headings[open_ones[-1]].level >= heading.level:
            ends[open_ones.pop()] = heading.line_start
        open_ones.append(place)
    return ends


def number_by_words(documents: Mapping[str, Document], words: Iterable[str]) -> dict[str, Document]:
    """Return documents with the numbers of headings that a word announces: «Điều 3. Phạm vi».

    `words`: those that stand before the number of a section.
    """
    announcing = "|".join(phrase(word) for word in words if word[-1].isalnum())
    if not announcing:
        return dict(documents)
    opening = regex(rf"(?:{announcing})\s+(?=\w)", re.IGNORECASE)
    return {key: _numbered(document, opening) for key, document in documents.items()}


def _numbered(document: Document, opening: re.Pattern[str]) -> Document:
    at = {
        index: (section, opened.end())
        for index, section in enumerate(document.sections)
        if not section.number and (opened := opening.match(section.heading.text))
    }
    sections = list(document.sections)
    for index, (section, end) in at.items():
        words = section.heading.text[end:]
        bare = _BARE.fullmatch(words)
        number = bare[1] if bare else number_of(words)[0]
        if number:
            title = after_number(words, number) or section.heading.text
            sections[index] = replace(section, number=number, title=title)
    return replace(document, sections=tuple(sections)) if at else document


def _title(heading: NamedHeading) -> str:
    """Return the words of a heading after its number."""
    return after_number(heading.text, heading.number) if heading.number else heading.text
