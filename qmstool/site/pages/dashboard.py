"""The dashboard: what waits for somebody, counted, with the way to each."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, field
from qmstool.manual.model import UNKNOWN
from qmstool.register.reviews import review_due
from qmstool.site.edition.edition import PageLink
from qmstool.site.pages.registers import successor_chains
from qmstool.site.pages.releases import copies_to_recall
from qmstool.site.parts.render import list_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage

WaitingLine = tuple[PageLink, str, tuple[PageLink, ...]]
GONE = ("superseded", "repealed", "partly_superseded")


@dataclass(frozen=True, slots=True)
class WaitingList:
    """A kind of thing that waits: its name, its weight (bad, wait, good), its lines with words and links beside."""

    name: str
    weight: str
    lines: tuple[WaitingLine, ...] = ()
    count: int = field(default=-1)

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.lines) if self.count < 0 else self.count


def pages(edition: Edition) -> Iterator[SitePage]:
    """The dashboard of today; a release kept for the record has none."""
    if not edition.is_current:
        return
    tallies = edition.context.findings
    matters = tuple(
        each if each.number else WaitingList(each.name, "good") for each in _matters(edition)
    )
    values = {
        "matters": matters,
        "tallies": tallies or (),
        "asked": tallies is not None,
        "sums": {
            name: sum(each.count for each in tallies or () if each.severity == name)
            for name in ("error", "warning", "info")
        },
    }
    yield list_page(edition, "board", values)


def _matters(edition: Edition) -> Iterator[WaitingList]:
    yield WaitingList("candidates", "wait", tuple(_candidates(edition)))
    yield WaitingList("drafted", "wait", tuple(_drafted(edition)))
    yield WaitingList("reviews", "bad", tuple(_reviews(edition)))
    yield WaitingList("reviews_unknown", "wait", tuple(_undated(edition)))
    yield WaitingList("laws", "bad", tuple(_laws(edition)))
    yield WaitingList(
        "recall", "wait", tuple((link, words, ()) for link, words in copies_to_recall(edition))
    )
    yield WaitingList("not_held_all", "wait", tuple(_unheld(edition)))
    yield WaitingList("no_retention", "wait", tuple(_records(edition)))
    yield WaitingList("unproven", "bad", tuple(_unproven(edition)))


def _candidates(edition: Edition) -> Iterator[WaitingLine]:
    there = {matter.candidate.key for matter in edition.context.dossiers}
    for each in edition.context.candidates:
        documents = tuple(edition.document(key) for key in sorted(each.keys))
        address = edition.addresses.candidate(each.key) if each.key in there else None
        yield PageLink(each.title, address), edition.day(each.prepared), documents


def _drafted(edition: Edition) -> Iterator[WaitingLine]:
    """Documents whose newest text is not the recorded one, and those that only the draft has."""
    for key, standing in edition.register.standings.items():
        document = edition.manual.documents.get(key)
        if document is not None and (standing.changed or standing.state in {"draft", "submitted"}):
            revised = "changed" if document.held else "proposed"
            yield (
                edition.document(key),
                edition.word(revised if standing.in_force else "draft_new"),
                (),
            )
    for code, title in edition.context.drafts:
        yield PageLink(title, None, code), edition.word("draft_new"), ()


def _reviews(edition: Edition) -> Iterator[WaitingLine]:
    """Reviews that are overdue or due soon."""
    config, today = edition.manual.config, edition.stamp.day
    soon = today + timedelta(days=config.review_soon_days)
    for key, document in edition.manual.documents.items():
        standing = edition.standing(key)
        due = review_due(document, standing, config) if standing else None
        if due is not None and due <= soon:
            yield (
                edition.document(key),
                edition.word("overdue" if due < today else "due").format(
                    day=edition.day(due.isoformat())
                ),
                (),
            )


def _undated(edition: Edition) -> Iterator[WaitingLine]:
    """Documents in force whose next review nobody can tell."""
    for key, document in edition.manual.documents.items():
        standing = edition.standing(key)
        if (
            standing is not None
            and standing.in_force
            and review_due(document, standing, edition.manual.config) is None
        ):
            yield edition.document(key), "", ()


def _laws(edition: Edition) -> Iterator[WaitingLine]:
    """External documents that no longer hold and are still cited or mapped, with everything that names them."""
    for key, external in edition.manual.externals.items():
        mapped = tuple(
            edition.clause(row.clause.text)
            for row in edition.rows
            if key in {mark.text for mark in row.external}
        )
        named = tuple(
            {link.address: link for link in (*mapped, *edition.cited_by("external", key))}.values()
        )
        if external.status in GONE and named:
            ends = dict.fromkeys(
                way[-1].code or way[-1].words for way in successor_chains(edition, external)
            )
            yield (
                edition.external(key),
                edition.word("now_is").format(names=", ".join(ends)) if ends else "",
                named,
            )


def _unheld(edition: Edition) -> Iterator[WaitingLine]:
    for key, document in edition.manual.documents.items():
        if not document.held:
            yield edition.document(key), "", ()


def _records(edition: Edition) -> Iterator[WaitingLine]:
    for key, record in edition.manual.records.items():
        if record.entry.text("retention") in {"", UNKNOWN}:
            yield edition.record(key), "", ()


def _unproven(edition: Edition) -> Iterator[WaitingLine]:
    """Releases that no evidence stands behind."""
    for release in edition.register.releases.values():
        proofs = [
            proof
            for proof in release.entry.entries("evidence")
            if not proof.text("file").startswith("releases/candidates/")
        ]
        if not proofs:
            address = f"{edition.addresses.place('releases')}#dot-{release.number:04d}"
            yield (
                PageLink(release.title, address, f"{release.number:04d}"),
                edition.word("imported") if release.imported else "",
                (),
            )
