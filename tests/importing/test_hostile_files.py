"""Broken and hostile Office files: told in a sentence, in bounded time, never a traceback."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from qmstool.i18n import QmsError, Text
from qmstool.importing.collecting import Given, take_in
from qmstool.importing.known import Known
from qmstool.importing.sheets import read_sheets
from qmstool.importing.word.reader import read_word
from tests.support.machine import time_limit
from tests.support.office_folder import office_folder
from tests.support.word_files import cell, make_docx, numbered, pack, paragraph, run, table
from tests.support.word_gallery import OUTLINE, gallery

KNOWN = Known(
    "vi",
    ("manual", "procedure", "form"),
    {},
    {},
    {},
    {},
    frozenset(),
    sections={},
    may_name=True,
    changes="accept",
    manual_code="STCL",
    shapes={},
    titles={},
)


def _take(data: bytes) -> Text | None:
    """Return how a file was refused, None for one that was read; anything else raised is a defect."""
    try:
        take_in([Given("QT-01.docx", data)], KNOWN)
    except QmsError as error:
        return error.text
    return None


def _refusals(ends: list[Text | None]) -> list[Text]:
    """Return the refusals, each a sentence in both languages."""
    told = [text for text in ends if text is not None]
    for text in told:
        assert text.vi.endswith(".")
        assert text.en.endswith(".")
        assert text.vi != text.en
    return told


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        b"not a zip",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        pack({}),
        pack({"word/document.xml": b""}),
        pack({"xl/workbook.xml": b"<a/>"}),
    ],
)
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(QmsError):
        read_word(data, "a.docx")


def test_a_part_with_a_dtd_is_refused() -> None:
    body = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'
    )
    with pytest.raises(QmsError):
        read_word(pack({"word/document.xml": body}), "a.docx")
    with pytest.raises(QmsError):
        read_sheets(pack({"xl/workbook.xml": body}), "a.xlsx")


def test_an_archive_that_swells_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 30_000_000 + b"</a>")
    with time_limit(), pytest.raises(QmsError):
        read_word(buffer.getvalue(), "a.docx")


@pytest.mark.parametrize(
    "data",
    [
        make_docx(table([cell("a", more='<w:gridSpan w:val="999999999"/>')])),
        make_docx(table([cell("a", more='<w:gridSpan w:val="-5"/>')], [cell("b", more="<w:vMerge/>")])),
        make_docx(numbered("a", level=99), numbered("b", 77), numbers=OUTLINE),
        make_docx(paragraph("a", style="nirgends")),
        make_docx("<w:p><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>", paragraph("a")),
        make_docx("<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r></w:p>", paragraph("a")),
        make_docx(paragraph("a"), styles='<w:style w:type="paragraph" w:styleId="x"><w:basedOn w:val="x"/></w:style>'),
        make_docx("<w:sdt/>", "<w:tbl/>", "<w:p/>", "<w:tbl><w:tr/></w:tbl>"),
        make_docx(table([cell(table([cell(table(["a"]))]))])),
        make_docx(paragraph(run("x", '<w:rFonts w:ascii=""/>')), '<w:p><w:r><w:sym w:font="" w:char="zzzz"/></w:r></w:p>'),
    ],
)  # fmt: skip
def test_odd_values_are_read_within_bounds(data: bytes) -> None:
    with time_limit():
        assert _take(data) is None


@pytest.mark.parametrize(("depth", "is_read"), [(20, True), (120, False)])
def test_deep_nesting_keeps_what_is_innermost_or_is_refused(depth: int, is_read: bool) -> None:
    inner = paragraph("innermost")
    for _ in range(depth):
        inner = table([cell(inner, paragraph(""))])
    data = make_docx(inner)
    with time_limit():
        if is_read:
            assert "innermost" in repr(read_word(data, "a.docx"))
        else:
            assert _refusals([_take(data)])


def test_spoilt_files_never_give_a_traceback() -> None:
    chance = random.Random(7)
    ends: list[Text | None] = []
    files = [data for data, _ in gallery().values()]
    for _ in range(300):
        data = bytearray(chance.choice(files))
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        spoilt = bytes(data[: chance.randint(1, len(data))] if chance.random() < 0.3 else data)
        ends.append(_take(spoilt))
    assert 0 < len(_refusals(ends)) < len(ends)


def test_spoilt_xml_never_gives_a_traceback() -> None:
    """Tags are exchanged inside the parts, so that the archive and mostly the XML hold."""
    chance = random.Random(11)
    names = [
        b"w:p",
        b"w:r",
        b"w:t",
        b"w:tbl",
        b"w:tr",
        b"w:tc",
        b"w:sdt",
        b"w:ins",
        b"w:del",
        b"w:pPr",
        b"w:numPr",
    ]
    ends: list[Text | None] = []
    for data, _ in gallery().values():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        for _ in range(6):
            old, new = chance.choice(names), chance.choice(names)
            spoilt = dict(parts)
            for name, text in parts.items():
                if name.endswith(".xml") and name.startswith("word/"):
                    mended = text
                    for sign in (b">", b" ", b"/>"):
                        mended = mended.replace(b"<" + old + sign, b"<" + new + sign).replace(
                            b"</" + old + sign, b"</" + new + sign
                        )
                    spoilt[name] = mended
            ends.append(_take(pack(spoilt)))
    assert ends  # the archive and the XML hold: all of it is read
    assert not _refusals(ends)


def test_spoilt_workbooks_are_told() -> None:
    chance = random.Random(3)
    ends: list[Text | None] = []
    good = office_folder()["Danh muc ho so.xlsx"]
    for _ in range(60):
        data = bytearray(good)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read_sheets(bytes(data), "a.xlsx")
        except QmsError as error:
            ends.append(error.text)
        else:
            ends.append(None)
    assert _refusals(ends)
