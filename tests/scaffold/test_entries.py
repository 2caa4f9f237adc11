"""Files are changed and shown by the lines that places count, whatever signs stand in them."""

from __future__ import annotations

import pytest

from qmstool.scaffold.changes import Change, unified_diff
from qmstool.scaffold.entries import add_fields

LINES = ["copies:", "- code: A", '  note: "một{0}hai{0}ba"', "- code: B", "- code: C", ""]


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", " "])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_fields_go_into_the_entry_on_the_line(sign: str, end: str) -> None:
    text = end.join(LINES).format(sign)
    changed = end.join([*LINES[:4], "  recalled: 2024-06-01", *LINES[4:]]).format(sign)
    assert add_fields("copies.yml", text, "copies", 4, {"recalled": "2024-06-01"}) == changed


def test_a_diff_is_of_the_lines_of_a_file() -> None:
    before, after = "một\u2028hai\nba\n", "một\u2028bốn\nba\n"
    assert unified_diff(Change({"a.md": (before, after)}, {})) == (
        "--- a.md\n+++ a.md\n@@ -1,2 +1,2 @@\n-một\u2028hai\n+một\u2028bốn\n ba\n"
    )
