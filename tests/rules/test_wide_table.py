"""Test the rule `wide-table`: its page first; cases that no reader of the page needs to see go here."""

from __future__ import annotations

import pytest

from qmstool.rules import BY_SLUG
from qmstool.rules.base.pages import HEADINGS, read_page
from tests.support.manuals import findings_of
from tests.support.rule_examples import example

SLUG = "wide-table"


def test_what_the_page_calls_bad_is_found_and_nothing_else() -> None:
    bad = example(read_page(BY_SLUG[SLUG], "vi"), HEADINGS["vi"][2])
    assert findings_of(dict(bad.files)) == [f"{SLUG} {place}" for place in bad.places]


def table(columns: int, words: str, *, body: str = "x") -> str:
    head = f"| {' | '.join([words] * columns)} |\n|{'---|' * columns}\n"
    return f"{head}| {' | '.join([body] * columns)} |\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (table(12, "Trách nhiệm của đơn vị"), 0),
        (table(23, "hàng"), 0),
        (table(28, "hàng"), 1),
        (table(40, "a"), 1),
        (table(12, "Responsibilities"), 1),
        (table(9, "Responsibilities"), 0),
        # What may break anywhere takes no more than other words.
        (table(6, "https://example.org/" + "a" * 200), 0),
        (table(12, "a", body="https://example.org/" + "a" * 200), 0),
        (table(20, "", body="một"), 0),
        ("\n".join(f"> {line}" for line in table(40, "b").splitlines()) + "\n", 1),
        ("- mục\n\n" + "\n".join(f"  {line}" for line in table(40, "b").splitlines()) + "\n", 1),
        (table(2, "a") + "\n---\n\n" + table(30, "hàng"), 1),
        (table(30, "hàng") + f"|{' x |' * 30}\n" * 40, 0),
        (table(30, "hàng") + f"|{' x |' * 30}\n" * 30, 1),
        (table(30, "hàng") + "\nChữ ở giữa.\n\n" + table(31, "hàng"), 2),
        (table(4, "hàng") + "\n" + table(30, "hàng") + "\n" + table(3, "hàng"), 1),
    ],
)
def test_a_table_is_told_once_where_words_must_be_broken(text: str, found: int) -> None:
    told = findings_of({"manual/2.1.md": f"# 2.1. Đánh giá nội bộ\n\n{text}".encode()})
    assert [each.split()[0] for each in told].count(SLUG) == found, told


def test_what_check_lets_pass_is_printed_without_a_broken_word() -> None:
    """The measure of the rule is that of the page setter."""
    from qmstool.export.content import read_html
    from qmstool.export.sheets import fit_blocks

    for columns, words in ((23, "hàng"), (28, "hàng"), (9, "Responsibilities"), (60, "chữ")):
        cells = "".join(f"<td>{words}</td>" for _ in range(columns))
        blocks = read_html(f"<table><tr>{cells}</tr></table>").blocks
        fit_blocks(blocks, may_lie=True)
        broken = any(
            isinstance(part, dict) and part["k"] == "long"
            for cell in blocks[0]["cells"]
            for paragraph in cell["c"]
            for part in paragraph["c"]
        )
        assert broken == (f"{SLUG} " in " ".join(_told(columns, words))), (columns, words)


def _told(columns: int, words: str) -> list[str]:
    return findings_of(
        {"manual/2.1.md": f"# 2.1. Đánh giá nội bộ\n\n{table(columns, words)}".encode()}
    )
