"""Define the settings of a manual: who the organisation is, what it follows, how its texts cite."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from qmstool.frozen import dataclass, field, replace
from qmstool.i18n import Text, screen_language
from qmstool.manual.values import known_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qmstool.i18n import Lang
    from qmstool.manual.values import LocatedDay
    from qmstool.parsing.yaml.nodes import LocatedText


# The tag of the words that hold in every language: ISO 639's for many of them.
EVERY_LANGUAGE = "mul"


@dataclass(frozen=True, slots=True)
class Standard:
    """An edition that the manual follows: ids of its catalogue, amendments and transition."""

    catalogue: LocatedText
    amendments: tuple[LocatedText, ...]
    transition: LocatedText | None


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of controlled document and what is demanded of it.

    `filled_in`: of no documents, but of records: forms as somebody filled them in.
    """

    key: str
    name: Text
    plural: Text
    code: LocatedText | None
    form_of: LocatedText | None
    review_months: int | None
    numbering: str
    requires: tuple[str, ...]
    filled_in: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the organisation, by its abbreviation."""

    key: str
    name: str
    head: LocatedText | None
    contact: str
    note: str
    mark: LocatedText


@dataclass(frozen=True, slots=True)
class Role:
    """A role and the types of document its holder may approve."""

    key: str
    name: str
    unit: LocatedText | None
    approves: tuple[LocatedText, ...]
    note: str
    mark: LocatedText


@dataclass(frozen=True, slots=True)
class Holding:
    """One stretch of time in which a person holds a role; `until` is None while it lasts."""

    role: LocatedText
    since: LocatedDay | None
    until: LocatedDay | None
    capacity: str

    def covers(self, day: date) -> bool:
        """Whether it holds a day; what is not known is held against nobody."""
        began, ended = known_day(self.since), known_day(self.until)
        return (began is None or began <= day) and (ended is None or day <= ended)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who holds roles."""

    key: str
    name: str
    holds: tuple[Holding, ...]
    emails: tuple[str, ...]
    keys: tuple[str, ...]
    mark: LocatedText


def folded_person(name: str) -> str:
    """Return a person's name however it is spaced and capitalized."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


@dataclass(frozen=True, slots=True)
class CitationWords:
    """The words of one language that announce a number."""

    clause: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    annex: tuple[str, ...] = ()
    range_to: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Habits:
    """What the heads of this manual's documents say that this tool would say otherwise.

    `names`: foreign keys to ours; `unread`: keys left to other tools; `zone`: where timestamps are
    read.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    zone: ZoneInfo = ZoneInfo("UTC")


LABELS = {
    "author": Text("Biên soạn", "Author"),
    "reviewer": Text("Xem xét", "Reviewer"),
    "approver": Text("Phê duyệt", "Approver"),
}


@dataclass(frozen=True)
class Config:
    """Everything `qms.yml` says.

    `language`: a BCP 47 tag. `words`: by language, the package's and the manual's own.
    `key_usages`: one of these a certificate that signs evidence must be made for, if there are any.
    """

    organization: str = ""
    short: str = ""
    notice: Text | None = None
    language: str = "vi"
    timezone: str = "UTC"
    url: str = ""
    edit_url: str = ""
    contact: str = ""
    stale_days: int = 7
    downloads: tuple[str, ...] = ()
    standards: tuple[Standard, ...] = ()
    types: Mapping[str, DocumentType] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    labels: Mapping[str, Text] = field(default_factory=lambda: LABELS)
    external_shapes: tuple[LocatedText, ...] = ()
    words: Mapping[str, CitationWords] = field(default_factory=dict)
    review_soon_days: int = 60
    external_recheck_days: int = 180
    recall_days: int = 10
    rules_off: tuple[LocatedText, ...] = ()
    rules_asked: tuple[LocatedText, ...] = ()
    dossier: str = ""
    key_usages: tuple[str, ...] = ("non-repudiation",)
    foreign_keys: Mapping[str, LocatedText] = field(default_factory=dict)
    unread_keys: tuple[LocatedText, ...] = ()

    @cached_property
    def habits(self) -> Habits:
        """How the heads of documents are to be read."""
        names = {key: ours.text for key, ours in self.foreign_keys.items()}
        return Habits(names, frozenset(mark.text for mark in self.unread_keys), self.zone)

    @cached_property
    def units_of_role(self) -> Mapping[str, frozenset[str]]:
        """The units that each role belongs to, or heads."""
        units: dict[str, set[str]] = {}
        for key, role in self.roles.items():
            if role.unit:
                units.setdefault(key, set()).add(role.unit.text)
        for key, unit in self.units.items():
            if unit.head:
                units.setdefault(unit.head.text, set()).add(key)
        return {role: frozenset(keys) for role, keys in units.items()}

    @cached_property
    def people_by_name(self) -> Mapping[str, Person]:
        """People by their folded names; the first of those who have the same."""
        named: dict[str, Person] = {}
        for one in self.people.values():
            named.setdefault(folded_person(one.name), one)
        return named

    @cached_property
    def zone(self) -> ZoneInfo:
        """The manual's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def screen(self) -> Lang:
        """The language in which a reader of this manual is told something."""
        return screen_language(self.language)

    @property
    def plain_dossier(self) -> bool:
        """Whether papers for the signer are plain, and not in the form that offices use.

        They are wherever the language is not Vietnamese.
        """
        return self.dossier == "plain" or self.screen != "vi"

    @cached_property
    def all_words(self) -> CitationWords:
        """The citation words of every language together."""
        joined: dict[str, tuple[str, ...]] = {}
        for name in ("clause", "section", "annex", "range_to", "joined", "part_of"):
            lists = (getattr(words, name) for words in self.words.values())
            joined[name] = tuple(chain.from_iterable(lists))
        return CitationWords(**joined)

    @property
    def announces_sections(self) -> bool:
        """Whether words are known that announce a section or clause, not signs only."""
        of_language = (words for tag, words in self.words.items() if tag != EVERY_LANGUAGE)
        return any(words.section or words.clause for words in of_language)

    @cached_property
    def operation(self) -> tuple[object, ...]:
        """What is operation and no content: addresses, notice, contacts."""
        contacts = tuple((key, unit.contact) for key, unit in self.units.items())
        return (
            self.notice,
            self.url,
            self.edit_url,
            self.contact,
            self.stale_days,
            contacts,
            self.key_usages,
            self.downloads,
        )

    def operated_as(self, today: Config) -> Config:
        """Return the settings of a past release with today's operation.

        Whom to ask and where to propose a change is true today or not at all, whatever release a
        page shows. A unit that is no more has no contact.
        """
        units = {}
        for key, unit in self.units.items():
            now = today.units.get(key)
            units[key] = replace(unit, contact=now.contact if now else "")
        return replace(
            self,
            notice=today.notice,
            url=today.url,
            edit_url=today.edit_url,
            contact=today.contact,
            stale_days=today.stale_days,
            key_usages=today.key_usages,
            downloads=today.downloads,
            units=units,
        )

    def owning_unit(self, owner: str) -> str:
        """Return the unit that an owner is, or that the owner's role belongs to; "" for none.

        A person belongs where the roles still held are of one unit.
        """
        if owner in self.units:
            return owner
        person = self.people.get(owner)
        names = [held.role.text for held in person.holds if not held.until] if person else [owner]
        roles = [self.roles[name] for name in names if name in self.roles]
        units = {role.unit.text for role in roles if role.unit}
        return units.pop() if len(units) == 1 else ""

    def role_name(self, key: str) -> str:
        """Return the name of a role or person, or the key itself where neither is known."""
        known = self.roles.get(key) or self.people.get(key)
        return known.name if known else key
