"""A release's own pages: its annex with check codes, old and new content side by side, its evidence, and the notice of application.

Everything comes from the record and from the recorded texts; what no record says is left open on the notice, never filled in.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qmstool.dossier.comparison import rows
from qmstool.model import UNKNOWN
from qmstool.redline.compare import redline
from qmstool.register.versions import life_of, texts
from qmstool.release.content import check_code
from qmstool.signing.evidence import CANDIDATE, KINDS, level
from qmstool.site.attachments import may_show
from qmstool.site.render import LIST, Page, first_up
from qmstool.site.timeline import told
from qmstool.site.versions import name
from qmstool.tables.distribution import Held, held_by
from qmstool.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from qmstool.model import Item, Release
    from qmstool.site.edition import Edition, Link


@dataclass(frozen=True, slots=True)
class Line:
    """What a release did to one document. `before`: the version it follows; `why_none`: why there is nothing to compare."""

    link: Link
    web: str
    code: str
    title: str
    act: str
    issue: str
    revision: str
    check_code: str
    summary: str
    reason: str
    before: str
    sections: tuple[tuple[Markup, Markup, Markup], ...]
    why_none: str
    receive: tuple[Held, ...]
    give_back: tuple[Held, ...]


def pages(edition: Edition) -> Iterator[Page]:
    """Two pages for every release, of an imported one only the first: it puts nothing in force. None in a version of the past."""
    if not edition.is_current:
        return
    for release in edition.register.releases.values():
        lines = tuple(line(edition, release, item) for item in release.items)
        about = told(edition, release)
        values = {
            "about": about,
            "lines": lines,
            "imported": release.imported,
            "evidence": tuple(_evidence(edition, release)),
            "strength": level(release).get(edition.lang),
            "mends": ", ".join(f"{int(mark.text):04d}" for mark in release.entry.list("mends") if mark.text.isdigit()),
        }
        address = edition.addresses.release(release.number)
        title = f"{edition.word('version_release').format(number=f'{release.number:04d}')}: {release.title}"
        yield Page(address, title, "release.md.jinja", values, hide=("navigation", "toc"), boost=LIST)
        if not release.imported:
            yield _notice(edition, release, about, lines)


def _notice(edition: Edition, release: Release, about: dict[str, object], lines: tuple[Line, ...]) -> Page:
    units = dict.fromkeys(edition.unit(held.unit) for each in lines for held in (*each.receive, *each.give_back))
    back = tuple((each, held, edition.unit(held.unit)) for each in lines for held in each.give_back)
    values = {"about": about, "lines": lines, "units": tuple(units), "back": back}
    address = edition.addresses.notice(release.number)
    title = f"{edition.word('notice_of')}: {release.title}"
    return Page(address, title, "notice.md.jinja", values, hide=("navigation", "toc"), boost=LIST)


def line(edition: Edition, release: Release, item: Item) -> Line:
    """What a release did to one document, from the record and the recorded texts."""
    life = life_of(edition.register.releases.values(), item.key)
    at = next((at for at, each in enumerate(life) if each[0].number == release.number), 0)
    before = next((each for each in reversed(life[:at]) if each[1].act != "withdraw"), None)
    sections, why = _compared(edition, before[1] if before else None, item)
    receive = _held(edition, item) if item.act != "withdraw" else ()
    link = edition.document(item.key)
    base = edition.manual.config.url.rstrip("/")
    return Line(
        link=link,
        web=f"{base}/{link.address}" if base and link.address else "",
        code=item.code,
        title=item.title,
        act="imported" if release.imported and item.act == "new" else item.act,
        issue=edition.said(item.issue),
        revision=edition.said(item.revision),
        check_code=check_code(item.digest) if item.digest else "",
        summary=first_up(edition.said(item.summary)),
        reason=edition.said(item.reason),
        before=_version(edition, *before) if before else "",
        sections=sections,
        why_none=why,
        receive=receive,
        give_back=tuple(held for held in (_held(edition, before[1]) if before else ()) if held.medium == "paper"),
    )


def _version(edition: Edition, release: Release, item: Item) -> str:
    number = edition.word("version_release").format(number=f"{release.number:04d}")
    known = [value for value in (item.issue, item.revision) if value != UNKNOWN]
    return f"{edition.word('issue_revision')}: {' · '.join(known)} ({number})" if known else name(release, edition.lang)


def _compared(edition: Edition, before: Item | None, item: Item) -> tuple[tuple[tuple[Markup, Markup, Markup], ...], str]:
    """The sections that differ from the version before, or why none are shown."""
    if item.act == "withdraw":
        return (), "withdrawn"
    if before is None:
        return (), "new"
    old, new = texts(before, edition.beside.blobs), texts(item, edition.beside.blobs)
    if old is None or new is None:
        return (), "lost"
    found = tuple(rows(redline(old, new), edition.lang, chaptered=len(new) > 1))
    return found, "" if found else "same"


def _held(edition: Edition, item: Item) -> tuple[Held, ...]:
    found = texts(item, edition.beside.blobs)
    return held_by(found[0]) if found else ()


def _evidence(edition: Edition, release: Release) -> Iterator[dict[str, str]]:
    """What proves the approval. A file is offered only where its record lets the site show it; else not even its name is."""
    for proof in release.entry.entries("evidence"):
        kind = proof.text("kind")
        if kind != CANDIDATE:
            shown = may_show(proof) and proof.text("file") in edition.sizes
            yield {
                "kind": KINDS[kind].get(edition.lang) if kind in KINDS else edition.said(kind),
                "address": edition.addresses.file(proof.text("file")) if shown else "",
                "hidden": "" if may_show(proof) or not proof.text("file") else edition.word("evidence_hidden"),
                "reference": proof.text("reference"),
                "original": proof.text("original"),
                "digest": proof.text("digest"),
            }


def recalls(edition: Edition) -> Iterator[tuple[Link, str]]:
    """Copies that come back: the document, and unit, copies and release in words.

    Where copies handed out are recorded, those that are out and due; else what the texts replaced say of who holds them.
    """
    told_of = partial(edition.word("recall_when").format)
    if edition.beside.to_recall is not None:
        for each in edition.beside.to_recall:
            copy = each.copy
            words = told_of(unit=edition.unit(copy.unit.text), copies=copy.count, number=copy.release)
            since = edition.word("overdue").format(day=edition.day(each.since.isoformat())) if each.since else ""
            yield edition.document(copy.key), "; ".join(filter(None, (words, since)))
        return
    for standing in edition.register.standings.values():
        release = edition.register.releases.get(standing.coming if standing.coming is not None else standing.release or 0)
        item = next((item for item in release.items if item.key == standing.key), None) if release else None
        if release is not None and item is not None:
            for held in line(edition, release, item).give_back:
                yield (
                    edition.document(standing.key),
                    told_of(unit=edition.unit(held.unit), copies=held.copies, number=release.number),
                )
