"""Long, deep and broken texts are read in time that grows with them, and without recursion."""

from __future__ import annotations

import sys

import pytest

from qmstool.parsing.markdown.comments import comments
from qmstool.parsing.markdown.footnotes import footnotes
from qmstool.parsing.markdown.headings import headings
from qmstool.parsing.markdown.html import html
from qmstool.parsing.markdown.links import linked_places
from qmstool.parsing.markdown.modernizing import modern_edits
from qmstool.parsing.markdown.passages import passages
from qmstool.parsing.markdown.reader import read
from qmstool.parsing.markdown.slips import slips

UNITS = {
    "words": "đo ",
    "brackets": "[",
    "pictures": "![",
    "stars": "*a ",
    "open bold": "**a",
    "underscores": "_a_ ",
    "tags": '<a "',
    "comments": "<!-- ",
    "quotes": "> ",
    "entities": "&amp;",
    "addresses": "http://a.b/_x_(",
    "addresses apart": "http://a.b/ *x* ",
    "addresses of mail": "a@",
    "ticks": "`a",
    "calls": "[^a",
    "definitions": "[a]: b\n",
    "abbreviations": "*[a]: b\n",
    "admonitions": "!!! note\n",
    "admonitions with words": '!!! note "a"\n    b\n\nc\n',
    "bars": "|a",
    "returns": "a\r",
    "NUL": "\0",
    "headings": "# a {#b}\n",
    "fences": "```\n",
    "terms": "a\n: b\n",
    "notes": "[^a]: b\n\n",
    "html": "<div>\n*a* [b](\n",
    "links": "a](",
}


def _everything(text: str) -> None:
    document = read(text)
    html(document)
    for ask in (headings, linked_places, passages, comments, footnotes, slips):
        ask(document)
    modern_edits(document, {})


def _calls(text: str) -> int:
    """Count the calls that reading a text and asking everything of it takes."""
    count = 0

    def notice(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(notice)
    try:
        _everything(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", UNITS)
def test_work_grows_with_the_text(name: str) -> None:
    _everything(UNITS[name])
    short, long = (_calls(UNITS[name] * count) for count in (100, 800))
    assert 0 < long < 12 * short + 500


@pytest.mark.parametrize(
    "text",
    [
        "> " * 3000 + "a",
        "\n".join("  " * depth + "- a" for depth in range(400)),
        "*a **b " * 1500 + "c** d*" * 1500,
        "\n".join("    " * depth + '!!! note "x"' for depth in range(60)),
        "[" * 2000 + "a" + "](b)" * 2000,
        "![" * 1000 + "a" + "](b)" * 1000,
    ],
)
def test_depth(text: str) -> None:
    _everything(text)
    assert "a" in html(read(text)) or "admonition" in html(read(text))


@pytest.mark.parametrize(
    "text", ["", "\n", " ", "\0", "\r", "\ufeff", "---", "```", "<", "[", "!!!", "*["]
)
def test_next_to_nothing(text: str) -> None:
    _everything(text)
    assert read(text, len(text)).children == ()
