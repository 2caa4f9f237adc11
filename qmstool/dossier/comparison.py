"""A redline → the comparison in columns that goes before the signer, and later stands on the page of the release."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from qmstool.diff.format import comparison_columns
from qmstool.i18n import Text
from qmstool.manual.schema import DOCUMENT

if TYPE_CHECKING:
    from qmstool.diff.document import Redline, SectionChange
    from qmstool.i18n import Lang

TITLED = Text("Tên mục", "Title")
STAYS = Text("(chỉ có tên mục)", "(a title alone)")
MOVED_FROM = Text("(như bản mới)", "(as in the new version)")
MOVED_TO = Text("(lời văn giữ nguyên, mục được chuyển chỗ)", "(the words stay, the section moved)")
_KEY = re.compile(r"(<span class=\"\w+\">(?:<(?:del|ins)>)?)([a-z_]+):")
_MARKS = re.compile(r"\*\*|`|\s*\{#[^{}<>]*\}")
_LINK = re.compile(r"!?\[([^\[\]<>]*)\]\([^()<>]*\)")


def comparison_rows(
    change: Redline, lang: Lang, *, chaptered: bool
) -> list[tuple[Markup, Markup, Markup]]:
    """Return section, old and new content of each changed section; `chaptered`: each named with the chapter it stands in."""
    chapters = _chapters(change) if chaptered else {}
    made = []
    for section, (name, *sides) in zip(
        change.changed, comparison_columns(change, lang), strict=True
    ):
        above = chapters.get(section.key, "")
        titled = bool(
            section.old_title and section.new_title and section.old_title != section.new_title
        )
        heads = (section.old_title, section.new_title) if titled else ("", "")
        old, new = (
            _titled(head, lang) + side if head else side
            for head, side in zip(heads, sides, strict=True)
        )
        if not old and not new:
            old, new = _silent(section, lang)
        made.append(
            (
                for_paper(f"{escape(above)} – {name}" if above else name, lang),
                for_paper(old, lang),
                for_paper(new, lang),
            )
        )
    return made


def _titled(title: str, lang: Lang) -> str:
    return f"<p>{TITLED.get(lang)}: {escape(title)}</p>\n"


def _silent(section: SectionChange, lang: Lang) -> tuple[str, str]:
    """What stands beside a section without words of its own."""
    match section.kind:
        case "added":
            return "", STAYS.get(lang)
        case "removed":
            return STAYS.get(lang), ""
        case _:
            return MOVED_FROM.get(lang), MOVED_TO.get(lang)


def _chapters(change: Redline) -> dict[str, str]:
    """Key of a section → the title of the chapter above it."""
    found, chapter = {}, ""
    for section in change.sections:
        if section.level <= 1:
            chapter = section.title
        else:
            found[section.key] = chapter
    return found


def for_paper(html: str, lang: Lang = "vi") -> Markup:
    """A comparison without the marks that only writers know; what is cut holds neither `<` nor `>`, so the HTML stays whole."""
    plain = _LINK.sub(r"\1", _MARKS.sub("", html))
    return Markup(_KEY.sub(lambda hit: hit[1] + _key(hit[2], lang) + ":", plain))  # noqa: S704 - escaped by redline.show


def _key(name: str, lang: Lang) -> str:
    """What a key of the front matter is called by people."""
    field = DOCUMENT.field(name)
    said = field.note.get(lang).partition(",")[0] if field else name
    return said[:1].upper() + said[1:]
