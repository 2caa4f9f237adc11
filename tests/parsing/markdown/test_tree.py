"""The tree and its places, as the parser was seen to give them."""

from __future__ import annotations

import pytest

from qmstool.parsing.markdown import containers as tree
from qmstool.parsing.markdown import inlines
from qmstool.parsing.markdown.plain import mapped
from qmstool.parsing.markdown.reader import read

from .shapes import at, nodes, shape


def test_a_document() -> None:
    text = "# Đo *lường*\n\nĐoạn `mã`,\nnữa.\n\n- một\n  - hai\n\n> trích\n\n---\n"
    assert shape(text) == [
        "Heading '# Đo *lường*'",
        "  TextRun 'Đo '",
        "  Emphasis '*lường*'",
        "    TextRun 'lường'",
        "Paragraph 'Đoạn `mã`,\\nnữa.'",
        "  TextRun 'Đoạn '",
        "  Code '`mã`'",
        "  TextRun ','",
        "  SoftBreak '\\n'",
        "  TextRun 'nữa.'",
        "List '- một\\n  - hai'",
        "  Item '- một\\n  - hai'",
        "    Paragraph 'một'",
        "      TextRun 'một'",
        "    List '- hai'",
        "      Item '- hai'",
        "        Paragraph 'hai'",
        "          TextRun 'hai'",
        "Quote '> trích'",
        "  Paragraph 'trích'",
        "    TextRun 'trích'",
        "ThematicBreak '---'",
    ]


def test_a_body_that_begins_later() -> None:
    text = "---\nmã: Đ\n---\nđây *là*\n"
    (word,) = nodes_from(text, text.index("đây"))
    assert at(text, word) == "*là*"


def nodes_from(text: str, start: int) -> list[inlines.Emphasis]:
    (paragraph,) = read(text, start).children
    assert isinstance(paragraph, tree.Paragraph)
    return [each for each in paragraph.children if isinstance(each, inlines.Emphasis)]


@pytest.mark.parametrize(
    ("line", "name", "classes", "attributes", "words"),
    [
        ("## Đo lường {#đo-lường}", "đo-lường", (), (), "Đo lường"),
        ("## Đào tạo {#dao tao}", "dao", (), (("tao", None),), "Đào tạo"),
        ("## Hồ sơ ## {#ho-so}", "ho-so", (), (), "Hồ sơ"),
        ("## Hồ sơ {#ho-so} ##", None, (), (), "Hồ sơ {#ho-so}"),
        ("## Mục {#a .x #b .x k=v}", "b", ("x", "x"), (("k", "v"),), "Mục"),
        ("Đánh giá {#danh-gia}\n---", "danh-gia", (), (), "Đánh giá"),
    ],
)
def test_61_ids_of_headings(
    line: str,
    name: str | None,
    classes: tuple[str, ...],
    attributes: tuple[tuple[str, str | None], ...],
    words: str,
) -> None:
    (heading,) = read(line).children
    assert isinstance(heading, tree.Heading)
    shown = mapped(line, heading.children).text
    assert (heading.id, heading.classes, heading.attributes, shown) == (
        name,
        classes,
        attributes,
        words,
    )
    assert at(line, heading) == line


@pytest.mark.parametrize("line", ["# Biểu {B}", "# Biểu {mẫu 2}", "# Biểu {}", "# *Biểu* {x=1}"])
def test_braces_that_name_no_id_are_words(line: str) -> None:
    """The parser drops them, or makes attributes of them, and no reader would see them."""
    (heading,) = read(line).children
    assert isinstance(heading, tree.Heading)
    assert (heading.id, heading.attributes) == (None, ())
    assert mapped(line, heading.children).text == line.removeprefix("# ").replace("*", "")
    assert at(line, heading.children[-1]).endswith("}")


def test_62_an_item_ends_with_its_last_words() -> None:
    text = "- một\n\n- hai\n\n  đoạn\n\n- ba\n\n      mã\n\nsau\n"
    first, *_ = read(text).children
    assert isinstance(first, tree.List)
    assert at(text, first) == "- một\n\n- hai\n\n  đoạn\n\n- ba\n\n      mã"
    assert [at(text, item) for item in first.children] == [
        "- một",
        "- hai\n\n  đoạn",
        "- ba\n\n      mã",
    ]
    assert not first.tight
    tight = "- a\n- b\n\nsau\n"
    items = nodes(tight, tree.Item)
    assert [at(tight, item) for item in items] == ["- a", "- b"]
    assert [block.tight for item in items for block in item.children] == [True, True]


def test_62_an_item_in_a_quotation_ends_before_its_marks() -> None:
    text = "> - a\n>\n> - b\n>\n> c\n"
    assert [at(text, item) for item in nodes(text, tree.Item)] == ["- a", "- b"]
    assert at(text, nodes(text, tree.List)[0]) == "- a\n>\n> - b"


def test_63_which_lists_there_are() -> None:
    text = "4. a\n  - b\n5. c\n1. d\n\n1) e\n3) f\n\n-\u00a0g\n\n- [x] h\n- [\u00a0] i\n"
    lists = nodes(text, tree.List)
    assert [(found.first, found.delimiter, len(found.children)) for found in lists] == [
        (4, ".", 1),
        (None, "-", 1),
        (5, ".", 2),
        (1, ")", 2),
        (None, "-", 2),
    ]
    assert [item.typed for item in lists[2].children] == [5, 1]
    assert [item.marker for item in lists[3].children] == ["1)", "3)"]
    boxes = [(at(text, box), box.checked) for box in nodes(text, inlines.TaskBox)]
    assert boxes == [("[x]", True)]


def test_64_pieces_of_text() -> None:
    text = (
        "> Độ pH &ge; 7 \\& nhiệt độ &lt; 5&nbsp;&#176;C `QT\\_7` ``a`b`` `mã\n"
        "> tài` a\\_b\\\n> hết  \n> dòng\n"
    )
    (quote,) = read(text).children
    assert isinstance(quote, tree.Quote)
    (paragraph,) = quote.children
    assert isinstance(paragraph, tree.Paragraph)
    words = mapped(text, paragraph.children)
    assert words.text == "Độ pH ≥ 7 & nhiệt độ < 5\u00a0°C QT\\_7 a`b mã tài a_b\nhết\ndòng"

    def place(part: str) -> str:
        start = words.text.index(part)
        return text[slice(*words.span(start, start + len(part)))]

    assert place("≥") == "&ge;"
    assert place("≥ 7 & nhiệt") == "&ge; 7 \\& nhiệt"
    assert place("5\u00a0°C") == "5&nbsp;&#176;C"
    assert place("T\\_7") == "T\\_7"
    assert place("a`b") == "a`b"
    assert place("mã") == "`mã\n> tài`"
    assert place("a_b") == "a\\_b"
    assert place("hết\ndòng") == "hết  \n> dòng"
    assert at(text, nodes(text, inlines.HardBreak)[0]) == "\\\n"


def test_65_labels_that_meet() -> None:
    text = (
        "[Đo  lường] [đo lường][] [x][ĐO LƯỜNG] [đo\u00a0lường] [STRASSE]\n\n"
        "> [đo lường]: a.md 'A'\n\n[straße]: c.md\n"
    )
    links = nodes(text, inlines.Link)
    assert [(link.kind, link.target, link.title) for link in links] == [
        ("shortcut", "a.md", "A"),
        ("collapsed", "a.md", "A"),
        ("reference", "a.md", "A"),
        ("shortcut", "c.md", ""),
    ]
    assert [at(text, link) for link in links] == [
        "[Đo  lường]",
        "[đo lường][]",
        "[x][ĐO LƯỜNG]",
        "[STRASSE]",
    ]
    assert [(each.label, each.kind) for each in read(text).missing] == [
        ("đo\u00a0lường", "shortcut")
    ]


def test_66_references_without_a_definition() -> None:
    text = "- [x] [1] [^a] [Đ][] [b][c] ![h] \\[e] `[f]` <a title='[g]'> [QT-1](x.md)\n"
    missing = read(text).missing
    assert [(each.label, each.kind, at(text, each)) for each in missing] == [
        ("1", "shortcut", "[1]"),
        ("Đ", "collapsed", "[Đ][]"),
        ("c", "reference", "[b][c]"),
        ("h", "shortcut", "![h]"),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("> [!NOTE] Lưu ý\n", None),
        ("> [!NOTE]\n> a\n", "note"),
        ("> [!warning]\n> a\n", "warning"),
        ("> [!Caution]  \n> a\n", "caution"),
        ("- a\n\n  > [!TIP]\n  > a\n", "tip"),
        (">[!IMPORTANT]\n> a\nlười\n", "important"),
        ("> [!KHÁC]\n> a\n", None),
    ],
)
def test_67_alerts(text: str, kind: str | None) -> None:
    alerts = nodes(text, tree.Alert)
    assert [alert.kind for alert in alerts] == ([kind] if kind else [])
    for alert in alerts:
        assert text.endswith(at(text, alert) + "\n")


def test_68_definitions() -> None:
    text = (
        "Thuật ngữ gồm:\n\n: Hồ sơ là bằng chứng.\n\nHồ sơ\nbiên bản\n: Bằng chứng\n"
        "tiếp\n\n    đoạn hai\n\n- mục\n: không?\n"
    )
    assert [line for line in shape(text) if "Text" not in line and "Break" not in line] == [
        (
            "DefinitionList 'Thuật ngữ gồm:\\n\\n: Hồ sơ là bằng chứng.\\n\\nHồ sơ\\n"
            "biên bản\\n: Bằng chứng\\ntiếp\\n\\n    đoạn hai'"
        ),
        "  Term 'Thuật ngữ gồm:'",
        "  Definition ': Hồ sơ là bằng chứng.'",
        "    Paragraph 'Hồ sơ là bằng chứng.'",
        "  Term 'Hồ sơ\\nbiên bản'",
        "  Definition ': Bằng chứng\\ntiếp\\n\\n    đoạn hai'",
        "    Paragraph 'Bằng chứng\\ntiếp'",
        "    Paragraph 'đoạn hai'",
        "List '- mục\\n: không?'",
        "  Item '- mục\\n: không?'",
        "    Paragraph 'mục\\n: không?'",
    ]


def test_69_cells_of_an_irregular_table() -> None:
    text = (
        "Mã | Tên | Lần\n---|:-:|--:\n QT\\|1 | `a\\|b` | **05**\nQT-2\n"
        "| QT-3 | Ba | 7 | thừa |\nQT-4 || <br>x<br>\n- hết\n"
    )
    (table,) = nodes(text, tree.TableBlock)
    assert table.alignments == ("", "center", "right")
    assert [at(text, cell) for cell in table.head.cells] == ["Mã", "Tên", "Lần"]
    assert [[at(text, cell) for cell in row.cells] for row in table.rows] == [
        ["QT\\|1", "`a\\|b`", "**05**"],
        ["QT-2", "", ""],
        ["QT-3", "Ba", "7"],
        ["QT-4", "", "<br>x<br>"],
    ]
    assert [[cell.filled for cell in row.cells] for row in table.rows] == [
        [False] * 3,
        [False, True, True],
        [False] * 3,
        [False] * 3,
    ]
    assert [[text[slice(*lost)] for lost in row.lost_cells] for row in table.rows] == [
        [],
        [],
        ["thừa"],
        [],
    ]
    assert at(text, table) == text[: text.index("\n- hết")]
    assert nodes(text, inlines.Code)[0].text == "a|b"


def test_70_targets_as_typed() -> None:
    text = (
        "[a](<Sổ tay.md#mục 1>) [b](a(b)c.md) [c](a b.md) <qa@example.vn> "
        "<https://example.vn/Sổ> [d](a\\_b.md?x=1&amp;y)\n"
        ""
    )
    assert [(link.kind, link.target) for link in nodes(text, inlines.Link)] == [
        ("inline", "Sổ tay.md#mục 1"),
        ("inline", "a(b)c.md"),
        ("email", "mailto:qa@example.vn"),
        ("autolink", "https://example.vn/Sổ"),
        ("inline", "a_b.md?x=1&y"),
    ]


def test_71_comments_and_raw_html_between_items() -> None:
    text = (
        "- một\n<!-- m -->\n- hai <!-- n --> x\n\n  <div>\n  *a*\n  </div>\n\n<!-- o\n"
        "hai dòng -->sau\n"
    )
    assert [line for line in shape(text) if "Html" in line or "List" in line] == [
        "List '- một'",
        "HtmlBlock '<!-- m -->'",
        "List '- hai <!-- n --> x\\n\\n  <div>\\n  *a*\\n  </div>'",
        "      InlineHtml '<!-- n -->'",
        "    HtmlBlock '<div>\\n  *a*\\n  </div>'",
        "HtmlBlock '<!-- o\\nhai dòng -->sau'",
    ]
    assert [block.text for block in nodes(text, tree.HtmlBlock)] == [
        "<!-- m -->\n",
        "<div>\n*a*\n</div>\n",
        "<!-- o\nhai dòng -->sau\n",
    ]


def test_73_what_looks_like_data_is_text() -> None:
    text = "đầu\n\n---\nx: 1\n---\n\n```yaml\na: 1\n```\n"
    kinds = [type(block).__name__ for block in read(text).children]
    assert kinds == ["Paragraph", "ThematicBreak", "Heading", "CodeBlock"]
    (code,) = nodes(text, tree.CodeBlock)
    assert (code.info, code.text, at(text, code)) == ("yaml", "a: 1\n", "```yaml\na: 1\n```")


def test_73_line_ends_of_windows() -> None:
    text = "# Đầu {#dau}\r\n\r\nvăn\r\nbản\\\r\ncuối\r\n\r\n```\r\na\r\nb\r\n```\r\n\r\n- mục\r\n"
    assert [line for line in shape(text) if not line.startswith("  ")] == [
        "Heading '# Đầu {#dau}'",
        "Paragraph 'văn\\r\\nbản\\\\\\r\\ncuối'",
        "CodeBlock '```\\r\\na\\r\\nb\\r\\n```'",
        "List '- mục'",
    ]
    assert nodes(text, tree.CodeBlock)[0].text == "a\nb\n"
    assert [at(text, each) for each in nodes(text, inlines.SoftBreak)] == ["\r\n"]


def test_74_tildes_and_stars() -> None:
    text = "~a~ ~~b~~ H~2~O 5~7 **Điều 4.**Bối\n"
    assert [at(text, each) for each in nodes(text, inlines.Strike)] == ["~a~", "~~b~~"]
    assert nodes(text, inlines.Strong) == []


@pytest.mark.parametrize("odd", ["\0", "\ufeff", "\ud800", "\r"])
def test_odd_characters_keep_their_place(odd: str) -> None:
    text = f"đ{odd}x *y*\n\n- {odd}z **t**\n"
    (emphasis,), (strong,) = nodes(text, inlines.Emphasis), nodes(text, inlines.Strong)
    assert text[emphasis.start : emphasis.end] == "*y*"
    assert text[strong.start : strong.end] == "**t**"


def test_code_in_a_list_keeps_its_lines() -> None:
    text = "1. a\n\n   ```sh x\n   b\n\n     c\n   ```\n\n       d\n         e\n"
    fenced, indented = nodes(text, tree.CodeBlock)
    assert (fenced.info, fenced.text) == ("sh x", "b\n\n  c\n")
    assert at(text, fenced) == "```sh x\n   b\n\n     c\n   ```"
    assert (indented.info, indented.text) == (None, "d\n  e\n")
    assert [at(text, piece) for piece in fenced.pieces] == ["b\n\n", "  c\n"]
