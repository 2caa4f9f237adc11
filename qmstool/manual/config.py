"""`qms.yml` → one frozen `Config`: who the organisation is, what it follows, and how its texts cite."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from qmstool.findings import LoadError, Violation
from qmstool.frozen import dataclass, field
from qmstool.i18n import Text
from qmstool.manual.schema import MANIFEST
from qmstool.parsing.yaml import composer, record_reader
from qmstool.parsing.yaml.nodes import LocatedText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.i18n import Lang
    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.records import Record


@dataclass(frozen=True, slots=True)
class Standard:
    """An edition that the manual follows: ids of its catalogue, amendments and transition."""

    catalogue: LocatedText
    amendments: tuple[LocatedText, ...]
    transition: LocatedText | None


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of controlled document and what is demanded of it."""

    key: str
    name: Text
    plural: Text
    code: LocatedText | None
    form_of: LocatedText | None
    review_months: int | None
    numbering: str
    requires: tuple[str, ...]


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
    """One stretch of time in which a person holds a role; dates as written, YYYY-MM-DD or unknown, "" = still."""

    role: LocatedText
    since: str
    until: str
    capacity: str
    record: Record

    def covers(self, day: str) -> bool:
        """Whether it holds a day, written YYYY-MM-DD; what is not known is held against nobody."""
        began = self.since in {"", "unknown"} or self.since <= day
        return began and (self.until in {"", "unknown"} or day <= self.until)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who holds roles."""

    key: str
    name: str
    holds: tuple[Holding, ...]
    emails: tuple[str, ...]
    keys: tuple[str, ...]
    mark: LocatedText


@dataclass(frozen=True, slots=True)
class CitationWords:
    """The words of one language that announce a number."""

    clause: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    annex: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    both: tuple[str, ...] = ()
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Config:
    """Everything `qms.yml` says."""

    organization: str = ""
    short: str = ""
    notice: Text | None = None
    language: Lang = "vi"
    timezone: str = "UTC"
    url: str = ""
    edit_url: str = ""
    contact: str = ""
    stale_days: int = 7
    standards: tuple[Standard, ...] = ()
    types: Mapping[str, DocumentType] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    labels: Mapping[str, Text] = field(default_factory=dict)
    external_shapes: tuple[LocatedText, ...] = ()
    words: Mapping[str, CitationWords] = field(default_factory=dict)
    review_soon_days: int = 60
    external_recheck_days: int = 180
    recall_days: int = 10
    off: tuple[LocatedText, ...] = ()

    @cached_property
    def zone(self) -> ZoneInfo:
        """The manual's time zone."""
        return ZoneInfo(self.timezone)

    @cached_property
    def all_words(self) -> CitationWords:
        """The citation words of every language together."""
        names = ("clause", "section", "annex", "to", "both", "of")
        joined = {
            name: tuple(word for words in self.words.values() for word in getattr(words, name))
            for name in names
        }
        return CitationWords(**joined)

    def role_name(self, key: str) -> str:
        """The name of a role or person, or the key itself where neither is known."""
        if key in self.roles:
            return self.roles[key].name
        return self.people[key].name if key in self.people else key


LABELS = {
    "author": Text("Biên soạn", "Author"),
    "reviewer": Text("Xem xét", "Reviewer"),
    "approver": Text("Phê duyệt", "Approver"),
}


def read_manifest(source: SourceFile) -> tuple[Config, list[LoadError]]:
    """Read the manifest. A broken one gives an empty `Config` and the problems."""
    node, problems = composer.compose(source)
    if node is None and problems:
        return Config(), problems
    entry, more = record_reader.read_record(node, MANIFEST, LocatedText("", source, 0, 0))
    problems += more
    organization = entry.record("organization")
    site, check, citations, labels = (
        entry.record(name) for name in ("site", "check", "citations", "labels")
    )
    unsaid = Config()
    config = Config(
        organization=organization.text("name") if organization else "",
        short=(organization.text("short") or organization.text("name")) if organization else "",
        notice=entry.bilingual("notice"),
        language=cast("Lang", entry.text("language", "vi")),
        timezone=_timezone(entry, problems),
        url=_http(site, "url", problems),
        edit_url=_http(site, "edit_url", problems),
        contact=site.text("contact") if site else "",
        stale_days=_number(site, "stale_days", unsaid.stale_days),
        standards=tuple(
            Standard(catalogue, each.list("amendments"), each.get("transition"))
            for each in entry.entries("standards")
            if (catalogue := each.get("catalogue"))
        ),
        types={key.text: _type(key, each) for key, each in entry.keyed("types")},
        units={key.text: _unit(key, each) for key, each in entry.keyed("units")},
        roles={key.text: _role(key, each) for key, each in entry.keyed("roles")},
        people={key.text: _person(key, each) for key, each in entry.keyed("people")},
        labels={name: (labels and labels.bilingual(name)) or text for name, text in LABELS.items()},
        external_shapes=citations.list("external") if citations else (),
        words={key.text: _words(each) for key, each in citations.keyed("words")}
        if citations
        else {},
        review_soon_days=_number(check, "review_soon_days", unsaid.review_soon_days),
        external_recheck_days=_number(check, "external_recheck_days", unsaid.external_recheck_days),
        recall_days=_number(check, "recall_days", unsaid.recall_days),
        off=check.list("off") if check else (),
    )
    return config, problems


def _http(site: Record | None, name: str, problems: list[LoadError]) -> str:
    """An address that a page may link to: http and https only, whatever the manifest says."""
    mark = site.get(name) if site else None
    if mark is None:
        return ""
    if mark.text.startswith(("https://", "http://")):
        return mark.text
    expected = Text("một địa chỉ bắt đầu bằng https://", "an address that begins with https://")
    values = {
        "key": name,
        "value": mark.text,
        "expected_vi": expected.vi,
        "expected_en": expected.en,
    }
    problems.append(LoadError("wrong-value", Violation(mark.location, values)))
    return ""


def _timezone(entry: Record, problems: list[LoadError]) -> str:
    mark = entry.get("timezone")
    if mark is None:
        return "UTC"
    try:
        ZoneInfo(mark.text)
    except (KeyError, ValueError, OSError):
        expected = Text("một múi giờ như Asia/Ho_Chi_Minh", "a time zone such as Asia/Ho_Chi_Minh")
        values = {
            "key": "timezone",
            "value": mark.text,
            "expected_vi": expected.vi,
            "expected_en": expected.en,
        }
        problems.append(
            LoadError("wrong-value", Violation(mark.location, values, "Asia/Ho_Chi_Minh"))
        )
        return "UTC"
    return mark.text


def _number(entry: Record | None, name: str, default: int) -> int:
    text = entry.text(name) if entry else ""
    return int(text) if text.isdigit() else default


def _type(key: LocatedText, entry: Record) -> DocumentType:
    name = entry.bilingual("name") or Text(key.text, key.text)
    months = entry.text("review_months")
    return DocumentType(
        key.text,
        name,
        entry.bilingual("plural") or name,
        entry.get("code"),
        entry.get("form_of"),
        int(months) if months.isdigit() else None,
        entry.text("numbering", "issue-revision"),
        tuple(mark.text for mark in entry.list("requires")),
    )


def _unit(key: LocatedText, entry: Record) -> Unit:
    return Unit(
        key.text,
        entry.text("name", key.text),
        entry.get("head"),
        entry.text("contact"),
        entry.text("note"),
        key,
    )


def _role(key: LocatedText, entry: Record) -> Role:
    return Role(
        key.text,
        entry.text("name", key.text),
        entry.get("unit"),
        entry.list("approves"),
        entry.text("note"),
        key,
    )


def _person(key: LocatedText, entry: Record) -> Person:
    holds = tuple(
        Holding(role, each.text("from"), each.text("to"), each.text("capacity"), each)
        for each in entry.entries("holds")
        if (role := each.get("role"))
    )
    emails = tuple(mark.text for mark in entry.list("emails"))
    return Person(
        key.text,
        entry.text("name", key.text),
        holds,
        emails,
        tuple(mark.text for mark in entry.list("keys")),
        key,
    )


def _words(entry: Record) -> CitationWords:
    lists = {
        name: tuple(mark.text for mark in entry.list(name))
        for name in ("clause", "section", "annex", "to", "of")
    }
    return CitationWords(both=tuple(mark.text for mark in entry.list("and")), **lists)
