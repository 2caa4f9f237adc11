"""What checking asks of a page, place by place."""

from __future__ import annotations

from random import Random

import pytest

from qmstool.parsing.markdown.headings import NamedHeading, fold, number_of
from qmstool.parsing.markdown.page import Page, read_page
from qmstool.parsing.markdown.reader import readable
from qmstool.parsing.markdown.running_text import HIDDEN, MARK
from tests.support.machine import time_limit


def text_of(test: object) -> str:
    """The docstring of a test is its input."""
    lines = (getattr(test, "__doc__", "") or "").split("\n")
    return "\n".join(line.removeprefix("    ") for line in lines[1:])


def shown(text: str, start: int = 0) -> str:
    """The prose with its signs made visible: `·` for what is hidden, `¦` for a mark."""
    return read_page(text, start).prose.replace(HIDDEN, "·").replace(MARK, "¦")


def targets(text: str) -> list[str]:
    """The words of the targets, cut out of the text by their places."""
    return [text[link.target_start : link.target_end] for link in read_page(text).links]


def blocks(text: str) -> list[str]:
    return [text[start:end] for start, end, *_ in read_page(text).blocks]


def heading(text: str) -> NamedHeading:
    (found,) = read_page(text).headings
    return found


# Headings.


def test_headings() -> None:
    """
    # 4.1. Bối cảnh {#boi-canh}

    Đoạn.
    ## *Trách* `nhiệm` [chung](a.md) ##

    II. Mục tiêu
    ---
    """
    text = text_of(test_headings)
    first, second, third = read_page(text).headings

    assert (first.level, first.text, first.number, first.anchor) == (
        1,
        "4.1. Bối cảnh",
        "4.1",
        "boi-canh",
    )
    assert text[first.start : first.end] == "4.1. Bối cảnh"
    assert text[first.id_start : first.id_end] == "boi-canh"
    assert text[first.line_start : first.line_end] == "# 4.1. Bối cảnh {#boi-canh}"

    assert (second.level, second.text, second.number, second.anchor) == (
        2,
        "Trách nhiệm chung",
        None,
        "trach-nhiem-chung",
    )
    assert text[second.start : second.end] == "*Trách* `nhiệm` [chung](a.md)"
    assert (second.id_start, second.id_end) == (second.start, second.end)
    assert text[second.line_start : second.line_end] == "## *Trách* `nhiệm` [chung](a.md) ##"

    assert (third.level, third.text, third.number, third.anchor) == (
        2,
        "II. Mục tiêu",
        "II",
        "muc-ii",
    )
    assert text[third.line_start : third.line_end] == "II. Mục tiêu\n---"


@pytest.mark.parametrize(
    ("line", "words", "anchor"),
    [
        ("# A {: #b .c }", "A", "b"),
        ("# A {.c}", "A", "a"),
        ("# A {#b} ##", "A {#b}", "a-b"),
        ("# A ## {#b}", "A", "b"),
        ("# A \\# {#b}", "A #", "b"),
        ("# A{#b}", "A", "b"),
        ("# {#b}", "", "b"),
        ("# A {b} c {#d}", "A {b} c", "d"),
        ("# R&amp;D &lt;", "R&D <", "r-d"),
        ("# A <!-- c --> <br> B", "A B", "a-b"),
        ("# A[^1]\n\n[^1]: b", "A", "a"),
        ("# Đ **Ơ**_x_y", "Đ Ơ_x_y", "d-o-x-y"),
        ("# ---", "---", "muc"),
        ("- # A", "A", "a"),
        ("> ### A", "A", "a"),
        ("!!! note\n    # A", "A", "a"),
    ],
)
def test_the_words_of_a_heading_and_its_anchor(line: str, words: str, anchor: str) -> None:
    assert (heading(line).text, heading(line).anchor) == (words, anchor)


@pytest.mark.parametrize(
    "text",
    [
        "    # A",
        "```\n# A\n```",
        "<!--\n# A\n-->",
        "#Không cách",
        "<div>\n# A\n</div>",
        "a # b",
        "\\# A",
        "!!! note\n\n        # A",
    ],
)
def test_no_heading(text: str) -> None:
    assert read_page(text).headings == ()


def test_a_heading_within_containers_has_its_lines() -> None:
    text = "- a\n\n    > B\n    > ===\n"
    found = heading(text)
    assert (text[found.start : found.end], text[found.line_start : found.line_end]) == (
        "B",
        "    > B\n    > ===",
    )


def test_repeated_anchors_are_numbered_and_typed_ones_stay() -> None:
    text = "# 1. A\n\n# 1. B\n\n# C\n\n# c\n\n# D {#e}\n\n# F {#e}"
    anchors = [each.anchor for each in read_page(text).headings]
    assert anchors == ["muc-1", "muc-1-1", "c", "c-1", "e", "e"]


@pytest.mark.parametrize(
    ("title", "number", "rest"),
    [
        ("5.2. Trách nhiệm", "5.2", "Trách nhiệm"),
        ("7.1.5.1. X", "7.1.5.1", "X"),
        ("6.2 X", "6.2", "X"),
        ("4.10 X", "4.10", "X"),
        ("5. X", "5", "X"),
        ("5) X", "5", "X"),
        ("4.1:\u00a0X", "4.1", "X"),
        ("II. X", "II", "X"),
        ("IV.", "IV", ""),
        ("II.1. X", "II.1", "X"),
        ("IV.2.10 X", "IV.2.10", "X"),
        ("XIV.3) X", "XIV.3", "X"),
        ("IIII.1. X", None, "IIII.1. X"),
        ("5 X", None, "5 X"),
        ("2015 là năm", None, "2015 là năm"),
        ("01.02.2024 X", None, "01.02.2024 X"),
        ("1.000 đồng", None, "1.000 đồng"),
        ("I X", None, "I X"),
        ("IIII. X", None, "IIII. X"),
        ("C. Mác", None, "C. Mác"),
        ("Phụ lục 01. X", None, "Phụ lục 01. X"),
        ("5.2X", None, "5.2X"),
        ("", None, ""),
    ],
)
def test_number_of(title: str, number: str | None, rest: str) -> None:
    assert number_of(title) == (number, rest)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Đặng Thị Ơn", "dang-thi-on"),
        ("  A_b/C ", "a-b-c"),
        ("Điều 5.2", "dieu-5-2"),
        ("…", "muc"),
        ("", "muc"),
        ("Ñ ß", "n-ß"),
    ],
)
def test_fold(text: str, slug: str) -> None:
    assert fold(text) == slug


# Links.


def test_links() -> None:
    """
    Xem [QT *BIS* 01](../qt.md#muc-5 "Tên") và ![Sơ đồ](so%20do.png),
    [hai][nhan], <https://a.vn/x_y>, <ban@a.vn>, <a id='z' href="b.md">c</a>.

    [Nhãn]: <d.md>  'T'
    [nhan]: e.md
    """
    text = text_of(test_links)
    found = read_page(text).links
    assert [(link.image, link.target, link.text, link.reference) for link in found] == [
        (False, "../qt.md#muc-5", "QT BIS 01", False),
        (True, "so%20do.png", "Sơ đồ", False),
        (False, "e.md", "hai", True),
        (False, "https://a.vn/x_y", "https://a.vn/x_y", False),
        (False, "mailto:ban@a.vn", "ban@a.vn", False),
        (False, "b.md", "", False),
    ]
    assert [text[link.start : link.end] for link in found] == [
        '[QT *BIS* 01](../qt.md#muc-5 "Tên")',
        "![Sơ đồ](so%20do.png)",
        "[hai][nhan]",
        "<https://a.vn/x_y>",
        "<ban@a.vn>",
        "<a id='z' href=\"b.md\">",
    ]
    assert targets(text) == [
        "../qt.md#muc-5",
        "so%20do.png",
        "e.md",
        "https://a.vn/x_y",
        "ban@a.vn",
        "b.md",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](<b c.md> 'd')", ["b c.md"]),
        ("[a]( b(c).md )", ["b(c).md"]),
        ("[a](b 'c \"d\"')", ["b"]),
        ("[a](b (c))", ["b"]),
        ("[a]()", [""]),
        ("[a](b\\_c.md)", ["b_c.md"]),
        ("[a](b?c=1&amp;d=2)", ["b?c=1&d=2"]),
        ("[![a](b.png)](c.md)", ["c.md", "b.png"]),
        ("[a\nb](c)", ["c"]),
        ("[a [b] c](d)", ["d"]),
        ("**[a](b)**`c`[d](e)", ["b", "e"]),
        ("![a][b]\n\n[b]: c", ["c"]),
        ("[A\nb][]\n\n[a b]: c", ["c"]),
        ("[a]\n\n[A]: b", ["b"]),
        ("[a]: b\n[c]: d\n\n[a] [c]", ["b", "d"]),
        ("[a][b]\n\n[b]:\n  c\n  'T'", ["c"]),
        ("<img src=a.png alt=''>", ["a.png"]),
        ("<p><a href='a'>b</a></p>", ["a"]),
    ],
)
def test_spellings_of_links(text: str, expected: list[str]) -> None:
    assert [link.target for link in read_page(text).links] == expected


@pytest.mark.parametrize(
    "text",
    [
        "- a\n\n    [b](c)", "> [b](c)", '!!! note "[b](c)"', "!!! note\n    [b](c)", "??? note\n\n    [b](c)", "a\n:   [b](c)",
        "| [b](c) |\n|---|", "e[^1]\n\n[^1]: f\n\n    [b](c)", "<div>\n\n[b](c)\n\n</div>",
        "1. a\n    - d\n        - [b](c)", "!!! note\n    - a\n\n        [b](c)", "# [b](c)", "[b](c)\n---",
        "\t- a\n\n- [b](c)", "- a\n\t- [b](c)", "<details markdown>\n<summary>a</summary>\n\n[b](c)\n\n</details>", "- - [b](c)",
        "> !!! note\n>     | a |\n>     |---|\n>     | [b](c) |", "a\n    [b](c)", "   [b](c)",
    ],
)  # fmt: skip
def test_links_in_containers(text: str) -> None:
    (link,) = read_page(text).links
    assert (
        link.target,
        text[link.start : link.end],
        text[link.target_start : link.target_end],
    ) == ("c", "[b](c)", "c")


@pytest.mark.parametrize(
    "text",
    [
        "    [b](c)", "```\n[b](c)\n```", "~~~ yaml\n[b](c)\n~~~", "`[b](c)`", "``[b](c) ` ``", "<!-- [b](c) -->", "a <!-- [b](c) --> d",
        "<!--\n\n[b](c)\n-->", "\\[b](c)", "[b\\](c)", "<div>\n[b](c)\n</div>", "<script>\n[b](c)\n</script>", "- a\n\n        [b](c)",
        "!!! note\n\n        [b](c)", "> ```\n> [b](c)\n> ```", "- a\n\n    ```\n    [b](c)\n    ```", "[b] (c)", "[b]", "*[b]: [c](d)",
        "```\n[b](c)", "a | b\n--|--\nc | d | [e](f)",
    ],
)  # fmt: skip
def test_no_links(text: str) -> None:
    assert read_page(text).links == ()


def test_what_has_no_definition() -> None:
    text = "[a][b], ![c][D e], [f][], [^g], [h], [i] [j], `[k][l]`, [m][n](o)\n\n[^p]: q"
    assert [(each.label, text[each.start : each.end]) for each in read_page(text).missing_references] == [
        ("b", "[a][b]"), ("D e", "![c][D e]"), ("f", "[f][]"), ("^g", "[^g]"),
    ]  # fmt: skip


def test_anchors() -> None:
    text = (
        "<a id=\"một\"></a> <a name='hai'></a> <div id=ba>\n\n<section id='bốn' markdown>\n<p "
        'id="năm">x</p>\n</section>\n\n# c {#sáu}\n\n<p id="__dialog">no page keeps that</p>\n'
    )
    found = read_page(text).anchors
    assert [each.id for each in found] == ["một", "hai", "ba", "bốn", "năm"]
    assert [text[each.start : each.end] for each in found] == [each.id for each in found]


# Running text.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a **b** _c_ x_y", "a ¦¦b¦¦ ¦c¦ x_y"),
        ("`b c` ` d `", "¦b c¦ ¦¦d¦¦"),
        ("[b](c 'd') e", "¦b¦······· e"),
        ("[b][c]\n\n[c]: d", "¦b¦···········"),
        ("![b](c)", "·······"),
        ("a\\*b", "a¦*b"),
        ("a<br>b &nbsp; <!-- c -->", "a\n¦¦¦b \xa0¦¦¦¦¦ ··········"),
        ("<https://a.vn> b", "·············· b"),
        ("a ~~b~~ ==c== 1 == 2", "a ¦¦b¦¦ ==c== 1 == 2"),
        ("a\nb  \nc", "a\nb  \nc"),
        ("a\n\nb", "a··b"),
        ("# A {#b}\nc", "··A······c"),
        ("A\n---", "A····"),
        ("- a\n  b\n- c", "··a\n  b···c"),
        ("- a\n    b", "··a\n    b"),
        ("- a\n\n    b\n    c", "··a······b\n    c"),
        ("> a\n> b\nc", "··a\n¦ b\nc"),
        ("| a | `b` |\n|---|:-:|\n| c |", "··a···¦b¦···············c··"),
        ('!!! note "A *b*"\n    c', "··········A ¦b¦······c"),
        ("!!! note\n    c", "·············c"),
        ('??? tip "A"\n    c', "·········A······c"),
        ("a[^1]\n\n[^1]: b\n    c", "a············b\n    c"),
        ("a\n:   b", "a·····b"),
        ("*[A]: B\n\nA", "·········A"),
        ("```\na\n```\nb", "··········b"),
        ("a\n```\nb\n```", "a··········"),
        ("    a\n\nb", "·······b"),
        ("a\tb\n\t\tc", "a\tb\n\t\tc"),
        ("- a\n\n\tb", "··a···b"),
        ("<div>a <b>c</b></div>", "·····a ¦¦¦c··········"),
        ("<div>\n\n*a*\n\n</div>\n\nb", "·······¦a¦··········b"),
        ("<b>QT</b> 01", "¦¦¦QT¦¦¦¦ 01"),
        ("<script>a</script>", "··················"),
        ("[x](a)\n* * *\nb", "¦x¦··········b"),
        ("a  b\u00a0c", "a  b\u00a0c"),
    ],
)
def test_prose(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_the_prose_is_as_long_as_the_text_and_begins_with_the_body() -> None:
    text = "---\ncode: A\n---\n# B\n\n```\nc\n```\n<!-- d -->\n*e*"
    start = text.index("# B")
    prose = read_page(text, start).prose
    assert len(prose) == len(text)
    assert prose[:start] == HIDDEN * start
    assert [word for word in prose.replace(MARK, "").split(HIDDEN) if word] == ["B", "e"]


def test_places_after_what_was_taken_out() -> None:
    text = "---\nx\n---\n\tmã\n\n<div>\n</div>\n\n```\n```\n\n- a\n\t- [b](c)\n"
    (link,) = read_page(text, 10).links
    assert (text[link.start : link.end], text[link.target_start : link.target_end]) == (
        "[b](c)",
        "c",
    )


def test_blocks() -> None:
    text = (
        "# A\nb\nc\n\n- d\n- e\n    - f\n\n| g | h |\n|---|---|\n| i | |\n\n![](j.png)\n\n> k\n\n"
        "[^1]: l\n"
    )
    assert blocks(text) == ["A", "b\nc", "d", "e", "f", "g", "h", "i", "k", "l"]


def test_words_in_raw_html_are_read() -> None:
    text = "a <b>c</b>\n\n<table><tr><td>QT 01</td></tr></table>\n\nd\n"
    page = read_page(text)
    assert "QT 01" in page.prose


# Suppressions.


def test_allowances() -> None:
    """
    A

    <!-- qms: allow weak-obligation, because the rule quotes the law -->
    - b
    - c

    d

    > <!-- qms: allow broken-link, vì tệp còn
    > đang soạn -->
    > <!-- qms: allow other, because e -->
    >
    > f
    g
    """
    text = text_of(test_allowances)
    found = read_page(text).allowances
    assert [(each.slug, text[each.covers_start : each.covers_end]) for each in found[:1]] == [
        ("weak-obligation", "- b\n- c")
    ]
    assert found[0].reason == "the rule quotes the law"
    assert text[found[0].start : found[0].end] == "weak-obligation"


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("<!-- qms: allow a, because b -->\n\nc\nd\n\ne", ["c\nd"]),
        ("<!-- qms: allow a, vì b -->\n| c |\n|---|\n| d |\n", ["| c |\n|---|\n| d |"]),
        ("<!-- qms: allow a, because b -->\n<!-- qms: allow c, because d -->\n\ne", ["e", "e"]),
        ("- x\n\n    <!-- qms: allow a, because b -->\n    c", ["c"]),
        ("> <!-- qms: allow a, because b -->\n> c\n>\n> d", ["c"]),
        ("<!-- qms: allow a, because b -->", [""]),
    ],
)
def test_what_an_allowance_covers(text: str, covered: list[str]) -> None:
    assert [
        text[each.covers_start : each.covers_end] for each in read_page(text).allowances
    ] == covered


@pytest.mark.parametrize(
    "text",
    [
        "`<!-- qms: allow a, because b -->`\nc",
        "```\n<!-- qms: allow a, because b -->\n```\nc",
        "    <!-- qms: allow a, because b -->\nc",
        "<!-- ghi chú về qms: allow a, because b -->\nc",
    ],
)
def test_no_allowance(text: str) -> None:
    assert read_page(text).allowances == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<!-- qms: allow a -->\nb", [("a", "", "b")]),
        ("<!-- qms: allow a, because -->\nb", [("a", "", "b")]),
        ("<!-- qms: allow a, b -->\nc", [("a", "", "c"), ("b", "", "c")]),
        ("<!-- qms: bỏ qua a, vì b -->\nc", [("a", "b", "c")]),
        ("<!-- QMS: Bỏ qua QMS101 và b-c; vì d -->\ne", [("QMS101", "d", "e"), ("b-c", "d", "e")]),
        ("<!-- qms: allow a because b -->\nc", [("a", "b", "c")]),
        ("b <!-- qms: allow a, because b -->\nc", [("a", "b", "<!-- qms: allow a, because b -->")]),
        ("<!-- qms: a, vì b -->\nc", [("", "", "c")]),
        ("<!-- qms allow a -->\nc", [("", "", "c")]),
        ("<!-- qms: -->\nc", [("", "", "c")]),
    ],
)
def test_what_a_comment_says_to_the_checker(text: str, said: list[tuple[str, str, str]]) -> None:
    """Without a reason it silences nothing yet, and without a name it was not understood."""
    found = read_page(text).allowances
    assert [
        (each.slug, each.reason, text[each.covers_start : each.covers_end]) for each in found
    ] == said


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("a[^1]\n\n[^1]: b", [("1", True, "[^1]")]),
        ("a[^1]\n\n[^1]: b\n[^1]: c", [("1", True, "[^1]"), ("1", True, "[^1]")]),
        ("a\n\n[^1]: b\n\n    c[^x]\n\n[^x]: d", [("1", False, "[^1]"), ("x", True, "[^x]")]),
        ("`[^1]`\n\n> [^1]: b", [("1", False, "[^1]")]),
        ("| a |\n|---|\n| b[^1] |\n\n  [^1]: c", [("1", True, "[^1]")]),
        ("```\n[^1]: b\n```", []),
    ],
)
def test_footnotes_and_whether_they_are_called(
    text: str, notes: list[tuple[str, bool, str]]
) -> None:
    assert [
        (each.label, each.called, text[each.start : each.end]) for each in read_page(text).footnotes
    ] == notes


# Whatever comes.

SOUP = (
    "#", "- ", "1. ", "    ", "\n", "\n\n", "> ", "!!! note", "??? a", '"', "[", "]", "(", ")", "[^", "]:", "`", "```", "*", "**", "_", "<", "</",
    ">", "<div", "<div markdown>", "</div>", "<!--", "-->", "|", "---", ":", "\\", "{", "}", "{#a}", "&amp;", "!", "a", "b ", "\t", "\x02", "\x03",
    "\x020\x03", "\0", "đ", "\u00a0", "5.2. ", "*[", "http://", "@", "'", "=", "~~", "<script>", "<hr>", "<p markdown>", "\x0b", "\u2028",
)  # fmt: skip


def sound(text: str, page: Page) -> bool:
    """What holds for every page: nothing of the text is lost, and every place lies in it."""
    places = [(link.start, link.end) for link in page.links] + [
        (link.target_start, link.target_end) for link in page.links
    ]
    places += [(each.line_start, each.line_end) for each in page.headings] + [
        (each.start, each.end) for each in page.missing_references
    ]
    places += [
        *((each.start, each.end) for each in page.blocks),
        *page.code,
        *page.notes,
        *((each.start, each.end) for each in page.anchors),
        *((each.start, each.end) for each in page.allowances),
        *((each.start, each.end) for each in page.footnotes),
    ]
    return (
        len(page.prose) == len(text)
        and all(
            seen in {char, HIDDEN, MARK, "\u00a0", "\n"}
            for char, seen in zip(readable(text), page.prose, strict=True)
        )
        and all(0 <= start <= end <= len(text) for start, end in places)
        and all(each.anchor for each in page.headings)
    )


def test_any_text_is_read() -> None:
    random = Random(1)
    for _ in range(3000):
        text = "".join(random.choice(SOUP) for _ in range(random.randint(1, 40)))
        assert sound(text, read_page(text)), repr(text)


@pytest.mark.parametrize(
    "unit",
    [
        "[", "]", "![", "[^", "[a](", '[a]("', "[a][", "[[a](b)](c)", "*", "*a ", "a* ", "**a*b", "_a ", "`", "`a``b", "\\", "<", "<a ", "<a b='",
        "</a", "<!--", "<?", "\n<div>\n", "\n<div markdown>\n", "\n<!-- a -->\n", "<script>", ">", "> ", ">\n", "- ", "* + ", "- a\n", "- a\n\n",
        "1. a\n    - b\n", "    ", "#", "# a\n", "a\n---\n", "|", "a|b\n-|-\n", "[a]: b\n", "text\n[a]: b\n", "[^a]: b\n", "*[a", "*[a]: b\n",
        "!!! note\n    a\n", "!!! a ", "a\n: b\n", "```\n", "```\na\n", "{", "# a {#b", "*a*{.b}", "~~", "&amp;", "<https://a>", "a@", "\t", " \n",
        "\x02", "\n\n", "a ", "đ", "\u2028", "<!-- qms: allow a, because b -->\n\n",
    ],
)  # fmt: skip
def test_a_long_row_of_anything_is_read_to_its_end(unit: str) -> None:
    text = unit * (20_000 // len(unit)) + "\n\n`>]) -->*"
    assert sound(text, read_page(text))


@pytest.mark.parametrize(
    "unit",
    [
        "[", "[a](", '[a]("', "[[a](b)](c)", "![", "[^", "*a ", "**a*b", "_*", "`", "`a``b", "<", "<a ", "<a b='", "</a", "<!--", "> ", "- a\n",
        "# a\n", "a\n---\n", "- \n", "[a]: b\n", "[^a]: b\n", "[a](b){", "<!-- qms: allow a, because b -->\n\n",
    ],
)  # fmt: skip
def test_a_very_long_row_of_anything_does_not_hang(unit: str) -> None:
    text = unit * (150_000 // len(unit)) + "\n\n`>]) -->*"
    with time_limit(20):
        page = read_page(text)
    assert len(page.prose) == len(text)
