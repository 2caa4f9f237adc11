"""Bare addresses become links as GitHub's specification says; the examples are ours."""

from __future__ import annotations

import pytest

from qmstool.parsing.markdown.inlines import Link
from qmstool.parsing.markdown.leaves import Paragraph
from qmstool.parsing.markdown.reader import read

from .shapes import at, nodes

BARE = [
    ("www.vi-du.vn", "www.vi-du.vn", "http://www.vi-du.vn"),
    ("xem https://vi-du.vn/a?b=1&c=2.", "https://vi-du.vn/a?b=1&c=2", "https://vi-du.vn/a?b=1&c=2"),
    ("(http://vi-du.vn/a_(b))", "http://vi-du.vn/a_(b)", "http://vi-du.vn/a_(b)"),
    ("http://vi-du.vn/a)b))", "http://vi-du.vn/a)b", "http://vi-du.vn/a)b"),
    ("http://vi-du.vn/?!.,:*_~", "http://vi-du.vn/", "http://vi-du.vn/"),
    ("www.vi-du.vn/q?a&ten;", "www.vi-du.vn/q?a", "http://www.vi-du.vn/q?a"),
    ("www.vi-du.vn/a<b", "www.vi-du.vn/a", "http://www.vi-du.vn/a"),
    ("*http://vi-du.vn*", "http://vi-du.vn", "http://vi-du.vn"),
    ("http://vi-du.vn/_a_b_/*c*d", "http://vi-du.vn/_a_b_/*c*d", "http://vi-du.vn/_a_b_/*c*d"),
    ("HTTPS://VI-DU.VN", "HTTPS://VI-DU.VN", "HTTPS://VI-DU.VN"),
    ("https://sở.vn/đo", "https://sở.vn/đo", "https://sở.vn/đo"),
    ("gửi qa.b+c-d_e@vi-du.vn.", "qa.b+c-d_e@vi-du.vn", "mailto:qa.b+c-d_e@vi-du.vn"),
    ("mailto:a@b.vn", "mailto:a@b.vn", "mailto:a@b.vn"),
    ("詳細はhttps://a.jp/x を参照", "https://a.jp/x", "https://a.jp/x"),
    ("連絡先info@a.jpまで", "info@a.jp", "mailto:info@a.jp"),
    ("문의qa@b.kr로", "qa@b.kr", "mailto:qa@b.kr"),
    ("| a |\n|---|\n| www.a.vn |", "www.a.vn", "http://www.a.vn"),
    ("> a\n> www.a.vn\n> b", "www.a.vn", "http://www.a.vn"),
    ("# www.a.vn {#b}", "www.a.vn", "http://www.a.vn"),
]


@pytest.mark.parametrize(("text", "words", "target"), BARE)
def test_an_address_is_a_link(text: str, words: str, target: str) -> None:
    (link,) = nodes(text, Link)
    assert (at(text, link), link.target) == (words, target)
    assert link.kind == ("bare-email" if target.startswith("mailto:") else "bare")
    assert [at(text, child) for child in link.children] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "awww.vi-du.vn",
        "xhttp://vi-du.vn",
        "www.a_b.c_d",
        "www.",
        "http://",
        "a@b",
        "a@b.đo",
        "a@b.c-",
        "a@b.c_",
        "`www.vi-du.vn`",
        "<b title='www.vi-du.vn'>",
        "![www.vi-du.vn](a.png)",
        "    www.vi-du.vn",
        "<a href='x'>www.vi-du.vn</a>",
    ],
)
def test_no_address(text: str) -> None:
    assert nodes(text, Link) == []


def test_an_address_within_a_link_is_its_words() -> None:
    text = "[www.vi-du.vn](b.md) và <https://vi-du.vn>"
    assert [link.kind for link in nodes(text, Link)] == ["inline", "autolink"]


def test_two_addresses_and_the_words_between() -> None:
    text = "đến www.a.vn, rồi http://b.vn/*x* hết"
    assert [at(text, link) for link in nodes(text, Link)] == ["www.a.vn", "http://b.vn/*x"]


@pytest.mark.parametrize(
    "text",
    ["http://b.vn/*x* hết", "http://b.vn/**x** *y*", "http://b.vn/&#33; x", "www.a.vn/_b_, *c*"],
)
def test_no_sign_is_lost(text: str) -> None:
    (paragraph,) = read(text).children
    assert isinstance(paragraph, Paragraph)
    ends = [child.end for child in paragraph.children]
    assert [child.start for child in paragraph.children] == [0, *ends[:-1]]
    assert ends[-1] == len(text)
