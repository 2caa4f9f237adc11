"""Every file of the gallery becomes the Markdown beside it, and no word of it is lost."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from qmstool.importing.accounting import account
from qmstool.importing.draft import bare_words
from qmstool.importing.markdown.writer import Writer
from qmstool.importing.structure import settle_headings
from qmstool.importing.word.reader import read_word
from qmstool.importing.workbooks.registers import all_paragraphs
from tests.support.word_gallery import FOLDER, gallery

GALLERY = gallery()


@pytest.mark.parametrize("name", GALLERY)
def test_becomes_the_markdown_beside_it_and_loses_no_word(name: str) -> None:
    data, changes = GALLERY[name]
    source = read_word(data, name, changes=changes)
    pictures = {path: path for path, _ in source.pictures}
    writer = Writer(dict(source.notes), pictures, "[Hình]")
    writer.write(settle_headings(source.blocks))
    text = writer.text()
    assert text == (FOLDER / f"{name}.md").read_text(encoding="utf-8")

    headers = [bare_words(block) for _, blocks in source.headers for block in blocks]
    labels = [block.label for block in all_paragraphs(source.blocks)]
    result = account(
        raw=[words for _, words in source.raw],
        placed=[text],
        left_out=[piece.text for piece in source.left_out] + headers,
        added=[*writer.added, *labels],
        converted=source.converted,
    )
    assert (result.missing, result.extra) == ((), ())


def test_a_word_keeps_the_joiner_it_is_spelt_with_and_loses_what_nobody_sees() -> None:
    made, document = io.BytesIO(), docx.Document()
    document.add_paragraph("ශ්\u200dරී می\u200cشود quy\u00ad trình\u200b\ufeff")
    document.save(made)
    writer = Writer({}, {}, "")
    writer.write(read_word(made.getvalue(), "joiners.docx", changes="accept").blocks)
    assert writer.text().strip() == "ශ්\u200dරී می\u200cشود quy trình"


def test_the_files_in_the_folder_are_those_of_the_script() -> None:
    for name, (data, _) in GALLERY.items():
        file = FOLDER / f"{name.removesuffix('.accept').removesuffix('.reject')}.docx"
        assert _parts(file.read_bytes()) == _parts(data), name


def test_there_are_enough() -> None:
    assert len(list(FOLDER.glob("*.docx"))) >= 30


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
