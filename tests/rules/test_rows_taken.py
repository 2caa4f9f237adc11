"""Test the rule `rows-taken`: its page first; cases that no reader of the page needs to see go here."""

from __future__ import annotations

from qmstool.rules import BY_SLUG
from qmstool.rules.base.pages import HEADINGS, read_page
from tests.support.manuals import check_tree, findings_of, tiny_with
from tests.support.rule_examples import example

SLUG = "rows-taken"


def test_what_the_page_calls_bad_is_found_and_nothing_else() -> None:
    bad = example(read_page(BY_SLUG[SLUG], "vi"), HEADINGS["vi"][2])
    assert findings_of(dict(bad.files)) == [f"{SLUG} {place}" for place in bad.places]


def test_a_clause_of_another_number_is_named_with_the_one_that_answers_it() -> None:
    bad = dict(example(read_page(BY_SLUG[SLUG], "vi"), HEADINGS["vi"][2]).files)
    (found,) = check_tree(tiny_with(bad), rules=(BY_SLUG[SLUG],)).findings
    assert found.values["clauses"] == "3.1 (1.1)"
    same = {
        path: data.replace(b'"3.1"', b'"1.1"').replace(b'"3"', b'"1"') for path, data in bad.items()
    }
    (found,) = check_tree(tiny_with(same), rules=(BY_SLUG[SLUG],)).findings
    assert found.values["clauses"] == "1.1"
    assert found.values["count"] == "1"
