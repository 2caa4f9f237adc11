"""Test the rule `in-force-gone`: its page first; cases that no reader of the page needs to see go here."""

from __future__ import annotations

from qmstool.rules import BY_SLUG
from qmstool.rules.base.pages import HEADINGS, read_page
from tests.support.manuals import findings_of
from tests.support.rule_examples import example

SLUG = "in-force-gone"


def test_what_the_page_calls_bad_is_found_and_nothing_else() -> None:
    bad = example(read_page(BY_SLUG[SLUG], "vi"), HEADINGS["vi"][2])
    assert findings_of(dict(bad.files)) == [f"{SLUG} {place}" for place in bad.places]
