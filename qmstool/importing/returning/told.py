"""Collect what is told of each change: where it is made, or why it could not be."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.importing.returning.result import ReturnedChange

if TYPE_CHECKING:
    from qmstool.importing.returning.result import Kind
    from qmstool.importing.returning.typed import Typed, TypedFile

_LINE_END = re.compile("\n")

NOT_TYPED = Text(
    "Phần này không có trong tệp văn bản (thông tin kiểm soát, bảng ký, chữ do trang tự thêm): sửa "
    "ở đầu tệp hoặc trong qms.yml.",
    "This part is not in the text (control data, signers, words that pages add): change it at the "
    "head of the file or in qms.yml.",
)
REWRITTEN = Text(
    "Cả đoạn viết lại theo Word: hãy xem lại chữ đậm, liên kết và chú thích.",
    "The whole paragraph is written anew as Word has it: look at its emphasis, links and notes.",
)
TABLE_REWRITTEN = Text(
    "Số cột đổi nên cả bảng viết lại theo Word: hãy xem lại.",
    "The columns changed, so the whole table is written anew as Word has it: look at it.",
)
NO_PLACE = Text(
    "Chưa đưa vào được; hãy sửa bằng tay.", "Could not be put in; make this change by hand."
)
LOOK = Text(
    "Chỉ đổi kiểu trình bày (đậm, nghiêng, đề mục, danh sách): không lấy, vì chương trình khác "
    "cũng tự đổi.",
    "Only its look changed (bold, italics, heading, list): not taken, as programs change it too.",
)
WITH_PICTURE = Text(
    "Có hình mới: lưu hình từ Word thành tệp .png cạnh tệp văn bản rồi thay chỗ đã đánh dấu.",
    "There is a new picture: save it from Word as .png beside the text and put it in the place "
    "that is marked.",
)

LINK_LEFT = Text(
    "Liên kết mới trong Word chưa lấy: {addresses}. Hãy ghi bằng tay: [chữ](địa chỉ).",
    "A new link in Word is not taken: {addresses}. Type it by hand: [words](address).",
)


class Telling:
    """The changes in their order; `section`: the heading that the next ones stand under."""

    def __init__(self) -> None:
        self.changes: list[ReturnedChange] = []
        self.section = ""
        self._ends: dict[str, list[int]] = {}  # by path: where its lines end

    def tell(
        self,
        kind: Kind,
        before: str,
        after: str,
        node: Typed | None,
        note: Text | None = None,
        *,
        start: int | None = None,
    ) -> None:
        """Add a change; `node`: where it is made, None where it is not; `start`: its own place."""
        path, number = "", 0
        if node is not None and note is not NO_PLACE:
            path = node.file.path
            place = node.start if start is None else start
            number = bisect_left(self._ends_of(node.file), place) + 1
        self.changes.append(ReturnedChange(kind, self.section, before, after, path, number, note))

    def _ends_of(self, file: TypedFile) -> list[int]:
        if file.path not in self._ends:
            self._ends[file.path] = [found.start() for found in _LINE_END.finditer(file.text)]
        return self._ends[file.path]
