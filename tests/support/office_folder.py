"""Make a folder as an organization has it: a manual, six procedures, nine forms, registers.

No such organization exists; every word is made up.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from tests.support.word_files import (
    bold,
    level,
    make_docx,
    numbered,
    numbering,
    paragraph,
    run,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

CLAUSES = {
    "4": "BỐI CẢNH CỦA TỔ CHỨC", "4.1": "Hiểu tổ chức và bối cảnh", "4.2": "Các bên quan tâm",
    "4.3": "Phạm vi", "4.4": "Hệ thống quản lý chất lượng", "5": "SỰ LÃNH ĐẠO", "5.1": "Cam kết",
    "5.2": "Chính sách", "5.3": "Vai trò và trách nhiệm", "6": "HOẠCH ĐỊNH", "6.1": "Rủi ro và cơ hội",
    "6.2": "Mục tiêu", "6.3": "Thay đổi", "7": "HỖ TRỢ", "7.1": "Nguồn lực", "7.2": "Năng lực",
    "7.3": "Nhận thức", "7.4": "Trao đổi thông tin", "7.5": "Thông tin dạng văn bản",
    "8": "THỰC HIỆN", "8.1": "Hoạch định và kiểm soát", "8.2": "Yêu cầu đối với dịch vụ",
    "8.3": "Thiết kế và phát triển", "8.4": "Kiểm soát bên ngoài", "8.5": "Cung cấp dịch vụ",
    "8.6": "Thông qua dịch vụ", "8.7": "Đầu ra không phù hợp", "9": "ĐÁNH GIÁ",
    "9.1": "Theo dõi, đo lường", "9.2": "Đánh giá nội bộ", "9.3": "Xem xét của lãnh đạo",
    "10": "CẢI TIẾN", "10.1": "Khái quát", "10.2": "Sự không phù hợp và hành động khắc phục",
    "10.3": "Cải tiến liên tục",
}  # fmt: skip
PROCEDURES = (
    ("QT-VP-01", "Kiểm soát thông tin dạng văn bản"),
    ("QT-VP-02", "Đào tạo"),
    ("QT-KT-01", "Kiểm soát đầu ra không phù hợp"),
    ("QT-KT-02", "Hiệu chuẩn thiết bị đo"),
    ("QT-VP-03", "Đánh giá nội bộ"),
    ("QT-VP-04", "Xem xét của lãnh đạo"),
)
FORMS = (
    ("BM-VP-01.01", "Danh mục tài liệu"), ("BM-VP-01.02", "Phiếu phân phối tài liệu"),
    ("BM-VP-02.01", "Kế hoạch đào tạo"), ("BM-VP-02.02", "Phiếu đánh giá sau đào tạo"),
    ("BM-KT-01.01", "Phiếu báo sự không phù hợp"), ("BM-KT-02.01", "Sổ theo dõi thiết bị"),
    ("BM-KT-02.02", "Kế hoạch hiệu chuẩn"), ("BM-VP-03.01", "Chương trình đánh giá"),
    ("BM-VP-04.01", "Biên bản xem xét của lãnh đạo"),
)  # fmt: skip
LIST = numbering(
    level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "lowerLetter", "%3)")
)


def office_folder() -> dict[str, bytes]:
    """Return name → bytes of the files."""
    files = {"So tay chat luong.docx": _manual()}
    for code, title in PROCEDURES:
        files[f"Quy trinh/{code} {title}.docx"] = _procedure(code, title)
    for code, title in FORMS:
        files[f"Bieu mau/{code} {title}.docx"] = _form(code, title)
    files["Danh muc ho so.xlsx"] = _workbook(
        ["TT", "Tên hồ sơ", "Mã", "Nơi lưu", "Thời gian lưu"],
        [
            ["1", "Biên bản xem xét của lãnh đạo", "BM-VP-04.01", "Văn phòng", "5 năm"],
            ["2", "Chương trình đánh giá nội bộ", "BM-VP-03.01", "Văn phòng", "3 năm"],
            ["3", "Hồ sơ hiệu chuẩn", "BM-KT-02.01", "Phòng Kỹ thuật", "007 tháng"],
        ],
    )
    files["Danh muc tai lieu ben ngoai.xlsx"] = _workbook(
        ["STT", "Tên văn bản", "Số hiệu", "Cơ quan ban hành", "Ngày ban hành"],
        [["1", "Luật Đo lường", "04/2011/QH13", "Quốc hội", "11/11/2011"]],
    )
    return files


def _header(code: str, title: str) -> str:
    return table(
        ["TRUNG TÂM KIỂM ĐỊNH MẪU", title.upper(), f"Mã hiệu: {code}"],
        ["", "Lần ban hành: 02", "Ngày ban hành: 05/03/2024"],
        ["", "Lần sửa đổi: 01", "Trang: 1/5"],
    )


def _signers() -> str:
    return table(
        ["", "Biên soạn", "Xem xét", "Phê duyệt"],
        ["Họ và tên", "Nguyễn Văn Một", "Trần Thị Hai", "Lê Văn Ba"],
        ["Chức vụ", "Chuyên viên", "Trưởng phòng Kỹ thuật", "Giám đốc"],
        ["Chữ ký", "", "", ""],
    )


def _manual() -> bytes:
    body = [
        paragraph(run("SỔ TAY CHẤT LƯỢNG", "<w:b/>")),
        _signers(),
        table(
            ["Lần sửa đổi", "Ngày", "Nội dung sửa đổi"],
            ["00", "01/02/2022", "Ban hành lần đầu"],
            ["01", "05/03/2024", "Sửa mục 7.5"],
        ),
    ]
    for number, title in CLAUSES.items():
        depth = number.count(".") + 1
        body.append(paragraph(f"{number}. {title}", style=f"u{depth}"))
        if depth > 1:
            body += _clause(number, title)
    body += [
        paragraph("Nơi nhận:"),
        paragraph("- Văn phòng;"),
        paragraph("- Phòng Kỹ thuật;"),
        paragraph("- Lưu: VP."),
    ]
    return make_docx(*body, header=_header("STCL", "Sổ tay chất lượng"))


def _clause(number: str, title: str) -> Iterator[str]:
    """Give half a page of text for a clause."""
    yield paragraph(
        f"Trung tâm xác định những việc phải làm để đáp ứng yêu cầu về {title.lower()}, phân công "
        "người chịu trách nhiệm và lưu lại bằng chứng đã thực hiện."
    )
    for item in ("Giám đốc phê duyệt kế hoạch năm.", "Văn phòng theo dõi và báo cáo mỗi quý."):
        yield paragraph(f"- {item}")
    if number == "7.5":
        yield paragraph("Tài liệu được kiểm soát theo QT-VP-01.")
    if number == "9.2":
        yield paragraph("Đánh giá nội bộ thực hiện theo QT-VP-03, ít nhất một lần mỗi năm.")
    if number == "4.3":
        yield paragraph(
            "Căn cứ Luật Đo lường số 04/2011/QH13 ngày 11 tháng 11 năm 2011 của Quốc hội;"
        )


def _procedure(code: str, title: str) -> bytes:
    unit = code.split("-")[1]
    forms = [form for form in FORMS if form[0].startswith(code.replace("QT", "BM"))]
    body = [
        bold(f"QUY TRÌNH {title.upper()}"),
        _signers(),
        numbered_heading("MỤC ĐÍCH"),
        paragraph(f"Quy trình này quy định việc {title.lower()} của Trung tâm."),
        numbered_heading("PHẠM VI ÁP DỤNG"),
        paragraph(f"Áp dụng cho mọi đơn vị của Trung tâm, do {unit} chủ trì."),
        numbered_heading("TÀI LIỆU VIỆN DẪN"),
        paragraph("- Sổ tay chất lượng STCL;"),
        numbered_heading("TỪ VIẾT TẮT"),
        paragraph("HTQLCL: Hệ thống quản lý chất lượng"),
        numbered_heading("NỘI DUNG"),
        numbered("Lập kế hoạch vào tháng 1 hằng năm.", level=1),
        numbered("Trưởng phòng xem xét trong 5 ngày.", level=2),
        numbered("Giám đốc phê duyệt.", level=2),
        numbered("Thực hiện và ghi vào biểu mẫu.", level=1),
        numbered_heading("HỒ SƠ"),
        table(
            ["Tên hồ sơ", "Mã số", "Nơi lưu", "Thời gian lưu"],
            *[
                [name, form, "Văn phòng", "3 năm"]
                for form, name in forms or [("", f"Hồ sơ {title.lower()}")]
            ],
        ),
    ]
    return make_docx(*body, header=_header(code, title), numbers=LIST)


def numbered_heading(text: str) -> str:
    """Return a bold paragraph that Word numbers."""
    place = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    return paragraph(run(text, "<w:b/>"), more=place)


def _form(code: str, title: str) -> bytes:
    blank = paragraph("Người lập: ……………………")
    rows = table(["TT", "Nội dung", "Ghi chú"], ["1", "", ""], ["2", "", ""])
    return make_docx(bold(title.upper()), rows, blank, header=_header(code, title))


def _workbook(heads: list[str], rows: list[list[str]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (heads, *rows):
        sheet.append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
