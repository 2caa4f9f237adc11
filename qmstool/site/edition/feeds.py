"""Write what came into force as an Atom feed, and the days of review as a calendar.

What goes in: a manual, its register of a day, the addresses of its pages. What comes out: file
name → text, `feed.xml`, `feed/<unit>.xml`, `review.ics`. A feed is RFC 4287, a calendar RFC 5545;
nothing in them comes from the clock, so a reader sees as new only what is new. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from qmstool.i18n import Text
from qmstool.manual.values import known_day
from qmstool.parsing.yaml.nodes import text_of
from qmstool.register.effect import items_by_key, valid_releases
from qmstool.register.reviews import review_due
from qmstool.register.standing_lives import StandingLife

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qmstool.i18n import Lang
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.register.status import Register
    from qmstool.site.edition.addresses import Addresses

    Entry = tuple[Release, ReleaseItem, date]

FEED, CALENDAR, FEED_FOLDER = "feed.xml", "review.ics", "feed"
AT_ROOT = frozenset({FEED, CALENDAR, FEED_FOLDER})
MOST_ENTRIES = 100
LONGEST_LINE = 75  # bytes of a line of a calendar, RFC 5545 §3.1

FEED_WORDS = Text("Tin tài liệu có hiệu lực (Atom)", "What came into force (Atom)")
CALENDAR_WORDS = Text("Lịch xem xét (iCalendar)", "Reviews (iCalendar)")
TITLE = Text("{organization}: tài liệu có hiệu lực", "{organization}: documents in force")
UNIT_TITLE = Text(
    "{organization}: tài liệu có hiệu lực, {unit}", "{organization}: documents in force, {unit}"
)
IN_FORCE = Text("{code} {title}: có hiệu lực", "{code} {title}: in force")
WITHDRAWN = Text("{code} {title}: hết hiệu lực", "{code} {title}: withdrawn")
REVIEW = Text("Đến hạn xem xét {code} {title}", "Review of {code} {title} is due")
CALENDAR_NAME = Text("{organization}: hạn xem xét tài liệu", "{organization}: reviews of documents")


class FeedWriter:
    """Writes the feeds of one manual, as of one day, in one language."""

    def __init__(
        self, manual: Manual, register: Register, addresses: Addresses, lang: Lang
    ) -> None:
        self._manual = manual
        self._register = register
        self._addresses = addresses
        self._lang = lang
        self._base = manual.config.url.rstrip("/")
        self._name = slug(manual.config.short or manual.config.organization) or "manual"

    def files(self) -> dict[str, str]:
        """Return file name → text."""
        entries = self._entries()
        organization = self._manual.config.organization
        title = TITLE.fill({"organization": organization}).get(self._lang)
        files = {FEED: self._feed(FEED, title, entries)}
        for key, (name, own) in self._unit_feeds(entries).items():
            values = {"organization": organization, "unit": self._manual.config.units[key].name}
            files[name] = self._feed(name, UNIT_TITLE.fill(values).get(self._lang), own)
        files[CALENDAR] = self._calendar()
        return files

    def links(self) -> tuple[tuple[str, str], ...]:
        """Return words and address of each: the feed of all, those of units, the calendar."""
        links = [(FEED_WORDS.get(self._lang), FEED)]
        for key, (name, _) in self._unit_feeds(self._entries()).items():
            links.append((self._manual.config.units[key].name, name))
        return (*links, (CALENDAR_WORDS.get(self._lang), CALENDAR))

    # --- the feed

    def _unit_feeds(self, entries: list[Entry]) -> dict[str, tuple[str, list[Entry]]]:
        """Return name and entries of the feed of each unit that any document concerns, by key."""
        feeds = {}
        for key in self._manual.config.units:
            own = [entry for entry in entries if key in self._units_of(entry[1].key)]
            if own:
                feeds[key] = f"{FEED_FOLDER}/{slug(key)}.xml", own
        return feeds

    def _entries(self) -> list[Entry]:
        """Return what took effect by the day, newest first; whose day is unknown has no place."""
        entries = []
        for life in items_by_key(valid_releases(self._manual.releases)).values():
            overtaken = StandingLife(life).preempting
            for (release, item), by in zip(life, overtaken, strict=True):
                day = known_day(release.effective)
                if day is not None and day <= self._register.day and by is None:
                    entries.append((release, item, day))
        entries.sort(key=lambda entry: (entry[2], entry[0].number, entry[1].key), reverse=True)
        return entries[:MOST_ENTRIES]

    def _feed(self, name: str, title: str, entries: list[Entry]) -> str:
        updated = _moment(entries[0][2]) if entries else _moment(self._register.day)
        lines = [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(self._lang)}>',
            f"<title>{_xml(title)}</title>",
            f"<id>tag:{self._name},2000:{slug(name)}</id>",
            f"<updated>{updated}</updated>",
            f"<author><name>{_xml(self._manual.config.organization)}</name></author>",
        ]
        if self._base:
            address = f"{self._base}/{name}"
            lines.append(f'<link rel="self" href={quoteattr(address)}/>')
        for entry in entries:
            lines += self._entry(*entry)
        return "\n".join([*lines, "</feed>", ""])

    def _entry(self, release: Release, item: ReleaseItem, day: date) -> list[str]:
        words = WITHDRAWN if item.act == "withdraw" else IN_FORCE
        title = words.fill({"code": item.code, "title": item.title}).get(self._lang)
        lines = [
            "<entry>",
            f"<title>{_xml(title)}</title>",
            f"<id>tag:{self._name},2000:{release.number}/{_xml(item.key)}</id>",
            f"<updated>{_moment(day)}</updated>",
        ]
        if self._base and item.key in self._manual.documents:
            address = f"{self._base}/{self._addresses.document(item.key)}"
            lines.append(f"<link href={quoteattr(address)}/>")
        summary = "; ".join(filter(None, (item.summary, item.reason)))
        lines.append(f"<summary>{_xml(summary)}</summary>")
        return [*lines, "</entry>"]

    def _units_of(self, key: str) -> set[str]:
        """Return the units that keep a document or receive it."""
        document = self._manual.documents.get(key)
        if document is None:
            return set()
        recipients = {text_of(recipient.unit) for recipient in document.front_matter.distribution}
        owner = text_of(document.front_matter.owner)
        return recipients | {self._manual.config.owning_unit(owner)}

    # --- the calendar

    def _calendar(self) -> str:
        name = CALENDAR_NAME.fill({"organization": self._manual.config.organization})
        lines = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//qmstool//review//EN",
            f"X-WR-CALNAME:{_ics(name.get(self._lang))}",
        ]
        for document in self._manual.documents.values():
            lines += self._event(document)
        folded = [part for line in [*lines, "END:VCALENDAR"] for part in _folded(line)]
        return "\r\n".join(folded) + "\r\n"

    def _event(self, document: Document) -> list[str]:
        status = self._register.statuses[document.key]
        due = review_due(document, status, self._manual.config)
        effective = known_day(status.effective)
        if due is None or effective is None:
            return []
        values = {"code": document.name, "title": document.title}
        lines = [
            "BEGIN:VEVENT",
            f"UID:{document.key}@{self._name}",
            # Of the record that set the day, not of the build: what did not change stays.
            f"DTSTAMP:{effective:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
            f"SUMMARY:{_ics(REVIEW.fill(values).get(self._lang))}",
        ]
        if self._base:
            lines.append(f"URL:{self._base}/{self._addresses.document(document.key)}")
        return [*lines, "END:VEVENT"]


def slug(text: str) -> str:
    """Return a name of letters a–z, digits and hyphens, for identifiers and files."""
    folded = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", folded.encode("ascii", "ignore").decode()).strip("-")


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _xml(text: str) -> str:
    """Return a text for an element, without what XML cannot hold."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return escape(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", whole))


def _ics(text: str) -> str:
    """Return a text as a value of a calendar, RFC 5545 §3.3.11, on one line."""
    plain = re.sub("[\x00-\x1f\x7f]+", " ", text.encode("utf-8", "replace").decode("utf-8"))
    return re.sub(r"([\\;,])", r"\\\1", plain)


def _folded(line: str) -> Iterator[str]:
    """Yield the lines that a long one is folded into; a blank begins each but the first."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > LONGEST_LINE:
            yield part
            part = " "
        part += letter
    yield part
