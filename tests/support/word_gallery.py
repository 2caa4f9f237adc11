"""Make the gallery: a small Word file for each behaviour that an importer owes (`tests/data/word`).

What each has to become stands beside it as Markdown, written by hand. `python -m
tests.support.word_gallery` writes the Word files anew.
"""

from __future__ import annotations

from pathlib import Path

from tests.support.word_drawings import (
    as_word_draws,
    bent_words,
    drawn_alone,
    embedded,
    floating,
    formulas,
    group,
    grouped,
    of_parts,
    old_group,
    scattered,
    shape,
)
from tests.support.word_files import (
    bold,
    cell,
    grid,
    level,
    make_docx,
    numbered,
    numbering,
    paragraph,
    run,
    table,
)

FOLDER = Path(__file__).parents[1] / "data" / "word"
_BY = 'w:id="1" w:author="An" w:date="2026-03-01T08:00:00Z"'
INS, DEL = f"<w:ins {_BY}>", f"<w:del {_BY}>"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "000002000001e221bc330000000049454e44ae426082"
)
SPECIES = numbering(
    level(0, "upperRoman", "Chương %1"),
    level(1, "decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>'),
    level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
)
OUTLINE = numbering(
    level(0, "decimal", "Điều %1.", start=4),
    level(1, "decimal", "%1.%2."),
    level(2, "lowerLetter", "%3)"),
    overrides={
        2: '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride>',
        3: "",
    },
)


def deleted(text: str) -> str:
    """Return a run that is deleted."""
    return f'{DEL}<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def inserted(text: str) -> str:
    """Return a run that is inserted."""
    return f"{INS}{run(text)}</w:ins>"


def field(instruction: str, result: str, form: str = "") -> str:
    """Return a complex field."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result) if result else ""}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def control(inside: str) -> str:
    """Return a content control around something."""
    return f'<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'


def box(text: str) -> str:
    """Return a text box in both forms that Word writes."""
    inside = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic>'
        f"<a:graphicData><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{inside}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def picture(told: str) -> str:
    """Return a drawing that shows the picture `anh`."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{told}"/><a:graphic>'
        '<a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="anh"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


_DOWN = '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Đạt"/><w:listEntry w:val="Không đạt"/></w:ddList></w:ffData>'
_BOX = "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>"
_SYMBOL = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
_UNKNOWN_SIGN = '<w:r><w:sym w:font="Webdings" w:char="F061"/></w:r>'
_FOOTNOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    f'<w:footnote w:id="5">{paragraph("Xem mục 4.")}</w:footnote>'
)
_MOVE = (
    paragraph("Mở đầu."),
    f'<w:p><w:moveFromRangeStart {_BY} w:name="m"/><w:moveFrom {_BY}>{run("Câu được chuyển.")}</w:moveFrom><w:moveFromRangeEnd w:id="1"/></w:p>',
    paragraph("Ở giữa."),
    f'<w:p><w:moveToRangeStart {_BY} w:name="m"/><w:moveTo {_BY}>{run("Câu được chuyển.")}</w:moveTo><w:moveToRangeEnd w:id="1"/></w:p>',
)
_ROWS = (
    f"<w:tbl><w:tblPr/>{grid(1)}<w:tr><w:tc>" + paragraph("A") + "</w:tc></w:tr>"
    f"<w:tr><w:trPr><w:del {_BY}/></w:trPr><w:tc><w:p>{deleted('B')}</w:p></w:tc></w:tr>"
    "<w:tr><w:tc>" + paragraph("C") + "</w:tc></w:tr></w:tbl>"
)
_JOINED = f"<w:p><w:pPr><w:rPr><w:del {_BY}/></w:rPr></w:pPr>{run('Câu một')}</w:p>" + paragraph(
    " nối câu hai."
)
_OLD_PROPERTIES = (
    f'<w:p><w:pPr><w:pStyle w:val="u1"/><w:pPrChange {_BY}><w:pPr/></w:pPrChange></w:pPr>{run("Thành đề mục")}</w:p>'
    + paragraph("Chữ.", style="u1")
)
_MERGED = table(
    ["Mã", "Tên"],
    [cell("QT-01", more='<w:vMerge w:val="restart"/>'), "Quy trình A"],
    [cell(more="<w:vMerge/>"), "Quy trình B"],
)
_STOREYS = table(
    [
        cell("Mức", more='<w:vMerge w:val="restart"/>'),
        cell("Giới hạn", more='<w:gridSpan w:val="2"/>'),
    ],
    [cell(more="<w:vMerge/>"), "Dưới", "Trên"],
    ["1", "5", "7"],
)
_CELL_CONTROL = (
    f"<w:tbl><w:tblPr/>{grid(3)}<w:tr>{cell('A1')}{control(cell('B1'))}{cell('C1')}</w:tr>"
    f"<w:tr>{cell('A2')}{cell('B2')}{cell('C2')}</w:tr></w:tbl>"
)
_OLD_FONT = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
_VNI_FONT = '<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>'
_RENAMED_FONT = '<w:rFonts w:ascii="ABC Sans" w:hAnsi="ABC Sans"/>'
_TOC = (
    f'<w:p><w:pPr><w:pStyle w:val="ml1"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("1. Mục đích 3")}</w:p>'
    f'<w:p><w:pPr><w:pStyle w:val="ml1"/></w:pPr>{run("2. Phạm vi 4")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
_NUMBERED_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="u{depth + 1}"><w:name w:val="heading {depth + 1}"/><w:pPr><w:numPr>'
    f'<w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    for depth in (0, 1)
)


def gallery() -> dict[str, tuple[bytes, str]]:
    """Return name → bytes of a file, and what to do with its tracked changes."""
    plain: dict[str, bytes] = {
        "01-heading-by-name": make_docx(paragraph("Mục đích", style="u1"), paragraph("Chữ."), paragraph("Chi tiết", style="u2")),
        "02-heading-based-on": make_docx(paragraph("Phạm vi", style="cua-toi"), paragraph("Chữ."), paragraph("Khác", style="u1")),
        "03-heading-by-bold-line": make_docx(bold("1. MỤC ĐÍCH"), paragraph("Chữ."), bold("1.1. Chi tiết"), paragraph("Chữ nữa."), bold("2. PHẠM VI")),
        "04-multilevel-numbers": make_docx(numbered("Bối cảnh"), numbered("Hiểu tổ chức", level=1), numbered("Các bên", level=1), numbered("Lãnh đạo"), numbered("Cam kết", level=1), numbered("chi tiết", level=2), numbers=OUTLINE),
        "05-typed-numbers": make_docx(paragraph("4. Bối cảnh"), paragraph("6. Hoạch định")),
        "06-list-over-a-table": make_docx(numbered("Một"), numbered("Hai"), table(["x"], ["y"]), numbered("Ba"), numbers=numbering(level(0, "decimal", "%1."))),
        "07-chapter-article-legal": make_docx(numbered("Chung"), numbered("Phạm vi", level=1), numbered("Đối tượng", level=1), numbered("chi tiết", level=2), numbered("Riêng"), numbered("Nội dung", level=1), numbered("chi tiết", level=2), numbers=SPECIES),
        "08-start-override": make_docx(numbered("Bốn"), numbered("Chín", 2), numbered("Mười", 2), numbers=OUTLINE),
        "09-two-lists-one-counter": make_docx(numbered("Bốn"), numbered("Năm", 3), numbers=OUTLINE),
        "10-vietnamese-letters": make_docx(paragraph("a) Thứ nhất;"), paragraph("đ) Thứ năm;"), paragraph("e) Thứ sáu.")),
        "11-bullets": make_docx(numbered("Chấm"), paragraph("- Gạch;"), paragraph("+ Cộng;"), numbers=numbering(level(0, "bullet", ""))),
        "12-vertically-merged": make_docx(_MERGED),
        "13-head-of-two-storeys": make_docx(_STOREYS),
        "14-control-around-a-cell": make_docx(_CELL_CONTROL),
        "15-nested-table": make_docx(table(["Ngoài", "Trong"], ["1", cell(table(["a", "b"]), paragraph(""))])),
        "16-no-break-hyphen": make_docx(f"<w:p>{run('Theo QT7.5')}<w:r><w:noBreakHyphen/></w:r>{run('01.')}</w:p>"),
        "17-symbol": make_docx(f"<w:p>{run('pH ')}{_SYMBOL}{run(' 7')}</w:p>"),
        "18-unknown-symbol": make_docx(f"<w:p>{run('Dấu ')}{_UNKNOWN_SIGN}{run(' lạ')}</w:p>"),
        "19-private-use-bullet": make_docx(paragraph("\uf0b7 Một mục")),
        "20-simple-field": make_docx(f'<w:p>{run("Xem mục ")}<w:fldSimple w:instr=" REF a ">{run("7.5.3")}</w:fldSimple>{run(" trước.")}</w:p>'),
        "21-complex-field": make_docx(f"<w:p>{run('Xem mục ')}{field('REF a', '7.5.3')}{run(' trước.')}</w:p>"),
        "22-old-drop-down": make_docx(f"<w:p>{run('Kết quả: ')}{field('FORMDROPDOWN', '', _DOWN)}</w:p>"),
        "23-old-check-box": make_docx(f"<w:p>{field('FORMCHECKBOX', '', _BOX)}{run(' Đồng ý')}</w:p>"),
        "24-content-controls": make_docx(control(paragraph("Cả đoạn.")), f"<w:p>{run('Trong ')}{control(run('dòng'))}{run('.')}</w:p>"),
        "25-text-box": make_docx(f"<w:p>{run('Trước.')}{box('Trong khung.')}</w:p>"),
        "26-footnote": make_docx(f'<w:p>{run("Giữ năm năm")}<w:r><w:footnoteReference w:id="5"/></w:r>{run(".")}</w:p>', footnotes=_FOOTNOTES),
        "27-headers": make_docx(paragraph("Chữ."), header=paragraph("Mã hiệu: QT-01 Trang 1/5"), footer=paragraph("Tài liệu nội bộ")),
        "28-hidden-text": make_docx(f"<w:p>{run('Thấy.')}{run(' Ẩn.', '<w:vanish/>')}</w:p>"),
        "29-comment": make_docx(f'<w:p>{run("Năm năm.")}<w:r><w:commentReference w:id="7"/></w:r></w:p>', comments=f'<w:comment w:id="7" w:author="An">{paragraph("Sửa thành sáu năm.")}</w:comment>'),
        "30-links": make_docx('<w:p><w:hyperlink r:id="a">' + run("trang") + "</w:hyperlink>" + run(" và ") + '<w:hyperlink r:id="b">' + run("tệp") + "</w:hyperlink></w:p>", links={"a": "https://example.org/x", "b": "file:///c:/x.doc"}),
        "31-emphasis": make_docx(f"<w:p>{run('Phải', '<w:b/>')}{run(' lưu ')}{run('ngay', '<w:i/>')}{run(', 5 m')}{run('3', '<w:vertAlign w:val=' + chr(34) + 'superscript' + chr(34) + '/>')}</w:p>"),
        "32-signs-of-markdown": make_docx(paragraph("# không phải đề mục"), paragraph("a * b * c và [x](y), 1 < 2 & 3 > 2"), paragraph("a|b"), paragraph("+"), paragraph("&lt; <b>")),
        "33-line-break-and-tab": make_docx("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>Một</w:t><w:br/><w:t>hai</w:t><w:tab/><w:t>ba</w:t></w:r></w:p>"),
        "34-cut-words": make_docx(f"<w:p>{run('Q')}{run('T', '<w:lang w:val=' + chr(34) + 'vi' + chr(34) + '/>')}{run('-01')}</w:p>"),
        "35-contents": make_docx(_TOC, paragraph("Mục đích", style="u1"), paragraph("Phạm vi", style="u1")),
        "36-picture": make_docx(f"<w:p>{picture('Sơ đồ')}</w:p>", paragraph("Hình 1. Sơ đồ"), pictures={"anh": PNG}),
        "37-old-vietnamese-font": make_docx(f"<w:p>{run('ChÊt l­îng', _OLD_FONT)}{run(' và Unicode')}</w:p>"),
        "38-table-with-pipes": make_docx(table(["a|b", "Ô"], [cell("một", "hai"), ""])),
        "39-building-blocks": make_docx(paragraph("Chữ."), parts={"word/glossary/document.xml": '<w:d xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' + paragraph("Mẫu sẵn") + "</w:d>"}),
        "40-decomposed-letters": make_docx(paragraph("chế độ")),
        "41-numbers-of-styles": make_docx(paragraph("Bối cảnh", style="u1"), paragraph("Phạm vi", style="u2"), paragraph("Lãnh đạo", style="u1"), paragraph("Cam kết", style="u2"), styles=_NUMBERED_STYLES, numbers=numbering(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"))),
        "42-note-in-an-html-table": make_docx(table([cell("Giới hạn", more='<w:gridSpan w:val="2"/>')], ["5", cell(f'<w:p>{run("mg")}<w:r><w:footnoteReference w:id="5"/></w:r></w:p>')]), footnotes=_FOOTNOTES),
        "43-merged-both-ways": make_docx(table(["A", "B", "C"], [cell("x", more='<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'), "1"], [cell(more='<w:gridSpan w:val="2"/><w:vMerge/>'), "2"])),
        "44-vni-font": make_docx(paragraph(run("SOÅ TAY CHAÁT LÖÔÏNG", _VNI_FONT), run(" của Sở"))),
        "45-vni-letter-cut-in-two": make_docx(f"<w:p>{run('cha', _VNI_FONT)}{run('át lö', _VNI_FONT + '<w:b/>')}{run('ôïng', _VNI_FONT)}</w:p>"),
        "46-old-letters-of-a-renamed-font": make_docx(paragraph(run("Quy tr×nh kiÓm so¸t tµi liÖu ®­îc phª duyÖt", _RENAMED_FONT)), paragraph(run("ChÊt l­îng", _RENAMED_FONT), run(" «của» Sở · § 5"))),
        "56-grouped-shapes": grouped(),
        "57-shapes-that-float": scattered(),
        "58-shapes-of-old-word": make_docx(paragraph(old_group("Lập", "Duyệt"))),
        "59-chart-smartart-metafile": of_parts(),
        "60-bare-line": make_docx(paragraph(run("Độc lập"), floating("", 0, 0, "line", 90, 0)), paragraph("Chữ.")),
        "62-smartart-and-chart-of-word": as_word_draws(),
        "63-smartart-drawn-alone": drawn_alone(),
        "64-word-art-and-watermark": bent_words(),
        "65-embedded-workbook": embedded(),
        "66-formulas": formulas(),
        "61-metafile-in-a-header": make_docx(paragraph("Chữ."), header=paragraph(run("Mã hiệu: QT-01"), group(shape("", 0, 0)))),
    }  # fmt: skip
    changed: dict[str, tuple[bytes, str]] = {}
    sources = {
        "50-move": make_docx(*_MOVE),
        "51-deleted-row": make_docx(_ROWS),
        "52-joined-paragraphs": make_docx(_JOINED),
        "53-inserted-and-deleted": make_docx(f"<w:p>{run('Giới hạn ')}{deleted('5')}{inserted('7')}{run(' mg')}</w:p>"),
        "54-changed-properties": make_docx(_OLD_PROPERTIES),
        "55-change-in-a-header": make_docx(paragraph("Chữ."), header=f"<w:p>{deleted('Cũ')}{inserted('Mới')}</w:p>"),
    }  # fmt: skip
    for name, data in sources.items():
        for how in ("accept", "reject"):
            changed[f"{name}.{how}"] = data, how
    return {name: (data, "") for name, data in plain.items()} | changed


def main() -> None:
    """Write the Word files."""
    for name, (data, _) in gallery().items():
        (FOLDER / f"{name.removesuffix('.accept').removesuffix('.reject')}.docx").write_bytes(data)


if __name__ == "__main__":
    main()
