"""What is in force on a day and the days around it: state, what comes, pins, copies, candidates."""

from __future__ import annotations

from datetime import date

import pytest

from qmstool.parsing.codes import fold_code
from qmstool.register.candidates import pending_candidates, submitted_documents
from qmstool.register.copies import outstanding_copies
from qmstool.register.status import (
    item_check_code,
    pins_in_force,
    register,
    without_later_records,
)
from qmstool.releases.record import check_code
from tests.support.planted import item, planted, record


def day(text: str) -> date:
    return date.fromisoformat(text)


CLAIMED = "{level: none, claims: [{what: effective, value: 2019-05-01}]}"
UNDATED = "{level: none, claims: []}"
FIRST = record(1, "2024-01-01", "2024-01-01", item())


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


@pytest.mark.parametrize(
    ("asked", "state"),
    [
        ("2024-01-15", "effective"),  # both are in force
        ("2024-02-15", "superseded"),
        ("2024-03-15", "withdrawn"),  # what stood in its place is withdrawn too
    ],
)
def test_a_withdrawn_document_is_superseded_while_another_stands_in_its_place(
    asked: str, state: str
) -> None:
    head = "---\ncode: QT A 02\ntype: procedure\ntitle: Hai\nreplaces: [QT A 01]\n---\n# Hai\n"
    made = planted(
        record(1, "2024-01-01", "2024-01-01", item(), item(code="QT A 02")),
        record(2, "2024-02-01", "2024-02-01", item("withdraw")),
        record(3, "2024-03-01", "2024-03-01", item("withdraw", "QT A 02")),
        **{"procedures/b.md": head},
    )
    statuses = register(made, made.releases, day(asked)).statuses
    assert statuses[fold_code("QT A 01")].state == state
    expected = "withdrawn" if state == "withdrawn" else "effective"
    assert statuses[fold_code("QT A 02")].state == expected
