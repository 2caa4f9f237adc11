"""Gather what the pages of a dossier say. Nothing is decided here, and nothing guessed.

What goes in: a candidate with the manual that it froze. What comes out: a `DossierContent`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qmstool.diff.document import compare_attachments, compare_versions
from qmstool.dossier.carried import carried_changes
from qmstool.frozen import dataclass, replace
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.yaml.nodes import text_of
from qmstool.register.change_rows import entry_of_release, scheduled_versions, version_on
from qmstool.register.effect import items_by_key, valid_releases
from qmstool.register.status import item_check_code
from qmstool.register.versions import version_attachments, version_texts
from qmstool.tables.distribution import held_copies
from qmstool.tables.opinions import opinions_summary, opinions_table
from qmstool.tables.registers import MEDIA
from qmstool.tables.signatures import signatures_before_approval

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from qmstool.diff.document import Redline
    from qmstool.dossier.carried import CarriedChanges
    from qmstool.i18n import Lang, Text
    from qmstool.manual.candidates import Candidate
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.register.effect import Life
    from qmstool.storage.tree import Tree
    from qmstool.tables.registers import Table

    Blobs = Callable[[Iterable[str]], Mapping[str, bytes]]


@dataclass(frozen=True, slots=True)
class RecipientCopy:
    """A copy that a unit receives, in words."""

    unit: str
    medium: Text
    count: str


@dataclass(frozen=True, slots=True)
class DossierItem:
    """What the candidate does to one document.

    `before`: the version that it replaces, None where nothing is in force, as after a withdrawal;
    `change`: None where there is none, or its text is lost; `carried`: what it holds of releases
    that are scheduled for a later day.
    """

    item: ReleaseItem
    check_code: str
    kind: Text | None
    document: Document | None
    before: tuple[Release, ReleaseItem] | None
    change: Redline | None
    copies: tuple[RecipientCopy, ...]
    replaces: tuple[str, ...]
    carried: tuple[CarriedChanges, ...] = ()

    @property
    def withdrawn(self) -> bool:
        """Whether it goes out of force."""
        return self.item.act == "withdraw"


@dataclass(frozen=True, slots=True)
class DossierContent:
    """A whole dossier, as the templates see it.

    `signer`: the role that approves all of it, "" where there are several or none is known.
    `opinions`: what units said of it by `told_on`, and their sum; `signatures`: who wrote and
    reviewed it; None where nothing of it is recorded.
    """

    candidate: Candidate
    manual: Manual
    tree: Tree
    lines: tuple[DossierItem, ...]
    signer: str
    opinions: Table | None = None
    summed: Text | None = None
    told_on: date | None = None
    signatures: Table | None = None

    @property
    def issued(self) -> tuple[DossierItem, ...]:
        """What is put in force."""
        return tuple(line for line in self.lines if not line.withdrawn)

    @property
    def withdrawn(self) -> tuple[DossierItem, ...]:
        """What goes out of force without a successor."""
        return tuple(line for line in self.lines if line.withdrawn)

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit that receives something, once."""
        units: dict[str, None] = {}
        for line in self.lines:
            units |= dict.fromkeys(copy.unit for copy in line.copies)
        return tuple(units)


def gather_content(
    candidate: Candidate,
    manual: Manual,
    tree: Tree,
    blobs: Blobs,
    *,
    now: tuple[Manual, date] | None = None,
    lang: Lang = "vi",
) -> DossierContent:
    """Return what a dossier says.

    `manual` and `tree` are those of the candidate's commit, `blobs` reads recorded texts; `now`:
    the manual at hand, whose records of opinions are put in a language of the screen, and today.
    """
    lives = _lives_before(candidate, now[0] if now else manual)
    compared = []
    pinned: list[str] = []
    for item in candidate.items:
        life = lives.get(item.key, ())
        before = compared_version(candidate, item, life)
        scheduled: Life = ()
        if item.act != "withdraw" and item.key in manual.documents:
            scheduled = scheduled_versions(life, candidate.compared_on or date.max)
            for _, version in (*scheduled, *([before] if before else ())):
                pinned += [pin.blob for pin in version.files]
        compared.append((item, before, scheduled))
    held = blobs(pinned)  # at once: git is asked for all, not for each
    lines = []
    for item, before, scheduled in compared:
        line = _line(item, manual, before, held)
        if line.document:
            texts = [file.source.text for file in line.document.files]
            line = replace(line, carried=carried_changes(before, scheduled, texts, held))
        lines.append(line)
    content = DossierContent(candidate, manual, tree, tuple(lines), _signer(manual, lines))
    return _with_opinions(content, *now, lang) if now else content


def _lives_before(candidate: Candidate, manual: Manual) -> Mapping[str, Life]:
    """What releases did to each document before the candidate itself was recorded."""
    own = manual.recorded_candidates.get(candidate.key)
    releases = [
        release for release in manual.releases if own is None or release.number < own.number
    ]
    return items_by_key(valid_releases(releases))


def compared_version(
    candidate: Candidate, item: ReleaseItem, life: Life
) -> tuple[Release, ReleaseItem] | None:
    """Return the version that a candidate's document is compared with, None for none.

    It is the one that the candidate names; one of an older tool names none, and is compared with
    what was in force on the day that it was prepared.
    """
    if item.follows is not None:
        return entry_of_release(life, item.follows)
    day = candidate.compared_on
    return version_on(life, day) if day else None


def _signer(manual: Manual, lines: Sequence[DossierItem]) -> str:
    """The role that approves all documents; "" where there are several or none is known."""
    documents = [line.document for line in lines if line.document]
    roles = {text_of(document.front_matter.approver) for document in documents}
    if len(roles) != 1:
        return ""
    name = manual.config.role_name(roles.pop())
    return "" if name == UNKNOWN else name


def _with_opinions(
    content: DossierContent, manual: Manual, day: date, lang: Lang
) -> DossierContent:
    """The same with what units said and who signed."""
    opinions = manual.opinions.get(content.candidate.key)
    if opinions is None:
        return content
    table = opinions_table(manual, [opinions], day, lang) if opinions.requests else None
    signatures = None
    if opinions.signatures:
        keys = [line.item.key for line in content.lines]
        signatures = signatures_before_approval(manual, keys, opinions, lang)
    return replace(
        content,
        opinions=table,
        summed=opinions_summary(manual, opinions, day),
        told_on=day,
        signatures=signatures,
    )


def _line(
    item: ReleaseItem,
    manual: Manual,
    before: tuple[Release, ReleaseItem] | None,
    held: Mapping[str, bytes],
) -> DossierItem:
    line = DossierItem(
        item=item,
        check_code=item_check_code(item),
        kind=None,
        document=None,
        before=before,
        change=None,
        copies=(),
        replaces=(),
    )
    document = manual.documents.get(item.key)
    if document is None:
        return line
    kind = manual.config.types.get(document.type)
    change = None
    if before and item.act != "withdraw":
        change = _change(document, before[1], item, held)
    return replace(
        line,
        kind=kind.name if kind else None,
        document=document,
        change=change,
        copies=tuple(_copies(document, manual)),
        replaces=tuple(mark.text for mark in document.front_matter.replaces),
    )


def _change(
    document: Document, before: ReleaseItem, item: ReleaseItem, held: Mapping[str, bytes]
) -> Redline | None:
    old = version_texts(before, held)
    if old is None:
        return None
    attachments = compare_attachments(version_attachments(before), version_attachments(item))
    return compare_versions(old, [file.source.text for file in document.files], attachments)


def _copies(document: Document, manual: Manual) -> Iterator[RecipientCopy]:
    for copy in held_copies(document.front_matter):
        unit = manual.config.units.get(copy.unit)
        name = unit.name if unit else copy.unit
        yield RecipientCopy(name, MEDIA[copy.medium], copy.copies)
