"""Make the dashboard: what waits for somebody, counted, with the way to each."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.yaml.nodes import text_of
from qmstool.site.edition.page_link import PageLink
from qmstool.site.pages.externals import clauses_naming, successor_chains
from qmstool.site.pages.releases import copies_to_recall
from qmstool.site.parts.render import list_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.site.edition.context import FindingCount
    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage

# A thing that waits, words about it, and what else is concerned.
WaitingLine = tuple[PageLink, str, tuple[PageLink, ...]]
GONE = ("superseded", "repealed", "partly_superseded")
SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class WaitingList:
    """A kind of thing that waits: name of its word, how it weighs (bad, wait, good), its lines."""

    name: str
    weight: str
    lines: tuple[WaitingLine, ...]

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.lines)


def pages(edition: Edition) -> Iterator[SitePage]:
    """Yield the dashboard of today; a release kept for the record has none."""
    if not edition.is_current:
        return
    counts = edition.context.findings
    values = {
        "matters": tuple(_waiting_lists(edition)),
        "tallies": counts or (),
        "asked": counts is not None,
        "sums": _sums(counts or ()),
    }
    yield list_page(edition, "board", values)


def _sums(counts: Iterable[FindingCount]) -> dict[str, int]:
    """How many findings there are of each severity."""
    sums = dict.fromkeys(SEVERITIES, 0)
    for count in counts:
        sums[count.severity] += count.count
    return sums


def _waiting_lists(edition: Edition) -> Iterator[WaitingList]:
    """Yield each kind of thing that waits; what nobody waits for weighs as good."""
    kinds = (
        ("candidates", "wait", _candidates(edition)),
        ("drafted", "wait", _drafted(edition)),
        ("reviews", "bad", _reviews(edition)),
        ("reviews_unknown", "wait", _undated(edition)),
        ("returned", "wait", _returned(edition)),
        ("unread", "wait", _unread(edition)),
        ("laws", "bad", _laws(edition)),
        ("recall", "wait", _recalls(edition)),
        ("not_held_all", "wait", _unheld(edition)),
        ("no_retention", "wait", _unretained(edition)),
        ("unproven", "bad", _unproven(edition)),
    )
    for name, weight, waiting in kinds:
        lines = tuple(waiting)
        yield WaitingList(name, weight if lines else "good", lines)


def _candidates(edition: Edition) -> Iterator[WaitingLine]:
    """What lies before the signer, with a way to its page where this copy holds its commit."""
    with_page = {dossier.candidate.key for dossier in edition.context.dossiers}
    for candidate in edition.context.candidates:
        documents = tuple(edition.document(key) for key in sorted(candidate.keys))
        address = None
        if candidate.key in with_page:
            address = edition.addresses.candidate(candidate.key)
        yield PageLink(candidate.title, address), edition.day(candidate.prepared), documents


def _drafted(edition: Edition) -> Iterator[WaitingLine]:
    """Documents whose newest text is not the recorded one, and those that only the draft has."""
    for key, standing in edition.register.statuses.items():
        document = edition.manual.documents.get(key)
        is_drafted = standing.changed or standing.state in {"draft", "submitted"}
        if document is None or not is_drafted:
            continue
        word = "draft_new"
        if standing.in_force:
            word = "changed" if document.held else "proposed"
        yield edition.document(key), edition.word(word), ()
    for code, title in edition.context.drafts:
        yield PageLink(title, None, code), edition.word("draft_new"), ()


def _reviews(edition: Edition) -> Iterator[WaitingLine]:
    """Reviews that are overdue or due soon."""
    today = edition.stamp.day
    soon = today + timedelta(days=edition.manual.config.review_soon_days)
    for key, document in edition.manual.documents.items():
        due = edition.review_due(document)
        if due is not None and due <= soon:
            words = edition.word("overdue" if due < today else "due")
            yield edition.document(key), words.format(day=edition.day(due.isoformat())), ()


def _undated(edition: Edition) -> Iterator[WaitingLine]:
    """Documents in force whose next review nobody can tell."""
    for key, document in edition.manual.documents.items():
        standing = edition.standing(key)
        if standing is None or not standing.in_force:
            continue
        if edition.review_due(document) is None:
            yield edition.document(key), "", ()


def _returned(edition: Edition) -> Iterator[WaitingLine]:
    """Texts in force whose last review returned comments, with these."""
    for key, document in edition.manual.documents.items():
        standing = edition.standing(document.key)
        if standing is None or not standing.in_force or standing.last_review is None:
            continue
        review = standing.last_review
        if review.outcome == "returned":
            yield edition.document(key), f"{edition.day(review.date)}: {review.comment}", ()


def _unread(edition: Edition) -> Iterator[WaitingLine]:
    """Texts in force that somebody on their list has not acknowledged, with these people."""
    for key, names in edition.unread.items():
        yield edition.document(key), ", ".join(names), ()


def _laws(edition: Edition) -> Iterator[WaitingLine]:
    """External documents that no longer hold and are still relied on, with what names them."""
    for key, external in edition.manual.externals.items():
        if external.status not in GONE:
            continue
        mapped = clauses_naming(edition, key)
        citing = edition.mentions.cited_by("external", key)
        named = {link.address: link for link in (*mapped, *citing)}
        if not named:
            continue
        ends = [chain[-1] for chain in successor_chains(edition, external)]
        names = dict.fromkeys(link.code or link.words for link in ends)
        words = edition.word("now_is").format(names=", ".join(names)) if names else ""
        yield edition.external(key), words, tuple(named.values())


def _recalls(edition: Edition) -> Iterator[WaitingLine]:
    for link, words in copies_to_recall(edition):
        yield link, words, ()


def _unheld(edition: Edition) -> Iterator[WaitingLine]:
    for key, document in edition.manual.documents.items():
        if not document.held:
            yield edition.document(key), "", ()


def _unretained(edition: Edition) -> Iterator[WaitingLine]:
    """Records that nobody knows how long to keep."""
    for key, record in edition.manual.records.items():
        if text_of(record.retention) in {"", UNKNOWN}:
            yield edition.record(key), "", ()


def _unproven(edition: Edition) -> Iterator[WaitingLine]:
    """Releases that no evidence stands behind; the candidate itself is none."""
    for release in edition.register.releases.values():
        files = [proof.file for proof in release.evidence]
        if all(file.startswith("releases/candidates/") for file in files):
            number = f"{release.number:04d}"
            address = f"{edition.addresses.place('releases')}#dot-{number}"
            words = edition.word("imported") if release.is_taken_over else ""
            yield PageLink(release.title, address, number), words, ()
