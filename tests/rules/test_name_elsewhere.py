"""Test the rule `name-elsewhere`: its page first; cases that no reader of the page needs to see go here."""

from __future__ import annotations

import pytest

from qmstool.rules import BY_SLUG
from qmstool.rules.base.pages import HEADINGS, read_page
from tests.support.manuals import findings_of
from tests.support.rule_examples import example

SLUG = "name-elsewhere"


def test_what_the_page_calls_bad_is_found_and_nothing_else() -> None:
    bad = example(read_page(BY_SLUG[SLUG], "vi"), HEADINGS["vi"][2])
    assert findings_of(dict(bad.files)) == [f"{SLUG} {place}" for place in bad.places]


@pytest.mark.parametrize(
    ("path", "is_told"),
    [
        ("manual/CON.svg", True),
        ("manual/aux/a.svg", True),
        ("manual/nul .tar.svg", True),
        ("manual/Lpt9.svg", True),
        ("manual/com¹.svg", True),
        ("manual/a./b.svg", True),
        ("manual/a /b.svg", True),
        ("manual/a:b.svg", True),
        ("manual/a\\b.svg", True),
        ("manual/a\x1fb.svg", True),
        ("manual/com10.svg", False),
        ("manual/console.svg", False),
        ("manual/a.con", False),
        ("manual/.a/b c.svg", False),
        ("manual/quy trình (bản 2), số 1.svg", False),
    ],
)
def test_names_that_windows_takes_and_those_it_does_not(path: str, *, is_told: bool) -> None:
    found = findings_of({path: '<svg xmlns="http://www.w3.org/2000/svg"/>\n'})
    assert any(told.startswith(f"{SLUG} {path}") for told in found) == is_told
