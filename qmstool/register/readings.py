"""Find who has not yet said that they read what is in force, and what was said of no text.

What goes in: a manual with its records of readings, and the register of a day. What comes out: each
document with each receiver that has not acknowledged it; readings and reviews of a text that no
release ever held. Pure.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.manual.circulation import TextKey
from qmstool.parsing.yaml.nodes import text_of
from qmstool.register.status import item_check_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from qmstool.manual.circulation import DocumentReview, Reading
    from qmstool.manual.config import Config, Person
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release
    from qmstool.register.status import DocumentStatus, Register

# Told by `check` and by `verify`.
TO_COME = Text(
    "Ghi ngày {day}, là ngày chưa tới, nên chưa thể có việc ấy. Hãy xem lại giấy tờ rồi sửa ngày.",
    "On {day}, a day that is still to come: it cannot have happened. Look at the papers again, and "
    "put the day right.",
)
OF_NO_TEXT = Text(
    "Không đợt nào ban hành {code} {issue}/{revision} với mã kiểm tra «{check_code}», nên điều này "
    "không tính cho bản nào. Hãy chép lại số và mã trên bản đã dùng.",
    "No release holds {code} {issue}/{revision} with the check code «{check_code}»: this counts "
    "for no text. Copy number and code from the text that was used.",
)


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
    readings = _readings_by_text(tip.readings, register.day)
    people = people_by_unit(tip.config, register.day)
    for key, status in register.statuses.items():
        document = manual.documents.get(key)
        if document is None or not status.in_force:
            continue
        read = readings.get(status.text, [])
        recipients = document.front_matter.distribution
        for unit in dict.fromkeys(text_of(recipient.unit) for recipient in recipients):
            for person in _unread_in(unit, people.get(unit, ()), read, tip.config):
                yield Unread(document, status, unit, person)


def _readings_by_text(readings: Iterable[Reading], day: date) -> dict[TextKey, list[Reading]]:
    """The readings by a day, by the very text that was read."""
    found: dict[TextKey, list[Reading]] = {}
    for reading in readings:
        if reading.date is not None and reading.date.may_have_come(day):
            found.setdefault(reading.text, []).append(reading)
    return found


def _unread_in(
    unit: str, people: Iterable[str], read: Iterable[Reading], config: Config
) -> Iterator[str]:
    """Yield who of one unit has not read a document, "" where nobody of it is known."""
    if not unit:
        return
    if not people:
        if not any(text_of(reading.unit) == unit for reading in read):
            yield ""
        return
    done = {reading.person for reading in read}
    for key in people:
        if key not in done and config.people[key].name not in done:
            yield key


def people_by_unit(config: Config, day: date) -> dict[str, tuple[str, ...]]:
    """Return the keys of the people who hold a role of each unit on a day, in the file's order."""
    found: dict[str, list[str]] = {}
    for key, person in config.people.items():
        for unit in units_of_person(config, person, day):
            found.setdefault(unit, []).append(key)
    return {unit: tuple(people) for unit, people in found.items()}


def units_of_person(config: Config, person: Person, day: date) -> frozenset[str]:
    """Return the units of which somebody holds a role on a day, or that he heads."""
    held = (holding.role.text for holding in person.holds if holding.covers(day))
    return frozenset(chain.from_iterable(config.units_of_role.get(role, ()) for role in held))


def said_of_no_text(
    releases: Iterable[Release], said: Iterable[DocumentReview | Reading]
) -> Iterator[DocumentReview | Reading]:
    """Yield readings and reviews of what no release ever held, which therefore count for nothing.

    By document, number and check code, as they are counted.
    """
    held = {
        TextKey(item.key, item.issue, item.revision, item_check_code(item))
        for release in releases
        for item in release.items
    }
    return (each for each in said if not each.text.check_code or each.text not in held)
