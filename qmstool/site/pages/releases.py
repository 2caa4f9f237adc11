"""A release's own pages: its annex with check codes, old and new content side by side, its evidence, and the notice of application.

Everything comes from the record and from the recorded texts; what no record says is left open on the notice, never filled in.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qmstool.candidates.evidence import CANDIDATE, KINDS, level
from qmstool.diff.document import redline
from qmstool.manual.model import UNKNOWN
from qmstool.register.versions import newest, texts
from qmstool.site.edition.attachments import may_publish
from qmstool.site.edition.versions import release_name
from qmstool.site.pages.timeline import describe_release
from qmstool.site.parts.release_items import describe_item
from qmstool.site.parts.render import LIST_BOOST, SitePage
from qmstool.tables.distribution import held_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.model import Item, Release
    from qmstool.site.edition.edition import Edition, PageLink
    from qmstool.site.parts.release_items import ItemChange
    from qmstool.tables.distribution import Held

    ReleasedItem = tuple[Release, Item]
    # What was done to a document, and which version it follows, in words.
    AnnexRow = tuple[ItemChange, str]


def pages(edition: Edition) -> Iterator[SitePage]:
    """Two pages for every release, of an imported one only the first: it puts nothing in force.

    None in a version of the past.
    """
    if not edition.is_current:
        return
    for release in edition.register.releases.values():
        rows = tuple(
            _row(edition, release, item, _before(edition, release, item)) for item in release.items
        )
        about = describe_release(edition, release)
        values = {
            "about": about,
            "rows": rows,
            "imported": release.imported,
            "evidence": tuple(_evidence(edition, release)),
            "strength": level(release).get(edition.lang),
            "mends": ", ".join(
                f"{int(mark.text):04d}"
                for mark in release.entry.list("mends")
                if mark.text.isdigit()
            ),
        }
        address = edition.addresses.release(release.number)
        title = f"{edition.word('version_release').format(number=f'{release.number:04d}')}: {release.title}"
        yield SitePage(
            address, title, "release.md.jinja", values, hide=("navigation", "toc"), boost=LIST_BOOST
        )
        if not release.imported:
            yield _notice(edition, release, about, rows)


def _row(edition: Edition, release: Release, item: Item, before: ReleasedItem | None) -> AnnexRow:
    old, new = (
        texts(each, edition.context.blobs) if each else None
        for each in (before[1] if before else None, item)
    )
    change = redline(old, new) if old is not None and new else None
    own = describe_item(
        edition,
        item,
        before[1] if before else None,
        change,
        chaptered=len(new or ()) > 1,
        imported=release.imported,
    )
    return own, _version(edition, *before) if before else ""


def _notice(
    edition: Edition, release: Release, about: dict[str, object], rows: tuple[AnnexRow, ...]
) -> SitePage:
    base = edition.manual.config.url.rstrip("/")
    units: dict[str, None] = {}
    back: list[tuple[ItemChange, str, Held, str]] = []
    for (own, before), item in zip(rows, release.items, strict=True):
        returned = _back(edition, _before(edition, release, item))
        received = _held(edition, item) if item.act != "withdraw" else ()
        units |= dict.fromkeys(edition.unit(held.unit) for held in (*received, *returned))
        back += [(own, before, held, edition.unit(held.unit)) for held in returned]
    webs = (f"{base}/{own.link.address}" if base and own.link.address else "" for own, _ in rows)
    values = {
        "about": about,
        "rows": tuple((*row, web) for row, web in zip(rows, webs, strict=True)),
        "units": tuple(units),
        "back": tuple(back),
    }
    address = edition.addresses.notice(release.number)
    title = f"{edition.word('notice_of')}: {release.title}"
    return SitePage(
        address, title, "notice.md.jinja", values, hide=("navigation", "toc"), boost=LIST_BOOST
    )


def _before(edition: Edition, release: Release, item: Item) -> ReleasedItem | None:
    """The version that a release replaced by another, or ended."""
    life = edition.register.lives.get(item.key, ())
    at = next((at for at, each in enumerate(life) if each[0].number == release.number), 0)
    return newest(life[:at])


def _back(edition: Edition, before: ReleasedItem | None) -> tuple[Held, ...]:
    """The paper copies of a version that is replaced: they come back."""
    return tuple(
        held for held in (_held(edition, before[1]) if before else ()) if held.medium == "paper"
    )


def _version(edition: Edition, release: Release, item: Item) -> str:
    number = edition.word("version_release").format(number=f"{release.number:04d}")
    known = [value for value in (item.issue, item.revision) if value != UNKNOWN]
    return (
        f"{edition.word('issue_revision')}: {' · '.join(known)} ({number})"
        if known
        else release_name(release, edition.lang)
    )


def _held(edition: Edition, item: Item) -> tuple[Held, ...]:
    found = texts(item, edition.context.blobs)
    return held_by(found[0]) if found else ()


def _evidence(edition: Edition, release: Release) -> Iterator[dict[str, str]]:
    """What proves the approval.

    A file is offered only where its record lets the site show it; else not even its name is.
    """
    for proof in release.entry.entries("evidence"):
        kind = proof.text("kind")
        if kind != CANDIDATE:
            shown = may_publish(proof) and proof.text("file") in edition.sizes
            yield {
                "kind": KINDS[kind].get(edition.lang) if kind in KINDS else edition.value(kind),
                "address": edition.addresses.file(proof.text("file")) if shown else "",
                "hidden": ""
                if may_publish(proof) or not proof.text("file")
                else edition.word("evidence_hidden"),
                "reference": proof.text("reference"),
                "original": proof.text("original"),
                "digest": proof.text("digest"),
            }


def copies_to_recall(edition: Edition) -> Iterator[tuple[PageLink, str]]:
    """Copies that come back: the document, and unit, copies and release in words.

    Where copies handed out are recorded, those that are out and due; else what the texts replaced
    say of who holds them.
    """
    told_of = partial(edition.word("recall_when").format)
    if edition.context.to_recall is not None:
        for each in edition.context.to_recall:
            copy = each.copy
            words = told_of(
                unit=edition.unit(copy.unit.text), copies=copy.count, number=copy.release
            )
            since = (
                edition.word("overdue").format(day=edition.day(each.since.isoformat()))
                if each.since
                else ""
            )
            yield edition.document(copy.key), "; ".join(filter(None, (words, since)))
        return
    for standing in edition.register.standings.values():
        release = edition.register.releases.get(
            standing.coming if standing.coming is not None else standing.release or 0
        )
        item = (
            next((item for item in release.items if item.key == standing.key), None)
            if release
            else None
        )
        if release is not None and item is not None:
            for held in _back(edition, _before(edition, release, item)):
                yield (
                    edition.document(standing.key),
                    told_of(
                        unit=edition.unit(held.unit), copies=held.copies, number=release.number
                    ),
                )
