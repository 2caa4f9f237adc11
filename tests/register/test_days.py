"""The days of a document's life: what is in force, comes, is replaced or preempted, a day before and after."""

from __future__ import annotations

from datetime import date

import pytest

from qmstool.register.candidates import pending_candidates, submitted_documents
from qmstool.register.change_rows import (
    change_rows,
    entry_of_release,
    is_standing,
    predecessor,
    scheduled_versions,
    version_on,
)
from qmstool.register.copies import outstanding_copies
from qmstool.register.effect import (
    has_effect,
    item_effective,
    items_by_key,
    known_releases,
    mended_numbers,
    mending_release,
    replacing_release,
    takes_effect,
    valid_releases,
)
from qmstool.register.preempted import (
    find_cancelled,
    is_wholly_preempted,
    preempting_release,
    undeclared_cancellations,
)
from qmstool.register.status import (
    item_check_code,
    pins_in_force,
    register,
    without_later_records,
)
from qmstool.register.versions import life_of
from qmstool.releases.record import check_code
from tests.support.planted import item, planted, record


def day(text: str) -> date:
    return date.fromisoformat(text)


CLAIMED = "{level: none, claims: [{what: effective, value: 2019-05-01}]}"
UNDATED = "{level: none, claims: []}"
FIRST = record(1, "2024-01-01", "2024-01-01", item())


def test_a_record_is_known_from_the_day_it_was_made() -> None:
    releases = planted(
        FIRST,
        record(2, "2024-01-05", "2024-02-01", item("revise")),
        record(3, "2024-01-05", "unknown", item("revise")),
    ).releases
    for when, numbers in (("2024-01-31", [1, 3]), ("2024-02-01", [1, 2, 3]), ("2023-12-31", [3])):
        assert [each.number for each in known_releases(releases, day(when))] == numbers


def test_it_has_effect_from_its_day_and_a_take_over_from_the_day_it_claims() -> None:
    dated, undated = (
        planted(FIRST).releases[0],
        planted(record(1, "unknown", "2024-01-01", item(), imported="true")).releases[0],
    )
    assert [has_effect(dated, day(when)) for when in ("2023-12-31", "2024-01-01")] == [False, True]
    assert has_effect(undated, day("1990-01-01"))
    late = planted(
        FIRST,
        record(
            2,
            "unknown",
            "2024-02-01",
            item(code="QT A 02", taken_over=CLAIMED),
            item(code="QT A 03", taken_over=UNDATED),
        ),
    ).releases[1]
    assert [has_effect(late, day(when)) for when in ("2024-01-31", "2024-02-01")] == [False, True]
    claimed, silent = late.items
    assert item_effective(late, claimed) == day("2019-05-01")
    assert [takes_effect((late, claimed), day(when)) for when in ("2019-04-30", "2019-05-01")] == [
        False,
        True,
    ]
    assert [takes_effect((late, silent), day(when)) for when in ("2024-01-31", "2024-02-01")] == [
        False,
        True,
    ]
    unknown = planted(FIRST, record(2, "unknown", "2024-02-01", item("revise"))).releases[1]
    assert not has_effect(unknown, day("2030-01-01"))


def test_what_a_later_record_puts_right_or_replaces() -> None:
    releases = planted(
        FIRST,
        record(2, "2024-02-01", "2024-02-01", item("revise")),
        record(3, "2024-02-01", "2024-02-02", item("revise"), mends="[2]"),
        record(4, "2024-02-01", "2024-02-03", item("revise"), mends="[2]"),
    ).releases
    assert mended_numbers(releases) == {2}
    found = mending_release(releases, releases[1])
    assert found is not None
    assert found.number == 4
    assert mending_release(releases, releases[0]) is None
    assert [each.number for each in valid_releases(releases)] == [1, 3, 4]


def test_a_take_over_is_replaced_by_a_later_record_of_the_same_document() -> None:
    taken = record(
        1,
        "unknown",
        "2024-01-01",
        item(taken_over=CLAIMED),
        item(code="QT A 02", taken_over=CLAIMED),
        item(code="QT A 03"),
    )
    right = record(
        2,
        "2024-03-01",
        "2024-03-01",
        item(),
        item(code="QT A 03"),
        replaces_record="1",
        reason="nhầm",
    )
    releases = planted(taken, right).releases
    one, two, three = releases[0].items
    found = replacing_release(releases, releases[0], one)
    assert found is not None
    assert found.number == 2
    assert replacing_release(releases, releases[0], two) is None
    assert replacing_release(releases, releases[0], three) is None  # it was issued, not taken over
    assert [[each.code for each in release.items] for release in valid_releases(releases)] == [
        ["QT A 02", "QT A 03"],
        ["QT A 01", "QT A 03"],
    ]


def test_the_row_of_what_was_taken_over_by_mistake_stays_and_says_by_what() -> None:
    taken = record(1, "2023-01-01", "2024-01-01", item(taken_over=CLAIMED))
    right = record(2, "2024-03-01", "2024-03-10", item(), replaces_record="1", reason="nhầm")
    releases = planted(taken, right).releases
    life = life_of(releases, "qt-a-01")

    def rows(when: str) -> list[tuple[int, str, str, int | None]]:
        found = change_rows(releases, life, day(when), {})
        return [
            (
                each.release.number,
                each.act,
                each.state,
                each.replaced_by and each.replaced_by.number,
            )
            for each in found
        ]

    assert rows("2024-03-10") == [(1, "imported", "superseded", 2), (2, "new", "effective", None)]
    assert rows("2024-03-09") == [(2, "new", "effective", None)]
    assert rows("2024-02-01") == [(2, "new", "scheduled", None)]
    assert change_rows(releases, (), day("2024-03-10"), {}) == ()


LIFE = (
    FIRST,
    record(2, "2024-06-01", "2024-03-01", item("revise")),
    record(3, "2024-04-01", "2024-04-01", item("correct")),
    record(4, "2024-07-01", "2024-06-15", item("withdraw")),
    record(5, "2024-08-01", "2024-07-15", item("reissue")),
    record(6, "unknown", "2024-08-15", item("revise")),
)


def test_a_change_follows_what_was_in_force_on_its_day() -> None:
    life = life_of(planted(*LIFE).releases, "qt-a-01")
    followed = [predecessor(life, index) for index in range(len(life) + 1)]
    numbers = [entry[0].number if entry else None for entry in followed]
    # The hotfix follows the first; the withdrawn is followed by nothing; of an unknown day, the newest.
    assert numbers == [None, 1, 1, 3, None, 5, 6]
    assert [
        entry[0].number if (entry := version_on(life, day(when))) else None
        for when in ("2023-12-31", "2024-01-01", "2024-04-01", "2024-07-01", "2024-08-01")
    ] == [None, 1, 3, None, 5]


def test_what_stands_what_is_scheduled_and_what_a_release_made() -> None:
    life = life_of(planted(*LIFE).releases, "qt-a-01")
    assert [is_standing(life[:count]) for count in range(6)] == [
        False,
        True,
        True,
        True,
        False,
        True,
    ]
    assert [
        [release.number for release, _ in scheduled_versions(life, day(when))]
        for when in ("2023-12-31", "2024-01-01", "2024-07-31", "2024-08-01")
    ] == [[1, 3, 5], [3, 5], [5], []]
    assert [preempting_release(life, index) is not None for index in range(6)] == [
        False,
        True,
        False,
        False,
        False,
        False,
    ]
    entry = entry_of_release(life, 3)
    assert entry is not None
    assert entry[1].act == "correct"
    assert entry_of_release(life, 9) is None


def two(effective: str, recorded: str, *codes: str) -> tuple[tuple[str, str], ...]:
    """Release 2 is scheduled for June, of two documents; release 3 comes after it."""
    later = record(3, effective, recorded, *(item("revise", code=code) for code in codes))
    return (
        FIRST,
        record(2, "2024-06-01", "2024-03-01", item("revise"), item(code="QT A 02")),
        later,
    )


@pytest.mark.parametrize(
    ("effective", "recorded", "preempts"),
    [
        ("2024-06-01", "2024-05-31", True),
        ("2024-06-02", "2024-05-31", False),
        ("2024-05-01", "2024-06-01", False),
        ("2024-05-01", "2024-05-31", True),
        ("2024-05-31", "unknown", True),
        ("2024-06-01", "unknown", False),
        ("unknown", "2024-05-01", False),
    ],
)
def test_a_record_preempts_what_is_still_scheduled_when_it_is_made(
    effective: str, recorded: str, preempts: bool
) -> None:
    releases = planted(*two(effective, recorded, "QT A 01", "QT A 02")).releases
    assert (preempting_release(items_by_key(releases)["qt-a-01"], 1) is not None) is preempts
    assert is_wholly_preempted(releases, releases[1]) is preempts


def test_it_is_wholly_preempted_where_every_document_is() -> None:
    releases = planted(*two("2024-05-01", "2024-04-01", "QT A 01")).releases
    assert not is_wholly_preempted(releases, releases[1])
    more = planted(
        *two("2024-05-01", "2024-04-01", "QT A 01"),
        record(4, "2024-05-02", "2024-04-01", item("revise", code="QT A 02")),
    ).releases
    assert is_wholly_preempted(more, more[1])
    assert not is_wholly_preempted(more, more[3])


@pytest.mark.parametrize(
    ("effective", "recorded", "told"),
    [
        ("2024-05-31", "2024-05-01", True),
        ("2024-06-01", "2024-05-01", False),
        ("2024-05-01", "2024-05-31", True),
        ("2024-05-01", "2024-06-01", False),
    ],
)
def test_what_a_record_of_some_documents_would_cancel(
    effective: str, recorded: str, told: bool
) -> None:
    releases = planted(*two("2024-07-01", "2024-05-01", "QT A 09")).releases
    found = list(
        find_cancelled(releases[:2], frozenset({"qt-a-02"}), day(effective), day(recorded))
    )
    assert [(each.release.number, each.codes) for each in found] == (
        [(2, "QT A 02")] if told else []
    )
    assert (
        list(find_cancelled(releases[:2], frozenset({"qt-a-07"}), day(effective), day(recorded)))
        == []
    )


@pytest.mark.parametrize(
    ("anew", "told"),
    [
        (None, ["QT A 01, QT A 02"]),
        (("2024-06-01", "QT A 01"), ["QT A 02"]),
        (("2024-05-31", "QT A 01"), ["QT A 01, QT A 02", "QT A 01"]),
        (("unknown", "QT A 01"), ["QT A 02"]),
        (("2024-06-02", "QT A 09"), ["QT A 01, QT A 02"]),
    ],
)
def test_a_cancellation_without_a_word_ends_with_a_later_issue(
    anew: tuple[str, str] | None, told: list[str]
) -> None:
    records = two("2024-05-01", "2024-04-01", "QT A 01", "QT A 02")
    if anew:
        records = (*records, record(4, anew[0], "2024-04-02", item("revise", code=anew[1])))
    releases = planted(*records).releases
    assert [cancelled.codes for _, cancelled in undeclared_cancellations(releases)] == told


def standing(
    when: str, *records: tuple[str, str], **more: str
) -> tuple[str, int | None, int | None]:
    manual = planted(*records, **more)
    status = register(manual, manual.releases, day(when)).statuses["qt-a-01"]
    return status.state, status.release, status.coming


def test_of_what_comes_the_nearest_is_told_and_of_one_day_the_later_record() -> None:
    records = (
        FIRST,
        record(2, "2024-09-01", "2024-02-01", item("revise")),
        record(3, "2024-08-01", "2024-08-01", item("revise")),
    )
    assert standing(
        "2024-07-31",
        FIRST,
        record(2, "2024-08-01", "2024-02-01", item("revise")),
        record(3, "2024-09-01", "2024-02-01", item("revise")),
    ) == ("effective", 1, 2)
    assert standing("2024-07-01", *records) == ("effective", 1, 3)
    same = (
        FIRST,
        record(2, "2024-09-01", "2024-08-31", item("revise")),
        record(3, "2024-09-01", "2024-09-01", item("revise")),
    )
    assert standing("2024-08-01", *same) == ("effective", 1, 3)
    assert standing("2024-09-01", *same) == ("effective", 3, None)
    assert standing("2023-12-01", FIRST) == ("scheduled", 1, None)


def test_what_is_taken_over_comes_on_the_day_it_claims() -> None:
    claim = CLAIMED.replace("2019", "2025")
    taken = record(2, "2024-03-01", "2024-02-01", item(taken_over=claim))
    assert standing("2025-04-30", taken)[:2] == ("scheduled", 2)
    assert standing("2025-05-01", taken)[:2] == ("imported", 2)
    undated = record(2, "2024-03-01", "2024-02-01", item(taken_over=UNDATED))
    assert standing("2024-02-29", undated)[:2] == ("scheduled", 2)
    assert standing("2024-03-01", undated)[:2] == ("imported", 2)


def test_signed_without_evidence_is_in_force_and_says_so() -> None:
    bare = record(1, "2024-01-01", "2024-01-01", item(), without_evidence="true")
    assert standing("2024-01-01", bare)[0] == "unevidenced"
    manual = planted(bare)
    assert register(manual, manual.releases, day("2024-01-01")).statuses["qt-a-01"].in_force


SUCCESSOR = {
    "procedures/qt-a-02.md": "---\ncode: QT A 02\ntype: procedure\ntitle: x\nreplaces: [QT-A-01]\n---\n"
}
ENDED = (FIRST, record(2, "2024-02-01", "2024-02-01", item("withdraw")))


@pytest.mark.parametrize(
    ("successor", "state"),
    [
        (record(3, "2024-02-01", "2024-02-01", item(code="QT A 02")), "superseded"),
        (record(3, "2024-02-02", "2024-02-01", item(code="QT A 02")), "withdrawn"),
        (record(3, "2024-02-01", "2024-02-01", item(code="QT A 03")), "withdrawn"),
        (record(3, "2024-02-01", "2024-02-01", item("withdraw", code="QT A 02")), "withdrawn"),
    ],
)
def test_withdrawn_is_replaced_once_its_successor_is_in_force(
    successor: tuple[str, str], state: str
) -> None:
    assert standing("2024-02-01", *ENDED, successor, **SUCCESSOR)[0] == state
    assert standing("2024-01-31", *ENDED, successor, **SUCCESSOR)[0] == "effective"


def test_a_register_of_a_day_without_what_was_recorded_later() -> None:
    manual = planted(
        FIRST,
        record(2, "2024-09-01", "2024-03-01", item(code="QT A 02")),
        record(3, "2024-09-01", "unknown", item(code="QT A 03")),
        record(4, "2024-02-01", "2024-03-02", item(code="QT A 04")),
    )

    def known(when: str) -> set[str]:
        whole = register(manual, manual.releases, day(when))
        return set(without_later_records(whole, day(when)).statuses)

    assert known("2024-02-29") == {"qt-a-01", "qt-a-03", "qt-a-04"}
    assert known("2024-03-01") == {"qt-a-01", "qt-a-02", "qt-a-03", "qt-a-04"}
    assert "st" in register(manual, manual.releases, day("2024-02-29")).statuses


def test_a_text_is_changed_where_its_digest_is_another() -> None:
    manual = planted(record(1, "2024-01-01", "2024-01-01", item(digest="a" * 64)))
    for digest, changed in (("a" * 64, False), ("b" * 64, True)):
        found = register(manual, manual.releases, day("2024-01-01"), digests={"qt-a-01": digest})
        assert found.statuses["qt-a-01"].changed is changed
        assert found.statuses["st"].changed is None
    (held,) = manual.releases[0].items
    assert item_check_code(held) == check_code("a" * 64)
    for bare in (
        item(),
        item("withdraw", digest="a" * 64),
        item(digest="unknown"),
        item(digest="none"),
    ):
        (without,) = planted(record(1, "2024-01-01", "2024-01-01", bare)).releases[0].items
        assert item_check_code(without) == ""


def pins(path: str, sign: str) -> str:
    return f"[{{path: {path}, blob: {sign * 40}, digest: {sign * 64}}}]"


def test_the_pins_in_force_are_the_newest_basis_and_each_text() -> None:
    manual = planted(
        record(
            1,
            "2024-01-01",
            "2024-01-01",
            item(files=pins("a.md", "a")),
            item(code="QT A 02", files=pins("b.md", "b")),
            basis=pins("qms.yml", "1"),
        ),
        record(
            2,
            "2024-03-01",
            "2024-02-01",
            item("revise", files=pins("a.md", "c")),
            basis=pins("qms.yml", "2"),
        ),
        record(
            3,
            "2024-04-01",
            "2024-04-01",
            item("withdraw", code="QT A 02"),
            basis=pins("qms.yml", "3"),
        ),
    )

    def signs(when: str) -> dict[str, str]:
        return {path: blob[0] for path, blob in pins_in_force(manual.releases, day(when)).items()}

    assert signs("2023-12-31") == {}
    assert signs("2024-01-01") == {"a.md": "a", "b.md": "b", "qms.yml": "1"}
    assert signs("2024-02-29") == signs("2024-01-01")
    assert signs("2024-03-01") == {"a.md": "c", "b.md": "b", "qms.yml": "2"}
    assert signs("2024-04-01") == {"a.md": "c", "qms.yml": "3"}


def test_what_claims_a_day_before_its_record_has_the_oldest_basis_there_is() -> None:
    manual = planted(
        record(
            1,
            "2024-03-01",
            "2024-02-01",
            item(files=pins("a.md", "a"), taken_over=CLAIMED),
            basis=pins("qms.yml", "1"),
        )
    )
    assert pins_in_force(manual.releases, day("2019-04-30")) == {}
    assert pins_in_force(manual.releases, day("2019-05-01")) == {
        "a.md": "a" * 40,
        "qms.yml": "1" * 40,
    }


COPIES = {
    "releases/copies.yml": "schema: 1\ncopies:\n  - {document: QT A 01, unit: A, release: 2, handed_out: 2024-01-05}\n"
}


@pytest.mark.parametrize(
    ("when", "since"),
    [
        ("2024-01-31", None),
        ("2024-02-01", None),
        ("2024-02-29", None),
        ("2024-03-01", "2024-03-01"),
    ],
)
def test_a_copy_of_the_second_text_serves_from_its_first_day_to_the_next_text(
    when: str, since: str | None
) -> None:
    manual = planted(
        record(1, "2024-01-01", "2024-01-01", item(digest="a" * 64)),
        record(2, "2024-02-01", "2024-01-02", item("revise", digest="b" * 64)),
        record(3, "2024-03-01", "2024-02-15", item("revise", digest="c" * 64)),
        **COPIES,
    )
    (copy,) = outstanding_copies(manual, day(when))
    assert copy.out_of_force_since == (day(since) if since else None)


CANDIDATE = (
    "schema: 1\ncandidate: {name}\ntitle: x\ncommit: "
    + "a" * 40
    + "\nprepared: 2024-01-01\nbasis: []\nitems: [{item}]\n"
)


def test_what_lies_before_the_signer_is_what_no_release_has_recorded() -> None:
    proof = "[{kind: candidate, file: releases/candidates/mot.yml}]"
    manual = planted(
        record(1, "2024-01-01", "2024-01-01", item(), evidence=proof),
        **{
            f"releases/candidates/{name}.yml": CANDIDATE.format(name=name, item=item(code=code))
            for name, code in (("mot", "QT A 01"), ("hai", "ST"))
        },
    )
    assert [sorted(each.keys) for each in pending_candidates(manual)] == [["st"]]
    assert submitted_documents(manual) == {"st"}
