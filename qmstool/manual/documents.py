"""Define controlled documents: their text files and front matter."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.manual.front_matter import FrontMatter
    from qmstool.manual.text_files import Section, TextFile
    from qmstool.parsing.yaml.nodes import LocatedText

# The file that bears the front matter of the manual itself.
MAIN_FILE = "manual/index.md"


@dataclass(frozen=True)
class Document:
    """A controlled document.

    `key`: its identity; `code`: "" while unknown; `said_held`: whether its data say that its text
    is kept in the manual; `mark`: its code or key with its place; `attachments`: paths.
    """

    key: str
    code: str
    type: str
    title: str
    names: tuple[LocatedText, ...]
    said_held: bool
    front_matter: FrontMatter
    mark: LocatedText
    files: tuple[TextFile, ...]
    attachments: tuple[str, ...]

    @property
    def path(self) -> str:
        """The file that bears its front matter."""
        return self.files[0].path

    @property
    def name(self) -> str:
        """Code where there is one, else title: how lists call it."""
        return self.code or self.title

    @property
    def held(self) -> bool:
        """Whether its text is kept in the manual, as words or as a file."""
        return self.said_held or bool(self.text_file)

    @property
    def has_own_text(self) -> bool:
        """Whether its files hold its text, whatever its data say: a stub has a title alone."""
        return any(section.heading.level > 1 for section in self.sections)

    @property
    def text_file(self) -> str:
        """Path of the Word, PDF or Excel file that is the controlled text; "" for none.

        It is named by the head of a document without words of its own. A form's file is a form.
        """
        front = self.front_matter
        if front.file is None or front.parent is not None or self._has_words:
            return ""
        return self.attachments[-1] if self.attachments else ""

    @property
    def _has_words(self) -> bool:
        """Whether there is anything below its head but a title."""
        first = self.files[0]
        lines = first.source.text[first.body :].splitlines()
        return any(line.strip() and not line.startswith("# ") for line in lines)

    @cached_property
    def file_at(self) -> Mapping[str, TextFile]:
        """Its files by path."""
        return {file.path: file for file in self.files}

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Its headings, each with the text under it, in the order of its files."""
        return tuple([section for file in self.files for section in file.sections])

    @cached_property
    def by_anchor(self) -> Mapping[str, Section]:
        """Sections by anchor; the first of a doubled one."""
        return {section.anchor: section for section in reversed(self.sections) if section.anchor}

    @cached_property
    def by_place(self) -> Mapping[tuple[str, str], Section]:
        """Sections by file and anchor; the first of a doubled one."""
        sections = reversed(self.sections)
        return {(section.file.path, section.anchor): section for section in sections}

    @cached_property
    def by_number(self) -> Mapping[str, Section]:
        """Sections by number; the first of a doubled one."""
        return {number: sections[0] for number, sections in self.all_by_number.items()}

    @cached_property
    def all_by_number(self) -> Mapping[str, tuple[Section, ...]]:
        """Sections by number, those that repeat one with it, in the order of the text."""
        groups: dict[str, list[Section]] = {}
        for section in self.sections:
            if section.number:
                groups.setdefault(section.number, []).append(section)
        return {number: tuple(sections) for number, sections in groups.items()}
