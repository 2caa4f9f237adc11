"""Write the one page that tells the secretariat how to work with a new manual."""

from __future__ import annotations

from qmstool.i18n import Text

NAME = Text("HUONG-DAN.md", "GUIDE.md")

_PAGE = Text(
    """# Sửa sổ tay thế nào

Sổ tay của {name} là các tệp văn bản trong thư mục này. Không cần biết lập trình.

| Muốn | Làm |
|---|---|
| sửa một câu | mở tệp trong `manual/` hoặc `procedures/`, sửa, lưu |
| xem đã đúng chưa | `qmstool check`: mỗi chỗ sai có tên tệp, dòng, và cách sửa |
| thêm một quy trình | `qmstool new procedure "QT VP 01" "Tên quy trình"` |
| đổi mã một tài liệu | `qmstool rename "QT VP 01" "QT VP 02"`: sửa mọi chỗ nhắc đến |
| đổi số một mục | `qmstool renumber STCL 7.5 7.6` |
| bỏ một tài liệu | khi trình ký: `release prepare … --act "QT VP 01=withdraw"`; tệp vẫn giữ |
| xem trang như người đọc | `qmstool serve` |
| trình ký | `qmstool release prepare`, in hồ sơ, ký, rồi `qmstool release record` |
| hỏi bản có hiệu lực một ngày | `qmstool as-of 2026-03-14` |

## Việc đầu tiên

1. Mở `qms.yml`: ghi tên các đơn vị (`units`), vai trò (`roles`), người (`people`).
2. Mở từng tệp trong `manual/`: viết đơn vị làm gì, theo điều khoản ở đầu tệp.
3. Mở `clauses/mapping/`: ghi ai chịu trách nhiệm (`role`), tài liệu và hồ sơ nào.
4. Chạy `qmstool check` cho đến khi những gì còn lại là điều đã biết.

Điều gì chưa biết thì ghi `unknown`, không đoán.
""",
    """# How to change the manual

The manual of {name} is the text files in this folder. Nobody needs to program.

| to | do |
|---|---|
| change a sentence | open the file in `manual/` or `procedures/`, change it, save |
| see whether it is right | `qmstool check`: each fault with its file, line, and how to mend it |
| add a procedure | `qmstool new procedure "PR OFF 01" "Its title"` |
| give a document another code | `qmstool rename "PR OFF 01" "PR OFF 02"`, everywhere |
| give a section another number | `qmstool renumber QM 7.5 7.6` |
| withdraw a document | with `release prepare … --act "PR OFF 01=withdraw"`; its file stays |
| see the site as readers do | `qmstool serve` |
| have it signed | `qmstool release prepare`, print, sign, then `qmstool release record` |
| ask what was in force on a day | `qmstool as-of 2026-03-14` |

## First of all

1. Open `qms.yml`: name units (`units`), roles (`roles`), people (`people`).
2. Open each file in `manual/`: write what is done, by the clause at its head.
3. Open `clauses/mapping/`: say who answers (`role`), which documents and records.
4. Run `qmstool check` until what is left is known.

What is not known is written `unknown`, never guessed.
""",
)


def guide(name: str) -> Text:
    """Return the page for an organization, in both languages."""
    return Text(_PAGE.vi.replace("{name}", name), _PAGE.en.replace("{name}", name))
