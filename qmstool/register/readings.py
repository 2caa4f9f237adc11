"""Find who has not yet said that they read what is in force.

What goes in: a manual with its records of readings, and the register of a day. What comes out: each
document with each receiver that has not acknowledged it. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.yaml.nodes import text_of
from qmstool.register.status import is_of_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qmstool.manual.circulation import Reading
    from qmstool.manual.config import Config
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.register.status import DocumentStatus, Register


@dataclass(frozen=True, slots=True)
class Unread:
    """Somebody on a distribution list who has not acknowledged the text in force.

    `person`: key of `qms.yml`, "" where nobody is known to hold a role of the unit.
    """

    document: Document
    status: DocumentStatus
    unit: str
    person: str


def unread_texts(manual: Manual, register: Register) -> Iterator[Unread]:
    """Yield who has not read what is in force on the register's day.

    Of each unit on a document's distribution list: its people, by the roles that they hold on that
    day as far as is known by now; where nobody is known, the unit, until anybody read for it. A
    reading counts for the very text alone, by its check code.
    """
    tip = register.tip or manual
    for key, status in register.statuses.items():
        document = manual.documents.get(key)
        if document is None or not status.in_force:
            continue
        read = [reading for reading in tip.readings if _counts(reading, status, register.day)]
        recipients = document.front_matter.distribution
        for unit in dict.fromkeys(text_of(recipient.unit) for recipient in recipients):
            yield from _unread_in(unit, document, status, read, tip.config, register.day)


def _counts(reading: Reading, status: DocumentStatus, day: date) -> bool:
    return (
        reading.date is not None
        and reading.date.may_have_come(day)
        and is_of_text(status, reading.text)
    )


def _unread_in(
    unit: str,
    document: Document,
    status: DocumentStatus,
    read: list[Reading],
    config: Config,
    day: date,
) -> Iterator[Unread]:
    """Yield who of one unit has not read a document."""
    if not unit:
        return
    people = people_of(config, unit, day)
    done = {reading.person for reading in read}
    done |= {key for key in people if config.people[key].name in done}
    for key in people:
        if key not in done:
            yield Unread(document, status, unit, key)
    if not people and not any(text_of(reading.unit) == unit for reading in read):
        yield Unread(document, status, unit, "")


def people_of(config: Config, unit: str, day: date) -> tuple[str, ...]:
    """Return the keys of the people who hold a role of a unit on a day."""
    roles = {key for key, role in config.roles.items() if text_of(role.unit) == unit}
    known = config.units.get(unit)
    if known and known.head:
        roles.add(known.head.text)
    found = []
    for key, person in config.people.items():
        if any(held.role.text in roles and held.covers(day) for held in person.holds):
            found.append(key)
    return tuple(found)
