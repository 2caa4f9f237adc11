"""Hold why data could not be read, or were read otherwise than written: each cause with its cure.

The words are for people who know Word and Excel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

QUOTE = Text(
    'Hãy đặt cả giá trị giữa hai dấu nháy kép "…".',
    'Put the whole value between double quotes "…".',
)
BLANKS = Text("Hãy xóa rồi gõ lại bằng dấu cách.", "Delete them and type plain spaces.")
AS_ABOVE = Text(
    "Hãy thụt vào bằng đúng số dấu cách của các dòng cùng cấp ở trên.",
    "Indent it by as many spaces as the lines of its level above.",
)
BOTH_QUOTES = Text(
    (
        "Hãy thêm dấu nháy đóng ở cuối giá trị; nếu giá trị có sẵn dấu nháy thì đặt cả giá trị "
        "giữa hai dấu '…'."
    ),
    (
        "Add the closing mark after the value; where the value holds quotation marks itself, put "
        "all of it between '…'."
    ),
)

CAUSES: Mapping[str, tuple[Text, Text]] = {
    "sign": (
        Text(
            "giá trị mở đầu bằng «{sign}», là ký hiệu riêng của cách viết này",
            "the value opens with «{sign}», which has a meaning of its own here",
        ),
        QUOTE,
    ),
    "token": (
        Text(
            "một ký hiệu riêng (như @, ` hoặc %) mở đầu giá trị",
            "a special sign (such as @, ` or %) opens a value",
        ),
        QUOTE,
    ),
    "alias": (Text("dấu & hoặc * đứng đầu giá trị", "a value begins with & or *"), QUOTE),
    "colon": (
        Text("có thêm một dấu hai chấm trong giá trị", "there is one more colon inside the value"),
        QUOTE,
    ),
    "hash": (
        Text(
            "dấu # đứng sau dấu cách mở đầu một ghi chú, nên phần sau nó bị bỏ",
            "a # after a space opens a remark, so what follows it is dropped",
        ),
        QUOTE,
    ),
    "word-quotes": (
        Text(
            "dấu nháy cong {sign} của Word không phải là dấu nháy ở đây",
            "the curly quotation mark {sign} of Word is no quotation mark here",
        ),
        Text('Hãy thay bằng dấu nháy thẳng "…".', 'Put straight quotes "…" in its place.'),
    ),
    "quote": (
        Text(
            "dấu nháy mở ra ở đây mà không đóng lại",
            "a quotation mark is opened here and not closed",
        ),
        BOTH_QUOTES,
    ),
    "after-quote": (
        Text(
            "còn chữ đứng sau dấu nháy đóng, mà dấu nháy đóng là hết giá trị",
            "words follow the closing quotation mark, which ends the value",
        ),
        Text(
            (
                "Nếu dấu nháy là một phần của giá trị thì đặt cả giá trị giữa hai dấu '…'; nếu "
                "không thì bỏ dấu nháy."
            ),
            "Where the marks belong to the value, put all of it between '…'; else take them out.",
        ),
    ),
    "backslash": (
        Text(
            "dấu \\ giữa hai dấu nháy kép là ký hiệu riêng",
            "a \\ between double quotes has a meaning of its own",
        ),
        Text(
            "Hãy dùng dấu nháy đơn '…' thay cho nháy kép.",
            "Use single quotes '…' instead of double ones.",
        ),
    ),
    "bracket": (
        Text(
            "ngoặc mở và ngoặc đóng không khớp nhau, hoặc thiếu dấu phẩy trong ngoặc",
            "brackets that open and close do not match, or a comma is missing within",
        ),
        Text(
            (
                "Hãy sửa cho đủ cặp; nếu ngoặc là một phần của giá trị thì đặt cả giá trị giữa "
                "hai dấu nháy kép."
            ),
            (
                "Make them match; where the bracket belongs to the value, put the whole value "
                "between double quotes."
            ),
        ),
    ),
    "no-comma": (
        Text(
            "thiếu dấu phẩy giữa hai trường trong ngoặc {{…}}",
            "the comma between two keys within {{…}} is missing",
        ),
        Text("Hãy thêm dấu phẩy.", "Add the comma."),
    ),
    "no-colon": (
        Text("thiếu dấu hai chấm sau tên trường", "the colon after the name of a key is missing"),
        Text(
            "Hãy viết «tên: giá trị», sau dấu hai chấm có một dấu cách.",
            "Write «key: value», with a space after the colon.",
        ),
    ),
    "no-blank": (
        Text("thiếu dấu cách sau dấu hai chấm", "the space after the colon is missing"),
        Text("Hãy thêm một dấu cách.", "Add a space."),
    ),
    "wide-colon": (
        Text(
            "dấu hai chấm «{sign}» là ký tự khác, không phải dấu «:» trên bàn phím",
            "the colon «{sign}» is another character than the «:» of the keyboard",
        ),
        Text("Hãy gõ lại dấu hai chấm và một dấu cách.", "Type the colon anew, and a space."),
    ),
    "no-dash-blank": (
        Text(
            "thiếu dấu cách sau dấu gạch đầu dòng «-»",
            "the space after the «-» of a list item is missing",
        ),
        Text("Hãy thêm một dấu cách.", "Add a space."),
    ),
    "wrong-dash": (
        Text(
            "dấu đầu dòng «{sign}» không phải dấu gạch nối «-»",
            "the mark «{sign}» that opens the item is no hyphen «-»",
        ),
        Text("Hãy gõ lại bằng dấu gạch nối và một dấu cách.", "Type a hyphen and a space."),
    ),
    "item": (
        Text(
            "dòng bắt đầu bằng «-» này thụt vào sâu hơn mục trên nên bị nối vào mục ấy",
            (
                "this line with its «-» is indented deeper than the item above, so it was joined "
                "to that item"
            ),
        ),
        AS_ABOVE,
    ),
    "tab": (
        Text(
            "có phím Tab ở đầu dòng; chỉ được dùng dấu cách", "a Tab stands where only spaces may"
        ),
        BLANKS,
    ),
    "blank": (
        Text(
            "ở đây có loại dấu cách của Word (dấu cách không ngắt), không phải dấu cách thường",
            (
                "here stands a blank of another kind (a no-break space, as Word makes it), not a "
                "plain one"
            ),
        ),
        BLANKS,
    ),
    "indent": (
        Text(
            "dòng này thụt vào sai so với các dòng cạnh nó",
            "this line is not indented like its neighbours",
        ),
        AS_ABOVE,
    ),
    "second": (
        Text(
            "dòng này mở một phần thứ hai trong cùng tệp",
            "this line opens a second part in the same file",
        ),
        Text("Hãy xóa dòng này.", "Delete this line."),
    ),
    "character": (
        Text("có một ký tự không nhìn thấy được", "there is a character that cannot be seen"),
        Text(
            "Hãy xóa ký tự ấy rồi gõ lại chữ ở hai bên.",
            "Delete it and type the letters beside it anew.",
        ),
    ),
    "depth": (
        Text("lồng quá nhiều tầng", "it is nested too deep"),
        Text(
            "Hãy bớt tầng: mỗi trường chỉ chứa những gì mẫu tệp đòi.",
            "Take levels out: a key holds only what the file's shape asks for.",
        ),
    ),
    "key": (
        Text("tên của một trường phải là một dòng chữ", "the name of a key must be plain text"),
        Text("Hãy bỏ dấu ? hoặc ngoặc ở tên trường.", "Take the ? or the brackets out of the key."),
    ),
    "other": (
        Text(
            "dòng này không đúng cách viết «tên: giá trị»",
            "this line is not written as «key: value»",
        ),
        Text(
            "So với dòng tương tự ở trên; giá trị có ký hiệu lạ thì đặt giữa hai dấu nháy kép.",
            "Compare it with a like line above; put a value with odd signs between double quotes.",
        ),
    ),
}

# What is wrong with the lines «---» of a document, or with its data as a whole.
FRONT: Mapping[str, Text] = {
    "": Text(
        (
            "Tệp {path} chưa có phần thông tin đầu tệp giữa hai dòng ---: thiếu mã (code), loại "
            "(type), tên (title), nên chưa được coi là tài liệu nào. Hãy chép phần gợi ý lên đầu "
            "tệp rồi sửa cho đúng."
        ),
        (
            "{path} does not open with its data between two lines ---: code, type and title are "
            "missing, so it counts as no document. Paste what is proposed at the top of the file "
            "and put it right."
        ),
    ),
    "no-main": Text(
        (
            "Thư mục manual/ có các mục của sổ tay ({count} tệp) mà thiếu manual/index.md, tệp "
            "khai mã, loại, tên của sổ tay, nên chưa mục nào được đọc. Hãy lập manual/index.md với "
            "phần gợi ý ở đầu."
        ),
        (
            "The folder manual/ holds sections of a manual (files: {count}) but no "
            "manual/index.md, the file that says the manual's code, type and title, so none of "
            "them was read. Make manual/index.md, with what is proposed at its top."
        ),
    ),
    "no-opening": Text(
        (
            "Thông tin đầu tệp có ở đây nhưng thiếu dòng --- mở đầu. Hãy thêm một dòng --- lên "
            "trên dòng này."
        ),
        (
            "The data are here, but the line --- that opens them is missing. Add a line --- "
            "above this one."
        ),
    ),
    "unclosed": Text(
        "Thông tin đầu tệp thiếu dòng --- kết thúc. Hãy thêm một dòng --- ngay dưới dòng này.",
        "The line --- that closes the data is missing. Add a line --- right below this one.",
    ),
    "late": Text(
        "Dòng --- phải là dòng đầu tiên của tệp. Hãy xóa các dòng trống ở trên nó.",
        "The line --- must be the first of the file. Delete the empty lines above it.",
    ),
    "later": Text(
        (
            "Thông tin đầu tệp phải đứng trước mọi lời văn. Hãy chuyển các dòng từ đây đến dòng "
            "--- kế tiếp lên đầu tệp."
        ),
        (
            "The data must stand before any text. Move the lines from here to the next --- to "
            "the top of the file."
        ),
    ),
    "bar": Text(
        "Dòng này phải là đúng ba dấu gạch nối ---, không có gì khác; ở đây là «{sign}» "
        "(Word hay tự đổi --- thành gạch dài). "
        "Hãy gõ lại.",
        (
            "This line must be exactly three hyphens ---; here it is «{sign}» (Word likes to "
            "make a long dash of them). Type it anew."
        ),
    ),
}

# What made a key or a value other than it was meant; said after the message itself.
HINTS: Mapping[str, Text] = {
    "": Text("", ""),
    "no-blank": Text(" Thiếu dấu cách sau dấu hai chấm.", " The space after the colon is missing."),
    "wide-colon": Text(
        " Dấu hai chấm ở đây là ký tự khác dấu «:» trên bàn phím.",
        " The colon is another character than that of the keyboard.",
    ),
    "blank": Text(
        " Tên trường dính dấu cách lạ hoặc dấu nháy của Word.",
        " An odd blank or a quotation mark of Word sticks to the key.",
    ),
    "comma": Text(
        " Dấu phẩy trong giá trị đã cắt nó làm hai: hãy đặt cả giá trị giữa hai dấu nháy kép.",
        " The comma in the value cut it in two: put the whole value between double quotes.",
    ),
    "opens": Text(
        (
            " Giá trị mở đầu bằng ngoặc [ hay {{ bị hiểu là danh sách hay nhóm: hãy đặt cả giá "
            "trị giữa hai dấu nháy kép."
        ),
        (
            " A value that opens with [ or {{ is taken for a list or a group: put the whole "
            "value between double quotes."
        ),
    ),
    "no-dash-blank": Text(
        " Mỗi mục của danh sách mở đầu bằng một dấu gạch nối và một dấu cách.",
        " Each item of a list opens with a hyphen and a space.",
    ),
}
