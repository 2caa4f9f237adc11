"""Whole numbers as strangers write them."""

from __future__ import annotations

import pytest

from qmstool.manual.loading.documents import natural_key
from qmstool.parsing.figures import plain_figures, whole_number
from tests.support.manuals import check_tree, tiny, tiny_with


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7), ("007", 7), ("0", 0), ("٤٢", 42), ("", None), ("²", None), ("1²", None),
        ("-1", None), ("1.0", None), (" 7", None), ("9" * 9, 999_999_999), ("9" * 10, None),
        ("9" * 5000, None), ("0" * 5000 + "7", 7),
    ],
)  # fmt: skip
def test_figures_are_read_and_no_other_sign(text: str, number: int | None) -> None:
    assert whole_number(text) == number


def test_thousands_of_figures_are_compared() -> None:
    long = "9" * 5000
    assert plain_figures(f"00{long}") == long
    assert plain_figures("٤٢") == "42"
    paths = [f"a/{long}.md", "a/10.md", "a/2.md", "a/02b.md", "a/1²2.md", "a/x.md"]
    ordered = sorted(paths, key=natural_key)
    assert ordered.index("a/2.md") < ordered.index("a/10.md") < ordered.index(f"a/{long}.md")


def test_a_file_whose_name_holds_a_raised_digit_is_read() -> None:
    text = tiny()["procedures/qt-vp-02.md"].decode().replace("QT VP 02", "QT VP 03")
    report = check_tree(tiny_with({"procedures/1²2.md": text}))
    assert report.summary.documents == check_tree(tiny_with({})).summary.documents + 1
