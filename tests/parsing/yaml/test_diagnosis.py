"""The slips of people who know Word and Excel: each is told where it is, by its own name, with the line as it was meant."""

from __future__ import annotations

import pytest

from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml import parser
from qmstool.parsing.yaml.composer import compose
from qmstool.parsing.yaml.nodes import Mapping, Node, Scalar

ABOVE = "schema: 1\nrecords:\n  bao-cao:\n"
BELOW = "    owner: VP\n    retention: 3 năm\n  khac:\n    title: X\n"


def problems_in(text: str) -> list[tuple[str, str, str, str | None]]:
    """Slug, cause, the very words pointed at, and what to write, of each problem."""
    source = SourceFile("a.yml", text.encode())
    _, problems = compose(source)
    faults = [(each.slug, each.violation) for each in problems]
    return [
        (slug, each.values["cause"], source.words_at(each.location), each.suggestion)
        for slug, each in faults
    ]


def value(node: Node | None, *keys: str) -> str:
    for key in keys:
        assert isinstance(node, Mapping)
        node = node.values[[each.text for each in node.keys].index(key)]
    assert isinstance(node, Scalar)
    return node.mark.text


@pytest.mark.parametrize(
    ("typed", "cause", "words", "meant"),
    [
        ("Công tác: văn thư", "colon", ":", '"Công tác: văn thư"'),
        ("Báo cáo:", "colon", ":", '"Báo cáo:"'),
        ("*quan trọng* lắm", "sign", "*", '"*quan trọng* lắm"'),
        ("**đậm**", "sign", "*", '"**đậm**"'),
        ("& công ty", "sign", "&", '"& công ty"'),
        ("!Báo cáo", "sign", "!", '"!Báo cáo"'),
        ("{Mật} báo cáo", "sign", "{", '"{Mật} báo cáo"'),
        ("[A] Báo cáo", "sign", "[", '"[A] Báo cáo"'),
        ("@a", "sign", "@", '"@a"'),
        ("`a`", "sign", "`", '"`a`"'),
        ("%a", "sign", "%", '"%a"'),
        ("> 5 năm", "sign", ">", '"> 5 năm"'),
        ("|x", "sign", "|", '"|x"'),
        ("- a", "sign", "-", '"- a"'),
        ('"Báo cáo" năm', "after-quote", " năm", "'\"Báo cáo\" năm'"),
        ('"a" và "b"', "after-quote", ' và "b"', '\'"a" và "b"\''),
        ('"a "b" c"', "after-quote", 'b" c"', "'a \"b\" c'"),
        ("'Don't'", "after-quote", "t'", '"Don\'t"'),
        ('"Báo cáo', "quote", '"', '"Báo cáo"'),
        ("'Báo cáo", "quote", "'", "'Báo cáo'"),
        ("“Báo cáo: năm”", "word-quotes", "“", '"Báo cáo: năm"'),
        ('"C:\\xy"', "backslash", "\\", "'C:\\xy'"),
        ("[a, b", "bracket", "[", "[a, b]"),
        ("Báo cáo\u2028năm", "character", "\u2028", "Báo cáo năm"),
    ],
)
def test_a_value_that_cannot_be_read(typed: str, cause: str, words: str, meant: str) -> None:
    assert problems_in(f"{ABOVE}    title: {typed}\n{BELOW}")[0] == (
        "broken-yaml",
        cause,
        words,
        f"    title: {meant}",
    )


@pytest.mark.parametrize(
    ("line", "cause", "words", "meant"),
    [
        ("\ttitle: X", "tab", "\t", "    title: X"),
        ("   \ttitle: X", "tab", "   \t", "    title: X"),
        ("\u00a0   title: X", "blank", "\u00a0   ", "    title: X"),
        ("    title:\u00a0X", "blank", "\u00a0", "    title: X"),
        ("    title:X", "no-blank", "    title:", "    title: X"),
        ("    title：X", "wide-colon", "：", "    title: X"),
        ("    title X", "no-colon", "title", "    title: X"),
        ("    title = X", "no-colon", "title", "    title: X"),
        ("     title: X", "indent", "     ", "    title: X"),
        ("   title: X", "indent", "   ", "    title: X"),
    ],
)
def test_a_line_that_cannot_be_read(line: str, cause: str, words: str, meant: str) -> None:
    assert problems_in(f"{ABOVE}{line}\n{BELOW}") == [("broken-yaml", cause, words, meant)]


@pytest.mark.parametrize(
    ("typed", "cause", "words", "meant"),
    [
        (
            "{title: Báo cáo: nội bộ, owner: VP}",
            "colon",
            ":",
            '{title: "Báo cáo: nội bộ", owner: VP}',
        ),
        ("{title: Báo cáo owner: VP}", "no-comma", " ", "{title: Báo cáo, owner: VP}"),
        ("{title: Báo cáo, owner: VP", "bracket", "{", "{title: Báo cáo, owner: VP}"),
        ("{title: *x*, owner: VP}", "sign", "*", '{title: "*x*", owner: VP}'),
        (
            '{title: "Báo cáo" năm, owner: VP}',
            "after-quote",
            " năm",
            "{title: '\"Báo cáo\" năm', owner: VP}",
        ),
        ("{title: [A] b, owner: VP}", "sign", "[", '{title: "[A] b", owner: VP}'),
        ("{title: “Báo: cáo”, owner: VP}", "word-quotes", "“", '{title: "Báo: cáo", owner: VP}'),
        ("{title: Báo cáo #1, owner: VP}", "hash", "#", '{title: "Báo cáo #1", owner: VP}'),
    ],
)
def test_a_pair_between_braces(typed: str, cause: str, words: str, meant: str) -> None:
    assert problems_in(f"schema: 1\nrecords:\n  a: {typed}\n  b: {{title: X}}\n") == [
        ("broken-yaml", cause, words, f"  a: {meant}")
    ]


@pytest.mark.parametrize(
    ("line", "cause", "words", "meant"),
    [
        ("      -\u00a0B", "blank", "\u00a0", "      - B"),
        ("      -B", "no-dash-blank", "-", "      - B"),
        ("     - B", "indent", "     ", "      - B"),
        ("---", "second", "---", None),
        ("—", "second", "—", None),
    ],
)
def test_a_line_after_an_item(line: str, cause: str, words: str, meant: str | None) -> None:
    assert problems_in(f"{ABOVE}    names:\n      - A\n{line}\n{BELOW}") == [
        ("broken-yaml", cause, words, meant)
    ]


@pytest.mark.parametrize(
    ("typed", "cause", "words", "meant", "read"),
    [
        ("Báo cáo #1 của năm", "hash", "#1 của năm", '"Báo cáo #1 của năm"', "Báo cáo"),
        ("Báo cáo # 1", "hash", "# 1", '"Báo cáo # 1"', "Báo cáo"),
        ("#1", "hash", "#1", '"#1"', "#1"),
        ('"C:\\temp\\a"', "backslash", "\\t", "'C:\\temp\\a'", "C:\\temp\\a"),
    ],
)
def test_a_value_that_is_bent_in_silence(
    typed: str, cause: str, words: str, meant: str, read: str
) -> None:
    text = f"title: {typed}\nowner: VP\n"
    assert problems_in(text) == [("value-misread", cause, words, meant)]
    assert value(compose(SourceFile("a.yml", text.encode()))[0], "title") == read


@pytest.mark.parametrize(
    "typed",
    [
        "Báo cáo # của năm",
        "Báo cáo    # 1",
        "# ghi chú",
        "A#1",
        '"Báo cáo #1"',
        "x #qms: allow a, vì b",
        "“A” và “B”",
        "1:30",
    ],
)
def test_a_value_that_is_read_as_it_was_written(typed: str) -> None:
    assert problems_in(f"title: {typed}\nowner: VP\n") == []


def test_an_item_that_is_joined_to_the_one_above() -> None:
    assert problems_in("names:\n  - A\n   - B\n") == [
        ("value-misread", "item", "-", "  - A\n  - B")
    ]


def test_every_slip_of_a_file_is_told_and_the_rest_is_read() -> None:
    text = (
        f"{ABOVE}    title: Công tác: văn thư\n    owner VP\n    retention: 3 năm\n  khac:\n    "
        "title: @x\n    owner: BIS\n"
    )
    node, problems = compose(SourceFile("a.yml", text.encode()))
    assert [
        (each.violation.values["cause"], each.violation.location.line) for each in problems
    ] == [
        ("colon", 4),
        ("no-colon", 5),
        ("sign", 8),
    ]
    assert value(node, "records", "bao-cao", "retention") == "3 năm"
    assert value(node, "records", "khac", "owner") == "BIS"
    assert isinstance(node, Mapping)
    place = node.values[1].mark.source.text.index("BIS")
    records = node.values[1]
    assert isinstance(records, Mapping)
    later = records.values[1]
    assert isinstance(later, Mapping)
    assert later.values[1].mark.start == place


def test_many_like_slips_are_each_told() -> None:
    text = "code:QT VP 01\ntype:procedure\ntitle:Quy trình\nowner: VP\n"
    assert [(cause, words) for _, cause, words, _ in problems_in(text)] == [
        ("no-blank", f"{key}:") for key in ("code", "type", "title")
    ]


def test_what_no_mend_helps_is_not_guessed_at() -> None:
    node, problems = compose(SourceFile("a.yml", b"a: 1\n: : b\n"))
    assert node is None
    assert [each.violation.suggestion for each in problems] == [None]


@pytest.mark.parametrize("item", ["- ", "  - "])
def test_of_a_long_list_the_entry_with_the_slip_is_read_again(
    item: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lists that a program wrote stand at the left margin."""
    blank = " " * len(item)
    entries = f"{item}title: x\n{blank}owner: VP\n" * 1000
    slip = f"{item}title: x\n{blank}owner: Công tác: văn thư\n"
    text = f"schema: 1\nrecords:\n\n# ghi chú\n{entries}{slip}"
    read = counted(monkeypatch)
    assert [cause for _, cause, _, _ in problems_in(text)] == ["colon"]
    assert sum(read) < 4 * len(text)


def test_a_file_that_is_broken_all_over_is_read_again_a_few_times_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """YAML takes no key behind a thousand blanks: each of these lines is a slip of its own."""
    text = "a:\n" + "".join(" " * depth + "b:\n" for depth in range(1, 1200))
    read = counted(monkeypatch)
    assert {slug for slug, *_ in problems_in(text)} == {"broken-yaml"}
    assert sum(read) < parser.READ_AGAIN + 3 * len(text)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of the texts that YAML reads from now on."""
    read: list[int] = []
    compose_text = parser._compose

    def counting(text: str) -> object:
        read.append(len(text))
        return compose_text(text)

    monkeypatch.setattr(parser, "_compose", counting)
    return read
