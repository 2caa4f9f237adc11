"""Numbers, days and links of records that are in no possible order, and where each is told."""

from __future__ import annotations

import pytest

from qmstool.digest import name_blob
from tests.support.marked import assert_marked
from tests.support.memory import MANIFEST, PROCEDURE
from tests.support.planted import item, record
from tests.support.proved import chained


def numbered(issue: str, revision: str, act: str = "revise") -> str:
    return item(act, issue=issue, revision=revision)


@pytest.mark.parametrize(
    ("before", "after", "backward", "skipped"),
    [
        (("1", "0"), ("1", "1"), False, False),
        (("1", "0"), ("1", "2"), False, True),
        (("1", "0"), ("2", "0"), False, False),
        (("1", "0"), ("3", "0"), False, True),
        (("1", "5"), ("2", "7"), False, False),  # of another issue revisions begin anew
        (("1", "1"), ("1", "1"), True, False),
        (("1", "1"), ("1", "0"), True, False),
        (("2", "0"), ("1", "1"), True, False),
        (("A", "0"), ("A", "2"), False, True),
        (("1", "A"), ("1", "C"), False, False),
    ],
)
def test_numbers_go_forward_one_by_one(
    before: tuple[str, str], after: tuple[str, str], *, backward: bool, skipped: bool
) -> None:
    one = record(1, "2024-01-01", "2024-01-01", numbered(f"'{before[0]}'", f"'{before[1]}'", "new"))
    for slug, told in (("number-backward", backward), ("number-skipped", skipped)):
        revision = f"‹'{after[1]}'›" if told else f"'{after[1]}'"
        other = record(2, "2024-02-01", "2024-02-01", numbered(f"'{after[0]}'", revision))
        found = assert_marked(slug, **dict([one, other]))
        assert found.value("code") == ["QT A 01"] * told


def test_the_first_record_follows_none_and_each_other_the_one_before() -> None:
    one, two = chained(
        record(1, "2024-01-01", "2024-01-01", item()),
        record(2, "2024-02-01", "2024-02-01", item("revise")),
    )
    assert_marked("chain-broken", **dict([one, two]))
    alone = one[1].replace("previous: none", f"previous: ‹{'a' * 64}›")
    told = assert_marked("chain-broken", **{one[0]: alone})
    assert told.value("number") == ["1"]
    false = two[1].replace("previous: ", "previous: ‹").replace("\nbasis", "›\nbasis")
    changed = one[1].replace("release: 1\n", "release: ⟦1⟧\n").replace("Đợt 1", "Đợt một")
    told = assert_marked("chain-broken", **{one[0]: changed, two[0]: false})
    assert told.value("number") == ["2"]


@pytest.mark.parametrize(
    "row",
    [
        "handed_out: ⟦2024-02-01⟧, received: ‹2024-01-31›",
        "handed_out: 2024-02-01, received: 2024-02-01",
        "handed_out: ⟦2024-02-01⟧, recalled: ‹2024-01-31›",
        "handed_out: ⟦2024-02-01⟧, lost: ‹2024-01-31›",
        "handed_out: ⟦2024-02-01⟧, destroyed: ‹2024-01-31›",
    ],
)
def test_a_copy_goes_out_before_anything_befalls_it(row: str) -> None:
    rows = f"schema: 1\ncopies:\n  - {{document: QT A 01, unit: A, release: 1, {row}}}\n"
    assert_marked("days-out-of-order", **{"releases/copies.yml": rows})


@pytest.mark.parametrize(
    ("act", "more"),
    [("withdraw", {}), ("revise", {"mends": "[2]"}), ("revise", {"replaces_record": "2"})],
)
def test_what_withdraws_or_corrects_skips_no_number(act: str, more: dict[str, object]) -> None:
    one = record(1, "2024-01-01", "2024-01-01", numbered("1", "0", "new"))
    two = record(2, "2024-02-01", "2024-02-01", numbered("1", "1"))
    three = record(3, "2024-03-01", "2024-03-01", numbered("1", "9", act), **more)
    assert_marked("number-skipped", **dict([one, two, three]))


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        ("", True),
        ("text", False),  # it was edited since, and nobody knows what it said
        ("settings", False),
        ("pins", False),
        ("in-code", False),
    ],
)
def test_a_number_that_is_none_any_more_is_told_where_the_settings_are_those_of_the_record(
    spoilt: str, *, told: bool
) -> None:
    kind = 'procedure: {name: Quy trình, code: "QT {unit} {nn}"'
    numbering = "in-code" if spoilt == "in-code" else "revision"
    settings = MANIFEST.replace(kind, f"{kind}, numbering: {numbering}")
    path = "procedures/qt-a-01.md"
    pin = "{{path: {}, blob: {}}}".format
    basis = f"[{pin('qms.yml', name_blob(settings.encode()))}]"
    held = f"[{pin(path, name_blob(PROCEDURE.encode()))}]"
    one = record(1, "2024-01-01", "2024-01-01", numbered("1", "0", "new"))
    revision = "‹'-'›" if told else "'-'"
    dropped = item("revise", issue="'-'", revision=revision, digest="a" * 64, files=held)
    two = record(2, "2024-02-01", "2024-02-01", dropped, basis="[]" if spoilt == "pins" else basis)
    files = {
        "qms.yml": settings + "# sửa\n" * (spoilt == "settings"),
        path: PROCEDURE + "\nThêm.\n" * (spoilt == "text"),
    }
    assert_marked("number-backward", **dict([one, two]), **files)
