"""Test the rule `seal-without-record`: its page first; cases that no reader of the page needs to see go here."""

from __future__ import annotations

from qmstool.rules import BY_SLUG
from qmstool.rules.base.pages import HEADINGS, read_page
from tests.support.manuals import check_tree, findings_of, tiny_with
from tests.support.rule_examples import example

SLUG = "seal-without-record"


def test_what_the_page_calls_bad_is_found_and_nothing_else() -> None:
    bad = example(read_page(BY_SLUG[SLUG], "vi"), HEADINGS["vi"][2])
    assert findings_of(dict(bad.files)) == [f"{SLUG} {place}" for place in bad.places]


def test_a_gap_is_told_by_its_own_rule_and_a_number_no_record_has_by_this_one() -> None:
    bad = dict(example(read_page(BY_SLUG[SLUG], "vi"), HEADINGS["vi"][2]).files)
    record, seal = bad["releases/0001.yml"], bad.pop("releases/seals/0002.sig")
    gap = {**bad, "releases/0003.yml": record.replace(b"release: 1", b"release: 3"), "releases/seals/0002.sig": seal}  # fmt: skip
    assert not any(SLUG in each for each in findings_of(gap))
    numbers = ("0000", "0009")
    beside = {**bad, **{f"releases/seals/{number}.sig": seal for number in numbers}}
    assert findings_of(beside) == [f"{SLUG} releases/seals/{number}.sig:1:1" for number in numbers]
    alone = {"releases/seals/0001.sig": seal}
    assert findings_of(alone) == [f"{SLUG} releases/seals/0001.sig:1:1"]


def test_a_gap_names_the_one_record_or_the_first_and_the_last_that_are_missing() -> None:
    page = read_page(BY_SLUG["release-gap"], "vi")
    record = dict(example(page, HEADINGS["vi"][2]).files)["releases/0002.yml"]
    for number, missing in ((2, "no record of release 1."), (4, "no record of release 1–3.")):
        text = record.replace(b"release: 2", b"release: %d" % number)
        report = check_tree(tiny_with({f"releases/{number:04d}.yml": text}))
        (gap,) = [each for each in report.findings if each.slug == "release-gap"]
        assert missing in gap.message.en
