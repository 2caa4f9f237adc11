"""What is shown otherwise than it was probably meant, each at its place; and what is not."""

from __future__ import annotations

import pytest

from qmstool.parsing.markdown.reader import read
from qmstool.parsing.markdown.slips import slips
from qmstool.parsing.markdown.slips.html_names import KNOWN, LEFT_OUT
from qmstool.sanitizing.html import TAGS, clean

SLIPS: list[tuple[str, list[tuple[str, str]]]] = [
    ("| a | b |\n|-|-|\n| 1 | 2 |\nMột câu.\n", [("swallowed", "Một câu.")]),
    ("| a | b |\n|-|-|\n| 1 | 2 | 3 |\n", [("cells-lost", "| 1 | 2 | 3 |")]),
    ("| a | b |\n|-|-|\n| 1 |\n", [("cells-missing", "| 1 |")]),
    ("1. a\n5. b\n1. c\n", [("number", "5."), ("number", "1.")]),
    ("1) a\n3) b\n", [("number", "3)")]),
    ("- a\n<!-- x -->\n- b\n", [("list-cut-by-comment", "<!-- x -->")]),
    ("4. a\n  - b\n5. c\n", [("list-not-nested", "-")]),
    ("a\n-\u00a0b\n", [("no-break-marker", "-\u00a0")]),
    ("2.\u00a0b\n", [("no-break-marker", "2.\u00a0")]),
    ("[a]: b\n\n> [A]: c\n", [("label-twice", "A")]),
    ("a[^b c]\n\n[^b c]: x\n", [("footnote-blank", "[^b c]")]),
    ("a[^1]\n\n[^1]: x\n\n[^1]: y\n", [("footnote-twice", "[^1]")]),
    ("a\n\n[^1]: x\n", [("footnote-unused", "[^1]")]),
    ("a[^1]\n", [("footnote-missing", "[^1]")]),
    ("<div>\n**a** b\n</div>\n", [("markdown-in-html", "**a**")]),
    ("<!-- a -->sau [b](c)\n", [("markdown-in-html", "[b](c)")]),
    ("<!-- a\n\nb\n", [("comment-hides", "<!--")]),
    ("a <!-- b\n", [("comment-open", "<!--")]),
    ("> [!NOTE] Lưu ý\n", [("alert-words", "[!NOTE]")]),
    ("## A {#b} ##\n", [("braces-shown", "{#b}")]),
    ("## A {#b c}\n", [("attribute", "c")]),
    ("## A {#b #c}\n", [("ids", "#b")]),
    ("## A {#b .c .c}\n", [("class-twice", "{#b .c .c}")]),
    ("## A {#b}\n\n## C {#b}\n", [("id-twice", "b")]),
    ("a\nb\n---\n", [("underlined", "a\nb\n---")]),
    ("**Điều 4.**Bối\n", [("stars", "**Điều 4.**")]),
    ("**a\n", [("stars", "**")]),
    ("[a] (b.md) và [c](d e.md)\n", [("link-open", "] ("), ("link-open", "](")]),
    ("Gồm:\n\n: một\n", [("term-colon", "Gồm:")]),
    ("a\nb\n: c\n", [("term-lines", "a\nb")]),
    ("- a\n: b\n", [("colon-line", ":")]),
    ("a\n\n---\nx: 1\n---\n", [("metadata", "---\nx: 1\n---")]),
    ("a\n| b | c |\n", [("no-table", "| b | c |")]),
    ('!!! note "a"\n    - b\n    <!-- c -->\n    - d\n', [("list-cut-by-comment", "<!-- c -->")]),
    ("Gồm:\n\n• a;\n• b.\n", [("bullet", "•")]),
    ("– một;\n– hai.\n", [("bullet", "–")]),
    ("*một;\n*hai.\n", [("bullet", "*")]),
    ("√ một\n√ hai\n", [("bullet", "√")]),
    ("o một\no hai\n", [("bullet", "o")]),
    ("1.Một\n2.Hai\n", [("number-flush", "1.")]),
    ("a) một;\nb) hai.\n", [("letters", "a)")]),
    ("a) một\nb) hai\n", [("letters", "a)")]),
    ("[a](b){.c} và ![d](e){width=5}\n", [("braces-words", "{.c}"), ("braces-words", "{width=5}")]),
    ("(1) Một\n(2) Hai\n", [("letters", "(1)")]),
    ("1/ Một\n2/ Hai\n", [("letters", "1/")]),
    ("i) một;\nii) hai.\n", [("letters", "i)")]),
    ("5.1. Một\n5.2. Hai\n", [("letters", "5.1.")]),
    ("Bước 1: một.\nBước 2: hai.\n", [("letters", "Bước 1:")]),
    ("Gồm:\n2. một\n3. hai\n", [("list", "2.")]),
    ("Mã\tTên\nQT\tQuy\n", [("tabs", "Mã\tTên")]),
    ("##Mục\n", [("heading-blank", "##")]),
    ("#\u00a0Mục\n", [("heading-blank", "#")]),
    ("####### Sâu\n", [("heading-deep", "#######")]),
    ("## A##\n", [("hashes-shown", "##")]),
    ("## A {#b} c\n", [("braces-shown", "{#b}")]),
    ("## A {#__b}\n", [("braces-shown", "{#__b}")]),
    ('## A {#b"c}\n', [("braces-shown", '{#b"c}')]),
    (f"## A {{#{'b' * 201}}}\n", [("braces-shown", f"{{#{'b' * 201}}}")]),
    (f"## A {{#{'b' * 200}}}\n", []),
    ("a b\n{: .c }\n", [("braces-words", "{: .c }")]),
    ("- [] một\n", [("box", "[]")]),
    ("-[ ] một\n-[x] hai\n", [("box", "-[ ]")]),
    ("> [!LUUY]\n> a\n", [("alert-kind", "[!LUUY]")]),
    ("> [!CHÚ Ý]\n> a\n", [("alert-kind", "[!CHÚ Ý]")]),
    ("[!NOTE]\na\n", [("alert-plain", "[!NOTE]")]),
    ("> a\n> [!NOTE]\n> b\n", [("alert-plain", "[!NOTE]")]),
    ("> \\[!NOTE\\]\n> b\n", [("alert-plain", "\\[!NOTE\\]")]),
    ("> [!NOTE]\n\n> a\n", [("alert-empty", "> [!NOTE]")]),
    ("!!! note\nlời\n", [("note-flat", "l")]),
    ("!!! Chú ý: một\n", [("note-title", "!!! Chú ý: một")]),
    ("\tVăn phòng nhận và chuyển hồ sơ\n", [("code", "Văn phòng nhận và chuyển hồ sơ")]),
    ("a:\n\n    - một việc\n    - hai việc\n", [("code", "- một việc")]),
    ("- a\n\n        đoạn của một có nhiều chữ\n", [("code", "đoạn của một có nhiều chữ")]),
    ("a\n\n```\nb\n", [("fence-open", "```")]),
    ("Xem <ten> này\n", [("tag-unknown", "<ten>")]),
    ("<ten>\na\n</ten>\n", [("tag-unknown", "<ten>")]),
    ("Xem <VIDEO src=a.mp4></VIDEO> này\n", [("tag-left-out", "<VIDEO src=a.mp4>")]),
    (
        '<div>\n<iframe src="a"></iframe>\n</div>\n',
        [("tag-left-out", '<iframe src="a">')],
    ),
    ("Xem <u>này</u>, <img src=a.png> và <svg></svg>\n", []),
    ("<div>\n- a\n- b\n</div>\n", [("lines-in-html", "- a")]),
    ("<div>\n## A\n</div>\n", [("lines-in-html", "## A")]),
    ("a &nbps; b\n", [("entity", "&nbps;")]),
    ("a `b\n", [("tick", "`")]),
    ("| a | b |\n|-|-|\n| `x|y` | 2 |\n", [("cells-lost", "| `x|y` | 2 |")]),
    ("| a | b |\n|--|--|\n|--|--|\n", [("rule-row", "|--|--|")]),
    ("- a:\n| b | c |\n|---|---|\n| 1 | 2 |\n", [("table-glued", "| b | c |")]),
    ("a ** đậm ** b\n", [("stars-blank", "** đậm **")]),
    ("***a b** c\n", [("star-left", "*")]),
    ("==a== b\n", [("foreign", "==a==")]),
    (":warning: b\n", [("foreign", ":warning:")]),
    ("m^2^\n", [("foreign", "^2^")]),
    ("<https://e.vn/a b>\n", [("angle-address", "<https://e.vn/a b>")]),
    ("1. a\n  1. b\n  2. c\n2. d\n", [("list-not-nested", "1.")]),
    ("1. a\n\n  b\n\n2. c\n", [("words-not-nested", "b")]),
    ("1. a\n  - b\n", [("list-not-nested", "-")]),
    ("10. a\n   - b\n   - c\n\nd\n", [("list-not-nested", "-")]),
    ("Ngày __/__/2024\n", [("signs-lost", "__")]),
    ("| Số: __/QĐ ngày _/_/____ |\n|---|\n", [("signs-lost", "__")]),
    ("Lúc ___:___ (*) một, (*) hai\n", [("signs-lost", "___")]),
    ("Cột A (*) một, (*) hai\n", [("signs-lost", "*")]),
    ("- > 90 điểm: tốt\n- < 50: kém\n", [("more-lost", ">")]),
    (">= 5 ngày\n\n>90\n\n> 95 % đạt\n", [("more-lost", ">")] * 3),
    ("> 99,5% đạt\n", [("more-lost", ">")]),
    ("Lưu ở D:\\ISO\\\nvà giấy\n", [("path", "D:\\ISO\\")]),
    ("RPN = S*O*D\n", [("signs-lost", "*")]),
    ("A4 (210*297), A5 (148*210)\n", [("signs-lost", "*")]),
    ("a*b*(c), x**2 + y**2\n", [("signs-lost", "*")]),
    ("Lưu ở \\\\may\\ISO\\a.docx.\n", [("path", "\\\\may\\ISO\\a.docx")]),
    ("(D:\\_ISO\\x) và\n", [("path", "D:\\_ISO\\x")]),
    ("5~7 ngày, 8~9 giờ\n", [("tildes", "~7 ngày, 8~")]),
    ("H~2~O\n", [("tildes", "~2~")]),
    ("CO~2~\n", [("tildes", "~2~")]),
    ("a~b\nc~d\n", [("tildes", "~b\nc~")]),
    ("**~ 5 ngày** và\n", [("stars-github", "**~ 5 ngày**")]),
    ("| a |\n|---|\n| *5 ~* |\n", [("stars-github", "*5 ~*")]),
    ("**(1)**→**(2)**\n", [("stars-github", "**(1)**")]),
    ("→_«a»_ b\n", [("stars-github", "_«a»_")]),
    ("- > [!NOTE]\n  > b\n", [("alert-nested", "[!NOTE]")]),
    ("> [!tip]\n> > [!NOTE]\n> > b\n", [("alert-nested", "[!NOTE]")]),
    ("a | b\n--|--|--\n1 | 2\n", [("no-table", "--|--|--")]),
    ("II. Một\nIII. Hai\n", [("letters", "II.")]),
    ('!!! note "a **b"\n    1. x\n    3. y\n', [("stars", "**"), ("number", "3.")]),
]


@pytest.mark.parametrize(("text", "expected"), SLIPS)
def test_slips(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(slip.cause, text[slip.start : slip.end]) for slip in slips(read(text))]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "**«a»** → **b**, → **«c»** ≥ 5; **5~7** *~5* _đ_ **~**\n",
        "1. a\n1. b\n1. c\n",
        "3. a\n4. b\n",
        "- a\n\n- b\n",
        "| a |\n|-|\nMột ô.\n",
        "`[^1]` \\[^1] `**a` \\*\\*a\n",
        "```\n| a |\n**b\n[c]: d\n```\n\n[c]: d\n",
        "<details>\n<summary>A</summary>\n\n**b**\n\n</details>\n",
        "> [!NOTE]\n> a\n",
        "## A {#b}\n\nC\n---\n",
        "a ** b và 2**3\n".replace("2**3", "2 ** 3"),
        "a (b) [c](d) [e] f\n\n[e]: g\n",
        "a\n: b\n",
        "1. a\n<!-- x -->\n- b\n",
        "a:\n\n- b\n",
        "Nhân 5*3, 5 * 3 * 2, S**M**ART, tệp a_b_c.docx, 5~7 ngày, x < 5 và y > 3, giá $5\n",
        "Ngày ___ tháng ......, lúc 7 : 30\n",
        "a) một\n\nb) hai\n",
        "Nơi nhận:\nBan Giám đốc\nVăn phòng\n",
        "Theo điều\n5.2 và mục\n5.3 của quy trình\n",
        "+ a\n+ b\n",
        "#1 là số một, C#\n",
        "a:\n\n    git status\n\n```sh\nx\n```\n",
        "- a\n\n<!-- -->\n\n- b\n",
        "<pre>\n- a\n- b\n**c**\n</pre>\n",
        "<div><p>một - hai</p></div>\n\n<b>x</b> <o:p>\n",
        "&nbsp;&amp;&copy; \\`a \\- b\n\\- c\n",
        "`- a`\n`- b`\n",
        "[ ] Đạt  \n[ ] Không đạt\n",
        "> a\nb\n",
        "a\u00a0b `==c==` 12:30:45\n",
        "1) a\n2) b\n1. c\n",
        "(*) một, (**) hai\n",
        "1~2 [3~4](a.md) và *5~6*, **7~8**\n",
        "~5 ngày, ~10 giờ, 5 ~ 7 và `1~2` \\~3 <https://a.vn/~x/b~c>\n\n5~~6~7\n",
        "1. a\n- b\n",
        "1. a\n   - b\n",
        "Tại `\\\\may\\ISO`, \\\\\\\\may\\\\ISO, C:\\\\a và C:\\Users\\an, \\\\n\n",
        "> 5.2.1 Lãnh đạo phải\n\n>5.2.1 Lãnh đạo\n\n- a\n\n  > 2015 là năm\n\n> 1. a\n\nmột\\\nhai\n",
        "Quy tr*ình kiểm so*át và tr**ình kiểm so**át\n",
        "Họ tên: ____ Ngày ____, *(a)* __(b)__ **:**\n",
        "<details>\n\n> [!NOTE]\n> a\n\n</details>\n",
    ],
)
def test_what_is_meant_so(text: str) -> None:
    assert slips(read(text)) == ()


def test_values() -> None:
    (lost,) = slips(read("| a | b |\n|-|-|\n| 1 | 2 | 3 |\n"))
    assert lost.values == {"said": "3", "head": "2"}
    (number,) = slips(read("2. a\n5. b\n"))
    assert number.values == {"said": "5", "shown": "3"}
    (nested,) = slips(read("10. a\n  - b\n11. c\n"))
    assert nested.values == {"needed": "4"}


@pytest.mark.parametrize("text", [text for text, _ in SLIPS])
def test_line_ends_of_windows_change_no_slip(text: str) -> None:
    typed = text.replace("\n", "\r\n")
    found = [
        (slip.cause, typed[slip.start : slip.end].replace("\r", "")) for slip in slips(read(typed))
    ]
    assert found == [(slip.cause, text[slip.start : slip.end]) for slip in slips(read(text))]


def test_what_is_said_to_be_left_out_of_pages_is() -> None:
    assert LEFT_OUT <= KNOWN
    assert not LEFT_OUT & TAGS
    for name in LEFT_OUT:
        assert f"<{name}" not in clean(f"<p>a <{name} src='a'>b</{name}> c</p>", authored=True)
