"""Define the nodes of a YAML text, each with its place. Every scalar is text.

Clause 4.10 stays 4.10, and `no` stays no.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from qmstool.findings import Location
    from qmstool.parsing.source import SourceFile


@dataclass(frozen=True, slots=True)
class LocatedText:
    """A word of a data file with its place, kept wherever a finding may have to point at it."""

    text: str
    source: SourceFile
    start: int
    end: int

    @property
    def quoted(self) -> bool:
        """Whether quotation marks stand around the word."""
        return self.source.text[self.start : self.start + 1] in {"'", '"'}

    @property
    def location(self) -> Location:
        """Where the word stands."""
        return self.source.locate(self.start, self.end)


def text_of(mark: LocatedText | None, default: str = "") -> str:
    """Return the text of a word that may not be there."""
    return mark.text if mark else default


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar, without its quotes."""

    mark: LocatedText


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    mark: LocatedText
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys in the order of the file, each with its node; the first of doubled keys wins."""

    mark: LocatedText
    keys: tuple[LocatedText, ...]
    values: tuple[Node, ...]


Node = Scalar | Sequence | Mapping
