"""Headings, links, definitions, footnotes, comments: what callers ask of a tree."""

from __future__ import annotations

import pytest

from qmstool.parsing.markdown.comments import comments
from qmstool.parsing.markdown.definitions import definitions
from qmstool.parsing.markdown.footnotes import footnotes
from qmstool.parsing.markdown.headings import github_slug, headings, number_of
from qmstool.parsing.markdown.links import linked_places
from qmstool.parsing.markdown.page import read_page
from qmstool.parsing.markdown.reader import read
from qmstool.parsing.markdown.suppressions import allowances

HEADINGS = """\
# 4.1. Bối cảnh {#boi-canh}

Đoạn.
## *Trách* `nhiệm` [chung](a.md) ##

II. Mục tiêu
---

# Mục đích
> # Mục đích
# 5.2 Đo
## {#trong}
# muc-dich
"""


def test_headings() -> None:
    found = headings(read(HEADINGS))
    assert [(each.level, each.text, each.number, each.anchor) for each in found] == [
        (1, "4.1. Bối cảnh", "4.1", "boi-canh"),
        (2, "Trách nhiệm chung", None, "trach-nhiem-chung"),
        (2, "II. Mục tiêu", "II", "muc-ii"),
        (1, "Mục đích", None, "muc-dich"),
        (1, "Mục đích", None, "muc-dich-1"),
        (1, "5.2 Đo", "5.2", "muc-5-2"),
        (2, "", None, "trong"),
        (1, "muc-dich", None, "muc-dich-2"),
    ]
    assert [each.github_anchor for each in found] == [
        "41-bối-cảnh-boi-canh",
        "trách-nhiệm-chung",
        "ii-mục-tiêu",
        "mục-đích",
        "mục-đích-1",
        "52-đo",
        "-trong",
        "muc-dich",
    ]
    assert [HEADINGS[each.start : each.end] for each in found[:5]] == [
        "4.1. Bối cảnh",
        "*Trách* `nhiệm` [chung](a.md)",
        "II. Mục tiêu",
        "Mục đích",
        "Mục đích",
    ]
    assert [HEADINGS[each.id_start : each.id_end] for each in (found[0], found[6])] == [
        "boi-canh",
        "trong",
    ]
    assert [HEADINGS[each.line_start : each.line_end] for each in found[:5]] == [
        "# 4.1. Bối cảnh {#boi-canh}",
        "## *Trách* `nhiệm` [chung](a.md) ##",
        "II. Mục tiêu\n---",
        "# Mục đích",
        "> # Mục đích",
    ]


def test_an_id_that_is_another_heading_s_anchor_is_there_twice() -> None:
    """The rule on doubled anchors tells it; the heading that repeats gets a number nobody has."""
    found = headings(read("# A\n\n# B {#a}\n\n# A\n\n# C {#a-1}\n"))
    assert [each.anchor for each in found] == ["a", "a", "a-2", "a-1"]


@pytest.mark.parametrize(
    ("title", "number"),
    [("5.2. A", "5.2"), ("5 A", None), ("5. A", "5"), ("IV. A", "IV"), ("2015 A", None)],
)
def test_numbers(title: str, number: str | None) -> None:
    assert number_of(title)[0] == number


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("1. Purpose", "1-purpose"),
        ("Mục  đích!", "mục--đích"),
        ("a_b - c", "a_b---c"),
        ("R&D (x)", "rd-x"),
        ("Diện tích (m²)", "diện-tích-m"),
        ("½ ngày ① a₂", "-ngày--a"),
        ("Ⅳ. a‿b", "ⅳ-a‿b"),
    ],
)
def test_slugs_of_github(title: str, slug: str) -> None:
    assert github_slug(title) == slug


LINKS = """\
[a *x*](b.md "t") [a][Ư x] [x][] [x] <http://a.b> ![im *b*](<p q.png>) [![i](j.png)](k.md)
> [đa](
> c(d)\\).md 'e')

<div id="đ"><a href='u.md?a&amp;b'>w</a>
<img src=p.png alt="h h"></div> <a name="n">

[x]: /u "title"
[ư x]: <v w>
đoạn <a id="m" href=z>
"""


def test_links() -> None:
    found = linked_places(read(LINKS))
    assert [(each.kind, each.image, each.target, each.text) for each in found.links] == [
        ("inline", False, "b.md", "a x"),
        ("reference", False, "v w", "a"),
        ("collapsed", False, "/u", "x"),
        ("shortcut", False, "/u", "x"),
        ("autolink", False, "http://a.b", "http://a.b"),
        ("inline", True, "p q.png", "im b"),
        ("inline", False, "k.md", ""),
        ("inline", True, "j.png", "i"),
        ("inline", False, "c(d)).md", "đa"),
        ("html", False, "u.md?a&b", ""),
        ("html", True, "p.png", "h h"),
        ("html", False, "z", ""),
    ]
    assert [LINKS[each.start : each.end] for each in found.links[5:10]] == [
        "![im *b*](<p q.png>)",
        "[![i](j.png)](k.md)",
        "![i](j.png)",
        "[đa](\n> c(d)\\).md 'e')",
        "<a href='u.md?a&amp;b'>",
    ]
    assert [LINKS[each.target_start : each.target_end] for each in found.links] == [
        "b.md",
        "v w",
        "/u",
        "/u",
        "http://a.b",
        "p q.png",
        "k.md",
        "j.png",
        "c(d)\\).md",
        "u.md?a&amp;b",
        "p.png",
        "z",
    ]
    assert [LINKS[each.words_start : each.words_end] for each in found.links[:9]] == [
        "a *x*",
        "a",
        "x",
        "x",
        "http://a.b",
        "im *b*",
        "![i](j.png)",
        "i",
        "đa",
    ]
    assert [(each.id, LINKS[each.start : each.end]) for each in found.anchors] == [
        ("đ", "đ"),
        ("n", "n"),
        ("m", "m"),
    ]


def test_definitions() -> None:
    text = "[Đ]: a\n\n> [đ]: <b c>\n\n- [e]:\n  f 't'\n\n```\n[đ]: g\n```\n\nx\n[đ]: h\n\n[^n]: i\n"
    found = definitions(read(text))
    assert [
        (each.label, each.first, text[each.target_start : each.target_end]) for each in found
    ] == [
        ("Đ", True, "a"),
        ("đ", False, "b c"),
        ("e", True, "f"),
    ]
    assert [text[each.label_start : each.label_end] for each in found] == ["Đ", "đ", "e"]


def test_72_footnotes() -> None:
    text = (
        "A[^b] B[^a] C[^b] D[^c] E[^Đ] F[^đ] \\[^e] `[^f]`\n\n[^a]: một\n\n[^b]: hai\n\n"
        "    đoạn hai\n\n"
        "[^a]: ba\n\n[^d]: không dùng\n\n[^đ]: bốn\n"
    )
    found = footnotes(read(text))
    assert [(note.label, note.called, note.first) for note in found.notes] == [
        ("a", True, True),
        ("b", True, True),
        ("a", True, False),
        ("d", False, True),
        ("đ", True, True),
    ]
    assert [text[note.start : note.end] for note in found.notes] == [
        "[^a]",
        "[^b]",
        "[^a]",
        "[^d]",
        "[^đ]",
    ]
    assert [text[call.start : call.end] for call in found.calls] == [
        "[^b]",
        "[^a]",
        "[^b]",
        "[^Đ]",
        "[^đ]",
    ]
    assert [(each.label, text[each.start : each.end]) for each in found.missing_footnotes] == [
        ("c", "[^c]")
    ]


def test_comments_speak_to_the_checker() -> None:
    text = (
        "<!-- qms: allow weak-obligation, because law -->\nĐoạn.\n\n"
        "- a <!-- qms: bỏ qua x-y, vì z --> b\n\n"
        "```\n<!-- no -->\n```\n\n> <!-- two\n> lines -->\n\n<!-- open\n"
    )
    found = comments(read(text))
    assert [text[slice(*span)] for span in found] == [
        "<!-- qms: allow weak-obligation, because law -->",
        "<!-- qms: bỏ qua x-y, vì z -->",
        "<!-- two\n> lines -->",
    ]
    read_ones = allowances(text, found)
    assert [(each.slug, text[each.covers_start : each.covers_end]) for each in read_ones] == [
        ("weak-obligation", "Đoạn."),
        ("x-y", "<!-- qms: bỏ qua x-y, vì z -->"),
    ]


def test_github_keeps_every_blank_and_no_line_break() -> None:
    found = headings(read("## Một  hai   ba\n\n## A<br>B\n\n## Q&amp;A\n"))
    assert [each.github_anchor for each in found] == ["một--hai---ba", "ab", "qa"]
    assert [each.text for each in found] == ["Một hai ba", "A B", "Q&A"]


def test_a_blank_beside_a_picture_or_a_tag_is_a_hyphen_on_github() -> None:
    found = headings(read('## ![a](b.png) Mục\n\n## Hai <a name="x"></a>\n\n## <a id="y"></a>Ba\n'))
    assert [each.github_anchor for each in found] == ["-mục", "hai-", "ba"]
    assert [each.text for each in found] == ["Mục", "Hai", "Ba"]


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("## Mục đích[^a]\n\n[^a]: x\n", ["mục-đích1"]),
        ("A[^b]\n\n## Mục đích[^a]\n\n[^a]: x\n\n[^b]: y\n", ["mục-đích2"]),
        ("## A[^a] B[^b]\n\n## C[^A]\n\n[^a]: x\n\n[^b]: y\n", ["a1-b2", "c1"]),
        ("## A[^a]\n\n## A1\n\n[^a]: x\n", ["a1", "a1-1"]),
        ("## A[^gone]\n", ["agone"]),
        ("## **A**[^a] {#x}\n\n[^a]: x\n", ["a1-x"]),
    ],
)
def test_the_number_of_a_footnote_is_a_word_of_the_address_on_github(
    text: str, anchors: list[str]
) -> None:
    """Only there: our own address, the title and its number are as without the note."""
    found = headings(read(text))
    assert [each.github_anchor for each in found] == anchors
    plainly = headings(read(text.replace("[^a]", "").replace("[^b]", "").replace("[^A]", "")))
    if "gone" not in text:
        assert [each.anchor for each in found] == [each.anchor for each in plainly]
        assert [each.text for each in found] == [each.text for each in plainly]


def test_an_entity_is_the_sign_that_it_stands_for() -> None:
    page = read_page("QT&#8209;01 &ge; 7 &nbsp;x\n")
    assert page.prose.replace("\1", "") == "QT\u201101 ≥ 7 \u00a0x\0"
    assert len(page.prose) == len("QT&#8209;01 &ge; 7 &nbsp;x\n")
