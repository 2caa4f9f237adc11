"""Manual + register + a person → what that person answers for on the day, and who else holds a role. Pure."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.manual.model import Document, Manual
    from qmstool.register.status import Register

ResponsibilityKind = Literal["owns", "authors", "reviewers", "approves"]
NAMED_IN_TEXT: tuple[Literal["authors", "reviewers"], ...] = ("authors", "reviewers")


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One way in which a person answers for a document; `role`: through which role, "" for the person's own name."""

    way: ResponsibilityKind
    role: str
    document: Document


@dataclass(frozen=True)
class Responsibilities:
    """What a person of `qms.yml`, named by key, answers for on the register's day."""

    person: str
    manual: Manual
    register: Register

    @property
    def day(self) -> str:
        """The day, as records write it."""
        return self.register.day.isoformat()

    @property
    def name(self) -> str:
        """What the person is called."""
        return self.manual.config.people[self.person].name

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The roles that the person holds on that day."""
        holds = self.manual.config.people[self.person].holds
        return tuple(dict.fromkeys(each.role.text for each in holds if each.covers(self.day)))

    @cached_property
    def units(self) -> Mapping[str, str]:
        """The units that the person heads, each with the role by which."""
        units = self.manual.config.units.items()
        return {
            key: unit.head.text for key, unit in units if unit.head and unit.head.text in self.roles
        }

    @cached_property
    def documents(self) -> Mapping[str, tuple[Responsibility, ...]]:
        """Every document that the person answers for, by its key."""
        found = {key: tuple(self._of(document)) for key, document in self.manual.documents.items()}
        return {key: duties for key, duties in found.items() if duties}

    def _of(self, document: Document) -> Iterator[Responsibility]:
        if (owner := document.entry.text("owner")) in self.units:
            yield Responsibility("owns", self.units[owner], document)
        for way in NAMED_IN_TEXT:
            for mark in document.entry.list(way):
                if mark.text in {self.person, *self.roles}:
                    yield Responsibility(
                        way, "" if mark.text == self.person else mark.text, document
                    )
        if (approver := document.entry.text("approver")) in self.roles:
            yield Responsibility("approves", approver, document)

    def others(self, role: str) -> tuple[str, ...]:
        """Return the names of those who hold a role on that day besides the person."""
        people = self.manual.config.people.items()
        holding = (each for key, each in people if key != self.person)
        return tuple(
            each.name
            for each in holding
            if any(held.role.text == role and held.covers(self.day) for held in each.holds)
        )
