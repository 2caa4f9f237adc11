"""Make the sample of `docs/sample-word`: a manual, a procedure with a flow chart, a form, a register.

No such organization exists. `python -m tests.support.word_sample` writes the files anew.
"""

from __future__ import annotations

from pathlib import Path

from tests.support.office_folder import office_folder
from tests.support.word_drawings import floating
from tests.support.word_files import make_docx, paragraph, run, table

FOLDER = Path(__file__).parents[2] / "docs" / "sample-word"
_VNI = '<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>'
_TAKEN = {
    "So tay chat luong.docx": "So tay chat luong.docx",
    "Quy trinh/QT-KT-02 Hiệu chuẩn thiết bị đo.docx": "QT-KT-02 Hieu chuan thiet bi do.docx",
    "Bieu mau/BM-KT-02.01 Sổ theo dõi thiết bị.docx": "BM-KT-02.01 So theo doi thiet bi.docx",
    "Danh muc ho so.xlsx": "Danh muc ho so.xlsx",
}
STEPS = ("Tiếp nhận", "Xem xét", "Trả lời")


def sample() -> dict[str, bytes]:
    """Return name → bytes of the files."""
    made = office_folder()
    return {new: made[old] for old, new in _TAKEN.items()} | {
        "QT-VP-05 Giai quyet khieu nai.docx": _complaints()
    }


def _complaints() -> bytes:
    """Return an old procedure: its numbers typed, a line in VNI, a flow chart of shapes."""
    boxes = [floating(text, 60, 10 + 50 * number) for number, text in enumerate(STEPS)]
    lines = [floating("", 105, 40 + 50 * number, "line", 0, 20) for number in range(2)]
    room = [paragraph("") for _ in range(9)]
    header = table(
        ["Sở Mẫu", "QUY TRÌNH GIẢI QUYẾT KHIẾU NẠI", "Mã hiệu: QT-VP-05"],
        ["", "Lần ban hành: 01", "Ngày ban hành: 05/03/2024"],
    )
    return make_docx(
        paragraph(run("QUY TRÌNH GIẢI QUYẾT KHIẾU NẠI", "<w:b/>")),
        paragraph(run("1. MỤC ĐÍCH", "<w:b/>")),
        paragraph(
            run("Traû lôøi moïi khieáu naïi cuûa khaùch haøng trong 05 ngaøy laøm vieäc.", _VNI)
        ),
        paragraph(run("2. LƯU ĐỒ", "<w:b/>")),
        paragraph(*boxes, *lines),
        *room,
        paragraph(run("3. HỒ SƠ", "<w:b/>")),
        table(
            ["Hồ sơ", "Mã hiệu", "Nơi lưu", "Thời gian lưu"],
            ["Sổ theo dõi khiếu nại", "BM-VP-05.01", "Văn phòng", "03 năm"],
        ),
        header=header,
    )


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(exist_ok=True)
    for name, data in sample().items():
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    main()
