"""Define an act in the life of a manual, and the question which acts are wanted.

Every part of the trail speaks in these two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.i18n import Text


@dataclass(frozen=True, slots=True)
class Event:
    """One act.

    `when` is ISO 8601, a day or a time of the manual's zone; `order`: what it is put in order by,
    where a clock was wrong; `people` as names with addresses; `documents` are keys;
    `files`: what it changed, by the names that files bear today.
    """

    when: str
    people: tuple[str, ...]
    what: Text
    documents: tuple[str, ...]
    subject: str
    why: str
    reference: str
    files: frozenset[str] = frozenset()
    order: str = ""


def newest_first(events: Iterable[Event]) -> list[Event]:
    """Return acts in order: by day, what has a time before what has none, the newest first."""

    def place(event: Event) -> tuple[str, str]:
        order = event.order or event.when
        return order[:10], order

    return sorted(events, key=place, reverse=True)


@dataclass(frozen=True, slots=True)
class Query:
    """Which acts are wanted: an empty field wants all, those that are given must all hold.

    `person`: part of a name or address; days inclusive; `clause`: with those below it; `unit`: that
    owns the documents.
    """

    documents: frozenset[str] = frozenset()
    person: str = ""
    since: str = ""
    until: str = ""
    clause: str = ""
    unit: str = ""

    def matches(self, event: Event, owned: set[str], answering: tuple[set[str], set[str]]) -> bool:
        """Return whether an event is wanted.

        `owned`: documents of the unit; `answering`: documents, and files, that answer the clause.
        """
        day, keys = event.when[:10], set(event.documents)
        if self.documents and not self.documents & keys:
            return False
        if self.unit and not owned & keys:
            return False
        documents, files = answering
        if self.clause and not (documents & keys or files & event.files):
            return False
        if self.person and not self._names_person(event):
            return False
        return (not self.since or day >= self.since) and (not self.until or day <= self.until)

    def _names_person(self, event: Event) -> bool:
        wanted = self.person.casefold()
        return any(wanted in name.casefold() for name in event.people)
