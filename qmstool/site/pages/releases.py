"""Make a release's own pages: annex, comparison, evidence; and the notice of application.

Everything comes from the record and from the recorded texts; what no record says is left open on
the notice, never filled in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.candidates.evidence import CANDIDATE, KINDS, level
from qmstool.diff.document import compare_versions
from qmstool.frozen import NamedTuple
from qmstool.manual.model import UNKNOWN
from qmstool.register.versions import version_texts
from qmstool.site.edition.versions import release_name
from qmstool.site.pages.timeline import describe_release
from qmstool.site.parts.release_items import describe_item
from qmstool.site.parts.render import LIST_BOOST, SitePage
from qmstool.tables.distribution import recorded_held_copies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.register.copies import OutstandingCopy
    from qmstool.site.edition.edition import Edition
    from qmstool.site.edition.page_link import PageLink
    from qmstool.site.parts.release_items import ItemChange
    from qmstool.tables.distribution import HeldCopy

    ReleasedItem = tuple[Release, ReleaseItem]


class AnnexRow(NamedTuple):
    """What was done to a document, and which version it follows, in words."""

    change: ItemChange
    before: str


def pages(edition: Edition) -> Iterator[SitePage]:
    """Yield two pages for every release; none in a version of the past.

    Of an imported one only the first: it puts nothing in force.
    """
    if not edition.is_current:
        return
    for release in edition.register.releases.values():
        about = describe_release(edition, release)
        rows = tuple(_row(edition, release, item) for item in release.items)
        yield _annex(edition, release, about, rows)
        if not release.is_taken_over:
            yield _notice(edition, release, about, rows)


def _annex(
    edition: Edition, release: Release, about: dict[str, object], rows: tuple[AnnexRow, ...]
) -> SitePage:
    """The page of what a release put in force, and of what proves it."""
    mended = [entry.count for entry in release.mends if isinstance(entry.count, int)]
    values = {
        "about": about,
        "rows": rows,
        "imported": release.is_taken_over,
        "evidence": tuple(_evidence(edition, release)),
        "strength": level(release).get(edition.lang),
        "unseen": edition.word("as_signed") if release.as_signed else "",
        "mends": ", ".join(f"{number:04d}" for number in mended),
    }
    number = edition.word("version_release").format(number=f"{release.number:04d}")
    return SitePage(
        edition.addresses.release(release.number),
        f"{number}: {release.title}",
        "release.md.jinja",
        values,
        hide=("navigation", "toc"),
        boost=LIST_BOOST,
    )


def _row(edition: Edition, release: Release, item: ReleaseItem) -> AnnexRow:
    """What a release did to one document, with its old and new content where both are held."""
    blobs = edition.context.blobs
    old, new = None, version_texts(item, blobs)
    followed, name = None, ""
    before = _before(edition, release, item)
    if before:
        _, followed = before
        old, name = version_texts(followed, blobs), _version(edition, *before)
    redline = None
    if old is not None and new:
        redline = compare_versions(old, new)
    change = describe_item(
        edition,
        item,
        followed,
        redline,
        chaptered=len(new or ()) > 1,
        imported=release.is_taken_over,
    )
    return AnnexRow(change, name)


def _notice(
    edition: Edition, release: Release, about: dict[str, object], rows: tuple[AnnexRow, ...]
) -> SitePage:
    """The notice of application: what applies from when, for whom, and which copies come back."""
    base = edition.manual.config.url.rstrip("/")
    units: dict[str, None] = {}
    returns: list[tuple[ItemChange, str, HeldCopy, str]] = []
    lines: list[tuple[ItemChange, str, str]] = []
    for (change, before), item in zip(rows, release.items, strict=True):
        web = f"{base}/{change.link.address}" if base and change.link.address else ""
        lines.append((change, before, web))
        received = _held(edition, item) if item.act != "withdraw" else ()
        returned = _paper_copies(edition, _before(edition, release, item))
        units |= dict.fromkeys(edition.unit(held.unit) for held in (*received, *returned))
        returns += [(change, before, held, edition.unit(held.unit)) for held in returned]
    values = {
        "about": about,
        "rows": tuple(lines),
        "units": tuple(units),
        "back": tuple(returns),
        "release_page": edition.addresses.release(release.number),
    }
    return SitePage(
        edition.addresses.notice(release.number),
        f"{edition.word('notice_of')}: {release.title}",
        "notice.md.jinja",
        values,
        hide=("navigation", "toc"),
        boost=LIST_BOOST,
    )


def _before(edition: Edition, release: Release, item: ReleaseItem) -> ReleasedItem | None:
    """The version that a release replaced by another, or ended."""
    life = edition.register.standing_lives.get(item.key)
    return life.predecessors[life.place_of.get(release.number, 0)] if life else None


def _version(edition: Edition, release: Release, item: ReleaseItem) -> str:
    """Name a recorded version: by issue and revision as far as known, else by its release."""
    known = [value for value in (item.issue, item.revision) if value != UNKNOWN]
    if not known:
        return release_name(release, edition.lang)
    number = edition.word("version_release").format(number=f"{release.number:04d}")
    return f"{edition.word('issue_revision')}: {' · '.join(known)} ({number})"


def _held(edition: Edition, item: ReleaseItem) -> tuple[HeldCopy, ...]:
    """Who holds a version, as its own text says; nobody where the text is lost."""
    recorded = version_texts(item, edition.context.blobs)
    return recorded_held_copies(recorded[0], edition.manual.config.habits) if recorded else ()


def _paper_copies(edition: Edition, before: ReleasedItem | None) -> list[HeldCopy]:
    """The paper copies of a version that is replaced: they come back."""
    if before is None:
        return []
    return [held for held in _held(edition, before[1]) if held.medium == "paper"]


def _evidence(edition: Edition, release: Release) -> Iterator[dict[str, str]]:
    """What proves the approval.

    A file is offered only where its record lets the site show it; else not even its name is.
    """
    for proof in release.evidence:
        kind, file = proof.kind, proof.file
        if kind == CANDIDATE:
            continue
        address, hidden = "", ""
        if proof.publish:
            if file in edition.sizes:
                address = edition.addresses.file(file)
        elif file:
            hidden = edition.word("evidence_hidden")
        yield {
            "kind": KINDS[kind].get(edition.lang) if kind in KINDS else edition.value(kind),
            "address": address,
            "hidden": hidden,
            "reference": proof.reference,
            "original": proof.original,
            "digest": proof.digest,
        }


def copies_to_recall(edition: Edition) -> Iterator[tuple[PageLink, str]]:
    """Yield copies that come back: the document, and unit, copies and release in words.

    Where copies handed out are recorded, those that are out and due; else what the texts replaced
    say of who holds them.
    """
    if edition.context.to_recall is None:
        yield from _unrecorded_copies(edition)
        return
    for outstanding in edition.context.to_recall:
        yield edition.document(outstanding.copy.key), _recall_words(edition, outstanding)


def _recall_words(edition: Edition, outstanding: OutstandingCopy) -> str:
    copy = outstanding.copy
    words = edition.word("recall_when").format(
        unit=edition.unit(copy.unit.text), copies=copy.count, number=copy.release
    )
    if not outstanding.out_of_force_since:
        return words
    since = edition.word("overdue").format(
        day=edition.day(outstanding.out_of_force_since.isoformat())
    )
    return f"{words}; {since}"


def _unrecorded_copies(edition: Edition) -> Iterator[tuple[PageLink, str]]:
    """Copies of what the newest release of each document replaces, or will replace."""
    for standing in edition.register.statuses.values():
        number = standing.release if standing.coming is None else standing.coming
        release = edition.register.releases.get(number or 0)
        if release is None:
            continue
        item = next((item for item in release.items if item.key == standing.key), None)
        if item is None:
            continue
        for held in _paper_copies(edition, _before(edition, release, item)):
            words = edition.word("recall_when").format(
                unit=edition.unit(held.unit), copies=held.copies, number=release.number
            )
            yield edition.document(standing.key), words
