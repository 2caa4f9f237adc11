"""Define the text files of documents, and cut them into sections when somebody asks for those.

After an edit few of the sections of a large manual are asked for.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.codes import phrase
from qmstool.parsing.markdown.headings import after_number, nesting, number_of
from qmstool.patterns import regex

if TYPE_CHECKING:
    from qmstool.findings import Location
    from qmstool.parsing.markdown.headings import NamedHeading
    from qmstool.parsing.markdown.page import Page
    from qmstool.parsing.source import SourceFile

# «Điều 3», and «Điều 3 Phạm vi».
_BARE = regex(r"(\d{1,3})(?:\s+[^\W\d_].*)?")


@dataclass(frozen=True)
class SectionWords:
    """The words that stand before the number of a section: «Điều 3. Phạm vi»."""

    words: tuple[str, ...]

    @cached_property
    def _opening(self) -> re.Pattern[str] | None:
        announcing = "|".join(phrase(word) for word in self.words if word[-1].isalnum())
        return regex(rf"(?:{announcing})\s+(?=\w)", re.IGNORECASE) if announcing else None

    def number_and_title(self, heading: str) -> tuple[str, str]:
        """Return the number that one of them announces in a heading, and the words after it.

        "" where none does, and all words.
        """
        opened = self._opening.match(heading) if self._opening else None
        if opened is None:
            return "", heading
        words = heading[opened.end() :]
        bare = _BARE.fullmatch(words)
        number = bare[1] if bare else number_of(words)[0]
        return (number, after_number(words, number) or heading) if number else ("", heading)


@dataclass(frozen=True)
class TextFile:
    """A Markdown file that was read: the text of a document, or a part of it.

    `body`, `end`: where its text begins and ends. `document`: the key of the one whose it is.
    `section_words`: those by which the numbers of its sections may be announced.
    """

    source: SourceFile
    page: Page
    body: int
    end: int
    document: str
    section_words: SectionWords

    @cached_property
    def path(self) -> str:
        """Path in the tree."""
        return self.source.path

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Each heading with the text under it, to the next heading of its level or above."""
        headings = self.page.headings
        line_starts = [*(heading.line_start for heading in headings), self.end]
        _, ended_by = nesting(headings)
        return tuple(
            [
                self._section(heading, line_starts[end])
                for heading, end in zip(headings, ended_by, strict=True)
            ]
        )

    def _section(self, heading: NamedHeading, end: int) -> Section:
        number, title = heading.number or "", heading.text
        if number:
            title = after_number(title, number)
        else:
            number, title = self.section_words.number_and_title(title)
        start = heading.line_end
        return Section(self.document, self, heading, heading.anchor, number, title, start, end)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a document and the text under it, to the next heading of its level or above.

    `document`: key; `start`, `end`: where the text under the heading begins and ends.
    """

    document: str
    file: TextFile
    heading: NamedHeading
    anchor: str
    number: str
    title: str
    start: int
    end: int

    @property
    def location(self) -> Location:
        """The place of its title."""
        return self.file.source.locate(self.heading.start, self.heading.end)
