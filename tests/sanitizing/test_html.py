"""An author's text wears nothing of the page around it; a template may."""

from __future__ import annotations

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


@given(
    st.lists(
        st.sampled_from(
            [
                "<a>",
                "</a>",
                "<b x>",
                "</b >",
                "<br>",
                "</br>",
                "<BR/>",
                "<a",
                ">",
                "<",
                "</",
                '"',
                "w",
            ]
        )
    )
)
def test_what_is_taken_for_shallow_has_nothing_to_flatten(signs: list[str]) -> None:
    html = "".join(signs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cleaning, "DEEPEST", 3)
        told = cleaning._flattened(html)
        patch.setattr(cleaning, "_is_shallow", lambda _: False)
        assert told == cleaning._flattened(html)
