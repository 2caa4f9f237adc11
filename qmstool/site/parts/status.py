"""Put the standing of a document in words: its status line, the lines of its change table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.register.change_rows import change_rows
from qmstool.site.edition.dates import format_dates
from qmstool.site.parts.changes import is_registration
from qmstool.tables.change_table import change_state, sections
from qmstool.tables.registers import instrument_text, signer_text
from qmstool.templating import capitalize_first

if TYPE_CHECKING:
    from qmstool.register.change_rows import RecordedChange
    from qmstool.register.status import DocumentStatus
    from qmstool.site.edition.edition import Edition


@dataclass(frozen=True, slots=True)
class StatusLine:
    """The state of a document in one line; dates and numbers as people read them.

    `preempted`: a scheduled release that will not take effect, and why; `no_text`: there is nothing
    here to check; `proposal`: a draft beside an issued text that is not kept here.
    """

    state: str
    issue: str
    revision: str
    effective: str
    instrument: str
    check_code: str
    changed: bool
    coming: str
    preempted: str = ""
    coming_page: str = ""
    no_text: bool = False
    proposal: bool = False


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A line of the change table; `replaced`: what took the place of a mistaken take-over."""

    state: str
    release: int
    act: str
    issue: str
    revision: str
    effective: str
    instrument: str
    signer: str
    summary: str
    reason: str
    sections: str
    replaced: str


def status_line(edition: Edition, standing: DocumentStatus) -> StatusLine:
    """The state of a document in one line; a draft has no number, date or check code yet."""
    if edition.is_draft(standing.key):
        proposal = is_registration(edition, standing.item)
        return StatusLine(
            edition.state(standing.key),
            "",
            "",
            "",
            "",
            "",
            standing.in_force,
            "",
            proposal=proposal,
        )
    release = edition.register.release_of(standing)
    document = edition.manual.documents.get(standing.key)
    no_text = document is not None and not document.held
    return StatusLine(
        state=standing.state,
        issue=edition.value(standing.issue),
        revision=edition.value(standing.revision),
        effective=edition.day(standing.effective),
        instrument=format_dates(instrument_text(release, edition.lang), edition.lang),
        check_code="" if no_text else standing.check_code,
        changed=bool(standing.changed),
        coming=_coming_day(edition, standing),
        preempted=standing.preempted.text.get(edition.lang) if standing.preempted else "",
        coming_page=coming_page(edition, standing),
        no_text=no_text,
        proposal=no_text,
    )


def coming_page(edition: Edition, standing: DocumentStatus) -> str:
    """Return the page of the text that is recorded and not yet in force.

    "" where no version beside these pages shows it.
    """
    number = coming_number(standing)
    if number is None:
        return ""
    folder = f"{number:04d}"
    if folder not in edition.context.versions:
        return ""
    return f"{folder}/{edition.addresses.document(standing.key)}"


def coming_number(standing: DocumentStatus) -> int | None:
    """Return the number of the release whose text is not yet in force; None where none comes."""
    return standing.release if standing.state == "scheduled" else standing.coming


def _coming_day(edition: Edition, standing: DocumentStatus) -> str:
    """The day on which the text after the one in force applies; "" where none comes."""
    if standing.coming is None:
        return ""
    coming = edition.register.releases.get(standing.coming)
    return edition.day(coming.effective) if coming else ""


def change_lines(edition: Edition, key: str) -> tuple[ChangeLine, ...]:
    """The change table of a document, newest first: the rows that the register gives, in words."""
    life = edition.register.lives.get(key, ())
    releases = edition.manual.releases
    changes = change_rows(releases, life, edition.stamp.day, edition.context.blobs)
    return tuple(_step(edition, change, first=at == 0) for at, change in enumerate(changes))[::-1]


def _step(edition: Edition, change: RecordedChange, *, first: bool) -> ChangeLine:
    """One row in words; that all of a document's first text is new goes without saying."""
    release, item = change.release, change.item
    return ChangeLine(
        state=change.state,
        release=release.number,
        act=change.act,
        issue=edition.value(item.issue),
        revision=edition.value(item.revision),
        effective=edition.day(change.effective),
        instrument=format_dates(instrument_text(release, edition.lang), edition.lang),
        signer=signer_text(edition.manual, release, edition.lang),
        summary=capitalize_first(item.summary),
        reason=item.reason,
        sections="" if first else ", ".join(sections(change, edition.lang)),
        replaced=change_state(change).get(edition.lang) if change.replaced_by else "",
    )
