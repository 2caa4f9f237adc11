"""A candidate with the manual it froze → what the pages of its dossier say.

Nothing is decided here, and nothing guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.diff.document import compare_versions
from qmstool.frozen import dataclass, replace
from qmstool.manual.model import UNKNOWN
from qmstool.register.status import item_check_code, items_by_key, valid_releases
from qmstool.register.versions import newest_version, version_texts
from qmstool.tables.distribution import held_copies
from qmstool.tables.opinions import opinions_summary, opinions_table
from qmstool.tables.registers import MEDIA
from qmstool.tables.signatures import signatures_before_approval

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from qmstool.candidates.candidate import Candidate
    from qmstool.diff.document import Redline
    from qmstool.i18n import Lang, Text
    from qmstool.manual.model import Document, Item, Manual, Release
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

    `before`: the recorded version it follows; `change`: None where its text is lost.
    """

    item: Item
    check_code: str
    kind: Text | None
    document: Document | None
    before: tuple[Release, Item] | None
    change: Redline | None
    copies: tuple[RecipientCopy, ...]
    replaces: tuple[str, ...]

    @property
    def withdrawn(self) -> bool:
        """Whether it goes out of force."""
        return self.item.act == "withdraw"


@dataclass(frozen=True, slots=True)
class DossierContent:
    """A whole dossier.

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
    told_on: str = ""
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
        return tuple(dict.fromkeys(copy.unit for line in self.lines for copy in line.copies))


def gather_content(
    candidate: Candidate,
    manual: Manual,
    tree: Tree,
    blobs: Blobs,
    *,
    now: tuple[Manual, date] | None = None,
    lang: Lang = "vi",
) -> DossierContent:
    """Return what a dossier says; `manual` and `tree` are those of the candidate's commit, `blobs` reads recorded texts.

    `now`: the manual at hand, whose records of opinions are told in a language of the screen, and today.
    """
    lives = items_by_key(valid_releases(manual.releases))
    lines = tuple(
        _line(each, manual, newest_version(lives.get(each.key, ())), blobs)
        for each in candidate.items
    )
    roles = {line.document.entry.text("approver") for line in lines if line.document}
    signer = manual.config.role_name(roles.pop()) if len(roles) == 1 else ""
    matter = DossierContent(candidate, manual, tree, lines, "" if signer == UNKNOWN else signer)
    return _heard(matter, *now, lang) if now else matter


def _heard(matter: DossierContent, manual: Manual, day: date, lang: Lang) -> DossierContent:
    """The same with what units said and who signed."""
    found = manual.opinions.get(matter.candidate.key)
    if found is None:
        return matter
    asked = opinions_table(manual, [found], day, lang) if found.asked else None
    keys = [line.item.key for line in matter.lines]
    signatures = signatures_before_approval(manual, keys, found, lang) if found.signed else None
    return replace(
        matter,
        opinions=asked,
        summed=opinions_summary(manual, found, day),
        told_on=day.isoformat(),
        signatures=signatures,
    )


def _line(
    item: Item, manual: Manual, before: tuple[Release, Item] | None, blobs: Blobs
) -> DossierItem:
    document = manual.documents.get(item.key)
    kind = manual.config.types.get(document.type) if document else None
    return DossierItem(
        item=item,
        check_code=item_check_code(item),
        kind=kind.name if kind else None,
        document=document,
        before=before,
        change=_change(document, before[1], blobs)
        if before and document and item.act != "withdraw"
        else None,
        copies=tuple(_copies(document, manual)) if document else (),
        replaces=tuple(mark.text for mark in document.entry.list("replaces")) if document else (),
    )


def _change(document: Document, before: Item, blobs: Blobs) -> Redline | None:
    old = version_texts(before, blobs(pin.blob for pin in before.files))
    return (
        compare_versions(old, [file.source.text for file in document.files])
        if old is not None
        else None
    )


def _copies(document: Document, manual: Manual) -> Iterator[RecipientCopy]:
    for each in held_copies(document.entry):
        unit = manual.config.units.get(each.unit)
        yield RecipientCopy(unit.name if unit else each.unit, MEDIA[each.medium], each.copies)
