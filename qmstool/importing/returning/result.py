"""Hold what came back in a document: each change, where it goes, and who made it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from qmstool.i18n import Text

Kind = Literal["changed", "added", "removed", "moved", "look"]


@dataclass(frozen=True, slots=True)
class ReturnedChange:
    """One change: the words before and after, "" where there are none.

    `section`: the heading that it stands under; `path`, `line`: where it is made, "" and 0 where it
    could not be; `note`: what a person has to know of it, None for nothing.
    """

    kind: Kind
    section: str
    before: str
    after: str
    path: str
    line: int
    note: Text | None = None

    @property
    def taken(self) -> bool:
        """Whether it is made in a file."""
        return bool(self.path)


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody whose tracked changes a file holds: how many, on which days (ISO), in order."""

    name: str
    count: int
    days: tuple[str, ...]
