"""Cut a text file into sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.manual.documents import Section

if TYPE_CHECKING:
    from qmstool.manual.documents import TextFile
    from qmstool.parsing.markdown.headings import NamedHeading


def read_sections(document: str, file: TextFile) -> list[Section]:
    """Return each heading with the text under it, to the next heading of its level or above."""
    headings = file.page.headings
    sections = []
    for index, heading in enumerate(headings):
        following = headings[index + 1 :]
        ends = (other.line_start for other in following if other.level <= heading.level)
        sections.append(
            Section(
                document=document,
                file=file,
                heading=heading,
                anchor=heading.anchor,
                number=heading.number or "",
                title=_title(heading),
                start=heading.line_end,
                end=next(ends, len(file.source.text)),
            )
        )
    return sections


def _title(heading: NamedHeading) -> str:
    """Return the words of a heading after its number."""
    if not heading.number:
        return heading.text
    return heading.text[len(heading.number) :].lstrip(" .):–—-\u00a0")
