"""Test the rule `in-force-gone`: its page first; cases that no reader of the page needs to see go here."""

from __future__ import annotations

import pytest

from qmstool.rules import BY_SLUG
from qmstool.rules.base.pages import HEADINGS, read_page
from tests.support.manuals import check_tree, findings_of
from tests.support.memory import PROCEDURE, files
from tests.support.planted import item, record
from tests.support.rule_examples import example

SLUG = "in-force-gone"


def test_what_the_page_calls_bad_is_found_and_nothing_else() -> None:
    bad = example(read_page(BY_SLUG[SLUG], "vi"), HEADINGS["vi"][2])
    assert findings_of(dict(bad.files)) == [f"{SLUG} {place}" for place in bad.places]


CANDIDATE = (
    "schema: 1\ncandidate: dot-2\ntitle: x\ncommit: " + "a" * 40 + "\nprepared: 2024-01-01\n"
    "basis: []\nitems: [{}]\n"
)


@pytest.mark.parametrize(
    ("act", "replaces", "told"),
    [("withdraw", "", 0), ("revise", "", 1), (None, "", 1), (None, "replaces: [QT-A-09]\n", 0)],
)
def test_what_is_about_to_leave_may_be_gone(act: str | None, replaces: str, told: int) -> None:
    held = item(
        code="QT A 09", digest="a" * 64, files=f"[{{path: procedures/09.md, blob: {'b' * 40}}}]"
    )
    path, text = record(1, "2024-01-01", "2024-01-01", held)
    given = {path: text, "procedures/qt-a-01.md": PROCEDURE.replace("title:", f"{replaces}title:")}
    if act:
        pending = CANDIDATE.format(item(act, "QT A 09"))
        given["releases/candidates/dot-2.yml"] = pending
    report = check_tree(files(**given), rules=(BY_SLUG["in-force-gone"],))
    assert len(report.findings) == told
