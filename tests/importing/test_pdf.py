"""PDF with text: columns in reading order, heads of pages apart, torn words whole or told."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import pypdf
import pytest
import typst
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from qmstool.cli.main import main
from qmstool.i18n import QmsError
from qmstool.importing.draft import make_draft
from qmstool.importing.plain.mending import HYPHENATED, Mender
from qmstool.importing.plain.pdf import read_pdf
from qmstool.importing.types import Types

if TYPE_CHECKING:
    from pathlib import Path

PNG_PAGE = (
    "#set page(width: 100mm, height: 100mm, margin: 0mm)\n"
    '#image(bytes({dots}), format: (encoding: "luma8", width: 2, height: 2), width: 100%, height: 100%)\n'
).replace("{dots}", "(0, 90, 180, 255)")


TOPICS = ("hồ sơ", "đơn vị", "thiết bị đo", "an toàn lao động", "khách hàng", "rủi ro", "đào tạo")


def _pdf(source: str) -> bytes:
    made = typst.compile(source.encode())
    assert isinstance(made, bytes)
    return made


def _with(kind: str) -> bytes:
    """Return a page of text with something upon it, or within the file, that is not its text."""
    writer = pypdf.PdfWriter(io.BytesIO(_pdf("= QT-BIS-01 Kiểm soát\nVăn bản của trang.")))
    if kind == "listed":
        writer.add_attachment("so.csv", b"a;b")
    elif kind != "nothing":
        note = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject(f"/{kind.partition(' ')[0]}"),
                NameObject("/Rect"): ArrayObject(NumberObject(place) for place in (9, 9, 99, 29)),
                NameObject("/F"): NumberObject(2 if kind.endswith("hidden") else 4),
            }
        )
        if kind.endswith("filled"):
            note[NameObject("/V")] = TextStringObject("Hết hiệu lực")
        writer.add_annotation(0, note)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


UPON, FILES = "On page 1 there are stamps", "The PDF brings attached files (1)"


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("nothing", []),
        ("Stamp", [UPON]),
        ("FreeText", [UPON]),
        ("FreeText hidden", []),
        ("Widget filled", [UPON]),
        ("Widget", []),
        ("Link", []),
        ("FileAttachment", [FILES]),
        ("listed", [FILES]),
    ],
)
def test_what_pdfium_does_not_read_is_told(kind: str, told: list[str]) -> None:
    source = read_pdf(_with(kind), "a.pdf")
    messages = [doubt.message.en for doubt in source.doubts]
    expected = [*told, "Read from plain text"]
    assert [m[: len(start)] for m, start in zip(messages, expected, strict=True)] == expected


def _sentences(count: int) -> str:
    """Return sentences that a narrow column breaks in words and codes."""
    return " ".join(
        f"Câu số {number} về {TOPICS[number % 7]} documentation, responsibilities của {TOPICS[number % 5]} theo QT-BIS-{number:02}."
        for number in range(1, count + 1)
    )


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"Câu số (\d+)", text)]


@pytest.mark.parametrize("columns", [2, 3])
def test_columns_are_read_one_after_the_other(columns: int) -> None:
    text = _sentences(60)
    source = read_pdf(
        _pdf(
            f"#set page(width: 210mm, height: 148mm, margin: 18mm, columns: {columns},"
            "header: [QT-BIS-00 #h(1fr) Lần ban hành: 02], footer: [Trang #context counter(page).display()])\n"
            f'#set text(size: 9pt, lang: "en", hyphenate: true)\n#set par(justify: true)\n= 1. MỤC ĐÍCH\n{text}\n\n= 2. PHẠM VI\n{text}'
        ),
        "a.pdf",
    )
    assert [block.text for block in source.blocks] == [
        "1. MỤC ĐÍCH", text, "2. PHẠM VI", text,
    ]  # fmt: skip
    assert [block.text for _, part in source.headers for block in part] == [
        "QT-BIS-00 Lần ban hành: 02"
    ]
    assert {piece.reason.en for piece in source.left_out} == {
        "page number",
        "running head or foot of a page",
    }
    assert any("read by columns" in doubt.message.en for doubt in source.doubts)
    assert make_draft(source, Types((), {}, frozenset())).claim("issue") == "02"


def test_lines_that_were_written_across_both_columns_are_put_in_order() -> None:
    """Programs there are that write a page line by line, left and right in turn."""
    placed = "".join(
        f"#place(dx: {dx}mm, dy: {5 * row}mm)[Câu số {row + first} về việc kiểm soát tài liệu ở đơn vị.]\n"
        for row in range(20)
        for dx, first in ((0, 1), (88, 21))
    )
    source = read_pdf(
        _pdf(
            f"#set page(width: 200mm, height: 130mm, margin: 12mm)\n#set text(size: 10pt)\n{placed}"
        ),
        "a.pdf",
    )
    assert _numbers(" ".join(block.text for block in source.blocks)) == [*range(1, 41)]


@pytest.mark.parametrize("rules", ["0.5pt", "none"])
def test_a_table_is_read_row_by_row(rules: str) -> None:
    """Cells filled like columns are told from these by the rules between the rows."""
    cells = "".join(
        f"[Câu số {2 * row + 1} về {'mục đích ' * 2 if rules == 'none' else 'mục đích của tổ chức ' * 6}],"
        f"[Câu số {2 * row + 2} về {'trách nhiệm của các đơn vị trong tổ chức ' * 4}],"
        for row in range(8)
    )
    source = read_pdf(
        _pdf(
            "#set page(width: 148mm, height: 297mm, margin: 15mm)\n#set text(size: 9pt)\n"
            f"#table(columns: (1fr, 1fr), stroke: {rules}, {cells})"
        ),
        "a.pdf",
    )
    assert _numbers(" ".join(block.text for block in source.blocks)) == [*range(1, 17)]


def test_a_line_that_looks_like_a_head_and_is_none_stays() -> None:
    """What pages repeat in their middle is text."""
    page = "Mã hiệu: QT-01\n\n{}\n\nBiên bản họp số {}\n\nCâu cuối của trang {}."
    pages = [page.format(word, number, word) for number, word in enumerate(("Một", "Hai", "Ba"))]
    source = read_pdf(
        _pdf("#set page(width: 100mm, height: 100mm)\n" + "\n#pagebreak()\n".join(pages)), "a.pdf"
    )
    text = " ".join(block.text for block in source.blocks)
    assert [text.count(word) for word in ("Mã hiệu", "Biên bản họp", "Câu cuối")] == [0, 3, 3]


def test_a_scan_is_refused_with_what_to_do() -> None:
    with pytest.raises(QmsError) as refused:
        read_pdf(_pdf(PNG_PAGE), "a.pdf")
    assert "OCR" in refused.value.text.vi
    assert "Word" in refused.value.text.en


def test_a_scanned_page_among_others_is_told_first() -> None:
    source = read_pdf(_pdf(f"#set page(width: 100mm, height: 100mm)\nChữ.\n{PNG_PAGE}"), "a.pdf")
    assert [block.text for block in source.blocks] == ["Chữ."]
    assert source.doubts[0].weight == 0
    assert "2" in source.doubts[0].message.vi


def test_every_word_of_columns_is_accounted_for(tmp_path: Path) -> None:
    file = tmp_path / "QT-BIS-00 Kiểm soát.pdf"
    page = "#set page(width: 160mm, height: 120mm, columns: 2, footer: [Tài liệu nội bộ])\n"
    file.write_bytes(_pdf(f"{page}= 1. MỤC ĐÍCH\n{_sentences(30)} Từ bị tách: Đ ơn vị; đơn vị."))
    folder = tmp_path / "m"
    assert main(["init", str(folder), "--name", "A", "--yes", "--from", str(file)]) == 0
    report = json.loads((folder / "import-report.json").read_text("utf-8"))
    (words,) = report["words"].values()
    assert (words["missing"], words["extra"]) == ([], [])


def test_a_pdf_with_a_password_is_told_from_one_that_is_damaged() -> None:
    locked, data = pypdf.PdfWriter(), io.BytesIO()
    locked.add_blank_page(100, 100)
    locked.encrypt("x")
    locked.write(data)
    with pytest.raises(QmsError) as refused:
        read_pdf(data.getvalue(), "a.pdf")
    assert "tệp có mật khẩu. Hãy mở bằng mật khẩu" in refused.value.text.vi


def test_what_is_no_pdf_is_refused() -> None:
    for data in (b"", b"%PDF-1.7", b"PK\x03\x04"):
        with pytest.raises(QmsError, match="damaged"):
            read_pdf(data, "a.pdf")


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        # The word stands elsewhere whole, and its pieces nowhere by themselves.
        (["Điều kiện", "Đ iều này"], "Điều kiện Đ iều này".replace("Đ i", "Đi")),
        (["chất lượng tốt", "chấ", "t lượ ng"], "chất lượng tốt chất lượng"),
        # Two words that make a third one stay two: each stands alone, too.
        (["ban hành banhành", "ban hành ban", "hành"], "ban hành banhành ban hành ban hành"),
        # Nothing else says that it is one word.
        (["lượ ng"], "lượ ng"),
        (["documentation", f"docu{HYPHENATED}", "mentation"], "documentation documentation"),
        (["QT-BIS-01 và", "theo QT-BIS-", "01."], "QT-BIS-01 và theo QT-BIS-01."),
        (["QT-BIS-01", f"theo QT-BIS{HYPHENATED}", "01."], "QT-BIS-01 theo QT-BIS-01."),
        (["BM.01/QT.02", "BM.01/", "QT.02"], "BM.01/QT.02 BM.01/QT.02"),
        (["Một câu -", "hai câu"], "Một câu - hai câu"),
        (["Kết thúc.", "Câu mới"], "Kết thúc. Câu mới"),
    ],
)
def test_torn_words_are_whole_where_the_text_has_them(lines: list[str], joined: str) -> None:
    mender = Mender(lines)
    assert mender.join([mender.mend(line) for line in lines]) == joined
    assert not mender.unsure


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ([f"manage{HYPHENATED}", "ment"], "manage-ment"),
        (["theo QT-BIS-", "01"], "theo QT-BIS-01"),
    ],
)
def test_a_hyphen_that_cannot_be_told_is_kept_and_named(lines: list[str], joined: str) -> None:
    mender = Mender(lines)
    assert mender.join([mender.mend(line) for line in lines]) == joined
    assert len(mender.unsure) == 1
