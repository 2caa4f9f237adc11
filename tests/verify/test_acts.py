"""What a record cancels, replaces or withdraws is there; each path is pinned once, where files of its kind lie."""

from __future__ import annotations

import pytest

from qmstool.manual.loading.loader import load
from qmstool.verify.records.acts import check_acts, check_approvals
from tests.support.memory import files
from tests.support.planted import item, record
from tests.support.proved import TEXT, issued, pin, slugs

CLAIM = "{level: none, claims: []}"


def found(*records: tuple[str, str]) -> list[str]:
    return slugs(check_acts(load(files(**dict(records))).releases))


def one(number: int, day: str, *items: str, effective: str = "", **keys: object) -> tuple[str, str]:
    return record(number, effective or day, day, *items, **keys)


@pytest.mark.parametrize(
    ("effective", "recorded", "told"),
    [
        ("2024-03-02", "2024-03-01", False),
        ("2024-03-01", "2024-03-01", True),  # in effect on that very day
        ("2024-02-29", "2024-03-01", True),
        # Nobody knows whether it was in effect.
        ("unknown", "2024-03-01", False),
        ("2024-01-01", "unknown", False),
    ],
)
def test_only_a_scheduled_release_is_cancelled(effective: str, recorded: str, told: bool) -> None:
    first = one(1, "2024-01-01", issued(), effective=effective)
    second = one(2, recorded, issued("revise"), cancels="[1]")
    assert found(first, second) == (["cancels-nothing 0002.yml"] if told else [])


@pytest.mark.parametrize("cancels", ["[2]", "[3]", "[unknown]"])
def test_no_release_cancels_itself_or_one_to_come(cancels: str) -> None:
    later = "2025-01-01"
    first = one(1, "2024-01-01", issued())
    second = one(2, "2024-02-01", issued("revise"), effective=later, cancels=cancels)
    third = one(3, "2024-03-01", issued("revise"), effective=later)
    assert found(first, second, third) == ["cancels-nothing 0002.yml"]


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ((issued(taken_over=CLAIM),), []),
        ((issued(), issued(code="QT A 02", taken_over=CLAIM)), []),
        ((issued(),), ["replaces-nothing 0002.yml"]),
    ],
)
def test_only_what_takes_over_replaces_a_take_over(
    second: tuple[str, ...], told: list[str]
) -> None:
    first = one(1, "2024-01-01", issued(taken_over=CLAIM))
    assert found(first, one(2, "2024-02-01", *second, replaces_record="1", reason="nhầm")) == told


WITHDRAWN = item("withdraw")


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ([(issued(),), (WITHDRAWN,)], []),
        ([(WITHDRAWN,)], ["withdraws-nothing 0001.yml"]),
        ([(issued(code="QT A 02"),), (WITHDRAWN,)], ["withdraws-nothing 0002.yml"]),
        ([(issued(),), (WITHDRAWN,), (WITHDRAWN,)], ["withdraws-nothing 0003.yml"]),
        ([(issued(),), (WITHDRAWN,), (issued(),), (WITHDRAWN,)], []),
        # What comes into force in the very record was not there before it.
        ([(issued(), item("withdraw", "QT A 02")), (WITHDRAWN,)], ["withdraws-nothing 0001.yml"]),
        ([(), (WITHDRAWN,), (issued(),)], ["withdraws-nothing 0002.yml"]),
    ],
)
def test_only_what_is_in_force_is_withdrawn(
    records: list[tuple[str, ...]], told: list[str]
) -> None:
    made = [one(number, f"2024-0{number}-01", *items) for number, items in enumerate(records, 1)]
    assert found(*made) == told


def test_with_a_record_missing_nobody_knows_what_it_held() -> None:
    assert found(one(2, "2024-02-01", WITHDRAWN)) == []
    assert (
        found(one(1, "2024-01-01", issued(code="QT A 02")), one(3, "2024-03-01", WITHDRAWN)) == []
    )


def test_what_was_mended_put_nothing_in_force() -> None:
    wrong = one(1, "2024-01-01", issued())
    mend = one(2, "2024-02-01", issued(code="QT A 02"), mends="[1]")
    withdrawn = one(3, "2024-03-01", WITHDRAWN)
    assert found(wrong, mend, withdrawn) == ["withdraws-nothing 0003.yml"]
    assert found(wrong, one(2, "2024-02-01", WITHDRAWN), one(3, "2024-03-01", issued(code="QT A 02"), mends="[2]"), one(4, "2024-04-01", WITHDRAWN)) == []  # fmt: skip


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        (["a.md"], []),
        (["a.md", "b.md"], []),
        (["a.md", "a.md"], ["pinned-twice 0001.yml"]),
        (["a.md", "b.md", "a.md", "a.md"], ["pinned-twice 0001.yml"] * 2),
        ([".a.md"], ["pin-misplaced 0001.yml"]),
        (["p/.git/a.md"], ["pin-misplaced 0001.yml"]),
        (["p//a.md"], ["pin-misplaced 0001.yml"]),
        (["/a.md"], ["pin-misplaced 0001.yml"]),
        (["p\\.x\\a.md"], ["pin-misplaced 0001.yml"]),
        (["releases/a.md"], ["pin-misplaced 0001.yml"]),
        (["p/releases/a.md"], []),
        (["releases-2/a.md"], []),
    ],
)
def test_each_file_is_pinned_once_and_lies_where_a_document_does(
    paths: list[str], told: list[str]
) -> None:
    pins = ", ".join([pin(path, TEXT) for path in paths])
    assert found(one(1, "2024-01-01", item(files=f"[{pins}]", digest="a" * 64))) == told


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        (["qms.yml"], []),
        (["qms.yml", "qms.yml"], ["pinned-twice 0001.yml"]),
        (["qms.yml", "procedures/qt-a-01.md"], ["pin-misplaced 0001.yml"]),
        (["releases/0001.yml"], ["pin-misplaced 0001.yml"]),
        (["clauses/mapping/small.yml", "releases/allowed_signers"], []),
    ],
)
def test_beside_the_texts_only_data_are_pinned(paths: list[str], told: list[str]) -> None:
    pins = ", ".join([pin(path, TEXT) for path in paths])
    assert found(one(1, "2024-01-01", issued(), basis=f"[{pins}]")) == told


@pytest.mark.parametrize(
    ("day", "signed", "told"),
    [
        ("2024-01-02", "2024-01-01", True),
        ("2024-01-01", "2024-01-01", False),
        ("2023-12-31", "2024-01-01", False),
        ("unknown", "2024-01-01", False),
        ("2024-01-02", "unknown", False),
    ],
)
@pytest.mark.parametrize("person", ["person: an, ", ""])
def test_who_approves_before_the_signer_does_not_approve_after_him(
    day: str, signed: str, told: bool, person: str
) -> None:
    path, text = one(1, "2024-02-01", issued(), approvals=f"[{{{person}role: pho, date: {day}}}]")
    text = text.replace("{kind: notice}", f"{{kind: decision, number: '2/QĐ', date: {signed}}}")
    releases = load(files(**{path: text})).releases
    assert slugs(check_approvals(releases)) == (["approved-later 0001.yml"] if told else [])
