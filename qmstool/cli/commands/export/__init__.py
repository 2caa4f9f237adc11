"""Hand documents and registers on as files for paper and other programs (`qmstool export`)."""

from __future__ import annotations

from qmstool.cli.acts import Acts

_ACTS = Acts(
    __name__,
    {
        "pdf": "tài liệu, cả sổ tay hoặc danh mục thành PDF / documents, manual or register as PDF",
        "docx": "một tài liệu thành tệp Word, có thể kèm dấu vết sửa đổi / a document for Word",
        "pack": "gói hồ sơ đánh giá của một ngày, kiểm tra được khi không có mạng / an audit pack",
    },
)
add = _ACTS.add
run = _ACTS.run
