"""Write the text of a draft as the files of a document, or of the manual in its sections.

What goes in: a draft. What comes out: the files without their heads, and the pictures beside them;
nothing is told or counted here.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, replace
from qmstool.i18n import Text
from qmstool.importing.blocks import SourceParagraph
from qmstool.importing.files.pictures import kept_pictures
from qmstool.importing.manual_sections import divide
from qmstool.importing.markdown.inlines import escape
from qmstool.importing.markdown.writer import Writer
from qmstool.importing.workbooks.registers import all_paragraphs
from qmstool.manual.documents import MAIN_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qmstool.i18n import Lang
    from qmstool.importing.blocks import Block, Doubt, LeftOut
    from qmstool.importing.draft import DraftDocument
    from qmstool.importing.known import Known
    from qmstool.importing.manual_sections import Divided, SourceSection

    Pictures = Mapping[str, tuple[str, bytes]]

DRAWING = Text("[Hình vẽ: xem tệp gốc]", "[Drawing: see the original file]")


@dataclass(frozen=True, slots=True)
class WrittenText:
    """The text of a draft: the writers of its files by path, the first with the title.

    `pictures`: path in the source → path in the manual and bytes; `left_out`, `doubts`: what came
    of dividing it into sections.
    """

    writers: Mapping[str, Writer]
    pictures: Pictures
    left_out: Sequence[LeftOut] = ()
    doubts: Sequence[Doubt] = ()

    def added(self, draft: DraftDocument) -> list[str]:
        """Return the words that the files have and the source has not."""
        added = [text for writer in self.writers.values() for text in writer.added]
        added += _labels(draft)
        if not draft.title_from_text:
            added.append(draft.title)
        return added


def write_document(draft: DraftDocument, path: str, stem: str, lang: Lang) -> WrittenText:
    """Return a document as one file; its pictures lie beside it, named after `stem`."""
    folder = f"{posixpath.dirname(path)}/pictures"
    pictures = kept_pictures(draft.source.pictures, folder, stem)
    writer = _titled_writer(draft, path, pictures, lang)
    writer.write(_one_level_down(draft.blocks))
    return WrittenText({path: writer}, pictures)


def divide_draft(draft: DraftDocument, known: Known) -> Divided:
    """Return the text of a manual in its sections; plain text has only its titles to go by."""
    return divide(draft.blocks, known.lang, known.titles if draft.source.plain else None)


def write_manual(draft: DraftDocument, divided: Divided, lang: Lang) -> WrittenText:
    """Return a manual as the file that opens it, and one for each section."""
    pictures = _manual_pictures(draft)
    index = _titled_writer(draft, MAIN_FILE, pictures, lang)
    index.write(divided.opening)
    writers = {MAIN_FILE: index}
    for section in divided.sections:
        writers[section.path] = _writer(draft, section.path, pictures, lang)
        writers[section.path].write(section.blocks)
    return WrittenText(writers, pictures, divided.left_out, divided.doubts)


def write_section(draft: DraftDocument, section: SourceSection, path: str, lang: Lang) -> str:
    """Return one section of a manual as a file at `path`."""
    writer = _writer(draft, path, _manual_pictures(draft), lang)
    writer.write(section.blocks)
    return writer.text()


def _manual_pictures(draft: DraftDocument) -> Pictures:
    return kept_pictures(draft.source.pictures, "manual/pictures", "manual")


def _titled_writer(draft: DraftDocument, path: str, pictures: Pictures, lang: Lang) -> Writer:
    writer = _writer(draft, path, pictures, lang)
    writer.lines.append(f"# {escape(' '.join(draft.title.split()))}")
    return writer


def _writer(draft: DraftDocument, path: str, pictures: Pictures, lang: Lang) -> Writer:
    folder = posixpath.dirname(path)
    addresses = {
        source: posixpath.relpath(target, folder) for source, (target, _) in pictures.items()
    }
    return Writer(dict(draft.source.notes), addresses, DRAWING.get(lang))


def _one_level_down(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with their headings below the title."""
    lowered: list[Block] = []
    for block in blocks:
        if isinstance(block, SourceParagraph) and block.level:
            lowered.append(replace(block, level=block.level + 1))
        else:
            lowered.append(block)
    return lowered


def _labels(draft: DraftDocument) -> list[str]:
    """Return the numbers that Word computes: the text has them, the file's words do not."""
    labels = [block.label for block in all_paragraphs(draft.blocks)]
    for _, blocks in draft.source.notes:
        labels += [block.label for block in all_paragraphs(blocks)]
    return [label for label in labels if label]
