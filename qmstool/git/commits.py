"""Define a commit with its people and trailers, and what a commit did to one path."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass
from qmstool.git.trailers import read_trailers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

ChangeKind = Literal["added", "changed", "renamed", "deleted"]
CHANGE_KINDS: Mapping[str, ChangeKind] = {
    "A": "added",
    "C": "added",
    "R": "renamed",
    "D": "deleted",
    "M": "changed",
    "T": "changed",
}
RawChange = tuple[int, bytes, bytes, bytes]
"""Index of the commit, from the newest; `:<modes> <blobs> <status>`; path; old path."""
NO_TIME = "1970-01-01T00:00:00+00:00"
"""Of a commit whose time is none: anybody can write what he likes there, or nothing."""
_LAST_YEAR = 9998  # in which every zone has a day
_PERSON = re.compile(r"\s*(.*?)\s*<([^<>]*)>\s*\Z")


@dataclass(frozen=True, slots=True)
class Identity:
    """A name and an address as a commit bears them; `qms.yml` says whose they are."""

    name: str
    email: str


@dataclass(frozen=True)
class Commit:
    """One commit as it was written: no mailmap, no graft, no replacement.

    Times are ISO 8601 with their own zone, `NO_TIME` where they can be none.
    """

    id: str
    parents: tuple[str, ...]
    author: Identity
    authored: str
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
        """The lines `Key: value` at the end of the message."""
        return read_trailers(self.message)

    @cached_property
    def moment(self) -> datetime:
        """When it was committed; clocks of different zones are compared by it."""
        return datetime.fromisoformat(self.committed)

    @property
    def day(self) -> date | None:
        """The day on which it was committed, by its own clock; None where it tells none."""
        return None if self.committed == NO_TIME else date.fromisoformat(self.committed[:10])

    @cached_property
    def written_at(self) -> datetime:
        """When its author wrote it."""
        return datetime.fromisoformat(self.authored)

    def committed_in(self, zone: tzinfo) -> str:
        """Return when it was committed as the clocks of a zone showed it, ISO 8601."""
        return self.moment.astimezone(zone).isoformat()

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


@dataclass(frozen=True, slots=True)
class FileChange:
    """What one commit did to one path.

    `old_path` differs from `path` on a rename; `blob` is all zeros where there is no file.
    """

    commit: Commit
    kind: ChangeKind
    path: str
    old_path: str
    blob: str


def plain_time(written: str) -> str:
    """Return a time as a commit bears it; `NO_TIME` for one that no calendar or zone has."""
    try:
        year = datetime.fromisoformat(written).year
    except ValueError:
        return NO_TIME
    return written if year <= _LAST_YEAR else NO_TIME
