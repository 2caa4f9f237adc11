"""Drawings of Word become pictures where LibreOffice is; else their place is marked, words kept."""

from __future__ import annotations

import io
import re
import struct
import zipfile

import pytest

from qmstool.importing.accounting import account
from qmstool.importing.markdown.writer import Writer
from qmstool.importing.word.figure_pictures import draw, png
from qmstool.importing.word.reader import read_word
from tests.support.machine import needs
from tests.support.word_drawings import (
    STEPS,
    floating,
    group,
    grouped,
    of_parts,
    scattered,
    shape,
)
from tests.support.word_files import make_docx, paragraph, run, table
from tests.support.word_gallery import PNG, gallery

WORDS = "; ".join(STEPS)


def _drawn(data: bytes, count: int) -> list[bytes | None]:
    assert data.startswith(b"PK")
    return [PNG] * count


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (grouped(), f"Trước.\n\n![Lưu đồ: {WORDS}](drawing-1)\n\nSau.\n"),
        (scattered(), f"Trước.\n\nLưu đồ:\\\n![{WORDS}](drawing-1)\n\nSau.\n"),
        (
            of_parts(),
            (
                "![Khiếu nại theo quý; Nhận; Quý I, Quý II; 12, 7; Giải quyết; 11, 7](drawing-1)\n\n"
                "![Lập kế hoạch; Thực hiện](drawing-2)\n\n![Ảnh cũ](drawing-3)\n"
            ),
        ),
        # SOÅ is typed for VNI: the words of a picture are read in Unicode, too.
        (
            make_docx(
                paragraph(
                    group(
                        shape("x", 0, 0)
                        .replace("<w:r>", '<w:r><w:rPr><w:rFonts w:ascii="VNI-Times"/></w:rPr>')
                        .replace(">x<", ">SOÅ<"),
                        shape("", 0, 0),
                    )
                )
            ),
            "![SỔ](drawing-1)\n",
        ),
    ],
)
def test_a_drawing_becomes_a_picture_that_says_its_words(data: bytes, shown: str) -> None:
    source = read_word(data, "a.docx", draw=_drawn)
    writer = Writer({}, {path: path.replace(" ", "-") for path, _ in source.pictures}, "[Hình]")
    writer.write(source.blocks)
    text = writer.text()
    assert text == shown
    result = account(
        raw=[words for _, words in source.raw],
        placed=[text],
        left_out=[piece.text for piece in source.left_out],
        added=writer.added,
        converted=source.converted,
    )
    assert (result.missing, result.extra) == ((), ())


@pytest.mark.parametrize(
    "inside",
    [
        table(["a", "b"]),  # what a picture's text cannot hold
        '<w:p><w:r><w:footnoteReference w:id="5"/></w:r></w:p>',
    ],
)
def test_a_drawing_whose_boxes_hold_more_than_words_keeps_them_as_text(inside: str) -> None:
    box = shape("x", 0, 0).replace("</w:txbxContent>", inside + "</w:txbxContent>")
    source = read_word(make_docx(paragraph(group(box))), "a.docx", draw=_drawn)
    assert [block.text for block in source.blocks if block.text][:1] == ["x"]
    assert not source.pictures


def test_two_boxes_of_text_side_by_side_are_no_drawing() -> None:
    data = make_docx(paragraph(floating("Sở Xây dựng", 0, 0), floating("Số: 5", 200, 0)))
    source = read_word(data, "a.docx", draw=_drawn)
    assert [block.text for block in source.blocks if block.text] == ["Sở Xây dựng", "Số: 5"]


def test_what_is_drawn_leads_nowhere_outside() -> None:
    """The file that LibreOffice is given has no address left in it."""
    given: list[bytes] = []

    def keep(data: bytes, count: int) -> list[bytes | None]:
        given.append(data)
        return [None] * count

    link = {"a": "https://example.org/x.png"}
    body = paragraph(group(shape("x", 0, 0)))
    read_word(make_docx(body, paragraph(run("y")), links=link), "a.docx", draw=keep)
    with zipfile.ZipFile(io.BytesIO(given[0])) as archive:
        assert not [name for name in archive.namelist() if b"example.org" in archive.read(name)]


def test_a_page_is_cut_to_what_is_drawn() -> None:
    width, height = 40, 30
    dots = bytearray(b"\xff" * (width * height * 3))
    for row in range(12, 18):
        dots[(row * width + 15) * 3 : (row * width + 25) * 3] = b"\0" * 30
    made = png(bytes(dots), width, height, width * 3, 3)
    assert made is not None
    assert struct.unpack(">II", made[16:24]) == (26, 22)
    assert png(b"\xff" * (width * height * 3), width, height, width * 3, 3) is None


@pytest.mark.slow
@needs("soffice")
def test_libreoffice_draws_it() -> None:
    source = read_word(scattered(), "a.docx", draw=draw)
    ((_, picture),) = source.pictures
    width, height = struct.unpack(">II", picture[16:24])
    assert (100 < width < 300, 200 < height < 400) == (True, True)
    (doubt,) = source.doubts
    assert "LibreOffice" in doubt.message.en


@pytest.mark.parametrize(
    ("name", "tags"),
    [
        ("62-smartart-and-chart-of-word", ("t", "v")),
        ("64-word-art-and-watermark", ()),
        ("66-formulas", ("t",)),
    ],
)
def test_no_word_of_a_part_is_lost_counted_without_our_reading(
    name: str, tags: tuple[str, ...]
) -> None:
    """Each word of SmartArt's data, of charts, formulas and WordArt stands in the text."""
    data, _ = gallery()[name]
    source = read_word(data, name)
    pieces = [*(block.text for block in source.blocks), *(one.text for one in source.left_out)]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [path for path in archive.namelist() if not path.endswith(("rels", "drawing1.xml"))]
        xml = " ".join(archive.read(path).decode() for path in parts if path.endswith("xml"))
    kept = re.findall(rf"<\w+:(?:{'|'.join(tags) or 'none'})\b[^>/]*>([^<]+)</", xml)
    kept += re.findall(r'<v:textpath[^>]* string="([^"]+)"', xml)
    assert kept
    words = set(re.findall(r"[^\W_]+", " ".join(pieces)))
    assert not [word for text in kept for word in re.findall(r"[^\W_]+", text) if word not in words]


def test_an_embedded_file_is_told() -> None:
    data, _ = gallery()["65-embedded-workbook"]
    messages = [doubt.message.en for doubt in read_word(data, "a.docx").doubts]
    assert any("Excel.Sheet.12" in message for message in messages)


def test_a_watermark_is_told_and_not_taken() -> None:
    data, _ = gallery()["64-word-art-and-watermark"]
    left = {piece.text: piece.reason.en for piece in read_word(data, "a.docx").left_out}
    assert "watermark" in left["BẢN NHÁP"]


@pytest.mark.slow
@needs("soffice")
def test_libreoffice_draws_smartart_and_charts_of_word() -> None:
    data, _ = gallery()["62-smartart-and-chart-of-word"]
    source = read_word(data, "a.docx", draw=draw)
    assert len(source.pictures) == 2
