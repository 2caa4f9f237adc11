"""Headers of Word and Excel files: read where they are plain, and nothing else is done with what comes from outside."""

from __future__ import annotations

import io
import zipfile

import pytest

from qmstool.parsing.office_headers import (
    MOST_BYTES,
    MOST_ENTRIES,
    MOST_PARTS,
    MOST_SHEET_BYTES,
    UnreadReason,
    read_headers,
)
from tests.support.rule_examples import excel, word


def archive(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", how) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return data.getvalue()


def header(xml: bytes) -> str | UnreadReason:
    return read_headers(
        archive({"word/header1.xml": xml, "word/document.xml": b"<w:p><w:t>no</w:t></w:p>"}),
        "a.docx",
    )


def sheet(xml: str, **more: str) -> str | UnreadReason:
    parts = {
        "xl/worksheets/sheet1.xml": xml,
        **{f"xl/worksheets/{name}.xml": text for name, text in more.items()},
    }
    return read_headers(archive({name: text.encode() for name, text in parts.items()}), "a.XLSX")


def test_a_code_cut_into_runs_is_one() -> None:
    cut = (
        b'<w:p><w:r><w:t>BM VP </w:t></w:r><w:r><w:rPr/><w:t xml:space="preserve">02.01 &amp; '
        b"3</w:t></w:r></w:p>"
    )
    assert header(cut + b"<w:p><w:t>A</w:t></w:p>") == "BM VP 02.01 & 3\nA\n"


def test_a_sheets_header_is_what_stands_on_paper() -> None:
    left, middle = (
        '&amp;L&amp;"Times New Roman,Bold"&amp;12BM VP 02.01',
        "&amp;CBáo cáo &amp;&amp; kết quả",
    )
    said = f"{left}{middle}&amp;RLần sửa đổi: 2&amp;K00-024 trang &amp;P/&amp;N"
    text = sheet(
        f"<sheetData/><headerFooter><oddHeader>{said}</oddHeader><oddFooter>BM VP "
        "09.09</oddFooter></headerFooter>"
    )
    assert isinstance(text, str)
    assert text.splitlines() == [
        "BM VP 02.01",
        "Báo cáo & kết quả",
        "Lần sửa đổi: 2 trang /",
        "BM VP 09.09",
    ]


def body(xml: str) -> str | UnreadReason:
    return read_headers(archive({"word/document.xml": xml.encode()}), "a.docx")


def cell(*runs: str) -> str:
    return f"<w:tc><w:p>{''.join(f'<w:r>{run}</w:r>' for run in runs)}</w:p></w:tc>"


@pytest.mark.parametrize("runs", [
    ("<w:t>QT VP 01</w:t>",),
    ("<w:t>Q</w:t>", "<w:rPr><w:b/></w:rPr><w:t>T V</w:t>", '<w:t xml:space="preserve">P </w:t>', "<w:t>01</w:t>"),
    ("<w:t>QT</w:t>", "<w:tab/><w:t>VP</w:t>", "<w:br/><w:t>01</w:t>"),
    ("<w:t>QT&#160;VP&#xA0;01</w:t>",),
    ("<w:t>QT\u00ad VP\u200b 01</w:t>",),
    ("<w:t>QT VP</w:t><w:softHyphen/>", "<w:lastRenderedPageBreak/><w:t> 01</w:t>"),
    ("<w:fldChar w:fldCharType='begin'/>", "<w:instrText>DOCPROPERTY Ma</w:instrText>", "<w:t>QT VP 01</w:t>"),
    ("<w:smartTag w:element='y'><w:r><w:t>QT VP</w:t></w:r></w:smartTag>", "<w:proofErr w:type='spellEnd'/><w:t> 01</w:t>"),
    ("<w:sdt><w:sdtContent><w:r><w:t>QT VP 01</w:t></w:r></w:sdtContent></w:sdt>",),
    ("<w:del w:id='1'><w:delText>QT VP 99</w:delText></w:del><w:t>QT VP 01</w:t>",),
    ("<w:moveFrom w:id='1'><w:r><w:t>QT VP 99</w:t></w:r></w:moveFrom><w:t>QT VP 01</w:t>",),
])  # fmt: skip
def test_the_first_table_is_read_however_its_words_are_parted(runs: tuple[str, ...]) -> None:
    table = f"<w:tbl><w:tblPr/><w:tr>{cell('<w:t>Mã số</w:t>')}{cell(*runs)}</w:tr></w:tbl>"
    later = table.replace("QT", "HD")
    text = body(f"<w:p><w:r><w:t>Tên</w:t></w:r></w:p>{table}<w:p/>{later}")
    assert isinstance(text, str)
    assert [" ".join(line.split()) for line in text.splitlines()] == ["Mã số", "QT VP 01"]


def test_a_table_within_the_first_one_belongs_to_it_and_hyphens_that_do_not_break_are_kept() -> (
    None
):
    inner = f"<w:tbl><w:tr>{cell('<w:t>QT</w:t>', '<w:noBreakHyphen/>', '<w:t>01</w:t>')}</w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{inner}</w:tc>{cell('<w:t>Lần 2</w:t>')}</w:tr></w:tbl>"
    assert body(outer) == "QT-01\nLần 2\n"


def test_footers_and_text_boxes_are_read() -> None:
    footer = b"<w:p><w:r><w:t>BM VP 01.02</w:t></w:r></w:p>"
    box = b"<w:p><w:r><w:t>Trang</w:t></w:r><w:r><w:txbxContent><w:p><w:r><w:t>BM VP 01</w:t></w:r></w:p></w:txbxContent></w:r></w:p>"
    data = archive({"word/footer2.xml": footer, "word/header1.xml": box, "word/document.xml": b""})
    assert read_headers(data, "a.docx") == "Trang\nBM VP 01\nBM VP 01.02\n"


def test_what_older_programs_are_shown_instead_says_nothing_twice() -> None:
    run = "<w:r><w:t>BM VP 01</w:t></w:r>"
    both = f"<mc:Choice>{run}</mc:Choice><mc:Fallback>{run}</mc:Fallback>"
    paragraph = f"<w:p><mc:AlternateContent>{both}</mc:AlternateContent></w:p>"
    assert header(paragraph.encode()) == "BM VP 01\n"


def test_a_text_box_above_the_first_table_is_read_and_the_text_there_is_not() -> None:
    box = f"<w:p><w:r><w:txbxContent>{cell('<w:t>QT VP 01</w:t>')}</w:txbxContent></w:r></w:p>"
    table = f"<w:tbl><w:tr>{cell('<w:t>Lần 2</w:t>')}</w:tr></w:tbl>"
    above = "<w:p><w:r><w:t>Theo QT VP 09</w:t></w:r></w:p>"
    assert body(above + box + table + box.replace("01", "02")) == "QT VP 01\nLần 2\n"


def test_a_part_in_utf_16_is_read() -> None:
    assert header("<w:p><w:r><w:t>QT VP 01</w:t></w:r></w:p>".encode("utf-16")) == "QT VP 01\n"


def test_the_first_rows_of_a_sheet_are_read_with_the_texts_that_they_name() -> None:
    rows = (
        '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1"/><c r="C1" t="s"><v>0</v></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><r><t>BM </t></r><r><t>02</t></r></is></c></row>'
        '<row r="3"><c r="A3" t="str"><f>A1</f><v>Lần &lt;2&gt;</v></c></row>'
        '<row r="4"/><row r="5"><c r="A5" t="s"><v>99</v></c></row>'
    )
    more = "".join(f'<row r="{row}"><c t="s"><v>0</v></c></row>' for row in range(6, 20))
    strings = "<sst><si><t>dòng sau</t></si><si><r><t>BM V</t></r><r><t>P 01</t></r><rPh><t>đọc</t></rPh></si></sst>"
    data = archive({
        "xl/worksheets/sheet1.xml": f"<sheetData>{rows}{more}</sheetData>".encode(),
        "xl/sharedStrings.xml": strings.encode(),
    })  # fmt: skip
    text = read_headers(data, "a.xlsx")
    assert isinstance(text, str)
    assert text.splitlines()[:3] == ["BM VP 01", "dòng sau", "BM 02"]


def test_the_headers_of_all_sheets_are_read_and_each_is_said_once() -> None:
    one, two = (
        f"<headerFooter><oddHeader>&amp;L{code}</oddHeader></headerFooter>" for code in ("A", "B")
    )
    assert sheet(one, sheet2=two, sheet3=one, chart=two) == "A\nB"


def test_a_file_without_a_header_says_nothing_and_is_still_a_file() -> None:
    assert sheet("<worksheet/>") == ""
    assert read_headers(archive({"word/document.xml": b"<w:t>BM</w:t>"}), "a.docm") == ""


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 9\n" % (b"a" * 64)
OLD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.docx", UnreadReason.EMPTY),
        (b"not a zip", "a.docx", UnreadReason.ANOTHER),
        ("Báo cáo\r\n".encode(), "a.xlsx", UnreadReason.ANOTHER),
        (b"{\\rtf1 PK}", "a.docx", UnreadReason.ANOTHER),
        (b"PK\x03\x04", "a.docx", UnreadReason.BROKEN),
        (word("x")[:-30], "a.docx", UnreadReason.BROKEN),
        (word("x")[:60] + b"\0" * 60, "a.docx", UnreadReason.BROKEN),
        (archive({"readme.txt": b"BM"}), "a.docx", UnreadReason.ANOTHER),
        (archive({"readme.txt": b"BM"}), "a.XLSX", UnreadReason.ANOTHER),
        (archive({}), "a.docx", UnreadReason.ANOTHER),
        (
            archive({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}),
            "a.docx",
            UnreadReason.ANOTHER,
        ),
        (
            archive({"[Content_Types].xml": b"", "word\\header1.xml": b""}),
            "a.docx",
            UnreadReason.ODDLY_PACKED,
        ),
        (excel("BM"), "a.docx", UnreadReason.EXCEL),
        (word("BM"), "a.xlsm", UnreadReason.WORD),
        (OLD, "a.docx", UnreadReason.OLD),
        (POINTER, "a.docx", UnreadReason.POINTER),
        (POINTER, "a.xlsx", UnreadReason.POINTER),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "a.docx", UnreadReason.LOCKED),
        # Other kinds are not opened.
        *(
            (word("BM"), name, UnreadReason.OTHER_KIND)
            for name in ("a.doc", "a.pdf", "docx", "a.docx.txt", "")
        ),
    ],
)
def test_why_nothing_is_known(data: bytes, name: str, why: UnreadReason) -> None:
    assert read_headers(data, name) is why


def test_an_archive_with_a_password_is_locked() -> None:
    data = bytearray(word("BM VP 02.01"))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + at] |= 1
    assert read_headers(bytes(data), "a.docx") is UnreadReason.LOCKED


def test_a_flaw_is_what_everybody_meets() -> None:
    assert {each for each in UnreadReason if each.is_defect} == {
        UnreadReason.EMPTY,
        UnreadReason.BROKEN,
        UnreadReason.OLD,
        UnreadReason.WORD,
        UnreadReason.EXCEL,
        UnreadReason.ANOTHER,
    }


@pytest.mark.parametrize("why", list(UnreadReason))
def test_the_reason_is_told_in_both_languages(why: UnreadReason) -> None:
    told = why.message("Mẫu.XLSX")
    assert told.vi != told.en
    assert "{" not in told.vi + told.en


def test_entities_are_not_expanded() -> None:
    bomb = (
        b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;"><!ENTITY f SYSTEM '
        b'"file:///etc/passwd">]><w:p><w:t>&c;&f;</w:t></w:p>'
    )
    said = header(bomb)
    assert isinstance(said, str)
    assert said.strip() == "&c;&f;"


def test_of_a_part_that_grows_without_end_nothing_is_said() -> None:
    assert header(b"<w:t>" + b"a" * (50 * MOST_BYTES) + b"</w:t>") is UnreadReason.TOO_LARGE
    late = " " * (2 * MOST_SHEET_BYTES) + "<oddHeader>&amp;LBM</oddHeader>"
    assert sheet(late) is UnreadReason.TOO_LARGE
    assert (
        sheet(
            " " * (MOST_SHEET_BYTES - len("<oddHeader>&amp;LBM</oddHeader>"))
            + "<oddHeader>&amp;LBM</oddHeader>"
        )
        == "BM"
    )


def test_only_so_many_parts_are_read() -> None:
    parts = {
        f"word/header{number}.xml": f"<w:p><w:t>{number}</w:t></w:p>".encode()
        for number in range(MOST_PARTS)
    }
    said = read_headers(archive(parts), "a.docx")
    assert isinstance(said, str)
    assert len(said.split()) == MOST_PARTS
    assert (
        read_headers(archive({**parts, "word/header.xml": b""}), "a.docx") is UnreadReason.TOO_LARGE
    )
    assert (
        read_headers(archive({str(number): b"" for number in range(MOST_ENTRIES + 1)}), "a.docx")
        is UnreadReason.TOO_LARGE
    )


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_office_would_not_write_is_not_unpacked(how: int) -> None:
    assert (
        read_headers(archive({"word/header1.xml": b"<w:p><w:t>BM</w:t></w:p>"}, how), "a.docx")
        is UnreadReason.ODDLY_PACKED
    )
