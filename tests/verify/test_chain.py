"""The chain of records: whole, each fitting the one before, none changed, gone or said twice."""

from __future__ import annotations

import pytest

from qmstool.frozen import replace
from qmstool.releases.record import sha256
from qmstool.releases.seal import seal_path
from qmstool.verify.chain import check_chain
from tests.support.planted import record
from tests.support.proved import (
    FIRST,
    SECOND,
    THIRD,
    chained,
    issued,
    proved,
    slugs,
    words,
)


def test_a_chain_that_fits_is_told_of_nothing() -> None:
    manual, held = proved(*chained(FIRST, SECOND, THIRD))
    assert slugs(check_chain(manual.releases, held, manual.problems)) == []
    assert slugs(check_chain((), held)) == [
        "release-unreadable 0001.yml",
        "release-unreadable 0002.yml",
        "release-unreadable 0003.yml",
    ]


def test_numbers_have_no_gap_and_the_first_no_past() -> None:
    one, two, three = chained(FIRST, SECOND, THIRD)
    manual, held = proved(one, three)
    found = list(check_chain(manual.releases, held))
    assert (slugs(found), words(manual, found)) == (["release-missing 0003.yml"], ["3"])
    manual, held = proved(two, three)
    assert slugs(check_chain(manual.releases, held)) == ["release-missing 0002.yml"]
    text = one[1].replace("previous: none", "previous: " + "a" * 64)
    manual, held = proved((one[0], text))
    assert slugs(check_chain(manual.releases, held)) == ["chain-broken 0001.yml"]


def test_each_bears_the_digest_of_the_one_before() -> None:
    one, two, three = chained(FIRST, SECOND, THIRD)
    manual, held = proved(one, (two[0], two[1].replace("Đợt 2", "Đợt hai")), three)
    found = list(check_chain(manual.releases, held))
    assert slugs(found) == ["chain-broken 0003.yml"]
    assert words(manual, found) == [sha256(two[1].encode())]


def test_what_the_history_tells_of_a_record() -> None:
    manual, held = proved(*chained(FIRST, SECOND))
    path = "releases/0002.yml"
    before = manual.releases[1].source.text.replace("title: Đợt 2", "title: Đợt hai")
    for then, place in ((before, "2"), (manual.releases[1].source.text, "2")):
        told = replace(
            held, rewritten_records={path: ("a" * 40,)}, first_bytes={path: then.encode()}
        )
        (found,) = check_chain(manual.releases, told)
        assert found.slug == "release-rewritten"
        assert words(manual, [found]) == [place]
        assert found.location.line == (3 if then == before else 2)
        assert "aaaaaaaaaa." in found.message.en
    gone = replace(held, vanished_records=("releases/0001.yml", "releases/0003.yml"))
    assert slugs(check_chain(manual.releases, gone)) == ["release-vanished 0002.yml"]
    hidden = replace(held, hidden_records={path: "b" * 40})
    assert slugs(check_chain(manual.releases, hidden)) == ["release-hidden 0002.yml"]
    strayed = replace(held, strayed_tags={2: "c" * 40, 7: "d" * 40})
    (found,) = check_chain(manual.releases, strayed)
    assert (found.slug, "cccccccccc" in found.message.en) == ("tag-strayed", True)


def test_a_seal_alone_says_that_a_record_was_here() -> None:
    manual, held = proved(FIRST)
    alone = replace(held, files={**held.files, seal_path(2): b"x"})
    assert slugs(check_chain(manual.releases, alone)) == [
        f"seal-without-record {seal_path(2).removeprefix('releases/')}"
    ]
    # Of a record that the history still knows, or that cannot be read, it is told already.
    known = replace(alone, vanished_records=("releases/0002.yml",))
    assert slugs(check_chain(manual.releases, known)) == ["release-vanished 0001.yml"]
    unread = replace(alone, files={**alone.files, "releases/0002.yml": b"x"})
    assert slugs(check_chain(manual.releases, unread)) == ["release-unreadable 0002.yml"]


def test_a_record_says_each_thing_once() -> None:
    twice = record(
        1, "2024-01-01", "2024-01-01", issued(), issued("revise"), issued(code="QT A 02")
    )
    manual, held = proved(twice)
    found = list(check_chain(manual.releases, held, manual.problems))
    assert slugs(found) == ["item-twice 0001.yml"]
    assert words(manual, found) == ["QT A 01"]
    path, text = FIRST
    manual, held = proved((path, text + "title: khác\n"))
    assert "release-ambiguous 0001.yml" in slugs(
        check_chain(manual.releases, held, manual.problems)
    )


def test_only_the_first_may_be_a_baseline_and_only_what_is_new_be_taken_over() -> None:
    late = record(2, "2024-02-01", "2024-02-01", issued("revise"), imported="true")
    manual, held = proved(
        *chained(record(1, "2024-01-01", "2024-01-01", issued(), imported="true"), late)
    )
    assert slugs(check_chain(manual.releases, held)) == ["imported-late 0002.yml"]
    claimed = "{level: none, claims: []}"
    taken = record(
        2,
        "2024-02-01",
        "2024-02-01",
        issued(taken_over=claimed),
        issued(code="QT A 02", taken_over=claimed),
    )
    manual, held = proved(*chained(FIRST, taken))
    found = list(check_chain(manual.releases, held))
    assert (slugs(found), found[0].message.en) == (
        ["taken-over-late 0002.yml"],
        "QT A 01: an earlier release holds it, so it cannot be taken over.",
    )
    # Where it takes the place of the very record that took it over, it may.
    first = record(1, "2024-01-01", "2024-01-01", issued(taken_over=claimed))
    again = record(
        2,
        "2024-02-01",
        "2024-02-01",
        issued(taken_over=claimed),
        replaces_record="1",
        reason="nhầm",
    )
    manual, held = proved(*chained(first, again))
    assert slugs(check_chain(manual.releases, held)) == []
    manual, held = proved(*chained(FIRST, again))
    assert slugs(check_chain(manual.releases, held)) == ["replaces-nothing 0002.yml"]


@pytest.mark.parametrize(
    ("mends", "told"), [("1", False), ("2", True), ("3", True), ("unknown", True)]
)
def test_a_record_puts_right_an_earlier_one_alone(mends: str, told: bool) -> None:
    manual, held = proved(
        *chained(FIRST, record(2, "2024-02-01", "2024-02-01", issued("revise"), mends=f"[{mends}]"))
    )
    found = slugs(check_chain(manual.releases, held))
    assert found == (["mends-later 0002.yml"] if told else [])
