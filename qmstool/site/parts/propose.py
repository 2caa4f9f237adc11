"""Say where a reader proposes a change to a text: at its lines in the editor, else by whom or how.

Where the manifest names no editor, the contact stands there, else a form that is meant for it.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from qmstool.frozen import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qmstool.manual.documents import Document
    from qmstool.manual.text_files import Section
    from qmstool.site.edition.edition import Edition
    from qmstool.site.edition.page_link import PageLink

PLACE = "q-propose"
"""The anchor of what stands at the title; sections without an address of their own lead there."""
_HEADING = re.compile(r'(<h[2-6] id="([^"]+)"[^>]*>.*?)(</h[2-6]>)', re.DOTALL)
_PEN = (
    '<svg class="q-icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M3 17.2V21h3.8L18 9.8 '
    "14.2 6zM20.7 7a1 1 0 0 0 0-1.4l-2.3-2.3a1 1 0 0 0-1.4 0l-1.8 1.8L19 8.8z"
    '"></path></svg>'
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Proposal:
    """How to propose a change to the text of one page.

    `address`: of its file in the editor, or of a letter; "" where there is only a `contact` or a
    `form`. `sections`: the same for each section, by anchor.
    """

    address: str = ""
    contact: str = ""
    form: PageLink | None = None
    sections: Mapping[str, str] = field(default_factory=dict)


def proposal(edition: Edition, document: Document, path: str, contact: str) -> Proposal | None:
    """Return how to propose a change to one file of a document; `contact`: who answers for it.

    None on the pages of a kept release, which nobody changes, and where nobody is to be asked.
    """
    if not edition.is_current or not document.held:
        return None
    shown = tuple(each for each in document.sections if each.file.path == path and each.anchor)
    form = edition.proposal_form
    mail = _MAIL.search(contact)
    if edition.manual.config.edit_url:
        return _in_editor(edition, document, path, shown)
    if mail:
        name = document.code or document.title
        letter = f"mailto:{mail[0]}?subject=" + quote(f"{edition.word('propose_change')}: {name}")
        sections = {each.anchor: letter + quote(f", {_named(each)}") for each in shown}
        return Proposal(letter, contact, form, sections)
    if contact or form:
        return Proposal("", contact, form, {each.anchor: f"#{PLACE}" for each in shown})
    return None


def _named(section: Section) -> str:
    return f"{section.number} {section.title}".strip()


def _in_editor(
    edition: Edition, document: Document, path: str, shown: tuple[Section, ...]
) -> Proposal:
    """Lead to lines of the text at hand, which is what is edited, whatever text the page shows."""
    tip = (edition.context.tip or edition.manual).documents.get(document.key, document)
    file = tip.file_at.get(path)
    if path == document.path and not (file and file.sections):
        file, path = tip.files[0], tip.path
    known = {section.anchor: section for section in (file.sections if file else ())}
    sections = {}
    for each in shown:
        at_hand = known.get(each.anchor)
        if at_hand is not None:
            first = at_hand.location.line
            last = at_hand.file.source.locate(at_hand.end, at_hand.end).line
            sections[each.anchor] = editor_address(edition, path, first, last)
    return Proposal(editor_address(edition, path, 1, 1), sections=sections)


def editor_address(edition: Edition, path: str, first: int, last: int) -> str:
    """Return where lines of a file are edited; "" where the manifest names no place.

    `{path}`, `{line}` and `{end}` of the pattern are filled in. Forges open a file at a line by its
    fragment, `#L12`, which is added where the pattern says nothing of lines.
    """
    pattern = edition.manual.config.edit_url
    if not pattern:
        return ""
    address = pattern.replace("{path}", quote(path))
    if "{line}" in pattern:
        return address.replace("{line}", str(first)).replace("{end}", str(last))
    return address if first == 1 or "#" in pattern else f"{address}#L{first}"


def link_sections(text: str, addresses: Mapping[str, str], word: Callable[[str], str]) -> str:
    """Return the HTML of a text with a link behind each heading that leads to its proposal."""
    if not addresses:
        return text
    name = html.escape(word("propose_section"), quote=True)

    def with_link(match: re.Match[str]) -> str:
        address = addresses.get(html.unescape(match[2]), "")
        if not address:
            return match[0]
        place = html.escape(address, quote=True)
        link = f'<a class="q-edit" href="{place}" title="{name}" aria-label="{name}">{_PEN}</a>'
        return f"{match[1]}{link}{match[3]}"

    return _HEADING.sub(with_link, text)
