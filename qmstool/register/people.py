"""Find a person of `qms.yml` by what a record calls somebody, and what speaks for him.

What goes in: settings, and who is named. What comes out: the person; whether he held a role;
whether nobody knows him, and whether anything is said to prove what he did. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.manual.config import folded_person
from qmstool.manual.model import UNKNOWN

if TYPE_CHECKING:
    from datetime import date

    from qmstool.manual.config import Config, Person
    from qmstool.manual.evidence import Evidence


def find_person(settings: Config, written: str) -> Person | None:
    """Return the person of a key or a name, however it is spaced and capitalized."""
    if written in settings.people:
        return settings.people[written]
    return settings.people_by_name.get(folded_person(written))


def holds_any_role(person: Person, day: date) -> bool:
    """Whether a person holds a role on a day; what is not known is held against nobody."""
    return any(held.covers(day) for held in person.holds)


def names_role(written: str) -> bool:
    """Whether a record says in which role somebody acted."""
    return written not in {"", UNKNOWN}


def holds_role(person: Person, role: str, day: date) -> bool:
    """Whether a person holds a role on a day, or any where none is named."""
    return any(
        held.covers(day)
        for held in person.holds
        if not names_role(role) or held.role.text in {role, UNKNOWN}
    )


def is_known_to_nobody(settings: Config, written: str) -> bool:
    """Whether somebody is named whom a manual that registers people does not.

    A manual that registers nobody cannot tell.
    """
    return bool(settings.people) and find_person(settings, written) is None


def names_proof(proof: Evidence) -> bool:
    """Whether a piece of evidence names a file, or says in words where something is.

    That nobody knows it, and signs alone, say nothing.
    """
    return bool(proof.file) or _says_where(proof.reference) or _says_where(proof.original)


def _says_where(words: str) -> bool:
    """Whether words say where something is: not that nobody knows it, and not signs alone."""
    return words.casefold() != UNKNOWN and any(map(str.isalnum, words))
