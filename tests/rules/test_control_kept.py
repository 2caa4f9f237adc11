"""What is kept and goes round: copies, external documents, reviewers, times to keep records."""

from __future__ import annotations

import pytest

from qmstool.rules import BY_SLUG
from tests.support.manuals import check_tree
from tests.support.marked import assert_marked
from tests.support.memory import MANIFEST, PROCEDURE, files
from tests.support.planted import item, record

UNITS = MANIFEST + "units: {KT: {name: Phòng Kỹ thuật}}\n"
RECORDS = (
    record(1, "2024-01-01", "2024-01-01", item(digest="a" * 64)),
    record(2, "2024-06-01", "2024-06-01", item("revise", digest="b" * 64), item(code="QT A 02")),
)


def copies(*rows: str) -> dict[str, str]:
    lines = "".join(f"  - {{{row}}}\n" for row in rows)
    return {
        "qms.yml": UNITS,
        "releases/copies.yml": f"schema: 1\ncopies:\n{lines}",
        **dict(RECORDS),
    }


def test_copies_that_should_have_come_back_are_told_with_their_holder_and_days() -> None:
    told = assert_marked(
        "copy-not-recalled",
        **copies(
            "document: ‹QT A 01›, unit: KT, release: 1, handed_out: 2024-01-05, number: '7'",
            "document: ‹QT-A-01›, unit: XX, release: 1, handed_out: 2024-01-05, copies: 3",
            "document: QT A 01, unit: KT, release: 2, handed_out: 2024-06-05",
        ),
    )
    assert told.value("unit") == ["Phòng Kỹ thuật", "XX"]
    assert told.value("number") == ["7", "×3"]
    assert told.value("since") == ["2024-06-01"] * 2
    assert told.value("days") == ["904"] * 2  # 2026-11-22


def test_a_copy_of_what_its_release_does_not_hold() -> None:
    told = assert_marked(
        "copy-of-nothing",
        **copies(
            "document: QT A 02, unit: KT, release: ‹1›, handed_out: 2024-01-05",
            "document: QT A 09, unit: KT, release: ‹1›, handed_out: 2024-01-05",
            "document: QT A 01, unit: KT, release: ‹9›, handed_out: 2024-01-05",
            "document: QT A 01, unit: KT, release: 2, handed_out: 2024-01-05",
        ),
    )
    assert told.value("held_en") == ["2", "none", "1, 2"]


PEOPLE = "roles: {giam-doc: {name: Giám đốc}, pho: {name: Phó}}\npeople:\n  an: {name: Bà An, holds: [{role: giam-doc, from: 2024-01-01}]}\n  binh: {name: Ông Bình, holds: [{role: giam-doc, from: 2023-01-01, to: 2023-12-31}, {role: pho}]}\n"


@pytest.mark.parametrize(
    "head",
    [
        "approver: ‹giam-doc›\nreviewers: [⟦giam-doc⟧]\n",
        "approver: ‹giam-doc›\nreviewers: [⟦an⟧]\n",
        "approver: giam-doc\nreviewers: [binh]\n",  # he held it once
        "approver: giam-doc\nreviewers: [pho]\n",
        "approver: giam-doc\nreviewers: [an, pho]\n",
        "approver: ‹giam-doc›\nreviewers: [⟦an⟧, ⟦giam-doc⟧]\n",
        "approver: [pho, giam-doc]\nreviewers: [giam-doc]\n",
        "approver: unknown\nreviewers: [unknown]\n",
        "approver: giam-doc\n",
    ],
)
def test_who_approves_is_not_the_only_one_who_reviews(head: str) -> None:
    given = {"procedures/qt-a-01.md": PROCEDURE.replace("title:", f"{head}title:")}
    assert_marked("approver-only-reviewer", **given, **{"qms.yml": MANIFEST + PEOPLE})


KEPT = (
    "schema: 1\nrecords:\n  so-kho: {title: Sổ kho, retention: 5 năm}\n"
    "  phieu: {title: Phiếu xuất, form: QT A 01, retention: ⟦3 năm⟧}\n"
)


@pytest.mark.parametrize(
    "row",
    [
        "| Phiếu xuất | ‹2 năm› |",
        "| Phiếu xuất | 3 năm |",
        "| Phiếu xuất | 36 tháng |",
        "| QT A 01 | ‹2 năm› |",
        "| Sổ khác | 2 năm |",
        "| Phiếu xuất | lâu |",
    ],
)
def test_one_record_is_kept_for_one_time(row: str) -> None:
    kept = KEPT if "‹" in row else KEPT.replace("⟦", "").replace("⟧", "")
    head = "| Hồ sơ | Thời hạn lưu |\n|---|---|\n"
    assert_marked("retention-differs", f"{head}{row}\n", **{"procedures/records.yml": kept})
    other = "| Hồ sơ | Nơi để |\n|---|---|\n"
    plain = row.replace("‹", "").replace("›", "")
    bare = KEPT.replace("⟦", "").replace("⟧", "")
    assert_marked("retention-differs", f"{other}{plain}\n", **{"procedures/records.yml": bare})


def test_the_time_to_keep_may_stand_in_the_first_column() -> None:
    head = "| Thời hạn lưu | Hồ sơ |\n|---|---|\n"
    body = f"{head}| ‹2 năm› | Phiếu xuất |\n| 3 năm | Phiếu xuất |\n"
    assert_marked("retention-differs", body, **{"procedures/records.yml": KEPT})


LAW = "type: Nghị định, issuer: Chính phủ, title: x"


@pytest.mark.parametrize(
    "rest",
    [
        "status: ‹in_force›, superseded_by: [⟦moi⟧]",
        "status: in_force, superseded_by: [sau]",  # what follows it is still to come
        "status: in_force, superseded_by: [moi], expired: 2027-01-01",  # its own end is known
        "status: ‹in_force›, expired: ⟦2026-11-22⟧",
        "status: in_force, expired: 2026-11-23",
        "status: ‹in_force›, effective: ⟦2026-11-23⟧",
        "status: in_force, effective: 2026-11-22",
        "status: partly_superseded, superseded_by: [moi]",
        "status: ‹repealed›, expired: ⟦2026-11-23⟧",
        "status: repealed, expired: 2026-11-22",
    ],
)
def test_a_status_and_the_days_beside_it_agree(rest: str) -> None:
    rows = (
        f"  luat: {{number: 9/2010/NĐ-CP, {LAW}, {rest}}}\n"
        f"  moi: {{number: 1/2024/NĐ-CP, {LAW}, status: in_force, issued: 2024-01-01}}\n"
        f"  sau: {{number: 2/2026/NĐ-CP, {LAW}, status: unknown, issued: 2026-01-01, effective: 2026-12-01}}\n"
    )
    given = {"procedures/external.yml": f"schema: 1\ndocuments:\n{rows}"}
    assert_marked("external-status-contradicted", **given)


@pytest.mark.parametrize(("replaces", "meant"), [("replaces: [QT-A-01]\n", "QT A 02"), ("", None)])
def test_what_still_relies_on_a_withdrawn_document_is_told_its_successor(
    replaces: str, meant: str | None
) -> None:
    ended = record(3, "2024-09-01", "2024-09-01", item("withdraw"))
    head = f"---\ncode: QT A 02\ntype: procedure\ntitle: Việc\n{replaces}---\n# Việc\n"
    mapping = 'schema: 1\ncatalogue: small\nclauses:\n  "4.1": {section: "4.1"}\n  "4.10": {section: "4.1"}\n'
    given = {
        "procedures/b.md": head,
        "clauses/mapping/small.yml": mapping,
        **dict([*RECORDS, ended]),
    }
    given["procedures/qt-a-01.md"] = PROCEDURE.replace("title: Quy trình mẫu", "title: x")
    told = assert_marked("relies-on-ended", "Theo ‹QT A 01›.\n", **given)
    assert told.suggestions == [meant]


@pytest.mark.parametrize(
    ("people", "day"),
    [
        (("an 2024-01-01 2024-07-01", "binh 2024-06-30"), "2024-06-30"),
        (("an 2024-01-01 2024-06-30", "binh 2024-06-30"), None),  # the day of handing over
        (("an 2024-01-01 2024-06-30", "an 2024-03-01", "binh 2024-09-01"), "2024-09-01"),
    ],
)
def test_two_who_hold_one_role_in_full_at_once(people: tuple[str, ...], day: str | None) -> None:
    terms: dict[str, list[str]] = {}
    for written in people:
        name, since, *until = written.split()
        end = f", to: {until[0]}" if until else ""
        terms.setdefault(name, []).append(f"{{role: giam-doc, from: {since}{end}}}")
    rows = "".join(
        f"  {name}: {{name: {name}, holds: [{', '.join(held)}]}}\n" for name, held in terms.items()
    )
    settings = (
        f"{MANIFEST}roles: {{giam-doc: {{name: Giám đốc, approves: [procedure]}}}}\npeople:\n{rows}"
    )
    report = check_tree(files(**{"qms.yml": settings}), rules=(BY_SLUG["role-held-twice"],))
    assert [each.values["day"] for each in report.findings] == ([day] if day else [])


@pytest.mark.parametrize(
    ("effective", "soon", "late"),
    [
        ("2025-11-21", False, True),
        ("2025-11-22", True, False),  # on the very day it is due
        ("2025-12-22", True, False),
        ("2025-12-23", False, False),
    ],
)
def test_a_review_is_near_until_its_day_and_overdue_from_the_next(
    effective: str, *, soon: bool, late: bool
) -> None:
    path, text = record(1, effective, effective, item(digest="a" * 64))
    settings = f"{MANIFEST}check: {{review_soon_days: 30}}\n"
    head = PROCEDURE.replace("title:", "review_months: 12\ntitle:")
    for slug, told in (("review-soon", soon), ("review-overdue", late)):
        tree = files(**{"qms.yml": settings, path: text, "procedures/qt-a-01.md": head})
        report = check_tree(tree, rules=(BY_SLUG[slug],))
        assert len(report.findings) == told, slug
