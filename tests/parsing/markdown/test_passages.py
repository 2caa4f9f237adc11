"""Passages: what a reader reads, with the way back to the source; and compared blocks."""

from __future__ import annotations

import re

import pytest

from qmstool.parsing.markdown.passages import passages
from qmstool.parsing.markdown.reader import read

TEXT = """\
# Đo *lường*

Theo QT **BIS**
01, [mục 5](a.md).

- một

  hai
- ba ![hình *vẽ*](h.png)

| a | `b` |
|---|-----|
| c | d   |

> trích
>
> > [!NOTE]
> > lưu ý

Thuật ngữ
: nghĩa

<div>QT <b>BIS</b>&nbsp;01<p>hai</div>

x[^1]

[^1]: chú

!!! note "Đề mục"
    lời
"""


def test_passages() -> None:
    found = passages(read(TEXT))
    assert [(each.kind, each.words.text) for each in found] == [
        ("heading", "Đo lường"),
        ("paragraph", "Theo QT BIS 01, mục 5."),
        ("item", "một"),
        ("item", "hai"),
        ("item", "ba "),
        ("image", "hình vẽ"),
        ("cell", "a"),
        ("cell", "b"),
        ("cell", "c"),
        ("cell", "d"),
        ("paragraph", "trích"),
        ("paragraph", "lưu ý"),
        ("term", "Thuật ngữ"),
        ("definition", "nghĩa"),
        ("html", "QT BIS\u00a001"),
        ("html", "hai"),
        ("paragraph", "x"),
        ("paragraph", "chú"),
        ("title", "Đề mục"),
        ("paragraph", "lời"),
    ]
    by_words = {each.words.text: each for each in found}
    assert by_words["a"].row == by_words["b"].row != by_words["c"].row == by_words["d"].row
    assert TEXT[by_words["c"].row :].startswith("| c |")
    assert [(each.quote, each.note) for each in (by_words["trích"], by_words["lưu ý"])] == [
        (True, False),
        (True, True),
    ]
    assert by_words["chú"].footnote == "1"
    assert by_words["Đề mục"].note
    assert by_words["lời"].note
    assert not by_words["một"].note


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Theo QT **BIS** 01 thì", "QT **BIS** 01"),
        ("Theo QT BIS&nbsp;01 thì", "QT BIS&nbsp;01"),
        ("Theo QT BIS<br>01 thì", "QT BIS<br>01"),
        ("Theo QT BIS\n01 thì", "QT BIS\n01"),
        ("> Theo QT\n> BIS 01 thì", "QT\n> BIS 01"),
        ("Theo QT BIS  \n01 thì", "QT BIS  \n01"),
        ("Theo `QT BIS 01` thì", "QT BIS 01"),
        ("Theo `` QT BIS 01 `` thì", "QT BIS 01"),
        ("Theo [QT BIS](a.md) 01 thì", "QT BIS](a.md) 01"),
        ("Theo QT &#66;IS 01 thì", "QT &#66;IS 01"),
        ("Theo QT <b>BIS</b> 01 thì", "QT <b>BIS</b> 01"),
        ("<p>Theo QT <b>BIS</b>&nbsp;01 thì</p>", "QT <b>BIS</b>&nbsp;01"),
        ("| Theo QT BIS 01 thì |\n|---|", "QT BIS 01"),
        ("Theo **QT BIS 01** thì", "QT BIS 01"),
        ("Theo Q\\T BIS 01 thì".replace("\\", ""), "QT BIS 01"),
    ],
)
def test_a_citation_is_found_at_its_place(text: str, typed: str) -> None:
    (passage,) = passages(read(text))
    found = re.search(r"QT\s+BIS\s+01", passage.words.text)
    assert found is not None
    assert text[slice(*passage.words.span(*found.span()))] == typed


def test_the_empty_span_is_a_place() -> None:
    text = "a &amp; b"
    (passage,) = passages(read(text))
    assert passage.words.span(0, 0) == (0, 0)
    assert passage.words.span(5, 5) == (9, 9)
    assert passage.words.span(2, 2) == (2, 2)


def test_scripts_and_comments_are_no_words() -> None:
    text = "<div>a<script>b</script>c<!-- d -->e</div>\n\n<!-- f -->\n\nx <!-- g --> y\n"
    assert [each.words.text for each in passages(read(text))] == ["a", "ce\n".strip(), "x  y"]
