"""Define releases as they were recorded: what put which texts of documents in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from qmstool.findings import Location
    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.parsing.yaml.records import Record


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """A file of a release: path, git blob, SHA-256 (where written)."""

    path: str
    blob: str
    digest: str
    record: Record

    def place(self, name: str) -> Location:
        """Return the place of one of its words, or of the whole where that is not written."""
        return (self.record.get(name) or self.record.mark).location


@dataclass(frozen=True, slots=True)
class ReleaseItem:
    """What a release does to one document."""

    key: str
    code: str
    act: str
    title: str
    issue: str
    revision: str
    digest: str
    files: tuple[PinnedFile, ...]
    summary: str
    reason: str
    record: Record
    mark: LocatedText


@dataclass(frozen=True, slots=True)
class Release:
    """A record of what put documents in force. Dates as written: YYYY-MM-DD or unknown."""

    number: int
    imported: bool
    title: str
    effective: str
    recorded: str
    previous: str
    basis: tuple[PinnedFile, ...]
    items: tuple[ReleaseItem, ...]
    record: Record
    source: SourceFile
