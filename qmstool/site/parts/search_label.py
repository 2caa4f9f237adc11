"""How the search shows and knows a page: its code, its words, its kind and state, its other names, and what it may compete with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.manual.model import UNKNOWN
from qmstool.site.edition.edition import Link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.manual.documents import Document
    from qmstool.manual.registers import ExternalDocument
    from qmstool.manual.releases import ReleaseItem
    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.clauses import Answer

IN_FORCE, NOT_YET, NO_LONGER = range(3)
_GONE = frozenset({"superseded", "withdrawn"})
_GONE_OUTSIDE = frozenset({"superseded", "repealed"})


@dataclass(frozen=True, slots=True)
class Label:
    """What a result says.

    `names`: other names of the page, each with the anchor it leads to; the lower `tier` comes
    first.
    """

    link: Link
    kind: str = ""
    tier: int = IN_FORCE
    names: tuple[tuple[str, str], ...] = ()


def of_document(edition: Edition, document: Document) -> Label:
    """A controlled document's own page."""
    names = tuple((mark.text, "") for mark in document.record.list("names"))
    return Label(
        edition.document(document.key), _kind(edition, document), _tier(edition, document), names
    )


def of_section(edition: Edition, main: Document, link: Link, answers: Iterable[Answer]) -> Label:
    """A section of the manual; it also goes by the numbers of the clauses that it answers."""
    shown = Link(link.words, link.address, link.code, edition.state(main.key))
    told = (each for answer in answers for each in (answer.clause, *answer.below))
    names = tuple((each.number, each.id) for each in told if each.number != link.code)
    return Label(shown, _kind(edition, main), _tier(edition, main), names)


def of_external(edition: Edition, external: ExternalDocument) -> Label:
    """A document of the external register; «Nghị định 83/2006/NĐ-CP» is a name of it besides its number."""
    link = edition.external(external.key)
    names = [" ".join(each for each in (external.type, external.number) if each != UNKNOWN)]
    names += [mark.text for mark in external.record.list("names")]
    tier = NO_LONGER if external.status in _GONE_OUTSIDE else IN_FORCE
    return Label(
        link,
        external.type if link.words != external.type else "",
        tier,
        tuple((name, "") for name in names),
    )


def of_gone(edition: Edition, key: str, item: ReleaseItem, state: str) -> Label:
    """A document that only releases still know."""
    return Label(
        Link(item.title, edition.addresses.document(key), item.code, state), tier=NO_LONGER
    )


def _kind(edition: Edition, document: Document) -> str:
    kind = edition.manual.config.types.get(document.type)
    return kind.name.get(edition.lang) if kind else ""


def _tier(edition: Edition, document: Document) -> int:
    """A draft of what is in force stands for it; one of something new stands behind."""
    standing = edition.standing(document.key)
    if standing is not None and standing.in_force:
        return IN_FORCE
    state = edition.state(document.key)
    if state in _GONE:
        return NO_LONGER
    return IN_FORCE if state == "registered" else NOT_YET
