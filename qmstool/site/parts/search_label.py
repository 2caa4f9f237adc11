"""Say how the search shows and knows a page: code, words, kind, state, and its other names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.codes import title_without_code
from qmstool.register.externals import ENDED
from qmstool.site.edition.page_link import PageLink

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.manual.documents import Document
    from qmstool.manual.registers import ExternalDocument
    from qmstool.manual.releases import ReleaseItem
    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.clauses import ClauseAnswer

# Which results come first where all else is equal.
IN_FORCE, NOT_YET, NO_LONGER = range(3)
_GONE = frozenset({"superseded", "withdrawn"})


@dataclass(frozen=True, slots=True)
class SearchLabel:
    """What a result says.

    `names`: other names of the page, each with the anchor it leads to; the lower `tier` comes
    first.
    """

    link: PageLink
    kind: str = ""
    tier: int = IN_FORCE
    names: tuple[tuple[str, str], ...] = ()


def label_document(edition: Edition, document: Document) -> SearchLabel:
    """Label a controlled document's own page; codes that it had before are names of it too."""
    marks = (*document.names, *document.front_matter.replaces)
    names = tuple((mark.text, "") for mark in marks)
    link = edition.document(document.key)
    return SearchLabel(link, _kind(edition, document), _tier(edition, document), names)


def label_section(
    edition: Edition, main: Document, link: PageLink, answers: Iterable[ClauseAnswer]
) -> SearchLabel:
    """Label a section of the manual; the numbers of the clauses that it answers are its names."""
    names: list[tuple[str, str]] = []
    for answer in answers:
        clauses = (answer.clause, *answer.subclauses)
        names += [(clause.number, clause.id) for clause in clauses if clause.number != link.code]
    shown = PageLink(link.words, link.address, link.code, edition.state(main.key))
    return SearchLabel(shown, _kind(edition, main), _tier(edition, main), tuple(names))


def label_external(edition: Edition, external: ExternalDocument) -> SearchLabel:
    """Label a document of the external register.

    «Nghị định 83/2006/NĐ-CP» is a name of it besides its number.
    """
    link = edition.external(external.key)
    parts = [part for part in (external.type, external.number) if part != UNKNOWN]
    names = [" ".join(parts), *(mark.text for mark in external.names)]
    kind = external.type if link.words != external.type else ""
    tier = NO_LONGER if external.status in ENDED else IN_FORCE
    return SearchLabel(link, kind, tier, tuple((name, "") for name in names))


def label_gone(edition: Edition, key: str, item: ReleaseItem, state: str) -> SearchLabel:
    """Label a document that only releases still know."""
    title = title_without_code(item.title, item.code)
    link = PageLink(title, edition.addresses.document(key), item.code, state)
    return SearchLabel(link, tier=NO_LONGER)


def _kind(edition: Edition, document: Document) -> str:
    kind = edition.manual.config.types.get(document.type)
    return kind.name.get(edition.lang) if kind else ""


def _tier(edition: Edition, document: Document) -> int:
    """A draft of what is in force stands for it; one of something new stands behind.

    Where nothing is in force yet, there is nothing to stand behind.
    """
    standing = edition.standing(document.key)
    if standing is not None and standing.in_force:
        return IN_FORCE
    state = edition.state(document.key)
    if state in _GONE:
        return NO_LONGER
    if state == "registered" or not edition.has_texts_in_force:
        return IN_FORCE
    return NOT_YET
