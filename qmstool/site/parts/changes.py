"""Compare the text of a document that a page shows with the recorded text before it."""

from __future__ import annotations

import posixpath
import re
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from qmstool.diff.document import (
    BlockChange,
    Redline,
    compare_attachments,
    compare_versions,
)
from qmstool.diff.format import KINDS, change_text, section_title, to_html
from qmstool.diff.words import Run
from qmstool.frozen import dataclass, replace
from qmstool.parsing.source import SourceFile
from qmstool.register.change_rows import version_on
from qmstool.register.recorded_texts import is_as_recorded
from qmstool.register.versions import version_attachments
from qmstool.site.edition.versions import release_name
from qmstool.templating import capitalize_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qmstool.diff.document import AttachmentChange
    from qmstool.i18n import Lang
    from qmstool.manual.documents import Document
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.site.edition.edition import Edition

SKIPPED = BlockChange("same", "paragraph", 0, ((Run("same", "…"),),))
_NOT_HELD = re.compile(r"\A---\n(?:(?!---).*\n)*?text:[ \t]*not-held[ \t]*\n")


@dataclass(frozen=True, slots=True)
class ShownChange:
    """How the text shown differs from the one before.

    `why_not`: what stands in the way of a comparison, "" where nothing does.
    """

    draft: bool
    before: str
    summary: str = ""
    reason: str = ""
    sections: tuple[tuple[str, str], ...] = ()
    html: str = ""
    why_not: str = ""


def last_change(edition: Edition, document: Document, path: str = "") -> ShownChange | None:
    """Return what changed last in a document, or in one file of it.

    None where nothing did, or nothing was recorded before.
    """
    before, after = _versions(edition, document)
    if before is None:
        return None
    change = _described(edition, before, after)
    _, item = before
    old = texts_by_path(item, edition.context.blobs)
    if any(pin.path.endswith(".md") and pin.path not in old for pin in item.files):
        return None if path else _without(change, "lost")
    if _only_registered(old.values()):
        return _without(change, "not_held") if document.held and not path else None
    new = {file.path: file.source.text for file in document.files}
    old_texts, new_texts = _chosen(old, path), _chosen(new, path)
    attachments = () if path else _attachments(before[1], after)
    found = compare_versions(old_texts, new_texts, attachments)
    if not (found.changed or attachments) or (path and not old_texts):
        return None
    return _with_sections(change, found, edition.lang)


def _attachments(
    before: ReleaseItem, after: tuple[Release, ReleaseItem] | None
) -> tuple[AttachmentChange, ...]:
    """What became of the files beside the text; of a draft's only what was recorded is known."""
    if after is None:
        return ()
    return compare_attachments(version_attachments(before), version_attachments(after[1]))


def _described(
    edition: Edition,
    before: tuple[Release, ReleaseItem],
    after: tuple[Release, ReleaseItem] | None,
) -> ShownChange:
    """Return what a release says of a change; nothing is said of a draft's yet."""
    name = release_name(before[0], edition.lang)
    if after is None:
        return ShownChange(draft=True, before=name, summary="", reason="")
    item = after[1]
    return ShownChange(
        draft=False, before=name, summary=capitalize_first(item.summary), reason=item.reason
    )


def _chosen(texts: Mapping[str, str], path: str) -> list[str]:
    """Return the text of one file, or of all where none is named."""
    if not path:
        return list(texts.values())
    return [texts[path]] if path in texts else []


def _with_sections(change: ShownChange, found: Redline, lang: Lang) -> ShownChange:
    """Return a change with the titles of the sections it touched, and the comparison as HTML."""
    sections = (
        *((section_title(section, lang), change_text(section, lang)) for section in found.changed),
        *(
            (posixpath.basename(each.path), KINDS[each.kind].get(lang))
            for each in found.attachments
        ),
    )
    html = Markup(to_html(brief(found), lang))  # noqa: S704 - escaped there, and cleaned after rendering
    return replace(change, sections=sections, html=html)


def brief(found: Redline) -> Redline:
    """A redline in which blocks that stayed give way to an ellipsis."""
    return Redline(
        tuple(replace(section, blocks=tuple(_brief(section.blocks))) for section in found.changed),
        found.attachments,
    )


def _brief(blocks: Iterable[BlockChange]) -> Iterator[BlockChange]:
    for same, group in groupby(blocks, key=lambda block: block.kind == "same"):
        if same:
            yield SKIPPED
        else:
            yield from group


def is_registration(edition: Edition, item: ReleaseItem | None) -> bool:
    """Tell whether only the registration was recorded, the text being kept elsewhere."""
    return item is not None and _only_registered(
        texts_by_path(item, edition.context.blobs).values()
    )


def _only_registered(texts: Iterable[str]) -> bool:
    return any(_NOT_HELD.match(text) for text in texts)


def texts_by_path(item: ReleaseItem, blobs: Mapping[str, bytes]) -> dict[str, str]:
    """Return the recorded texts of a version by path; {} where they are lost or not as recorded."""
    if not is_as_recorded(item, blobs):
        return {}
    return {
        pin.path: SourceFile(pin.path, blobs[pin.blob]).text
        for pin in item.files
        if pin.path.endswith(".md")
    }


def changed_paths(edition: Edition, document: Document) -> frozenset[str]:
    """Return the files of a document whose text here is not the recorded one.

    All of them where nothing is recorded.
    """
    before, after = _versions(edition, document)
    if not edition.is_draft(document.key) or after is not None or before is None:
        return frozenset()
    old = texts_by_path(before[1], edition.context.blobs)
    return frozenset(file.path for file in document.files if old.get(file.path) != file.source.text)


def _without(said: ShownChange, why: str) -> ShownChange:
    return ShownChange(said.draft, said.before, said.summary, said.reason, why_not=why)


def _versions(
    edition: Edition, document: Document
) -> tuple[tuple[Release, ReleaseItem] | None, tuple[Release, ReleaseItem] | None]:
    """The recorded version before the text shown, and the one shown; the latter None for a draft.

    Which version is the one before, the register decides, as for the change table.
    """
    standing_life = edition.register.standing_lives.get(document.key)
    life = standing_life.life if standing_life else ()
    if edition.is_draft(document.key):
        return version_on(life, edition.stamp.day), None
    standing = edition.standing(document.key)
    if standing is None or standing_life is None:
        return None, None
    for index, (release, item) in enumerate(life):
        if release.number == standing.release and item.files:
            before = standing_life.predecessors[index]
            if before:
                return before, (release, item)
            break
    return None, None
