"""Hold the words of the search: the box, its results, and what it says when there are none.

The browser puts {…} in.
"""

from __future__ import annotations

from qmstool.i18n import Text

# What may stand between the kind of a document and its number: «Nghị định số 83».
NUMBER = Text("số", "no")
SEARCH = {
    "begin": Text(
        "Gõ từ cần tìm, có dấu hay không dấu đều được; hoặc mã tài liệu, số điều khoản, số văn "
        "bản, chữ viết tắt.",
        "Type what you look for, with or without accents; or a document code, a clause, the "
        "number of a law, an abbreviation.",
    ),
    "broken": Text(
        "Không mở được mục lục tìm kiếm. Hãy kiểm tra kết nối mạng rồi tải lại trang.",
        "The search index could not be opened. Check the connection and reload the page.",
    ),
    "close": Text("Đóng tìm kiếm", "Close the search"),
    "erase": Text("Xóa ô tìm kiếm", "Clear the search"),
    "keyboard": Text(
        "Phím ↑ ↓ để chọn, Enter để mở, Esc để đóng.",
        "Keys: ↑ ↓ to choose, Enter to open, Esc to close.",
    ),
    "many": Text("{count} kết quả", "{count} results"),
    "more": Text("Xem thêm {count} kết quả", "Show more results: {count}"),
    "name": Text("Tìm kiếm", "Search"),
    "near": Text(
        "Không trang nào có đủ các từ đã gõ. Dưới đây là những trang gần nhất.",
        "No page has all of these words. Below are the nearest.",
    ),
    "none": Text("Không tìm thấy trang nào cho «{query}».", "Nothing was found for «{query}»."),
    "none_more": Text(
        "Hãy gõ ít từ hơn, gõ không dấu, hoặc gõ đúng mã tài liệu. Cũng có thể xem",
        "Try fewer words, words without accents, or the exact code of the document. Or look "
        "through the",
    ),
    "none_place": Text("danh mục tài liệu", "register of documents"),
    "one": Text("1 kết quả", "1 result"),
    "open": Text("Mở tìm kiếm", "Open the search"),
    "slip": Text(
        "Không có «{typed}»; đã tìm «{used}».",
        "There is no «{typed}»; these are results for «{used}».",
    ),
    "wait": Text("Đang mở mục lục tìm kiếm…", "Opening the search index…"),
}
