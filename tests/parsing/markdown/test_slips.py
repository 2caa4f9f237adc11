"""What is shown otherwise than it was probably meant, each at its place; and what is not."""

from __future__ import annotations

import pytest

from qmstool.parsing.markdown.reader import read
from qmstool.parsing.markdown.slips import slips

SLIPS: list[tuple[str, list[tuple[str, str]]]] = [
    ("| a | b |\n|-|-|\n| 1 | 2 |\nMột câu.\n", [("swallowed", "Một câu.")]),
    ("| a | b |\n|-|-|\n| 1 | 2 | 3 |\n", [("cells-lost", "| 1 | 2 | 3 |")]),
    ("| a | b |\n|-|-|\n| 1 |\n", [("cells-missing", "| 1 |")]),
    ("1. a\n5. b\n1. c\n", [("number", "5."), ("number", "1.")]),
    ("1) a\n3) b\n", [("number", "3)")]),
    ("- a\n<!-- x -->\n- b\n", [("list-cut-by-comment", "<!-- x -->")]),
    ("4. a\n  - b\n5. c\n", [("list-not-nested", "-")]),
    ("a\n-\u00a0b\n", [("no-break-marker", "-\u00a0")]),
    ("2.\u00a0b\n", [("no-break-marker", "2.\u00a0")]),
    ("[a]: b\n\n> [A]: c\n", [("label-twice", "A")]),
    ("a[^1]\n\n[^1]: x\n\n[^1]: y\n", [("footnote-twice", "[^1]")]),
    ("a\n\n[^1]: x\n", [("footnote-unused", "[^1]")]),
    ("a[^1]\n", [("footnote-missing", "[^1]")]),
    ("<div>\n**a** b\n</div>\n", [("markdown-in-html", "**a**")]),
    ("<!-- a -->sau [b](c)\n", [("markdown-in-html", "[b](c)")]),
    ("<!-- a\n\nb\n", [("comment-open", "<!--")]),
    ("a <!-- b\n", [("comment-open", "<!--")]),
    ("> [!NOTE] Lưu ý\n", [("alert-words", "[!NOTE]")]),
    ("## A {#b} ##\n", [("braces-shown", "{#b}")]),
    ("## A {#b c}\n", [("attribute", "c")]),
    ("## A {#b #c}\n", [("ids", "#b")]),
    ("## A {#b .c .c}\n", [("class-twice", "{#b .c .c}")]),
    ("## A {#b}\n\n## C {#b}\n", [("id-twice", "b")]),
    ("a\nb\n---\n", [("underlined", "a\nb\n---")]),
    ("**Điều 4.**Bối\n", [("stars", "**Điều 4.**")]),
    ("**a\n", [("stars", "**")]),
    ("[a] (b.md) và [c](d e.md)\n", [("link-open", "] ("), ("link-open", "](")]),
    ("Gồm:\n\n: một\n", [("term-colon", "Gồm:")]),
    ("a\nb\n: c\n", [("term-lines", "a\nb")]),
    ("- a\n: b\n", [("colon-line", ":")]),
    ("a\n\n---\nx: 1\n---\n", [("metadata", "---\nx: 1\n---")]),
    ("a\n| b | c |\n", [("no-table", "| b | c |")]),
    ('!!! note "a"\n    - b\n    <!-- c -->\n    - d\n', [("list-cut-by-comment", "<!-- c -->")]),
    ('!!! note "a **b"\n    1. x\n    3. y\n', [("stars", "**"), ("number", "3.")]),
]


@pytest.mark.parametrize(("text", "expected"), SLIPS)
def test_slips(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(slip.cause, text[slip.start : slip.end]) for slip in slips(read(text))]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "1. a\n1. b\n1. c\n",
        "3. a\n4. b\n",
        "- a\n\n- b\n",
        "| a |\n|-|\nMột ô.\n",
        "`[^1]` \\[^1] `**a` \\*\\*a\n",
        "```\n| a |\n**b\n[c]: d\n```\n\n[c]: d\n",
        "<details>\n<summary>A</summary>\n\n**b**\n\n</details>\n",
        "> [!NOTE]\n> a\n",
        "## A {#b}\n\nC\n---\n",
        "a ** b và 2**3\n".replace("2**3", "2 ** 3"),
        "a (b) [c](d) [e] f\n\n[e]: g\n",
        "a\n: b\n",
        "1. a\n<!-- x -->\n- b\n",
        "a:\n\n- b\n",
    ],
)
def test_what_is_meant_so(text: str) -> None:
    assert slips(read(text)) == ()


def test_values() -> None:
    (lost,) = slips(read("| a | b |\n|-|-|\n| 1 | 2 | 3 |\n"))
    assert lost.values == {"said": "3", "head": "2"}
    (number,) = slips(read("2. a\n5. b\n"))
    assert number.values == {"said": "5", "shown": "3"}
    (nested,) = slips(read("10. a\n  - b\n11. c\n"))
    assert nested.values == {"needed": "4"}
