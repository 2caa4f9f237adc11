"""Broken and hostile Office files: told in a sentence, in bounded time, never a traceback."""

from __future__ import annotations

import io
import random
import zipfile
from typing import TYPE_CHECKING

import pytest
import typst

from qmstool.i18n import QmsError, Text
from qmstool.importing.blocks import SourceTable
from qmstool.importing.collecting import Given, take_in
from qmstool.importing.known import Known
from qmstool.importing.plain.columns import Letter, read_columns
from qmstool.importing.plain.mending import Mender
from qmstool.importing.types import Types
from qmstool.importing.word.reader import read_word
from qmstool.importing.workbooks.field_names import SaidOfColumns
from qmstool.importing.workbooks.sheets import read_sheets
from tests.support.machine import time_limit
from tests.support.office_folder import office_folder
from tests.support.steps import steps_grow_with_square
from tests.support.word_files import cell, make_docx, numbered, pack, paragraph, run, table
from tests.support.word_gallery import OUTLINE, gallery

if TYPE_CHECKING:
    from collections.abc import Callable

KNOWN = Known(
    "vi",
    Types(("manual", "procedure", "form"), {}, frozenset({"form"})),
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
    columns=SaidOfColumns({}, {}),
    refused=frozenset(),
)


def _take(data: bytes, name: str = "QT-01.docx") -> Text | None:
    """Return how a file was refused, None for one that was read; anything else raised is a defect."""
    try:
        take_in([Given(name, data)], KNOWN)
    except QmsError as error:
        return error.text
    return None


def _ill_told(ends: list[Text | None]) -> list[Text]:
    """Return the refusals that are no sentence in both languages."""
    told = [text for text in ends if text is not None]
    return [
        text
        for text in told
        if text.vi == text.en or not (text.vi.endswith(".") and text.en.endswith("."))
    ]


def _refusals(ends: list[Text | None]) -> list[Text]:
    """Return the refusals, each a sentence in both languages."""
    assert _ill_told(ends) == []
    return [text for text in ends if text is not None]


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


MARKDOWN = (
    "---\ntitle: A\n---\n# A\n\n!!! note\n    b\n\n:::tip\nc\n:::\n\n| a | b |\n|---|---|\n| c | d |\n\n[[e]] ![f](g.png)\n"
    "<table><tr><td colspan=2>h</td></tr></table>\n\n```\ni\n```\n"
)
PDF = typst.compile(
    (
        "#set page(width: 120mm, height: 80mm, columns: 2, footer: [Trang 1])\n"
        + "Quy trình này áp dụng cho mọi đơn vị và documentation. " * 40
    ).encode()
)


@pytest.mark.parametrize(
    ("suffix", "good", "times"),
    [
        ("pdf", PDF, 60),
        ("md", MARKDOWN.encode(), 200),
        ("txt", MARKDOWN.encode(), 100),
        ("csv", 'Mã;Tên\n"QT-01";"A"\n'.encode(), 100),
    ],
)
def test_spoilt_texts_never_give_a_traceback(suffix: str, good: bytes, times: int) -> None:
    chance = random.Random(13)
    name = f"QT-01.{suffix}"
    ends = []
    with time_limit(120):
        for _ in range(times):
            data = bytearray(good)
            for _ in range(chance.randint(1, 16)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            cut = chance.randint(0, len(data)) if chance.random() < 0.3 else len(data)
            ends.append(_take(bytes(data[:cut]), name))
    assert _take(good, name) is None
    assert None in ends  # a slip here and there does not make a text unreadable
    assert _ill_told(ends) == []


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"a;b\rc;d", ""),
        (b'a;"' + b"x" * 2_000_000, "is damaged or cut off"),
        (b'"' * 100_001, ""),
        (b"\xff\xfe\x00", ""),
        (b"", ""),
    ],
)
def test_odd_tables_of_text_are_read_or_refused(data: bytes, refusal: str) -> None:
    with time_limit():
        told = _take(data, "QT-01.csv")
    assert (told is None) == (refusal == "")
    assert refusal in (told.en if told else "")


def test_a_page_as_wide_as_a_county_is_read_within_bounds() -> None:
    letters = [
        Letter("a", number, 1e6 * (number % 2), 12.0 * (number // 2), 1e6 * (number % 2) + 5, 12.0 * (number // 2) + 10)
        for number in range(400)
    ]  # fmt: skip
    with time_limit():
        assert read_columns(letters, []) is None


def test_a_text_without_ends_is_joined_within_bounds() -> None:
    lines = ["Quy trình này áp dụng cho mọi đơn vị của trung tâm và"] * 60_000
    with time_limit():
        assert len(Mender(lines).join(lines)) > 3_000_000


@pytest.mark.parametrize("kind", ["altChunk", "subDoc"])
@pytest.mark.parametrize("place", ["body", "cell", "control", "paragraph"])
def test_what_lies_in_another_file_is_told_wherever_it_is_called(kind: str, place: str) -> None:
    called = f'<w:{kind} r:id="c1"/>'
    match place:
        case "cell":
            body = table(["a", cell(called, paragraph("b"))])
        case "control":
            body = f"<w:sdt><w:sdtContent>{called}</w:sdtContent></w:sdt>"
        case "paragraph":
            body = paragraph('<w:subDoc r:id="c1"/>', "b")
        case _:
            body = called
    data = make_docx(body, related={"c1": ("aFChunk", "x.html", b"<p>x</p>")})
    (doubt,) = read_word(data, "a.docx").doubts
    assert ("was not read" in doubt.message.en, doubt.weight) == (True, 0)


def test_a_table_wider_than_any_of_word_keeps_its_words() -> None:
    wide = [cell("a", more='<w:gridSpan w:val="9999999"/>'), cell("trong")]
    row = [f"ô{number}x" for number in range(80)]
    taken = take_in([Given("QT-01.docx", make_docx(table(wide, row)))], KNOWN)
    (text,) = [str(each) for each in taken.files.values()]
    assert taken.lost_words == 0
    assert "trong" in text
    assert "ô79x" in text


def test_a_cell_over_a_thousand_rows_costs_no_square() -> None:
    def made(count: int) -> Callable[[], object]:
        rows = [[cell("a", more="<w:vMerge/>"), cell(f"b{number}")] for number in range(count)]
        blocks = read_word(make_docx(table(*rows)), "a.docx").blocks
        (read,) = [block for block in blocks if isinstance(block, SourceTable)]
        return read.grid

    assert not steps_grow_with_square(made, 60)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["word/document.xml", "WORD/document.xml"])
def test_two_parts_of_one_name_are_refused(second: str) -> None:
    """Which of them is the text, each reader says otherwise."""
    buffer = io.BytesIO(make_docx(paragraph("một")))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(second, b"<a/>")
    (told,) = _refusals([_take(buffer.getvalue())])
    assert "damaged" in told.en
