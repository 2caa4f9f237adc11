"""Our HTML is the parser's own, but for the differences that are named here."""

from __future__ import annotations

import re
from pathlib import Path

import pyromark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmstool.parsing.markdown.html import HtmlOptions, blocks_html, html, inlines_html
from qmstool.parsing.markdown.inlines import Image, Link
from qmstool.parsing.markdown.leaves import Heading
from qmstool.parsing.markdown.reader import OPTIONS, read

from .html_inputs import INPUTS

ROOT = Path(__file__).parents[3]


def parsers_own(text: str) -> str:
    """The parser's HTML with the differences made: columns are set by `align`, not by a style."""
    made = pyromark.html(text, options=OPTIONS)
    return re.sub(r' style="text-align: (\w+)"', r' align="\1"', made)


@pytest.mark.parametrize("section", INPUTS)
def test_every_section_of_the_specifications(section: str) -> None:
    for text in INPUTS[section]:
        assert html(read(text)) == parsers_own(text), text


@pytest.mark.parametrize("folder", ["manual", "procedures", "docs", "tests/data/second"])
def test_every_text_of_ours(folder: str) -> None:
    paths = [
        path for path in sorted((ROOT / folder).rglob("*.md")) if "old dialect" not in path.name
    ]
    assert paths
    for path in paths:
        text = path.read_text("utf-8")
        body = text.index("\n---\n") + 5 if text.startswith("---\n") else 0
        if not re.search(r"^[ \t>]*(!!!|\?\?\?)", text, re.MULTILINE):
            assert html(read(text, body)) == parsers_own(text[body:]), path


FRAGMENTS = [
    *["a", "Đo lường", "*", "**", "_", "~~", "`", "``", "[", "]", "(", ")", "![", "](", "](x.md)"],
    *[
        "[x]",
        "[x]: /u\n",
        "<b>",
        "</b>",
        "<!-- c -->",
        "<br>",
        "<div>",
        "&amp;",
        "&nbsp;",
        "\\",
        "\\*",
    ],
    *[
        "\n",
        "\n\n",
        "\n- ",
        "\n  - ",
        "\n1. ",
        "\n> ",
        "\n> > ",
        "\n    ",
        "\n```\n",
        "# ",
        "## t {#i}\n",
    ],
    *[
        "| a | b |\n|---|:-:|\n",
        "| c | d | e |\n",
        "\n---\n",
        "\n===\n",
        " ",
        "  \n",
        "\t",
        "- [ ] ",
    ],
    *["[!NOTE]", "\n> [!TIP]\n> ", "\n: ", "\r\n", "1", ".", "!", "\u00a0", "\ufeff", '"', "'"],
]


@settings(max_examples=400, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))
def test_texts_that_nobody_would_write(text: str) -> None:
    assert _without_known_differences(html(read(text))) == _without_known_differences(
        parsers_own(text)
    )


def _without_known_differences(made: str) -> str:
    """Take away what differs: typed numbers, and tags among the words that stand for a picture."""
    made = re.sub(r'<li value="\d+">', "<li>", made)
    return re.sub(r'alt="([^"]*)"', lambda alt: re.sub(r"&lt;.*?&gt;| ", "", alt[0]), made)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["http://a.vn/", "www.a.vn", "b@c.vn", "*", "_x_", "&", ")", "(", ".", " ", "\n", "đo"]
        ),
        max_size=15,
    ).map("".join)
)
def test_linking_addresses_loses_no_words(text: str) -> None:
    words = [re.sub("<[^>]*>", "", made) for made in (html(read(text)), parsers_own(text))]
    signs = re.compile(r"[*_]")
    assert signs.sub("", words[0]).strip() == signs.sub("", words[1]).strip()


# What differs, and why.


def test_the_number_typed_is_the_number_shown() -> None:
    assert html(read("1. a\n5. b\n6. c\n1. d\n")) == (
        '<ol>\n<li>a</li>\n<li value="5">b</li>\n<li>c</li>\n<li value="1">d</li>\n</ol>\n'
    )
    assert html(read("1. a\n1. b\n")) == "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"


def test_a_bracket_stays_a_bracket() -> None:
    assert html(read("2) a\n")) == '<ol start="2" class="paren">\n<li>a</li>\n</ol>\n'


def test_of_attributes_the_id_alone() -> None:
    assert html(read("# A {#b .c d=e}\n")) == '<h1 id="b">A</h1>\n'


def test_bare_addresses() -> None:
    assert html(read("www.a.vn/?b&c\n")) == (
        '<p><a href="http://www.a.vn/?b&amp;c">www.a.vn/?b&amp;c</a></p>\n'
    )


def test_72_footnotes_stand_at_the_end_by_first_call() -> None:
    text = (
        "A[^b] B[^A] C[^b] D[^c]\n\n[^a]: một[^e]\n\n[^b]: hai\n\n    ```\n    x\n"
        "    ```\n\n[^a]: ba\n\n[^d]: không\n\n[^e]: sâu\n\nsau\n"
    )
    assert html(read(text)) == (
        '<p>A<sup id="fnref-1"><a class="footnote-ref" href="#fn-1">1</a></sup>'
        ' B<sup id="fnref-2"><a class="footnote-ref" href="#fn-2">2</a></sup>'
        ' C<sup id="fnref-1-2"><a class="footnote-ref" href="#fn-1">1</a></sup> D[^c]</p>\n'
        "<p>sau</p>\n"
        '<div class="footnote">\n<hr />\n<ol>\n'
        '<li id="fn-1">\n<p>hai</p>\n<pre><code>x\n</code></pre>\n'
        '<p><a class="footnote-backref" href="#fnref-1">↩</a></p>\n</li>\n'
        '<li id="fn-2">\n'
        '<p>một<sup id="fnref-3"><a class="footnote-ref" href="#fn-3">3</a></sup>\u00a0'
        '<a class="footnote-backref" href="#fnref-2">↩</a></p>\n</li>\n'
        '<li id="fn-3">\n<p>sâu\u00a0<a class="footnote-backref" href="#fnref-3">↩</a></p>\n</li>\n'
        "</ol>\n</div>\n"
    )


@pytest.mark.parametrize("text", ["<!-- a --!> b -->\n", "x <!-- a --!> b --> y\n"])
def test_a_comment_ends_in_a_browser_where_it_ends_in_markdown(text: str) -> None:
    """What the checker takes for a comment is shown nowhere."""
    assert html(read(text)) == parsers_own(text).replace("--!>", "--!&gt;")


def test_what_a_page_wants_otherwise() -> None:
    def link(target: str, node: Link | Image) -> str:
        return f"/{'p' if isinstance(node, Image) else 'a'}/{target}"

    def name(heading: Heading) -> str:
        return f"h{heading.start}"

    options = HtmlOptions(
        link=link,
        heading_id=name,
        alert_titles={"note": "Lưu <ý>"},
        note_prefix="qt 1-",
        table_class="q-table",
    )
    text = "# A\n\n[a](b) ![c](d)[^e]\n\n> [!NOTE]\n> f\n\n| g |\n|---|\n\n[^e]: h\n"
    assert html(read(text), options) == (
        '<h1 id="h0">A</h1>\n<p><a href="/a/b">a</a> <img src="/p/d" alt="c" />'
        '<sup id="fnref-qt-1-1"><a class="footnote-ref" href="#fn-qt-1-1">1</a></sup></p>\n'
        '<div class="admonition note">\n<p class="admonition-title">Lưu &lt;ý&gt;</p>\n'
        "<p>f</p>\n</div>\n"
        '<div class="q-table">\n<table><thead><tr><th>g</th></tr></thead><tbody>\n'
        "</tbody></table>\n</div>\n"
        '<div class="footnote">\n<hr />\n<ol>\n<li id="fn-qt-1-1">\n'
        '<p>h\u00a0<a class="footnote-backref" href="#fnref-qt-1-1">↩</a></p>\n</li>\n'
        "</ol>\n</div>\n"
    )


def test_some_blocks_and_some_words() -> None:
    document = read("# A\n\nb *c*\n\nd[^e]\n\n[^e]: f\n")
    assert blocks_html(document, document.children[1:2]) == "<p>b <em>c</em></p>\n"
    assert 'id="fn-1"' in blocks_html(document, document.children[2:3])
    heading = document.children[0]
    assert isinstance(heading, Heading)
    assert inlines_html(heading.children) == "A"
