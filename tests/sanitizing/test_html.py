"""An author's text wears nothing of the page around it; a template may."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmstool.rendering import Renderer
from qmstool.sanitizing import html as cleaning
from qmstool.sanitizing.html import DEEPEST, clean

CLOTHES = (
    '<p class="q-strip q-strip--effective" role="status" aria-label="x" aria-hidden="true" '
    'data-search-exclude="" title="t">w</p>'
)


def test_an_author_keeps_no_class_role_or_data_of_ours() -> None:
    assert clean(CLOTHES, authored=True) == '<p title="t">w</p>'
    assert 'class="q-strip q-strip--effective"' in clean(CLOTHES)


@pytest.mark.parametrize(
    "word",
    [
        "q-chip", "q-print", "q-paper", "q-mono", "onscreen", "screen-only", "mermaid", "annotate",
        "tabbed-set", "highlight", "md-overlay", "redline", "annex", "upper", "hidden", "no-print",
    ],
)  # fmt: skip
def test_a_class_that_is_not_the_dialects_is_left_out(word: str) -> None:
    assert clean(f'<pre class="{word}">x</pre>', authored=True) == "<pre>x</pre>"


@pytest.mark.parametrize("word", ["mermaid", "md-overlay", "annotate"])
def test_what_the_theme_acts_on_is_left_out_of_templates_too(word: str) -> None:
    assert clean(f'<pre class="{word}">x</pre>') == "<pre>x</pre>"


def test_what_the_dialect_makes_keeps_its_looks() -> None:
    text = "> [!NOTE]\n> ghi\n\nx[^1]\n\n1) một\n\n```mermaid\na\n```\n\n[^1]: chú\n"
    html = Renderer("vi", permalink="x").render(f"## Mục\n\n{text}").html
    for look in (
        "admonition note",
        "admonition-title",
        "footnote-ref",
        "footnote-backref",
        "paren",
        "headerlink",
        "language-mermaid",
    ):
        assert f'class="{look}"' in html


def test_an_old_block_cannot_be_given_our_clothes() -> None:
    html = Renderer("vi").render('!!! q-strip q-print "t"\n    thân\n').html
    assert 'class="admonition"' in html
    assert "q-" not in html


@pytest.mark.parametrize("tag", ["div", "blockquote", "sup"])
def test_what_nests_deeper_than_any_page_is_flat_and_still_read(tag: str) -> None:
    html = clean(f"<{tag}>" * 5000 + "chữ" + f"</{tag}>" * 5000 + "<p>sau</p>")
    assert html.count(f"<{tag}>") == html.count(f"</{tag}>") == DEEPEST
    assert "chữ" in html
    assert html.endswith("<p>sau</p>")


def test_a_long_page_that_nests_as_pages_do_stays_as_it_is() -> None:
    html = "<table><tbody><tr><td><p>a<br>b</p></td></tr></tbody></table>" * 2000
    assert clean(html) == html


SIGNS = [
    *("<div>", "</div>", "<b>", "</b>", "<b id='1'>", "<p>", "</p>", "<br>", "</br>", "</x>", "w"),
    *("<svg>", "</svg>", "<path/>", "<div/>", "<title>", "</title>", "<a>", "</a>"),
    *("<div title='</div>'>", "<!--", "-->", "<style>", "</style>", "<div", ">", "<", "</", '"'),
]


@given(st.lists(st.sampled_from(SIGNS), max_size=60))
def test_no_text_nests_deeper_than_it_may(signs: list[str]) -> None:
    """As the cleaner itself reads it, whatever closes, hides or quotes a tag."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cleaning, "DEEPEST", 3)
        patch.setattr(cleaning, "MOST_UNCERTAIN", 5)
        html = clean("".join(signs))
    depth = deepest = 0
    for closing, name in re.findall(r"<(/?)(\w+)", html):
        if name != "br":
            depth += -1 if closing else 1
            deepest = max(deepest, depth)
    assert depth == 0
    assert deepest <= 5


def test_a_long_drawing_of_ours_stays_as_it_is() -> None:
    box = '<a href="x/"><rect x="1" y="2"></rect><text>a</text><path d="M0 0"></path></a>'
    html = f'<svg viewBox="0 0 1 1"><title>a</title><g>{box * 500}</g></svg>'
    assert clean(html).count("<") == html.count("<")
    short = html.replace("></rect>", "/>").replace("></path>", "/>")
    assert clean(short) == clean(html)


@pytest.mark.parametrize(
    "piece",
    [
        "<div></x>",
        "<svg></svg><div/>",
        "<svg><div/></svg>",
        "<div title='</div>'>",
        "<div><!--</div>-->",
        "<b></x>",
        "<p><b id='{}'></p>",
    ],
)
def test_what_closes_nothing_lets_no_tag_nest(piece: str) -> None:
    html = clean("".join(piece.replace("{}", str(number)) for number in range(6000)) + "chữ")
    assert html.count("<") < cleaning.MOST_UNCERTAIN**2 / 2
    assert "chữ" in html
