"""HTML is read as a browser reads it, whatever its marks, in time that grows with its length."""

from __future__ import annotations

import pytest

from qmstool.sanitizing.html_reader import HtmlReader
from tests.support.machine import time_limit


class Reader(HtmlReader):
    """Notes elements, words, and what nothing closes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.seen.append(f"<{tag}>")

    def handle_data(self, data: str) -> None:
        self.seen.append(data)

    def handle_unfinished(self, rest: str) -> None:
        self.seen.append(f"unfinished {rest}")


def seen(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.seen


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<![x b>c", ["a", "c"]),
        ("<![CDATA[ > <b>]]>", [" ", "<b>", "]]>"]),
        ("a<![if gte mso 9]>b<![endif]>", ["a", "b"]),
        ("a <", ["a ", "<"]),
        ("a < b &amp", ["a ", "<", " b &"]),
        ("a<!-- <b>", ["a", "unfinished <!-- <b>"]),
        ("a<b title='x <i>", ["a", "unfinished <b title='x <i>"]),
        ("<script>a < b", ["<script>", "a < b"]),
    ],
)
def test_an_odd_mark_is_read_as_in_a_browser(html: str, expected: list[str]) -> None:
    assert seen(html) == expected


@pytest.mark.parametrize("mark", ["<!--", "<![", "<?", "<!", "<a ", "<a b='", "</x", "&"])
def test_marks_that_nothing_closes_are_read_once(mark: str) -> None:
    html = mark * 200_000
    with time_limit(20):
        told = seen(html)
    assert "".join(told).removeprefix("unfinished ") == html
