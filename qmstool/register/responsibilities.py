"""Say what a person answers for on a day: roles, units and documents, and who else holds a role.

What goes in: a manual, the register of the day, and a person's key in `qms.yml`. Pure.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass
from qmstool.parsing.yaml.nodes import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.register.status import Register

ResponsibilityKind = Literal["owns", "authors", "reviewers", "approves"]


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One way in which a person answers for a document.

    `role`: through which role, "" for the person's own name.
    """

    kind: ResponsibilityKind
    role: str
    document: Document


@dataclass(frozen=True)
class Responsibilities:
    """What a person of `qms.yml`, named by key, answers for on the register's day."""

    person: str
    manual: Manual
    register: Register

    @property
    def day(self) -> date:
        """The day of the register."""
        return self.register.day

    @property
    def name(self) -> str:
        """What the person is called."""
        return self.manual.config.people[self.person].name

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The roles that the person holds on that day."""
        holds = self.manual.config.people[self.person].holds
        return tuple(dict.fromkeys(held.role.text for held in holds if held.covers(self.day)))

    @cached_property
    def units(self) -> Mapping[str, str]:
        """The units that the person heads, each with the role by which."""
        headed = {}
        for key, unit in self.manual.config.units.items():
            if unit.head and unit.head.text in self.roles:
                headed[key] = unit.head.text
        return headed

    @cached_property
    def documents(self) -> Mapping[str, tuple[Responsibility, ...]]:
        """Every document that the person answers for, by its key."""
        documents = {}
        for key, document in self.manual.documents.items():
            responsibilities = tuple(self._of(document))
            if responsibilities:
                documents[key] = responsibilities
        return documents

    def _of(self, document: Document) -> Iterator[Responsibility]:
        owner = text_of(document.front_matter.owner)
        if owner in self.units:
            yield Responsibility("owns", self.units[owner], document)
        elif owner == self.person:
            yield Responsibility("owns", "", document)
        elif owner in self.roles:
            yield Responsibility("owns", owner, document)
        yield from self._named("authors", document.front_matter.authors, document)
        yield from self._named("reviewers", document.front_matter.reviewers, document)
        for mark in document.front_matter.approvers:
            if mark.text in self.roles:
                yield Responsibility("approves", mark.text, document)

    def _named(
        self, kind: ResponsibilityKind, marks: Iterable[LocatedText], document: Document
    ) -> Iterator[Responsibility]:
        for mark in marks:
            if mark.text == self.person:
                yield Responsibility(kind, "", document)
            elif mark.text in self.roles:
                yield Responsibility(kind, mark.text, document)

    def others(self, role: str) -> tuple[str, ...]:
        """Return the names of those who hold a role on that day besides the person."""
        names = []
        for key, person in self.manual.config.people.items():
            holding = [held.role.text for held in person.holds if held.covers(self.day)]
            if key != self.person and role in holding:
                names.append(person.name)
        return tuple(names)
