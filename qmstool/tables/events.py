"""An act in the life of a manual, and the question which of them are asked for: what every part of the trail speaks in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from qmstool.i18n import Text


@dataclass(frozen=True, slots=True)
class Event:
    """One act.

    `when` is ISO 8601, a day or a time; `people` as names with addresses; `documents` are keys.

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


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: an empty field asks for everything, those given must all hold.

    `person`: part of a name or address; days inclusive; `clause`: with those below it; `unit`: that
    owns the documents.
    """

    documents: frozenset[str] = frozenset()
    person: str = ""
    since: str = ""
    until: str = ""
    clause: str = ""
    unit: str = ""

    def wants(self, event: Event, owned: set[str], answering: tuple[set[str], set[str]]) -> bool:
        """Whether an event is asked for, given the documents of the unit, and the documents and files that answer the clause."""
        day, keys = event.when[:10], set(event.documents)
        return (
            (not self.documents or bool(self.documents & keys))
            and (not self.unit or bool(owned & keys))
            and (not self.clause or bool(answering[0] & keys or answering[1] & event.files))
            and (
                not self.person
                or any(self.person.casefold() in name.casefold() for name in event.people)
            )
            and (not self.since or day >= self.since)
            and (not self.until or day <= self.until)
        )
