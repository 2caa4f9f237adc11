"""Make the comparison in columns that goes before the signer, and later onto the release's page.

What goes in: a redline. What comes out: rows of HTML without the marks that only writers know.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from qmstool.diff.format import attachment_text, comparison_columns
from qmstool.dossier.text import with_breaks
from qmstool.i18n import Text
from qmstool.manual.schema.documents import DOCUMENT

if TYPE_CHECKING:
    from qmstool.diff.document import AttachmentChange, Redline, SectionChange
    from qmstool.i18n import Lang

TITLED = Text("Tên mục", "Title")
STAYS = Text("(chỉ có tên mục)", "(a title alone)")
MOVED_FROM = Text("(như bản mới)", "(as in the new version)")
MOVED_TO = Text("(lời văn giữ nguyên, mục được chuyển chỗ)", "(the words stay, the section moved)")
BEFORE = Text("(tệp của bản trước)", "(the file of the version before)")
AFTER = Text("(tệp mới, xem toàn văn)", "(a new file: see the full text)")
_KEY = re.compile(r"(<span class=\"\w+\">(?:<(?:del|ins)>)?)([a-z_]+):")
_MARKS = re.compile(r"\*\*|`|\s*\{#[^{}<>]*\}")
_LINK = re.compile(r"!?\[([^\[\]<>]*)\]\([^()<>]*\)")


def comparison_rows(
    change: Redline, lang: Lang, *, chaptered: bool
) -> list[tuple[Markup, Markup, Markup]]:
    """Return section, old and new content of each changed section.

    `chaptered`: each section is named with the chapter that it stands in.
    """
    chapters = _chapters(change) if chaptered else {}
    table = []
    columns = comparison_columns(change, lang)
    for section, (title, old, new) in zip(change.changed, columns, strict=True):
        chapter = chapters.get(section.key, "")
        name = f"{escape(chapter)} – {title}" if chapter else title
        before, after = _contents(section, old, new, lang)
        table.append((for_paper(name, lang), for_paper(before, lang), for_paper(after, lang)))
    return [*table, *(_attachment_row(each, lang) for each in change.attachments)]


def _attachment_row(change: AttachmentChange, lang: Lang) -> tuple[Markup, Markup, Markup]:
    """What stands of a picture or form that is not as it was: its words nobody compares."""
    before = "" if change.kind == "added" else BEFORE.get(lang)
    after = "" if change.kind == "removed" else AFTER.get(lang)
    return escape(attachment_text(change, lang)), escape(before), escape(after)


def _contents(section: SectionChange, old: str, new: str, lang: Lang) -> tuple[str, str]:
    """What stands in the columns: the old and new words, below the titles where they differ."""
    both = section.old_title and section.new_title
    if both and section.old_title != section.new_title:
        return _titled(section.old_title, lang) + old, _titled(section.new_title, lang) + new
    if old or new:
        return old, new
    return _silent(section, lang)


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
    chapters, chapter = {}, ""
    for section in change.sections:
        if section.level <= 1:
            chapter = section.title
        else:
            chapters[section.key] = chapter
    return chapters


def for_paper(html: str, lang: Lang = "vi") -> Markup:
    """Return a comparison without the marks that only writers know.

    What is cut holds neither `<` nor `>`, so the HTML stays whole.
    """

    def named(match: re.Match[str]) -> str:
        return f"{match[1]}{_key(match[2], lang)}:"

    plain = _LINK.sub(r"\1", _MARKS.sub("", html))
    return Markup(with_breaks(_KEY.sub(named, plain)))  # noqa: S704 - escaped by diff.format


def _key(name: str, lang: Lang) -> str:
    """What a key of the front matter is called by people."""
    field = DOCUMENT.field(name)
    words = field.note.get(lang).partition(",")[0] if field else name
    return words[:1].upper() + words[1:]
