"""Headers of Word and Excel files: read where they are plain, and nothing else is done with what comes from outside."""

from __future__ import annotations

import io
import zipfile

import pytest

from qmstool.sources.office import MOST_BYTES, MOST_ENTRIES, MOST_PARTS, MOST_SHEET_BYTES, headers
from tests.rules.examples import word


def archive(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", how) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return data.getvalue()


def header(xml: bytes) -> str | None:
    return headers(archive({"word/header1.xml": xml, "word/document.xml": b"<w:p><w:t>no</w:t></w:p>"}), "a.docx")


def sheet(xml: str, **more: str) -> str | None:
    parts = {"xl/worksheets/sheet1.xml": xml, **{f"xl/worksheets/{name}.xml": text for name, text in more.items()}}
    return headers(archive({name: text.encode() for name, text in parts.items()}), "a.XLSX")


def test_a_code_cut_into_runs_is_one() -> None:
    cut = b'<w:p><w:r><w:t>BM VP </w:t></w:r><w:r><w:rPr/><w:t xml:space="preserve">02.01 &amp; 3</w:t></w:r></w:p>'
    assert header(cut + b"<w:p><w:t>A</w:t></w:p>") == "BM VP 02.01 & 3\nA\n"


def test_a_sheets_header_is_what_stands_on_paper() -> None:
    left, middle = '&amp;L&amp;"Times New Roman,Bold"&amp;12BM VP 02.01', "&amp;CBáo cáo &amp;&amp; kết quả"
    said = f"{left}{middle}&amp;RLần sửa đổi: 2&amp;K00-024 trang &amp;P/&amp;N"
    text = sheet(f"<sheetData/><headerFooter><oddHeader>{said}</oddHeader><oddFooter>BM VP 09.09</oddFooter></headerFooter>")
    assert (text or "").splitlines() == ["BM VP 02.01", "Báo cáo & kết quả", "Lần sửa đổi: 2 trang /"]


def test_the_headers_of_all_sheets_are_read_and_each_is_said_once() -> None:
    one, two = (f"<headerFooter><oddHeader>&amp;L{code}</oddHeader></headerFooter>" for code in ("A", "B"))
    assert sheet(one, sheet2=two, sheet3=one, chart=two) == "A\nB"


def test_a_file_without_a_header_says_nothing_and_is_still_a_file() -> None:
    assert sheet("<worksheet/>") == ""
    assert headers(archive({"word/document.xml": b"<w:t>BM</w:t>"}), "a.docm") == ""


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip", word("x")[:-30], word("x")[:60] + b"\0" * 60])
def test_what_is_no_such_file_is_none(data: bytes) -> None:
    assert headers(data, "a.docx") is None


@pytest.mark.parametrize("name", ["a.doc", "a.pdf", "docx", "a.docx.txt", ""])
def test_other_kinds_are_not_opened(name: str) -> None:
    assert headers(word("BM"), name) is None


def test_entities_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;"><!ENTITY f SYSTEM "file:///etc/passwd">]><w:p><w:t>&c;&f;</w:t></w:p>'
    assert (header(bomb) or "").strip() == "&c;&f;"


def test_a_part_that_grows_without_end_is_cut() -> None:
    assert len(header(b"<w:t>" + b"a" * (50 * MOST_BYTES) + b"</w:t>") or "") <= MOST_BYTES
    late = " " * (2 * MOST_SHEET_BYTES) + "<oddHeader>&amp;LBM</oddHeader>"
    assert sheet(late) == ""


def test_only_so_many_parts_are_read() -> None:
    parts = {f"word/header{number}.xml": f"<w:p><w:t>{number}</w:t></w:p>".encode() for number in range(3 * MOST_PARTS)}
    assert len((headers(archive(parts), "a.docx") or "").split()) == MOST_PARTS
    assert headers(archive({str(number): b"" for number in range(MOST_ENTRIES + 1)}), "a.docx") is None


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_office_would_not_write_is_not_unpacked(how: int) -> None:
    assert headers(archive({"word/header1.xml": b"<w:p><w:t>BM</w:t></w:p>"}, how), "a.docx") == ""
