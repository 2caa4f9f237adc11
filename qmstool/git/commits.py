"""Define a commit with its people and trailers, and what a commit did to one path."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

ChangeKind = Literal["added", "changed", "renamed", "deleted"]
CHANGE_KINDS: Mapping[str, ChangeKind] = {
    "A": "added",
    "C": "added",
    "R": "renamed",
    "D": "deleted",
    "M": "changed",
    "T": "changed",
}
_TRAILER = re.compile(r"([A-Za-z][A-Za-z0-9-]*):[ \t]*(.*)")
_PERSON = re.compile(r"\s*(.*?)\s*<([^<>]*)>\s*\Z")


@dataclass(frozen=True, slots=True)
class Identity:
    """A name and an address as a commit bears them; `qms.yml` says whose they are."""

    name: str
    email: str


@dataclass(frozen=True)
class Commit:
    """One commit as it was written: no mailmap, no graft, no replacement.

    Times are ISO 8601 with their own zone.
    """

    id: str
    parents: tuple[str, ...]
    author: Identity
    authored: str
    committer: Identity
    committed: str
    message: str

    @property
    def subject(self) -> str:
        """The first line of the message."""
        return self.message.partition("\n")[0]

    @property
    def is_merge(self) -> bool:
        """Whether it joins lines of work."""
        return len(self.parents) > 1

    @cached_property
    def trailers(self) -> tuple[tuple[str, str], ...]:
        """The `Key: value` lines of every paragraph that holds nothing else.

        Not of the last paragraph only: a squash keeps the trailers of each commit in its place.
        """
        trailers = []
        for paragraph in re.split(r"\n[ \t]*\n", self.message.strip())[1:]:
            trailers += _trailers(paragraph)
        return tuple(trailers)

    def trailer_values(self, key: str) -> tuple[str, ...]:
        """The values of a trailer, in order; keys are case-blind."""
        return tuple(value for name, value in self.trailers if name.casefold() == key.casefold())

    @property
    def people(self) -> tuple[Identity, ...]:
        """The author and the co-authors, each once."""
        people = [self.author]
        for value in self.trailer_values("Co-authored-by"):
            person = _PERSON.match(value)
            if person:
                people.append(Identity(person[1], person[2]))
        return tuple(dict.fromkeys(people))


def _trailers(paragraph: str) -> list[tuple[str, str]]:
    """Return the trailers of a paragraph; none where one of its lines is no trailer."""
    trailers: list[tuple[str, str]] = []
    for line in paragraph.split("\n"):
        trailer = _TRAILER.fullmatch(line.rstrip())
        if line[:1] in {" ", "\t"} and trailers:
            key, value = trailers[-1]
            trailers[-1] = (key, f"{value} {line.strip()}")
        elif trailer:
            trailers.append((trailer[1], trailer[2]))
        else:
            return []
    return trailers


@dataclass(frozen=True, slots=True)
class FileChange:
    """What one commit did to one path.

    `old_path` differs from `path` on a rename; blobs are all zeros where there is no file.
    """

    commit: Commit
    kind: ChangeKind
    path: str
    old_path: str
    blob: str
    old_blob: str
