"""What existing manuals wrote for Python-Markdown is read as it was, and rewritten."""

from __future__ import annotations

import re

import pytest
from markdown import Markdown

from qmstool.parsing.markdown.containers import OLD, Admonition
from qmstool.parsing.markdown.headings import headings
from qmstool.parsing.markdown.html import html
from qmstool.parsing.markdown.inlines import Link, Strong
from qmstool.parsing.markdown.leaves import AbbreviationDefinition
from qmstool.parsing.markdown.modernizing import alert_kind, modern_edits, replace_words
from qmstool.parsing.markdown.passages import passages
from qmstool.parsing.markdown.reader import read

from .shapes import at, nodes, shape

TEXT = """\
mở đầu
!!! note "Ghi **chú**"
    Đoạn một
    hai [a](b.md).

    - mục

        ??? tip
            trong **đây**

    ```
    !!! không
    ```
sau

*[QT]: Quy trình
*[BM]: Biểu mẫu

QT và BM

```
!!! cũng không
    *[QT]: x
```
"""


def test_the_tree_and_its_places() -> None:
    assert [line for line in shape(TEXT) if "Text" not in line and "Break" not in line] == [
        "Paragraph 'mở đầu'",
        f"Admonition {TEXT[TEXT.index('!!!') : TEXT.index('sau') - 1]!r}",
        "  Paragraph 'Đoạn một\\n    hai [a](b.md).'",
        "    Link '[a](b.md)'",
        "  List '- mục\\n\\n        ??? tip\\n            trong **đây**'",
        "    Item '- mục\\n\\n        ??? tip\\n            trong **đây**'",
        "      Paragraph 'mục'",
        "      Admonition '??? tip\\n            trong **đây**'",
        "        Paragraph 'trong **đây**'",
        "          Strong '**đây**'",
        "  CodeBlock '```\\n    !!! không\\n    ```'",
        "Paragraph 'sau'",
        "AbbreviationDefinition '*[QT]: Quy trình'",
        "AbbreviationDefinition '*[BM]: Biểu mẫu'",
        "Paragraph 'QT và BM'",
        "CodeBlock '```\\n!!! cũng không\\n    *[QT]: x\\n```'",
    ]
    outer, inner = nodes(TEXT, Admonition)
    assert (outer.kind, outer.folds, outer.opened) == ("note", False, False)
    assert (inner.kind, inner.folds, inner.title) == ("tip", True, None)
    assert [at(TEXT, each) for each in outer.title] == ["Ghi ", "**chú**"]
    assert [at(TEXT, each) for each in nodes(TEXT, Strong)] == ["**chú**", "**đây**"]
    assert [at(TEXT, each) for each in nodes(TEXT, Link)] == ["[a](b.md)"]
    assert [(each.label, each.meaning) for each in nodes(TEXT, AbbreviationDefinition)] == [
        ("QT", "Quy trình"),
        ("BM", "Biểu mẫu"),
    ]
    assert len([block for block, _ in read(TEXT).blocks if isinstance(block, OLD)]) == 4
    assert headings(read(TEXT)) == ()


def test_passages_map_back_through_the_indent() -> None:
    (passage,) = [each for each in passages(read(TEXT)) if "hai a" in each.words.text]
    assert passage.words.text == "Đoạn một hai a."
    assert TEXT[slice(*passage.words.span(5, 12))] == "một\n    hai"
    assert passage.note


@pytest.mark.parametrize("lead", ["", "> ", "- a\n\n    ", "\tx\n\n"])
def test_line_ends_tabs_and_leads(lead: str) -> None:
    last = lead.rpartition("\n")[2]
    text = f'{lead}!!! note "T"\r\n{last}\tmột *b*\r\n{last}\r\n{last}    hai\r\n'
    (found,) = nodes(text, Admonition)
    assert found.start == text.index("!!!")
    assert [at(text, child) for child in found.children] == ["một *b*", "hai"]


SAME = [
    '!!! note "Ghi chú"\n    một\n\n    hai\n',
    "!!! note\n    một\n",
    '!!! note ""\n    một\n',
    '!!! note lạ "A & <b>"\n    - a\n    - b\n',
    "!!! note\n    a\n\nb\n",
    "a\n\n!!! note\n    b\n",
    "!!! note\n\n    a\n",
    '??? note "T"\n    a\n',
    "???+ note\n    a\n",
    '??? "T"\n    a\n',
    "!!! note\n    !!! tip\n        a\n",
    "!!! a\n    b\n\n!!! c\n    d\n",
    "!!!note\n    a\n",
    "!!! note\n    > a\n\n    ## b\n",
    "!!! a b\n    c\nd\n",
    "- a\n\n    !!! note\n        b\n\n    c\n",
    "*[QT]: Quy trình\n\nQT, **QT** và QTX, `QT`\n",
    'QT-1 [QT](a.md)\n\n*[QT]: Quy "trình"\n*[QT-1]: Một\n',
]


@pytest.mark.parametrize("text", SAME)
def test_it_looks_as_it_did(text: str) -> None:
    names = ["abbr", "admonition", "pymdownx.details", "sane_lists"]
    assert _bare(html(read(text))) == _bare(Markdown(extensions=names).convert(text))


def _bare(made: str) -> str:
    """White space between tags, and the two ways to write quotation marks, are no difference."""
    made = re.sub(r"\s*(</?(?:li|p|div|details|ul|blockquote)[^>]*>)\s*", r"\1", made)
    return re.sub(r">\s+<", "><", made).replace("&quot;", '"').strip()


@pytest.mark.parametrize(
    "text",
    [
        "```\n!!! note\n    a\n```\n",
        "    !!! note\n        a\n",
        "a !!! note\n",
        "!!! \n    a\n",
        "<!-- \n!!! note\n    a\n-->\n",
        "`*[a]: b`\n",
        "    *[a]: b\n",
        "!!! note “cong”\n    a\n",
    ],
)
def test_what_is_none_is_read_as_it_stands(text: str) -> None:
    assert nodes(text, Admonition) == nodes(text, AbbreviationDefinition) == []
    assert "admonition" not in html(read(text))


MODERN = [
    ('!!! note "Ghi chú"\n    một\n\n    hai\n', "> [!NOTE]\n> một\n>\n> hai\n"),
    ('!!! danger "Chú *ý*"\n    một\n', "> [!CAUTION]\n> **Chú *ý***\n>\n> một\n"),
    ("!!! tip\n    một\n", "> [!TIP]\n> một\n"),
    ('a\n!!! lạ "**B**"\n    một\nhai\n', "a\n\n> [!NOTE]\n> **B**\n>\n> một\n\nhai\n"),
    (
        '??? note "A **b**"\n    một\n\n    - hai\nba\n',
        "<details>\n<summary>A <strong>b</strong></summary>\n\nmột\n\n- hai\n\n</details>\n\nba\n",
    ),
    ("???+ note\n    a\n", "<details open>\n<summary>Note</summary>\n\na\n\n</details>\n"),
    (
        '!!! note "T"\n    a\n\n    ??? tip "U"\n        b\n    c\n',
        (
            "> [!NOTE]\n> **T**\n>\n> a\n>\n> <details>\n> <summary>U</summary>\n>\n> b\n>\n"
            "> </details>\n> c\n"
        ),
    ),
    ("- a\n\n    !!! note\n        b\n", "- a\n\n    > [!NOTE]\n    > b\n"),
    ("> !!! note\n>     b\n", "> > [!NOTE]\n> > b\n"),
    ("!!! note\n    a\n\n        mã\n", "> [!NOTE]\n> a\n>\n>     mã\n"),
    ("!!! note\n", "> [!NOTE]\n"),
    ("!!! note\n    a\nb", "> [!NOTE]\n> a\n\nb"),
    ("```\n!!! note\n```\n", "```\n!!! note\n```\n"),
]


@pytest.mark.parametrize(("old", "new"), MODERN)
def test_the_old_dialect_is_rewritten(old: str, new: str) -> None:
    edits = modern_edits(read(old), {"note": "ghi chú"})
    assert replace_words(old, edits) == new
    assert modern_edits(read(new), {}) == ()


@pytest.mark.parametrize(("old", "new"), MODERN)
def test_no_word_is_lost_in_rewriting(old: str, new: str) -> None:
    words = re.sub(r"<[^>]*>|\s+", " ", html(read(new)))
    for passage in passages(read(old)):
        if passage.words.text != "Ghi chú":  # the page puts it there
            assert passage.words.text.split()[0] in words


@pytest.mark.parametrize(
    ("old", "new"),
    [("warning", "warning"), ("danger", "caution"), ("hint", "tip"), ("lạ", "note"), ("", "note")],
)
def test_kinds_of_alert(old: str, new: str) -> None:
    assert alert_kind(old) == new
