"""Tell what a release or a candidate does to one document: numbers, words, old and new content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.dossier.comparison import comparison_rows
from qmstool.frozen import dataclass
from qmstool.parsing.codes import title_without_code
from qmstool.register.status import item_check_code
from qmstool.templating import capitalize_first

if TYPE_CHECKING:
    from markupsafe import Markup

    from qmstool.diff.document import Redline
    from qmstool.manual.releases import ReleaseItem
    from qmstool.site.edition.edition import Edition
    from qmstool.site.edition.page_link import PageLink

    # Name, old and new content of each section that differs.
    Sections = tuple[tuple[Markup, Markup, Markup], ...]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What is done to a document, in the words of its page.

    `sections`: what differs; `why_none`: why there is nothing to compare, "" where there is.
    """

    link: PageLink
    code: str
    title: str
    act: str
    issue: str
    revision: str
    check_code: str
    summary: str
    reason: str
    sections: Sections
    why_none: str


def describe_item(
    edition: Edition,
    item: ReleaseItem,
    before: ReleaseItem | None,
    change: Redline | None,
    *,
    chaptered: bool,
    imported: bool = False,
) -> ItemChange:
    """Return what is done to a document.

    `before`: the version it follows; `change`: None where a text of the two is lost; `chaptered`:
    sections are named with the chapter they stand in; `imported`: it was only taken in.
    """
    sections, why_none = _compared(edition, item, before, change, chaptered=chaptered)
    return ItemChange(
        link=edition.document(item.key),
        code=item.code,
        title=title_without_code(item.title, item.code),
        act="imported" if imported and item.act == "new" else item.act,
        issue=edition.value(item.issue),
        revision=edition.value(item.revision),
        check_code=item_check_code(item),
        summary=capitalize_first(edition.value(item.summary)),
        reason=edition.value(item.reason),
        sections=sections,
        why_none=why_none,
    )


def _compared(
    edition: Edition,
    item: ReleaseItem,
    before: ReleaseItem | None,
    change: Redline | None,
    *,
    chaptered: bool,
) -> tuple[Sections, str]:
    if item.act == "withdraw":
        return (), "withdrawn"
    if before is None:
        return (), "new"
    if change is None:
        return (), "lost"
    sections = tuple(comparison_rows(change, edition.lang, chaptered=chaptered))
    if not sections:
        return (), "same"
    return sections, ""
